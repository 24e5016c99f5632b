"""A connection as its owner would describe it: who it is, on what licence, and which meetings come next."""

from dataclasses import dataclass
from datetime import datetime

from .errors import MissingScopes
from .zoom.client import ZoomClient

_NEXT = 5
"""Meetings that are shown."""

_LICENCES = {1: "basic", 2: "licensed", 4: "unassigned"}
"""Zoom's `type` of a user (https://developers.zoom.us/docs/api/users/)."""


@dataclass(frozen=True)
class Upcoming:
    """A meeting that comes next."""

    id: str
    topic: str
    start: datetime


@dataclass(frozen=True)
class Portrait:
    """What Zoom says about the user of a connection now."""

    email: str
    name: str
    licence: str
    """basic, licensed, unassigned, or the number that Zoom gives."""
    timezone: str
    meetings: tuple[Upcoming, ...] | None
    """The next few, in order; None when the connection may not list them."""


def portray(zoom: ZoomClient) -> Portrait:
    """Ask Zoom.

    Args:
        zoom: one that may make any call.

    Raises:
        ZoomConnectorError: whatever Zoom answers for the user; meetings are left out when a scope is missing.
    """
    user = zoom.send("GET", f"/users/{zoom.user}")
    return Portrait(
        email=str(user.get("email", "")),
        name=str(user.get("display_name", "")),
        licence=_LICENCES.get(user.get("type", 0), str(user.get("type", ""))),
        timezone=str(user.get("timezone", "")),
        meetings=_upcoming(zoom),
    )


def _upcoming(zoom: ZoomClient) -> tuple[Upcoming, ...] | None:
    query = {"type": "upcoming_meetings", "page_size": 300}
    try:
        listed = zoom.send("GET", f"/users/{zoom.user}/meetings", query)
    except MissingScopes:
        return None
    meetings = [
        Upcoming(str(row["id"]), str(row.get("topic", "")), datetime.fromisoformat(row["start_time"]))
        for row in listed.get("meetings", ())
        if row.get("start_time")  # a recurring meeting without a fixed time has none
    ]
    return tuple(sorted(meetings, key=lambda meeting: meeting.start)[:_NEXT])
