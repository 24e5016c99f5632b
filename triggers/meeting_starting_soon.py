"""Find meetings that are about to start.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/meetings
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from zoom_connector import Found, Host, Inputs, Page, Round, ZoomClient, hosts_of, moment, poll_hosts

_LIST = "/users/{user_id}/meetings"

_LATE = timedelta(minutes=5)
"""A meeting that began longer ago is not about to start; one made at short notice is told of even so."""


def poll(zoom: ZoomClient, cursor: Mapping[str, Any], filters: Inputs) -> Page:
    minutes = int(filters["minutes_before"])
    return poll_hosts(zoom, cursor, hosts_of(zoom, filters), partial(_due, minutes), overlap=timedelta())


def _due(minutes: int, zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
    for row in zoom.list(_LIST, {"user_id": host.path, "type": "upcoming_meetings"}):
        if "start_time" not in row:
            continue
        start = moment(row["start_time"])
        due = start - timedelta(minutes=minutes)
        if due > zoom.now:
            asked.again(due)
        elif start + _LATE >= zoom.now and not asked.knows(f"{row['id']} {row['start_time']}"):
            told = {"host_id": host.id, "host_email": host.email} | row
            yield Found({**told, "minutes_before": minutes}, due)
