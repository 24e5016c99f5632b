"""Find sessions of meetings that are over.

Zoom lists the past sessions of one meeting at a time, so every meeting that it lists is asked about, and the user's
personal meeting room. Instant meetings are in no list, nor is what was deleted after it was held.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}/instances
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from zoom_connector import (
    Found,
    Host,
    Inputs,
    Outputs,
    Page,
    Round,
    ZoomClient,
    ZoomError,
    attempt,
    hosts_of,
    moment,
    poll_hosts,
)

_LIST = "/users/{user_id}/meetings"
_GET = "/meetings/{meeting_id}"
_SESSIONS = "/past_meetings/{meeting_id}/instances"
_SESSION = "/past_meetings/{meeting_id}"

_LONGEST = timedelta(hours=31)
"""A session ends after 30 hours at the latest, and is listed soon after."""
_EARLY = timedelta(hours=1)
"""How long before its time a meeting is asked about; what was held still earlier is found then."""
_NO_SHOW = timedelta(days=1)
_ONCE = 2
"""Type of a meeting with one date."""
_HELD = "held"
_NEVER_HELD = (300, 3001)
"""Codes of a number under which no meeting was held."""


def poll(zoom: ZoomClient, cursor: Mapping[str, Any], filters: Inputs) -> Page:
    if "meeting_id" in filters:
        number = filters["meeting_id"]
        return poll_hosts(zoom, cursor, [Host(zoom.user, "", "")], partial(_of_one, number), overlap=_LONGEST)
    return poll_hosts(zoom, cursor, hosts_of(zoom, filters), _of_all, overlap=_LONGEST)


def _of_one(number: str, zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
    for held in _sessions(zoom, number, asked.since) or ():
        if not asked.knows(held["uuid"]):
            yield from _ended(zoom, held, attempt(zoom, _GET, {"meeting_id": number}) or {}, asked)


def _of_all(zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
    listed = zoom.list(_LIST, {"user_id": host.path, "type": "scheduled"})
    planned = {str(row["id"]): row for row in listed}
    if host.pmi:
        planned.setdefault(host.pmi, {})
    for number, row in planned.items():
        if _has_time(zoom, row):
            continue
        # Zoom turns it down to be asked about what was never held, so that is not asked about again and again.
        today = zoom.now.date().isoformat()
        before = asked.swap(f"meeting {number}", today)
        if before == today and _is_unlikely(zoom, row):
            continue
        sessions = _sessions(zoom, number, asked.since if before == _HELD else asked.begin - _LONGEST)
        if sessions is None:
            continue
        asked.swap(f"meeting {number}", _HELD)
        for held in sessions:
            if not asked.knows(held["uuid"]):
                yield from _ended(zoom, held, row, asked)


def _has_time(zoom: ZoomClient, row: Outputs) -> bool:
    return row.get("type") == _ONCE and "start_time" in row and moment(row["start_time"]) > zoom.now + _EARLY


def _is_unlikely(zoom: ZoomClient, row: Outputs) -> bool:
    """Say whether a meeting that was never held is none that is about to be: a room, or one whose time is over."""
    if not row:
        return True
    return row.get("type") == _ONCE and "start_time" in row and moment(row["start_time"]) < zoom.now - _NO_SHOW


def _sessions(zoom: ZoomClient, number: str, since: datetime) -> list[Outputs] | None:
    """List the sessions of a meeting; None when it was never held."""
    try:
        rows = list(zoom.list(_SESSIONS, {"meeting_id": number}))
    except ZoomError as error:
        if error.zoom is None or error.zoom.code not in _NEVER_HELD:
            raise
        return None
    return [row for row in rows if moment(row["start_time"]) >= since]


def _ended(zoom: ZoomClient, held: Outputs, planned: Outputs, asked: Round) -> Iterator[Found]:
    session = zoom.call(_SESSION, {"meeting_id": held["uuid"]})
    ended = moment(session["end_time"])
    if ended >= asked.begin:
        plan: Outputs = {name: planned[name] for name in ("timezone", "duration") if name in planned}
        told = {name: session[name] for name in ("id", "topic", "type", "host_id", "start_time", "end_time")}
        yield Found({**told, "uuid": held["uuid"], "host_email": session["user_email"], **plan}, ended)
