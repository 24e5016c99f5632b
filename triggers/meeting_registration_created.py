"""Find people who registered for meetings to come.

https://developers.zoom.us/docs/api/meetings/#tag/invitation--registration/GET/meetings/{meetingId}/registrants
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from zoom_connector import (
    Found,
    Host,
    Inputs,
    Page,
    Round,
    ZoomClient,
    attempt,
    hosts_of,
    moment,
    poll_hosts,
)

_LIST = "/users/{user_id}/meetings"
_GET = "/meetings/{meeting_id}"
_REGISTRANTS = "/meetings/{meeting_id}/registrants"

_OVERLAP = timedelta(minutes=15)
_NEEDED = (0, 1)
"""`approval_type` of a meeting that people register for."""
_TOLD = ("id", "uuid", "topic", "host_id", "type", "start_time", "timezone", "duration")


def poll(zoom: ZoomClient, cursor: Mapping[str, Any], filters: Inputs) -> Page:
    if "meeting_id" in filters:
        number = filters["meeting_id"]
        return poll_hosts(zoom, cursor, [Host(zoom.user, "", "")], partial(_of_one, number), overlap=_OVERLAP)
    return poll_hosts(zoom, cursor, hosts_of(zoom, filters), _of_all, overlap=_OVERLAP)


def _of_all(zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
    listed = zoom.list(_LIST, {"user_id": host.path, "type": "upcoming"})
    for number in dict.fromkeys(str(row["id"]) for row in listed):
        yield from _of_one(number, zoom, host, asked)


def _of_one(number: str, zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
    meeting = attempt(zoom, _GET, {"meeting_id": number}) or {}
    if meeting.get("settings", {}).get("approval_type") not in _NEEDED:
        return
    told = {name: meeting[name] for name in _TOLD if name in meeting}
    for status in ("approved", "pending"):
        for registrant in zoom.list(_REGISTRANTS, {"meeting_id": number, "status": status}):
            registered = moment(registrant["create_time"])
            if asked.covers(registered) and not asked.knows(f"{number} {registrant['id']}"):
                yield Found({**told, "registrant": {"status": status} | registrant}, registered)
