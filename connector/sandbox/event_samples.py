"""An example of every event that Zoom publishes, to be sent on demand.

They are the samples of the connector's triggers, which are read as plain JSON files; nothing else is taken from there.
"""

import base64
import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from .event_bodies import milliseconds

_MEETING_IDS = ("id", "meeting_id")


def event_samples(folder: Traversable | None = None) -> Mapping[str, Mapping[str, Any]]:
    """Return the bodies of the samples, by event.

    Args:
        folder: a folder laid out like `manifests/`; the connector's own when left out.
    """
    return _own_samples() if folder is None else dict(sorted(_samples(folder)))


@cache
def _own_samples() -> Mapping[str, Mapping[str, Any]]:
    return dict(sorted(_samples(files("zoom_connector") / "manifests")))


def _samples(folder: Traversable) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for resource in folder.joinpath("triggers").iterdir():
        for file in resource.iterdir():
            trigger = json.loads(file.read_text(encoding="utf-8"))
            if isinstance(trigger.get("events"), list) and trigger["events"]:
                yield trigger["sample"]["event"], trigger["sample"]


def happened(
    sample: Mapping[str, Any], now: datetime, *, account_id: str = "", user_id: str = "", client_id: str = ""
) -> dict[str, Any]:
    """Return a sample as if it had happened just now, once more.

    Args:
        sample: the body of an event.
        now: when; with its zone.
        account_id: the account, where the event names one.
        user_id: the host, or whom it is about, where the event names one.
        client_id: the app, where the event names one.
    """
    body: dict[str, Any] = json.loads(json.dumps(sample))
    payload = body["payload"]
    about = payload.get("object", [])
    things = about if isinstance(about, list) else [about]
    for each in (body, payload):
        if "event_ts" in each:
            each["event_ts"] = type(each["event_ts"])(milliseconds(now))
    if "deauthorization_time" in payload:
        payload["deauthorization_time"] = now.isoformat(timespec="milliseconds")
    given = {"account_id": account_id, "host_id": user_id, "meeting_host_id": user_id, "client_id": client_id}
    for each in (payload, *things):
        each.update({name: value for name, value in given.items() if value and name in each})
    if user_id and "user_id" in payload:
        payload["user_id"] = user_id
    if user_id and body["event"].startswith("user."):
        for thing in things:
            thing.update({"id": user_id} if "id" in thing else {})
    return {**body, "payload": _anew(payload, {})}


def _anew(value: Any, renewed: dict[Any, Any], name: str = "") -> Any:
    """Give every meeting another number and every session another UUID, the same one wherever it is named."""
    if isinstance(value, Mapping):
        return {key: _anew(inner, renewed, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_anew(inner, renewed, name) for inner in value]
    if name.endswith("uuid") and value:
        return renewed.setdefault(value, base64.b64encode(secrets.token_bytes(16)).decode())
    if name in _MEETING_IDS and str(value).isdecimal():
        number = renewed.setdefault(str(value), 90_000_000_000 + secrets.randbelow(9_999_999_999))
        return type(value)(number)
    return value
