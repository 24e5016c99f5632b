"""Which endpoints there are, and what was sent to them."""

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from .clock import Clock
from .deliveries import RETRIES, Delivery, Endpoint, challenge, deliver
from .people import App
from .schedule import Schedule


class Webhooks:
    """The endpoints of all apps.

    Nothing here waits for an endpoint: sending goes on in threads of its own, so it may be called under the world's
    lock.

    Args:
        clock: decides when to try again, and when to challenge.
        senders: how many requests may go on at once; more than one does not keep the order.
    """

    def __init__(self, clock: Clock, senders: int = 1) -> None:
        self._clock = clock
        self._schedule = Schedule(clock, senders)
        self._endpoints: list[Endpoint] = []
        self._deliveries: list[Delivery] = []
        self._held: list[Delivery] | None = None
        self._guard = threading.Lock()
        self.retries: tuple[timedelta, ...] = RETRIES
        """How long to wait after each try that failed; a test may be in a hurry."""
        self.twice = False
        """Whether every event is sent twice, each time with links of its own."""

    @property
    def endpoints(self) -> list[Endpoint]:
        """Those that were not removed."""
        with self._guard:
            return list(self._endpoints)

    @property
    def deliveries(self) -> list[Delivery]:
        """Everything that was to be sent so far, in the order in which it happened."""
        with self._guard:
            return list(self._deliveries)

    def add(
        self,
        app: App,
        url: str,
        secret: str,
        *,
        events: Collection[str] | None = None,
        users: Collection[str] | None = None,
        added_only: bool = False,
        challenged: bool = True,
    ) -> Endpoint:
        """Let an app be told. Nothing is sent there before it has passed its first challenge.

        Args:
            app: who is told.
            url: where.
            secret: what it is signed with.
            events: what is sent; everything when left out.
            users: ids of those whose events are sent; everybody's when left out.
            added_only: whether only those are sent that are about users who added the app.
            challenged: False for an app in development, which Zoom was seen to send events without any challenge.
        """
        with self._guard:
            endpoint = Endpoint(
                app=app,
                url=url,
                secret=secret,
                events=None if events is None else frozenset(events),
                users=None if users is None else frozenset(users),
                added_only=added_only,
                on=not challenged,
            )
            self._endpoints.append(endpoint)
        if challenged:
            self._schedule.add(lambda: challenge(endpoint, self._clock.now()))
        return endpoint

    def remove(self, endpoint: Endpoint) -> None:
        """Send nothing there any more."""
        endpoint.removed, endpoint.on = True, False
        with self._guard:
            self._endpoints.remove(endpoint)

    def send(self, endpoint: Endpoint, body: Mapping[str, Any]) -> Sequence[Delivery]:
        """Put an event on its way."""
        bodies = [body, _otherwise(body)] if self.twice else [body]
        made = [Delivery(endpoint, each, self._clock.now()) for each in bodies]
        with self._guard:
            self._deliveries += made
            if self._held is not None:
                self._held += made
                return made
        for delivery in made:
            self._start(delivery)
        return made

    @contextmanager
    def out_of_order(self) -> Iterator[None]:
        """Send what happens inside at the end, the last thing first."""
        with self._guard:
            self._held = []
        try:
            yield
        finally:
            with self._guard:
                held, self._held = self._held or [], None
            for delivery in reversed(held):
                self._start(delivery)

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until everything was sent that is due by the clock; move the clock for what is to be tried again.

        Raises:
            TimeoutError: it takes longer than this many seconds.
        """
        self._schedule.settle(timeout)

    def close(self) -> None:
        """Let what is being sent arrive, and send nothing more."""
        self._schedule.close()

    def _start(self, delivery: Delivery) -> None:
        self._schedule.add(partial(self._deliver, delivery))

    def _deliver(self, delivery: Delivery) -> datetime | None:
        return deliver(delivery, self._clock.now(), self.retries)


def _otherwise(value: Any, name: str = "") -> Any:
    """Return the same event as another of Zoom's computers sends it."""
    if isinstance(value, Mapping):
        return {key: _otherwise(inner, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_otherwise(inner) for inner in value]
    return f"{value}?again=1" if name == "download_url" else value
