"""What the connector asks of a store about events; see `protocol` for what holds for every part."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from .feed import Again, Backlog, Delivery, Event, Listener, Subscription, Turn, Webhook

Choose = Callable[[Event, Sequence[Listener]], Collection[str]]
"""Says which subscriptions, by id, an event is for; called inside a transaction, so it must not wait for anything."""


class Webhooks(Protocol):
    """Endpoints that Zoom sends events to, one per app."""

    def get(self, app: str) -> Webhook | None:
        """Return the endpoint of an app, by client id."""

    def all(self) -> list[Webhook]:
        """Return every endpoint, by client id."""

    def put(self, app: str, secrets: Sequence[str]) -> None:
        """Take over the secrets of an app, newest first; the endpoint is made if there is none."""

    def challenged(self, app: str) -> None:
        """Note that Zoom has just checked the endpoint, which is made if there is none."""


class Events(Protocol):
    """What happened at Zoom, each happening once per app and account."""

    def add(self, events: Sequence[Event]) -> int:
        """Store events, all or none, and return how many were new.

        One whose happening or delivery is known for its app is dropped. When Zoom sent an endpoint its last event is
        noted.
        """

    def route(self, limit: int, choose: Choose) -> int:
        """Make deliveries of the oldest events that are not routed yet, and return how many events that were."""

    def get(self, id: str) -> Event | None:
        """Return one event."""

    def all(
        self,
        *,
        since: datetime,
        until: datetime,
        name: str | None = None,
        subscription: str | None = None,
        limit: int = 100,
    ) -> list[Event]:
        """Return events by when they were received, the latest first; `until` is not included.

        With `subscription`, an id, only those that have been for it.
        """

    def expire(self, before: datetime) -> int:
        """Delete what events say that were received before a moment, and return how many that were.

        What is still to be delivered stays, and that they happened stays known for 40 days more.
        """


class Subscriptions(Protocol):
    """Who wants to be told; they follow the name of their connection, and go with it."""

    def add(self, subscription: Subscription, *, poll_at: datetime | None = None) -> None:
        """Store a subscription, which polls from a moment on when one is given."""

    def get(self, id: str) -> Subscription | None:
        """Return one subscription."""

    def all(self) -> list[Subscription]:
        """Return every subscription, the oldest first."""

    def pause(self, id: str, *, paused: bool) -> bool:
        """Hold back deliveries and polls, or let them go on; False for a subscription that there is not."""

    def delete(self, id: str) -> bool:
        """Delete a subscription and its deliveries; False when there is none."""

    def turn(self) -> Turn | None:
        """Take the poll that has been due for longest, for five minutes; None when none is due."""

    def found(self, turn: Turn, found: Sequence[Event], *, cursor: Mapping[str, Any] | None, poll_at: datetime) -> bool:
        """End a poll: store what it found for its subscription, and where to go on.

        An event that is known already is delivered to this subscription if it has not had it. False, and nothing is
        kept, when another worker has taken the poll over.
        """

    def put_off(self, turn: Turn, failure: str, *, poll_at: datetime) -> bool:
        """End a poll that failed: note why, and go on later from where it began. False as for `found`."""


class Deliveries(Protocol):
    """Events on their way to subscriptions."""

    def claim(self, limit: int, lease: timedelta, receivers: Collection[str] = ("",)) -> list[Delivery]:
        """Take the deliveries to some receivers that have been due for longest, for as long as the lease.

        Of an ordered subscription only the earliest event is given, and nothing while another worker has that one.
        Paused subscriptions are passed over.
        """

    def done(self, *deliveries: Delivery) -> int:
        """Note that they have arrived; return how many, without those that another worker has claimed since."""

    def failed(self, delivery: Delivery, failure: str, *, again_at: datetime | None) -> bool:
        """Note that it has not arrived, and why; without a moment to try again it is dead.

        False when another worker has claimed it since.
        """

    def hold_back(self, subscription: str, failure: str, *, until: datetime, dead_before: datetime) -> None:
        """Let nothing of a subscription be tried before a moment, and give up what was due before another."""

    def release(self, *deliveries: Delivery) -> int:
        """Give claims back untried; return how many, as `done` does."""

    def replay(self, subscription: str, which: Again) -> int:
        """Deliver events once more that the subscription had, under new ids; return how many that are.

        One that waits already is not doubled, and one of which nothing is left but that it happened is passed over.
        """

    def backlog(self) -> list[Backlog]:
        """Return how every subscription stands."""
