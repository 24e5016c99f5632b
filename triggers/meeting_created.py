"""Find meetings that were made.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/meetings
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from zoom_connector import Found, Host, Inputs, Outputs, Page, Round, ZoomClient, attempt, hosts_of, moment, poll_hosts

_LIST = "/users/{user_id}/meetings"
_GET = "/meetings/{meeting_id}"

_OVERLAP = timedelta(minutes=15)
_TOLD = ("password", "pmi", "creation_source", "recurrence_event_id", "occurrences", "recurrence", "tracking_fields")
_SETTINGS = ("use_pmi", "alternative_hosts", "meeting_invitees", "join_before_host", "jbh_time")


def poll(zoom: ZoomClient, cursor: Mapping[str, Any], filters: Inputs) -> Page:
    return poll_hosts(zoom, cursor, hosts_of(zoom, filters), _made, overlap=_OVERLAP)


def _made(zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
    for row in zoom.list(_LIST, {"user_id": host.path, "type": "scheduled"}):
        made = moment(row["created_at"])
        if asked.covers(made) and not asked.knows(str(row["id"])):
            yield Found({"operation": "all", "host_id": host.id} | row | _details(zoom, row), made)


def _details(zoom: ZoomClient, row: Outputs) -> Outputs:
    """Read what the list leaves out, unless the meeting is gone already."""
    meeting = attempt(zoom, _GET, {"meeting_id": row["id"]}) or {}
    settings = {name: value for name, value in meeting.get("settings", {}).items() if name in _SETTINGS}
    return {name: meeting[name] for name in _TOLD if name in meeting} | ({"settings": settings} if settings else {})
