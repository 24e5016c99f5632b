"""How a subscription is doing, in sentences: what came last, what waits, what fails, and what to do about it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .caller import words

if TYPE_CHECKING:
    from ...events.health import Endpoint
    from ...plugin import Connector
    from ...store.feed import Backlog, Subscription


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
        if last is None:
            yield words("Nothing was delivered yet.")
        else:
            yield words("Last delivered {moment}.", moment=_moment(last))
        if backlog.waiting:
            span = _span(self._now - (backlog.oldest or self._now))
            yield words("{count} wait, the oldest for {span}.", count=backlog.waiting, span=span)
        why = self._title(backlog.failure)
        if backlog.failing:
            count = backlog.failing
            yield words("{count} could not be delivered so far[: {why}]. They are tried again.", count=count, why=why)
        if backlog.dead:
            again = f"zoom-connector replay {subscription.id} --dead"
            given_up = {"count": backlog.dead, "why": why, "command": again}
            yield words("{count} were given up[: {why}]. Once that is mended: {command}", **given_up)
        if backlog.poll_failure:
            failed = self._title(backlog.poll_failure)
            yield words("Asking Zoom failed the last time: {why}. It is asked again.", why=failed)
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
            yield words("Zoom has sent this app no event yet.")
        else:
            yield words("Zoom last sent this app an event {moment}.", moment=_moment(endpoint.last_event_at))
        if endpoint is not None and endpoint.last_challenge_at is not None:
            yield words("Zoom last checked the address {moment}.", moment=_moment(endpoint.last_challenge_at))
        if endpoint is not None and endpoint.overdue:
            yield words(
                "Zoom checks the address of a published app every 72 hours, and has not: look at marketplace.zoom.us, "
                "under Manage, in the app under Features, Access, whether its event subscription is still switched on."
            )

    def _sent_by_zoom(self, subscription: "Subscription") -> bool:
        trigger = self._connector.triggers.get(subscription.trigger)
        return trigger is not None and (trigger.any_event or bool(trigger.events))

    def _title(self, code: str) -> str:
        return self._connector.explain(code).title if code else ""


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes >= 48 * 60:
        return words("{count} days", count=minutes // (24 * 60))
    if minutes >= 2 * 60:
        return words("{count} hours", count=minutes // 60)
    if minutes >= 2:
        return words("{count} minutes", count=minutes)
    return words("a minute") if minutes else words("less than a minute")
