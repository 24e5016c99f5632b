"""The part of the store in memory that is about events."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from store.memory_data import Data, at_once
from store.memory_feed_data import Following, is_free

from zoom_connector.store.feed import Event, Listener, Subscription, Turn, Webhook
from zoom_connector.store.feed_protocol import Choose


@dataclass
class Webhooks:
    data: Data

    @at_once
    def get(self, app: str) -> Webhook | None:
        return self.data.feed.webhooks.get(app)

    @at_once
    def all(self) -> list[Webhook]:
        return [webhook for _, webhook in sorted(self.data.feed.webhooks.items())]

    @at_once
    def put(self, app: str, secrets: Sequence[str]) -> None:
        self.note(app, secrets=tuple(secrets))

    @at_once
    def challenged(self, app: str) -> None:
        self.note(app, last_challenge_at=self.data.clock.now())

    def note(self, app: str, **values: Any) -> None:
        webhooks = self.data.feed.webhooks
        webhooks[app] = replace(webhooks.get(app, Webhook(app, ())), **values)


@dataclass
class Events:
    data: Data

    @at_once
    def add(self, events: Sequence[Event]) -> int:
        for app in {event.app for event in events if event.source == "webhook"}:
            Webhooks(self.data).note(app, last_event_at=self.data.clock.now())
        return sum(self.data.feed.keep(event) for event in events)

    @at_once
    def route(self, limit: int, choose: Choose) -> int:
        waiting = [kept for kept in self.data.feed.events.values() if not kept.routed][:limit]
        chosen = [(kept, choose(kept.event, self._listeners())) for kept in waiting]
        for kept, subscriptions in chosen:
            for subscription in sorted(subscriptions):
                self.data.feed.deliver(subscription, kept.event.id, self.data.clock.now())
            kept.routed = True
        return len(waiting)

    @at_once
    def get(self, id: str) -> Event | None:
        kept = self.data.feed.events.get(id)
        return kept.event if kept else None

    @at_once
    def all(
        self,
        *,
        since: datetime,
        until: datetime,
        name: str | None = None,
        subscription: str | None = None,
        limit: int = 100,
    ) -> list[Event]:
        had = {one.event for one in self.data.feed.deliveries if one.subscription == subscription}
        found = [kept.event for id, kept in self.data.feed.events.items() if subscription is None or id in had]
        fitting = [one for one in found if since <= one.received_at < until and name in (None, one.name)]
        return fitting[::-1][:limit]

    @at_once
    def expire(self, before: datetime) -> int:
        feed, emptied = self.data.feed, 0
        waiting = {one.event for one in feed.deliveries if one.state == "due"}
        for id, kept in list(feed.events.items()):
            if not kept.routed or id in waiting:
                continue
            if kept.event.received_at < before and kept.event.body:
                kept.event = replace(kept.event, body={})
                emptied += 1
            if kept.event.received_at < before - timedelta(days=40):
                feed.delete(id)
        return emptied

    def _listeners(self) -> list[Listener]:
        found = []
        for one in self.data.feed.subscriptions.values():
            grant = self.data.grants[self.data.names[one.subscription.connection][0]]
            person, app = grant.person, grant.app
            found.append(Listener(one.subscription, app.client_id, app.kind, person.account_id, person.user_id))
        return found


@dataclass
class Subscriptions:
    data: Data

    @at_once
    def add(self, subscription: Subscription, *, poll_at: datetime | None = None) -> None:
        kept = replace(subscription, polls=poll_at is not None)
        self.data.feed.subscriptions[subscription.id] = Following(kept, poll_at)

    @at_once
    def get(self, id: str) -> Subscription | None:
        one = self.data.feed.subscriptions.get(id)
        return one.subscription if one else None

    @at_once
    def all(self) -> list[Subscription]:
        found = [one.subscription for one in self.data.feed.subscriptions.values()]
        return sorted(found, key=lambda subscription: (subscription.since, subscription.id))

    @at_once
    def pause(self, id: str, *, paused: bool) -> bool:
        one = self.data.feed.subscriptions.get(id)
        if one:
            one.subscription = replace(one.subscription, paused=paused)
        return one is not None

    @at_once
    def delete(self, id: str) -> bool:
        feed = self.data.feed
        feed.deliveries = [one for one in feed.deliveries if one.subscription != id]
        return feed.subscriptions.pop(id, None) is not None

    @at_once
    def turn(self) -> Turn | None:
        now = self.data.clock.now()
        due = [
            (one.poll_at, one)
            for one in self.data.feed.subscriptions.values()
            if one.poll_at and one.poll_at <= now and not one.subscription.paused and is_free(one.poll_until, now)
        ]
        if not due:
            return None
        _, one = min(due, key=lambda each: each[0])
        one.poll_until, one.poll_fence = now + timedelta(minutes=5), one.poll_fence + 1
        return Turn(one.subscription, one.cursor, one.poll_fence, one.failing_since)

    @at_once
    def found(self, turn: Turn, found: Sequence[Event], *, cursor: Mapping[str, Any] | None, poll_at: datetime) -> bool:
        feed = self.data.feed
        one = feed.subscriptions.get(turn.subscription.id)
        if one is None or one.poll_fence != turn.fence:
            return False
        one.cursor, one.poll_at, one.poll_until = cursor, poll_at, None
        one.failure, one.failing_since = "", None
        for event in found:
            feed.keep(event)
            wanted = (event.app, event.account_id, event.happening)
            events = [kept.event for kept in feed.events.values()]
            known = next(each for each in events if (each.app, each.account_id, each.happening) == wanted)
            feed.deliver(turn.subscription.id, known.id, self.data.clock.now())
        return True

    @at_once
    def put_off(self, turn: Turn, failure: str, *, poll_at: datetime) -> bool:
        one = self.data.feed.subscriptions.get(turn.subscription.id)
        if one is None or one.poll_fence != turn.fence:
            return False
        one.poll_at, one.poll_until = poll_at, None
        one.failure, one.failing_since = failure, one.failing_since or self.data.clock.now()
        return True
