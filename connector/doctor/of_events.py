"""What Zoom sends to an app, and how many calls are left today."""

from collections.abc import Sequence

from ..catalogue import Catalogue
from ..errors import RateLimited, SettingsError
from ..events.endpoints import secret_known
from ..events.health import look
from ..store.feed import Subscription
from ..store.protocol import Store
from ..store.values import Connection
from ..zoom.limits import PLANS, next_day
from .findings import Notes
from .looking import Zoom

_FEW = 0.2
"""Share of the day's calls below which a warning is due."""


def subscriptions_of(connection: str, store: Store, catalogue: Catalogue) -> list[Subscription]:
    """Return the subscriptions of a connection to triggers that this version knows."""
    mine = [each for each in store.subscriptions.all() if each.connection == connection]
    return [each for each in mine if each.trigger in catalogue.triggers]


def check_events(
    connection: Connection, subscriptions: Sequence[Subscription], store: Store, zoom: Zoom, notes: Notes
) -> None:
    """Check the secret, the last event and the last validation of the app behind a connection, if it needs them."""
    app, name = connection.grant.app.client_id, connection.name
    waiting = [each for each in subscriptions if zoom.catalogue.triggers[each.trigger].events]
    if not waiting:
        for check in ("webhook_secret", "last_event", "last_validation"):
            notes.unchecked(check, "no_events", name)
        return
    if secret_known(store.webhooks, zoom.settings, app):
        notes.passed("webhook_secret", name)
    else:
        notes.failed("webhook_secret", SettingsError("webhook_secret_missing", app=app), name)
    since = min(each.since for each in waiting)
    endpoints = look(store, zoom.clock.now(), since=since).endpoints
    endpoint = next((one for one in endpoints if one.app == app), None)
    if endpoint is None or endpoint.last_event_at is None:
        titles = list(dict.fromkeys(zoom.catalogue.triggers[each.trigger].title for each in waiting))
        notes.warned("last_event", SettingsError("events_never_came", triggers=titles), name)
    else:
        notes.passed("last_event", name, moment=endpoint.last_event_at)
    if endpoint is not None and endpoint.overdue:
        notes.warned("last_validation", SettingsError("challenge_overdue", app=app), name)
    elif endpoint is None or endpoint.last_challenge_at is None:
        notes.unchecked("last_validation", "not_validated_yet", name)
    else:
        notes.passed("last_validation", name, moment=endpoint.last_challenge_at)


def check_budget(connection: Connection, store: Store, zoom: Zoom, notes: Notes) -> None:
    """Check how many calls the account has left today, as far as the connector itself has made them."""
    name, now, account = connection.name, zoom.clock.now(), connection.grant.person.account_id
    limits = {rate.day_bucket: rate.per_day for rate in PLANS[zoom.settings.plan].values() if rate.per_day}
    left = {bucket: most - store.budget.used(account, bucket, now=now) for bucket, most in limits.items()}
    if not left:
        notes.unchecked("budget", "no_day_limit", name)
        return
    tightest = min(left, key=lambda bucket: left[bucket] / limits[bucket])
    label = tightest.removesuffix("_day")
    if left[tightest] <= 0:
        notes.failed("budget", RateLimited("daily_limit", retry_at=next_day(now), label=label), name)
    elif left[tightest] < _FEW * limits[tightest]:
        notes.warned("budget", SettingsError("calls_running_out", label=label, left=left[tightest]), name)
    else:
        notes.passed("budget", name, left=[f"{bucket.removesuffix('_day')} {count}" for bucket, count in left.items()])
