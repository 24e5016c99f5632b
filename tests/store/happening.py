"""Events and subscriptions for the tests of what is stored."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from store.world import APP, JO, START

from zoom_connector.store import Store
from zoom_connector.store.feed import Delivery, Event, Listener, Sink, Subscription

MINUTE = timedelta(minutes=1)
HTTPS = Sink("https", "https://example.com/hook?key=sink-secret", "whsec_c2luay1zZWNyZXQ=")


def event(number: int, **changed: Any) -> Event:
    made = Event(
        id=f"evt_{number}",
        app=APP.client_id,
        account_id=JO.account_id,
        name="meeting.ended",
        happened_at=START,
        received_at=START + number * MINUTE,
        happening=f"happening-{number}",
        user_id=JO.user_id,
        source="webhook",
        body={"event": "meeting.ended", "payload": {"object": {"id": number}}},
        delivery=f"delivery-{number}",
    )
    return replace(made, **changed)


def subscription(id: str = "sub_1", **changed: Any) -> Subscription:
    return replace(Subscription(id, "meeting_ended", "sales", {"host": "jo@example.com"}, HTTPS, START), **changed)


def everybody(_: Event, listeners: Sequence[Listener]) -> Collection[str]:
    return {listener.subscription.id for listener in listeners}


def told(store: Store, *events: Event) -> None:
    """Store events and hand them to every subscription."""
    store.events.add(events)
    store.events.route(len(events), everybody)


def claimed(store: Store, limit: int = 10, receivers: Collection[str] = ("",)) -> list[Delivery]:
    return store.deliveries.claim(limit, MINUTE, receivers)


def ids(deliveries: Sequence[Delivery]) -> list[tuple[str, str]]:
    return [(one.subscription.id, one.event.id) for one in deliveries]
