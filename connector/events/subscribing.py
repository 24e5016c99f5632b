"""Subscriptions as a platform makes, keeps and repeats them."""

import base64
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

from ..catalogue import Catalogue
from ..clock import Clock
from ..errors import InvalidInputs
from ..store.feed import Again, Backlog, Event, Sink, Subscription
from ..store.protocol import Store
from ..store.values import Connection
from .delivering import Dispatch, Reach, deliver_due
from .expiring import expire
from .people import by_id
from .sinks import Lines, Receiver, Sinks
from .whose import Router
from .wishes import Wish, checked
from .worker import Duty, Worker

_NAME = re.compile(r"[\w.-]{1,100}")
_LATEST = timedelta(days=36500)


class Feed:
    """Events, who wants to be told, and what became of telling them; threads may share it.

    Args:
        catalogue: what the manifests say.
        store: where everything is kept.
        clock: what time it is.
        private_sinks: addresses of the host's own network may be called.
        retention: how long it is kept what events say.
        user_id: asks Zoom, with a connection, for the id of the user who has an address.
        poll: polls for one subscription, and says whether there was one to poll for.
        look_after: renews what would otherwise expire.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        store: Store,
        clock: Clock,
        *,
        private_sinks: bool,
        retention: timedelta,
        user_id: Callable[[Connection, str], str],
        poll: Callable[[], bool],
        look_after: Callable[[], None],
    ) -> None:
        self._catalogue = catalogue
        self._store = store
        self._clock = clock
        self._sinks = Sinks(clock, private=private_sinks)
        self._retention = retention
        self._user_id = user_id
        self._poll = poll
        self._look_after = look_after

    def register(self, name: str, receiver: Receiver) -> None:
        """Give a callable a name for subscriptions. It is called wherever it is registered and a worker runs.

        It is given a `Message`; what it raises means that it has not taken it. One that takes longer than half a
        minute may be called with the same message again.

        Raises:
            InvalidInputs: `sink_name_invalid`.
        """
        if not _NAME.fullmatch(name):
            raise InvalidInputs("sink_name_invalid", name=name)
        self._sinks.register(name, receiver)

    def subscribe(self, connection: Connection, wish: Wish, to: str | Receiver) -> Subscription:
        """Store a subscription and return it with its secret, which is shown only now.

        Args:
            connection: whose events.
            wish: which of them, and how.
            to: an https address; or a callable that is registered here, or its name.

        Raises:
            InvalidInputs: the trigger is unknown, the filters do not fit, or nothing may be sent there.
            MissingScopes: the connection may not be told of this, or not ask who has an address that a filter names.
            ZoomError: Zoom does not say who has an address that a filter names.
        """
        target = to if isinstance(to, str) else self._sinks.name_of(to) or ""
        sink = Sink("https", target, _new_secret()) if "://" in target else Sink("callable", target)
        self._sinks.check(sink)
        return self._add(connection, wish, sink)

    def subscriptions(self) -> list[Subscription]:
        """Return every subscription, the oldest first, without the secrets that sign."""
        return [_without_secret(one) for one in self._store.subscriptions.all()]

    def subscription(self, id: str) -> Subscription:
        """Return one subscription, without the secret that signs.

        Raises:
            InvalidInputs: `unknown_subscription`.
        """
        found = self._store.subscriptions.get(id)
        if found is None:
            raise InvalidInputs("unknown_subscription", subscription=id)
        return _without_secret(found)

    def pause(self, id: str) -> None:
        """Hold back everything for a subscription; raises as `subscription` does."""
        self.subscription(id)
        self._store.subscriptions.pause(id, paused=True)

    def resume(self, id: str) -> None:
        """Let a subscription go on where it was; raises as `subscription` does."""
        self.subscription(id)
        self._store.subscriptions.pause(id, paused=False)

    def delete(self, id: str) -> None:
        """Delete a subscription with what it still waits for; raises as `subscription` does."""
        self.subscription(id)
        self._store.subscriptions.delete(id)

    def replay(self, id: str, which: Again) -> int:
        """Deliver events once more that a subscription had, under new ids, and return how many.

        Raises:
            InvalidInputs: `unknown_subscription`, or `unknown_event`: there is none, or its retention is over.
        """
        self.subscription(id)
        event = self._store.events.get(which.event) if which.event is not None else None
        if which.event is not None and (event is None or not event.body):
            raise InvalidInputs("unknown_event", event=which.event)
        return self._store.deliveries.replay(id, which)

    def backlog(self) -> list[Backlog]:
        """Return how every subscription stands."""
        return self._store.deliveries.backlog()

    def events(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        name: str | None = None,
        subscription: str | None = None,
        limit: int = 100,
    ) -> list[Event]:
        """Return events by when they were received, the latest first; secrets in them are not masked.

        Args:
            since: the first moment that counts.
            until: the first moment that is too late.
            name: only this event of Zoom.
            subscription: only what has been for this one, by id.
            limit: how many at most.

        Raises:
            InvalidInputs: `unknown_subscription`.
        """
        if subscription is not None:
            self.subscription(subscription)
        now = self._clock.now()
        return self._store.events.all(
            since=since or now - _LATEST,
            until=until or now + _LATEST,
            name=name,
            subscription=subscription,
            limit=limit,
        )

    def deliver_due(self) -> int:
        """Deliver some of what is due; for a queue worker, which calls it again until it returns 0."""
        return deliver_due(self._dispatch(self._sinks))

    def poll_due(self) -> bool:
        """Make the poll that has been due for longest; for a queue worker, which calls it again until it says False."""
        return self._poll()

    def worker(self) -> Worker:
        """Return threads that deliver, poll and tidy up, to be started and stopped."""
        tidy_up = Duty("tidy up", lambda _: self._tidy_up(), every=3600.0, wakes=False)
        return Worker([self._delivering(self._sinks, threads=2), self._polling(), tidy_up])

    @contextmanager
    def listen(self, connection: Connection, wish: Wish, take: Receiver) -> Iterator[Subscription]:
        """Hand events over in this process for as long as the context lasts.

        Args:
            connection: whose events.
            wish: which of them.
            take: called in a thread, with one `Message` after the other.

        Raises:
            InvalidInputs, MissingScopes, ZoomError: as `subscribe`.
        """
        lines = Lines(uuid4().hex, take)
        subscription = self._add(connection, wish, Sink("lines", lines.name))
        try:
            with Worker([self._delivering(lines, threads=1), self._polling()]):
                yield subscription
        finally:
            self._store.subscriptions.delete(subscription.id)

    def _add(self, connection: Connection, wish: Wish, sink: Sink) -> Subscription:
        subscription = checked(wish, self._catalogue, connection, sink, self._clock.now())
        trigger, user_id = self._catalogue.triggers[subscription.trigger], partial(self._user_id, connection)
        subscription = replace(subscription, filters=by_id(trigger, subscription.filters, user_id))
        self._store.subscriptions.add(subscription, poll_at=self._clock.now() if subscription.polls else None)
        return subscription

    def _delivering(self, reach: Reach, *, threads: int) -> Duty:
        dispatch = self._dispatch(reach)
        return Duty("deliver", lambda stopping: deliver_due(dispatch, stopping=stopping), every=1.0, threads=threads)

    def _polling(self) -> Duty:
        return Duty("poll", lambda _: self._poll(), every=5.0, wakes=False)

    def _dispatch(self, reach: Reach) -> Dispatch:
        return Dispatch(self._store, self._catalogue, Router(self._catalogue), reach, self._clock)

    def _tidy_up(self) -> None:
        self._look_after()
        expire(self._store, self._clock.now(), self._retention)


def _new_secret() -> str:
    # 24 to 64 bytes, says https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _without_secret(subscription: Subscription) -> Subscription:
    return replace(subscription, sink=replace(subscription.sink, secret=""))
