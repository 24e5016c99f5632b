"""An event as Zoom words it, read into a value."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from ..store.feed import Event, Source
from ..trigger import happened_at
from .happening import Happenings


def read(
    body: Mapping[str, Any],
    *,
    app: str,
    received_at: datetime,
    source: Source,
    delivery: str,
    happenings: Happenings,
) -> Event:
    """Make the value of an event.

    Args:
        body: as Zoom sends it, or as a poll made it up.
        app: client id of the app that Zoom told, or with whose grant it was found.
        received_at: stands in for the moment of an event that names none.
        source: what brought it.
        delivery: Zoom's id of the request; empty for a poll.
        happenings: name what it reports.
    """
    payload = _map(body.get("payload"))
    thing = _map(payload.get("object"))
    name = _id(body.get("event"), 100)
    return Event(
        id=f"evt_{uuid4().hex}",
        app=app,
        account_id=_id(payload.get("account_id") or thing.get("account_id")),
        name=name,
        # `app_deauthorized` keeps its moment inside.
        happened_at=happened_at(body) or happened_at(payload) or deauthorized_at(body) or received_at,
        received_at=received_at,
        happening=happenings.key(body),
        user_id=_user(name, payload, thing),
        source=source,
        body=body,
        delivery=_id(delivery, 64),
    )


def parsed(raw: bytes) -> Mapping[str, Any] | None:
    """Return the event in the body of a request; None when there is none.

    Raises:
        RecursionError: it is nested as deep as nothing of Zoom's is.
    """
    try:
        body = json.loads(raw)
    except ValueError:
        return None
    return body if isinstance(body, dict) and isinstance(body.get("event"), str) else None


def deauthorized_at(body: Mapping[str, Any]) -> datetime | None:
    """Return when a user removed the app; None when Zoom does not say so in a way that can be read."""
    try:
        moment = datetime.fromisoformat(_map(body.get("payload"))["deauthorization_time"])
    except (KeyError, TypeError, ValueError):
        return None
    return moment if moment.tzinfo else None


def _user(name: str, payload: Mapping[str, Any], thing: Mapping[str, Any]) -> str:
    """Return the host, or whom the event is about; where Zoom names neither, who did it."""
    found = thing.get("host_id") or thing.get("meeting_host_id")
    if not found and name.startswith("user."):
        found = thing.get("id")
    # Zoom leaves the host out of some events, such as a change of the topic only; who did it may know of it.
    return _id(found or payload.get("user_id") or payload.get("operator_id"))


def _id(value: Any, longest: int = 200) -> str:
    """Return a text that fits into a column, whatever the value is: it may have been made up by anybody."""
    text = str(value) if isinstance(value, str | int) else ""
    return "".join(letter for letter in text[:longest] if letter.isprintable())


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
