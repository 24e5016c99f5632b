"""What the store in memory remembers of events."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from zoom_connector.store import AppKind, Grant
from zoom_connector.store.feed import Event, Subscription, Webhook


@dataclass
class Kept:
    """An event, and whether it has been handed to the subscriptions it is for."""

    event: Event
    routed: bool = False


@dataclass
class Following:
    """A subscription and its polls."""

    subscription: Subscription
    poll_at: datetime | None
    cursor: Any = None
    poll_until: datetime | None = None
    poll_fence: int = 0
    failure: str = ""
    failing_since: datetime | None = None


@dataclass
class Sending:
    """A delivery."""

    subscription: str
    event: str
    position: int
    replay: int
    since: datetime
    next_at: datetime
    id: str = field(default_factory=lambda: f"msg_{uuid4().hex}")
    state: str = "due"
    attempts: int = 0
    lease_until: datetime | None = None
    fence: int = 0
    failure: str = ""
    done_at: datetime | None = None


@dataclass
class Feed:
    """Events in the order in which they came, who wants them, and what became of telling them."""

    webhooks: dict[str, Webhook] = field(default_factory=dict)
    events: dict[str, Kept] = field(default_factory=dict)
    subscriptions: dict[str, Following] = field(default_factory=dict)
    deliveries: list[Sending] = field(default_factory=list)
    counted: int = 0
    positions: dict[str, int] = field(default_factory=dict)

    def keep(self, event: Event) -> bool:
        """Store an event that is not known."""
        for other in (kept.event for kept in self.events.values() if kept.event.app == event.app):
            same = (other.account_id, other.happening) == (event.account_id, event.happening)
            if same or (event.delivery and other.delivery == event.delivery):
                return False
        self.counted += 1
        self.positions[event.id] = self.counted
        self.events[event.id] = Kept(event)
        return True

    def deliver(self, subscription: str, event: str, now: datetime, replay: int = 0) -> None:
        """Let a subscription have an event, unless it has it already."""
        if (subscription, event, replay) not in {(one.subscription, one.event, one.replay) for one in self.deliveries}:
            self.deliveries.append(Sending(subscription, event, self.positions[event], replay, now, now))

    def follow(self, old: str, new: str) -> None:
        for one in self.subscriptions.values():
            if one.subscription.connection == old:
                one.subscription = replace(one.subscription, connection=new)

    def drop(self, connection: str) -> None:
        for id in self.of(connection):
            del self.subscriptions[id]
            self.deliveries = [one for one in self.deliveries if one.subscription != id]

    def restart(self, connection: str, now: datetime) -> None:
        for id in self.of(connection):
            one = self.subscriptions[id]
            self.deliveries = [each for each in self.deliveries if each.subscription != id]
            one.subscription = replace(one.subscription, since=now)
            one.cursor, one.poll_until, one.poll_fence = None, None, one.poll_fence + 1
            one.failure, one.failing_since = "", None

    def of(self, connection: str) -> list[str]:
        return [id for id, one in self.subscriptions.items() if one.subscription.connection == connection]

    def forget(self, gone: Collection[Grant], grants: Iterable[Grant]) -> None:
        """Delete the events of the users of grants, or of the account where the app has no other grant in it."""
        left = {_where(grant) for grant in grants if grant not in gone}
        for grant in gone:
            own = grant.app.kind is AppKind.USER or _where(grant) in left
            for kept in list(self.events.values()):
                event = kept.event
                of_user = not own or event.user_id == grant.person.user_id
                if (event.app, event.account_id) == _where(grant) and of_user:
                    self.delete(event.id)

    def delete(self, event: str) -> None:
        del self.events[event]
        self.deliveries = [one for one in self.deliveries if one.event != event]


def _where(grant: Grant) -> tuple[str, str]:
    return grant.app.client_id, grant.person.account_id


def is_free(until: datetime | None, now: datetime) -> bool:
    return until is None or until <= now
