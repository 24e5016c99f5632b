"""Whose event it is: the subscriptions that may have it, and want it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ..catalogue import Catalogue
from ..errors import ManifestError
from ..store.feed import Event, Listener
from ..store.values import AppKind
from ..trigger import Trigger
from ..types import Outputs
from .messages import outputs


class Router:
    """Chooses subscriptions for events, as `store.events.route` asks for it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __call__(self, event: Event, listeners: Sequence[Listener]) -> Collection[str]:
        """Return the ids of the subscriptions that an event is for."""
        told: dict[str, Outputs] = {}
        return {
            one.subscription.id
            for one in listeners
            if may_have(event, one, listeners) and self._wants(event, one, told)
        }

    def _wants(self, event: Event, listener: Listener, told: dict[str, Outputs]) -> bool:
        subscription = listener.subscription
        # A trigger of another version of the connector is nobody's failure.
        trigger = self._catalogue.triggers.get(subscription.trigger)
        if trigger is None or not fires(trigger, event):
            return False
        if not subscription.filters:
            return True
        if trigger.key not in told:
            try:
                told[trigger.key] = outputs(trigger, event.body)
            except ManifestError:
                return True  # nothing is lost: telling it fails in the same way, and is tried until that is mended
        return passes(trigger, subscription.filters, told[trigger.key], polled=event.source == "poll")


def may_have(event: Event, listener: Listener, listeners: Sequence[Listener]) -> bool:
    """Say whether the grant behind a subscription lets it know of an event, whatever it asked for.

    An event reaches only subscriptions of its own app and account. Under a user-managed app a user may know of their
    own events only, although Zoom may send the app those of the whole account.

    Args:
        event: what happened.
        listener: who might be told.
        listeners: everybody who might be told.
    """
    if event.app != listener.app:
        return False
    if not event.account_id:
        # Zoom does not say whose it is, so there must be only one account that it can be of.
        accounts = {one.account_id for one in listeners if one.app == event.app}
        return listener.app_kind is not AppKind.USER and len(accounts) == 1
    if event.account_id != listener.account_id:
        return False
    return listener.app_kind is not AppKind.USER or (event.user_id != "" and event.user_id == listener.user_id)


def fires(trigger: Trigger, event: Event) -> bool:
    """Say whether an event is one of the trigger's.

    What only a poll can find never is: it goes to the subscription that found it, and to no other.
    """
    return event.name in trigger.events or (trigger.any_event and event.source == "webhook")


def passes(trigger: Trigger, filters: Mapping[str, Any], outputs: Outputs, *, polled: bool) -> bool:
    """Say whether an event is within the filters of a subscription.

    Args:
        trigger: what the filters mean.
        filters: name -> what the subscription asks for; of a list, any one is enough.
        outputs: what the event says.
        polled: it was found for somebody else; then a filter that only a poll can apply keeps it out.
    """
    fields = trigger.filters.get("properties", {})
    return all(_fits(fields.get(name), wanted, outputs, polled=polled) for name, wanted in filters.items())


def _fits(field: Mapping[str, Any] | None, wanted: Any, outputs: Outputs, *, polled: bool) -> bool:
    if field is None:
        return False
    if "on" not in field:
        return not polled
    asked = [_plain(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
    found = [_plain(value) for path in field["on"] for value in _at(outputs, path.split("."))]
    if field.get("contains"):
        return any(part in value for part in asked for value in found)
    return any(one in found for one in asked)


def _at(value: Any, steps: list[str]) -> Iterator[Any]:
    """Give every value that a path such as `files[].type` leads to."""
    if not steps:
        yield value
    elif isinstance(value, Mapping) and (inner := value.get(steps[0].removesuffix("[]"))) is not None:
        many = steps[0].endswith("[]")
        for one in inner if many and isinstance(inner, list) else [inner]:
            yield from _at(one, steps[1:])


def _plain(value: Any) -> str:
    return str(value).casefold()
