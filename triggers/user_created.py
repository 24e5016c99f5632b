"""Find users who were added to the account.

https://developers.zoom.us/docs/api/users/#tag/users/GET/users
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from zoom_connector import Found, Host, Inputs, Page, Round, ZoomClient, moment, poll_hosts

_USERS = "/users"

_OVERLAP = timedelta(minutes=15)
_TOLD = ("id", "email", "first_name", "last_name", "display_name", "type")


def poll(zoom: ZoomClient, cursor: Mapping[str, Any], filters: Inputs) -> Page:
    return poll_hosts(zoom, cursor, [Host(zoom.user, "", "")], _added, overlap=_OVERLAP)


def _added(zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
    for row in zoom.list(_USERS, {"status": "active"}):
        added = moment(row["user_created_at"])
        if asked.covers(added) and not asked.knows(row["id"]):
            yield Found({name: row[name] for name in _TOLD if name in row}, added)
