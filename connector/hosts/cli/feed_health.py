"""How a subscription is doing, in sentences: what came last, what waits, what fails, and what to do about it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ...events.health import Endpoint
    from ...plugin import Connector
    from ...store.feed import Backlog, Subscription


_MINUTES = {"days": 24 * 60, "hours": 60, "minutes": 1}


class Doctor:
    """Knows how the endpoints of all apps are doing at this moment.

    Args:
        connector: whose subscriptions.
        subscriptions: all of them.
    """

    def __init__(self, connector: "Connector", subscriptions: "Sequence[Subscription]") -> None:
        from ...events.health import look

        engine = connector.engine
        self._connector = connector
        self._now = engine.clock.now()
        since = min((one.since for one in subscriptions), default=self._now)
        self._endpoints = {one.app: one for one in look(engine.store, self._now, since=since).endpoints}
        self._apps = {one.name: one.grant.app.client_id for one in engine.store.connections.all()}

    def sentences(self, subscription: "Subscription", backlog: "Backlog") -> Iterator[str]:
        """Say how a subscription is doing, the good first."""
        last = backlog.last_delivered_at
        yield f"Last delivered {_moment(last)}." if last else "Nothing was delivered yet."
        if backlog.waiting:
            yield f"{backlog.waiting} wait, the oldest for {_span(self._now - (backlog.oldest or self._now))}."
        why = f": {self._title(backlog.failure)}" if backlog.failure else ""
        if backlog.failing:
            yield f"{backlog.failing} could not be delivered so far{why}. They are tried again."
        if backlog.dead:
            again = f"zoom-connector replay {subscription.id} --dead"
            yield f"{backlog.dead} were given up{why}. Once that is mended: {again}"
        if backlog.poll_failure:
            yield f"Asking Zoom failed the last time: {self._title(backlog.poll_failure)}. It is asked again."
        if self._sent_by_zoom(subscription):
            yield from self._of_zoom(self._endpoints.get(self._apps[subscription.connection]))

    def facts(self, subscription: "Subscription") -> Mapping[str, Any]:
        """Return how the endpoint of a subscription's app is doing, as JSON."""
        endpoint = self._endpoints.get(self._apps[subscription.connection])
        return {
            "last_event_at": _iso(endpoint.last_event_at if endpoint else None),
            "last_challenge_at": _iso(endpoint.last_challenge_at if endpoint else None),
            "challenge_overdue": endpoint.overdue if endpoint else False,
        }

    def _of_zoom(self, endpoint: "Endpoint | None") -> Iterator[str]:
        if endpoint is None or endpoint.last_event_at is None:
            yield "Zoom has sent this app no event yet."
        else:
            yield f"Zoom last sent this app an event {_moment(endpoint.last_event_at)}."
        if endpoint is not None and endpoint.last_challenge_at is not None:
            yield f"Zoom last checked the address {_moment(endpoint.last_challenge_at)}."
        if endpoint is not None and endpoint.overdue:
            yield (
                "Zoom checks the address of a published app every 72 hours, and has not: look at marketplace.zoom.us, "
                "under Manage, in the app under Features, Access, whether its event subscription is still switched on."
            )

    def _sent_by_zoom(self, subscription: "Subscription") -> bool:
        trigger = self._connector.triggers.get(subscription.trigger)
        return trigger is not None and (trigger.any_event or bool(trigger.events))

    def _title(self, code: str) -> str:
        return self._connector.explain(code).title


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    for length, unit in ((48 * 60, "days"), (2 * 60, "hours"), (2, "minutes")):
        if minutes >= length:
            return f"{minutes // _MINUTES[unit]} {unit}"
    return "a minute" if minutes else "less than a minute"
