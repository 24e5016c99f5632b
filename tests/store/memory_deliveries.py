"""The part of the store in memory that is about deliveries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from store.memory_data import Data, at_once
from store.memory_feed_data import Sending, is_free

from zoom_connector.store.feed import Again, Backlog, Delivery


@dataclass
class Deliveries:
    data: Data

    @at_once
    def claim(self, limit: int, lease: timedelta, receivers: Collection[str] = ("",)) -> list[Delivery]:
        now, feed = self.data.clock.now(), self.data.feed
        taken = [one for one in sorted(feed.deliveries, key=_age) if self._claimable(one, now, receivers)][:limit]
        for one in taken:
            one.lease_until, one.fence, one.attempts = now + lease, one.fence + 1, one.attempts + 1
        return [
            Delivery(
                id=one.id,
                subscription=feed.subscriptions[one.subscription].subscription,
                event=feed.events[one.event].event,
                attempt=one.attempts,
                since=one.since,
                fence=one.fence,
            )
            for one in taken
        ]

    @at_once
    def done(self, *deliveries: Delivery) -> int:
        now = self.data.clock.now()
        return sum(self._end(one, state="done", failure="", done_at=now) for one in deliveries)

    @at_once
    def failed(self, delivery: Delivery, failure: str, *, again_at: datetime | None) -> bool:
        if again_at is None:
            return self._end(delivery, state="dead", failure=failure)
        return self._end(delivery, next_at=again_at, failure=failure)

    @at_once
    def hold_back(self, subscription: str, failure: str, *, until: datetime, dead_before: datetime) -> None:
        for one in self.data.feed.deliveries:
            if (one.subscription, one.state) != (subscription, "due"):
                continue
            if one.since <= dead_before:
                one.state, one.failure, one.lease_until = "dead", failure, None
            one.next_at = max(one.next_at, until)

    @at_once
    def release(self, *deliveries: Delivery) -> int:
        return sum(self._end(one, attempts=one.attempt - 1) for one in deliveries)

    @at_once
    def replay(self, subscription: str, which: Again) -> int:
        feed, now, again = self.data.feed, self.data.clock.now(), 0
        for id, kept in feed.events.items():
            had = [one for one in feed.deliveries if (one.subscription, one.event) == (subscription, id)]
            unwanted = {"due", "done"} if which.dead else {"due"}
            received = kept.event.received_at
            fits = which.event in (None, id) and (which.since or received) <= received
            if had and kept.event.body and fits and not (which.until and received >= which.until):
                if unwanted & {one.state for one in had}:
                    continue
                feed.deliver(subscription, id, now, max(one.replay for one in had) + 1)
                again += 1
        return again

    @at_once
    def backlog(self) -> list[Backlog]:
        return [self._standing(id) for id in sorted(self.data.feed.subscriptions)]

    def _claimable(self, one: Sending, now: datetime, receivers: Collection[str]) -> bool:
        subscription = self.data.feed.subscriptions[one.subscription].subscription
        theirs = [each for each in self.data.feed.deliveries if each.subscription == one.subscription]
        earliest = min((_place(each) for each in theirs if each.state == "due"), default=None)
        return (
            one.state == "due"
            and one.next_at <= now
            and is_free(one.lease_until, now)
            and not subscription.paused
            and subscription.sink.receiver in receivers
            and (not subscription.ordered or _place(one) == earliest)
        )

    def _end(self, delivery: Delivery, **values: Any) -> bool:
        for one in self.data.feed.deliveries:
            if (one.id, one.state, one.fence) == (delivery.id, "due", delivery.fence):
                vars(one).update(values, lease_until=None)
                return True
        return False

    def _standing(self, id: str) -> Backlog:
        mine = [one for one in self.data.feed.deliveries if one.subscription == id]
        due = [one for one in mine if one.state == "due"]
        return Backlog(
            subscription=id,
            waiting=len(due),
            failing=sum(bool(one.failure) for one in due),
            dead=sum(one.state == "dead" for one in mine),
            oldest=min((one.since for one in due), default=None),
            last_delivered_at=max((one.done_at for one in mine if one.done_at), default=None),
            failure=max((one.failure for one in mine if one.state != "done"), default=""),
            poll_failure=self.data.feed.subscriptions[id].failure,
        )


def _age(one: Sending) -> tuple[datetime, int]:
    return one.next_at, one.position


def _place(one: Sending) -> tuple[int, int]:
    return one.position, one.replay
