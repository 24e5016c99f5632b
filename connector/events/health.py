"""How webhooks, polls and deliveries are doing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..store.feed import Backlog, Webhook
from ..store.protocol import Store

_CHALLENGED_EVERY = timedelta(hours=72)
"""Zoom checks an endpoint this often, and sends nothing to one that fails six times in a row.

https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint
"""


@dataclass(frozen=True)
class Endpoint:
    """Where Zoom sends the events of one app."""

    app: str
    last_event_at: datetime | None
    last_challenge_at: datetime | None
    overdue: bool
    """Zoom has not checked it for 72 hours: it may have stopped sending events."""


@dataclass(frozen=True)
class Telling:
    """How one subscription stands."""

    subscription: str
    trigger: str
    paused: bool
    waiting: int
    failing: int
    dead: int
    lag: timedelta
    """How long the oldest delivery waits."""
    last_delivered_at: datetime | None
    failure: str
    """Code of a failure among those that wait or are dead; empty without one."""
    poll_failure: str
    """Code of the failure of the last poll; empty when it went well."""


@dataclass(frozen=True)
class Health:
    """How everything stands."""

    endpoints: Sequence[Endpoint]
    subscriptions: Sequence[Telling]

    @property
    def warnings(self) -> list[dict[str, str]]:
        """What somebody should look at, although everything runs."""
        overdue = [{"code": "challenge_overdue", "app": one.app} for one in self.endpoints if one.overdue]
        failing = [
            {"code": one.failure, "subscription": one.subscription}
            for one in self.subscriptions
            if one.failure and (one.failing or one.dead)
        ]
        polls = [
            {"code": one.poll_failure, "subscription": one.subscription}
            for one in self.subscriptions
            if one.poll_failure
        ]
        return overdue + failing + polls


def look(store: Store, now: datetime, *, since: datetime) -> Health:
    """Look how everything stands.

    Args:
        store: where it is kept.
        now: with its zone.
        since: when the host started; an endpoint that Zoom never checked is given the 72 hours from then on.
    """
    kept = {subscription.id: subscription for subscription in store.subscriptions.all()}
    return Health(
        endpoints=[_endpoint(webhook, now, since) for webhook in store.webhooks.all()],
        subscriptions=[
            Telling(
                subscription=backlog.subscription,
                trigger=kept[backlog.subscription].trigger,
                paused=kept[backlog.subscription].paused,
                waiting=backlog.waiting,
                failing=backlog.failing,
                dead=backlog.dead,
                lag=_lag(backlog, now),
                last_delivered_at=backlog.last_delivered_at,
                failure=backlog.failure,
                poll_failure=backlog.poll_failure,
            )
            for backlog in store.deliveries.backlog()
            if backlog.subscription in kept
        ],
    )


def _endpoint(webhook: Webhook, now: datetime, since: datetime) -> Endpoint:
    overdue = now - (webhook.last_challenge_at or since) > _CHALLENGED_EVERY
    return Endpoint(webhook.app, webhook.last_event_at, webhook.last_challenge_at, overdue)


def _lag(backlog: Backlog, now: datetime) -> timedelta:
    return max(now - backlog.oldest, timedelta()) if backlog.oldest else timedelta()
