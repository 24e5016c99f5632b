"""One thing that can start a workflow, as a manifest declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from .calls import Call, Scopes, read_call
from .outputs import shape
from .texts import TRIGGER, reworded
from .types import Outputs, Schema
from .words import PLAIN, Words


@dataclass(frozen=True)
class Trigger:
    """One thing that can start a workflow."""

    key: str
    resource: str
    title: str
    description: str
    events: tuple[str, ...]
    """Zoom's events that fire it; none: only a poll can."""
    any_event: bool
    """Every event of Zoom fires it."""
    data: tuple[str, ...]
    requires: tuple[str, ...]
    filters: Schema
    """What a subscription may narrow it down by; `on` says which outputs are compared, `contains` how."""
    outputs: Schema
    sample: Mapping[str, Any]
    """A whole event as Zoom sends it."""
    happening: tuple[str, ...]
    """The outputs that are the same whenever the same happening is reported; none: it is told by all it says."""
    scopes: Scopes
    """What the app needs for Zoom to send the events; within a family any one is enough."""
    calls: tuple[Call, ...]
    """The calls of its poll; none: it cannot be polled for."""
    every_minutes: int
    """How often it is polled for."""
    zoom_label: str = ""
    """What Zoom's form calls its event."""


def read_trigger(key: str, resource: str, raw: Mapping[str, Any], words: Words = PLAIN) -> Trigger:
    """Read one file of `triggers/`, in the language of the words."""
    raw = reworded(TRIGGER, _whole(raw), words.within(key))
    any_event = raw["events"] == "any"
    return Trigger(
        key=key,
        resource=resource,
        title=raw["title"],
        description=raw["description"],
        events=() if any_event else tuple(raw["events"]),
        any_event=any_event,
        data=tuple(raw["data"]),
        requires=tuple(raw.get("requires", ())),
        filters=raw.get("filters", {"type": "object", "additionalProperties": False, "properties": {}}),
        outputs=raw["outputs"],
        sample=raw["sample"],
        happening=tuple(raw.get("happening", ())),
        scopes=Scopes(tuple(raw["scopes"]["classic"]), tuple(raw["scopes"]["granular"])),
        calls=tuple(read_call({"effect": "read", **call}) for call in raw["calls"]),
        every_minutes=raw.get("every_minutes", 5),
        zoom_label=raw.get("zoom_label", ""),
    )


def _whole(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Add what goes without saying: the outputs of every trigger, and why there are calls beside events."""
    calls, outputs = raw.get("calls", []), raw["outputs"]
    return {
        **raw,
        "outputs": {**outputs, "properties": {**outputs["properties"], **ALWAYS}},
        "calls": [{"purpose": _SAFETY, **call} for call in calls] if raw["events"] else calls,
    }


def needs(trigger: Trigger) -> tuple[Call, ...]:
    """Return what an app needs scopes for: the events, as a call of method `EVENT`, and the polls."""
    events = Call("EVENT", ", ".join(trigger.events), "read", trigger.scopes, "light")
    polls = (replace(call, optional=True) for call in trigger.calls)
    return (events, *polls) if trigger.events else trigger.calls


def said(trigger: Trigger, body: Mapping[str, Any]) -> Outputs:
    """Return what a trigger hands on of an event, as far as no handler has to work it out; secrets are not masked.

    An output is looked for in the event's object, then around it.

    Args:
        trigger: what the manifest declares.
        body: the event as Zoom sends it, or as a poll made it up.
    """
    payload = _map(body.get("payload"))
    everything = {**body, **payload, **_map(payload.get("object"))}
    # `app_deauthorized` keeps its moment inside.
    moment = happened_at(body) or happened_at(payload)
    always = {
        "event": body.get("event"),
        "happened_at": moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None,
        "account_id": payload.get("account_id"),
        "payload": payload,
    }
    shaped: Outputs = shape(trigger.outputs, {**everything, **always})
    return shaped


def happened_at(body: Mapping[str, Any]) -> datetime | None:
    """Return when an event happened; None when Zoom does not say so in a way that can be read.

    Zoom writes milliseconds, as a number or as text (https://developers.zoom.us/docs/api/webhooks/).
    """
    try:
        return datetime.fromtimestamp(int(body["event_ts"]) / 1000, UTC)
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return None


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


_SAFETY = "Finds what Zoom could not send, where a subscription asks for that."

ALWAYS = {
    "event": {"type": "string", "title": "Event", "description": "What Zoom calls it."},
    "happened_at": {"type": "string", "title": "Happened at (UTC)", "format": "date-time"},
    "account_id": {"type": "string", "title": "Account ID"},
    "payload": {
        "title": "Everything Zoom sent",
        "description": "As JSON. Passcodes, tokens and other secrets are masked.",
    },
}
"""What every trigger hands on."""
