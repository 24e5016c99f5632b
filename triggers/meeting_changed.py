"""Find meetings to come of which something is different from the last look.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/meetings
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from zoom_connector import Found, Host, Inputs, Outputs, Page, Round, ZoomClient, attempt, hosts_of, moment, poll_hosts

_LIST = "/users/{user_id}/meetings"
_GET = "/meetings/{meeting_id}"

_LOOKED_AT = ("topic", "start_time", "duration", "timezone", "agenda", "type")
_SERIES = 8

State = dict[str, Any]


def poll(zoom: ZoomClient, cursor: Mapping[str, Any], filters: Inputs) -> Page:
    return poll_hosts(zoom, cursor, hosts_of(zoom, filters), _changed, overlap=timedelta())


def _changed(zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
    listed = {str(row["id"]): row for row in zoom.list(_LIST, {"user_id": host.path, "type": "upcoming"})}
    for number, row in listed.items():
        state = _state(zoom, row)
        before = asked.swap(number, state)
        if before is None:
            continue
        changed = [name for name in before | state if _differs(name, before.get(name), state.get(name), zoom)]
        if changed:
            was = {name: before[name] for name in changed if name in before}
            told = {"host_id": host.id, "host_email": host.email} | row | state
            yield Found({**told, "changed": changed, "before": was}, zoom.now)


def _state(zoom: ZoomClient, row: Outputs) -> State:
    state = {name: row[name] for name in _LOOKED_AT if name in row}
    if row.get("type") != _SERIES:
        return state
    # A series is listed with whichever date is next.
    series = attempt(zoom, _GET, {"meeting_id": row["id"]}) or {}
    dates = [date for date in series.get("occurrences", []) if date.get("status") != "deleted"]
    kept = ("occurrence_id", "start_time", "duration")
    occurrences = [{name: date[name] for name in kept if name in date} for date in dates]
    return {name: value for name, value in state.items() if name not in ("start_time", "duration")} | {
        "occurrences": occurrences
    }


def _differs(name: str, before: Any, now: Any, zoom: ZoomClient) -> bool:
    if name != "occurrences" or before is None or now is None:
        return bool(before != now)
    return _to_come(before, zoom) != _to_come(now, zoom)


def _to_come(occurrences: list[State], zoom: ZoomClient) -> list[State]:
    return [date for date in occurrences if moment(date["start_time"]) > zoom.now]
