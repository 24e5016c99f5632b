"""Bring events to whoever wants to know, at least once each."""

import logging
import random
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, Self

from ..catalogue import Catalogue
from ..clock import Clock
from ..errors import DeliveryFailed, ManifestError, ZoomConnectorError
from ..store.feed import Delivery, Sink
from ..store.feed_protocol import Choose, Deliveries
from ..store.protocol import Store
from .messages import Message, message
from .sinks import LONGEST

_log = logging.getLogger(__name__)

_ROUTED = 200
"""Events per transaction."""
_CLAIMED = 20
"""Deliveries that one worker takes at a time; what waits behind a slow sink is few."""
_TOGETHER = timedelta(seconds=1)
"""How long what has arrived may wait for what arrives next, to be noted in one transaction."""
_LEASE = timedelta(seconds=60)
"""How long others keep off what a worker has taken, and how long that waits after the worker has died."""
_FIRST = timedelta(seconds=5)
_LAST = timedelta(hours=1)
_AWAY = timedelta(minutes=5)
"""How long nothing is sent to a sink that is away, at most: one try at a time shows whether it is back."""
_SINK_AWAY = frozenset({"sink_host_unknown", "sink_unreachable", "sink_certificate_invalid", "sink_no_answer"})


class Reach(Protocol):
    """Whom a process can hand events to."""

    @property
    def receivers(self) -> Collection[str]:
        """Names, as `store.deliveries.claim` asks for them."""

    def hand_over(self, sink: Sink, message: Message) -> None:
        """Hand a message over, or raise a `ZoomConnectorError` that says why not."""


@dataclass(frozen=True)
class Dispatch:
    """What it takes to deliver."""

    store: Store
    catalogue: Catalogue
    choose: Choose
    """Whose an event is."""
    sinks: Reach
    clock: Clock


def never() -> bool:
    """Go on until everything is done."""
    return False


def deliver_due(dispatch: Dispatch, *, stopping: Callable[[], bool] = never) -> int:
    """Hand events out to subscriptions, and deliver some of what is due; the same for a thread and a queue worker.

    Any number may run at the same time, in any number of processes. Whatever a worker that dies has not noted as
    delivered is delivered by another a minute later, under the same ids.

    Args:
        dispatch: what it takes.
        stopping: asked before each delivery; what is not begun then is given back.

    Returns:
        How much there was to do; with 0 it is enough to call again in a second.
    """
    store, clock = dispatch.store, dispatch.clock
    routed = store.events.route(_ROUTED, dispatch.choose)
    claimed = store.deliveries.claim(_CLAIMED, _LEASE, dispatch.sinks.receivers)
    last_begin = clock.now() + _LEASE - LONGEST
    away: set[str] = set()
    untried: list[Delivery] = []
    with _Arrived(store.deliveries, clock) as arrived:
        for delivery in claimed:
            if delivery.subscription.id in away or clock.now() > last_begin or stopping():
                untried.append(delivery)
            elif (failure := _try(dispatch, delivery)) is None:
                arrived.add(delivery)
            else:
                away |= _note(dispatch, delivery, failure)
    if untried:
        store.deliveries.release(*untried)
    return routed + len(claimed)


def backoff(attempt: int, luck: float) -> timedelta:
    """Return how long to wait after an attempt: twice as long each time, up to an hour.

    Args:
        attempt: counts from 1.
        luck: between 0 and 1; takes up to half of it away, so that not everybody comes back at once.
    """
    doublings = min(attempt - 1, 20)  # far beyond the longest wait, and no number gets too large
    wait: timedelta = min(_FIRST * 2**doublings, _LAST)
    return wait * (1 - luck / 2)


class _Arrived:
    """What has arrived, noted several at once: each transaction waits for the disk, however little it says."""

    def __init__(self, deliveries: Deliveries, clock: Clock) -> None:
        self._deliveries = deliveries
        self._clock = clock
        self._noted_at = clock.now()
        self._waiting: list[Delivery] = []

    def add(self, delivery: Delivery) -> None:
        self._waiting.append(delivery)
        if self._clock.now() >= self._noted_at + _TOGETHER:
            self._note()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._note()

    def _note(self) -> None:
        if self._waiting:
            self._deliveries.done(*self._waiting)
        self._waiting = []
        self._noted_at = self._clock.now()


def _try(dispatch: Dispatch, delivery: Delivery) -> ZoomConnectorError | None:
    trigger = dispatch.catalogue.triggers.get(delivery.subscription.trigger)
    if trigger is None:
        return ManifestError("trigger_gone", trigger=delivery.subscription.trigger)
    try:
        dispatch.sinks.hand_over(delivery.subscription.sink, message(trigger, delivery))
    except ZoomConnectorError as failure:
        return failure
    return None


def _note(dispatch: Dispatch, delivery: Delivery, failure: ZoomConnectorError) -> set[str]:
    """Write down what went wrong; return the subscriptions to which nothing more is to be sent for now."""
    deliveries, subscription, now = dispatch.store.deliveries, delivery.subscription, dispatch.clock.now()
    if failure.code == "sink_gone":
        # Who has said so wants nothing more; nothing is lost, because a person may let it go on.
        dispatch.store.subscriptions.pause(subscription.id, paused=True)
        deliveries.failed(delivery, failure.code, again_at=now)
        return {subscription.id}
    too_old = now - subscription.give_up_after
    wait = backoff(delivery.attempt, random.random())  # noqa: S311 (nothing secret)
    again_at = max(now + wait, _asked_for(failure, now))
    dead = delivery.since <= too_old
    level = logging.WARNING if dead else logging.INFO
    _log.log(level, "%s to %s failed: %s%s", delivery.id, subscription.id, failure.code, ", given up" if dead else "")
    deliveries.failed(delivery, failure.code, again_at=None if dead else again_at)
    if failure.code not in _SINK_AWAY:
        return set()
    deliveries.hold_back(subscription.id, failure.code, until=now + min(wait, _AWAY), dead_before=too_old)
    return {subscription.id}


def _asked_for(failure: ZoomConnectorError, now: datetime) -> datetime:
    """When the receiver wants to be asked again; not later than the longest wait."""
    asked = failure.retry_at if isinstance(failure, DeliveryFailed) else None
    return min(asked, now + _LAST) if asked else now
