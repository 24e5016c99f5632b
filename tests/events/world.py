"""What happens at Zoom, as it reaches an intake, and who wants to know."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from events.signed import CLIENT, as_bytes, headers
from store.world import APP, JO, StillClock

from zoom_connector.catalogue import Catalogue
from zoom_connector.events.intake import Answer, Intake
from zoom_connector.events.whose import Router
from zoom_connector.store import App, Person, SqlStore, Tokens
from zoom_connector.store.feed import Event, Sink, Subscription


@dataclass(frozen=True)
class World:
    """A store, an intake in front of it, and short ways to use both."""

    store: SqlStore
    clock: StillClock
    intake: Intake
    catalogue: Catalogue

    def send(self, body: dict[str, Any], *, app: str = CLIENT, delivery: str = "") -> Answer:
        """Send a webhook as Zoom does."""
        raw = as_bytes(body)
        return self.intake.receive(app, headers(raw, self.clock.now(), delivery=delivery), raw).result(timeout=30)

    def connect(self, name: str, person: Person = JO, app: App = APP) -> None:
        until = self.clock.now() + timedelta(hours=1)
        tokens = Tokens(f"access-{name}", f"refresh-{name}", until, frozenset(), "https://api.example.com")
        self.store.connections.make(name, app, person, tokens)

    def subscribe(self, connection: str, trigger: str = "any_event", **filters: Any) -> str:
        id = f"{connection}: {trigger} {uuid4().hex[:6]}"
        sink = Sink("https", "https://platform.example.com/events")
        self.store.subscriptions.add(Subscription(id, trigger, connection, filters, sink, self.clock.now()))
        return id

    def events(self) -> list[Event]:
        """Return what is stored, the oldest first."""
        hour = timedelta(hours=1)
        return self.store.events.all(since=self.clock.now() - hour, until=self.clock.now() + hour)[::-1]

    def told(self) -> dict[str, list[str]]:
        """Route what is stored, and return the names of the events that each subscription gets."""
        self.store.events.route(100, Router(self.catalogue))
        claimed = self.store.deliveries.claim(100, timedelta(seconds=30))
        ids = sorted({delivery.subscription.id for delivery in claimed})
        return {id: sorted(one.event.name for one in claimed if one.subscription.id == id) for id in ids}
