"""What a subscriber is told of an event."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ..errors import ManifestError
from ..outputs import mask, mask_known, shape
from ..store.feed import Delivery
from ..trigger import Trigger, said
from ..types import Outputs


@dataclass(frozen=True)
class Message:
    """One event, as one subscriber is told of it."""

    id: str
    """The same at every attempt: whoever keeps it sees each event once."""
    type: str
    """Key of the trigger."""
    timestamp: str
    """When it happened, in UTC."""
    data: Outputs = field(repr=False)
    """The trigger's outputs; secrets are masked unless the subscription reveals them."""
    subscription: str
    connection: str

    def as_json(self, **more: Any) -> str:
        """Write it as the body of a Standard Webhooks request (https://www.standardwebhooks.com/)."""
        body = {
            **more,
            "type": self.type,
            "timestamp": self.timestamp,
            "data": self.data,
            "subscription": self.subscription,
            "connection": self.connection,
        }
        return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def message(trigger: Trigger, delivery: Delivery) -> Message:
    """Say what a subscription is told, with secrets masked as it wants them."""
    event, subscription = delivery.event, delivery.subscription
    return Message(
        id=delivery.id,
        type=trigger.key,
        timestamp=event.happened_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        data=masked(trigger, outputs(trigger, event.body), subscription.reveal),
        subscription=subscription.id,
        connection=subscription.connection,
    )


def outputs(trigger: Trigger, body: Mapping[str, Any]) -> Outputs:
    """Return what a trigger hands on of an event, secrets not masked; its handler, if it has one, adds what it knows.

    Args:
        trigger: what the manifest declares.
        body: the event as Zoom sends it, or as a poll made it up.

    Raises:
        ManifestError: `trigger_failed`, the handler cannot read the event.
    """
    plain = said(trigger, body)
    run = _handler(trigger.key)
    if run is None:
        return plain
    try:
        more = run(body)
    except Exception as error:  # one event that nobody foresaw must not end the worker that delivers all others
        raise ManifestError("trigger_failed", trigger=trigger.key, failure=type(error).__name__) from error
    shaped: Outputs = shape(trigger.outputs, {**plain, **more})
    return shaped


def masked(trigger: Trigger, outputs: Outputs, reveal: Collection[str]) -> Outputs:
    """Mask the secrets among outputs: by what the manifest says, and by what Zoom calls secrets.

    No manifest describes what is in `payload`, or in the settings that an event says were changed.
    """
    hidden: Outputs = mask_known(mask(trigger.outputs, outputs, reveal), reveal)
    return hidden


def _handler(key: str) -> Callable[[Mapping[str, Any]], Outputs] | None:
    name = f"zoom_connector.triggers.{key}"
    if find_spec(name) is None:
        return None
    run: Callable[[Mapping[str, Any]], Outputs] | None = getattr(import_module(name), "run", None)
    return run
