"""Ask Zoom for what happened: in turns, each of which leaves its finds and where to go on in one transaction."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from ..calls import Call
from ..catalogue import Catalogue
from ..clock import Clock
from ..errors import InvalidInputs, ManifestError, RateLimited, ReconnectRequired, ZoomConnectorError
from ..poll import Found, Page
from ..store.feed import Event, Listener, Subscription, Turn
from ..store.protocol import Store
from ..store.values import Connection
from ..trigger import Trigger
from ..types import Inputs
from ..zoom.client import ZoomClient
from .happening import Happenings
from .messages import outputs
from .reading import read
from .whose import may_have, passes

_log = logging.getLogger(__name__)

PATIENCE = 30.0
"""Seconds that a poll waits for its turn in the account's rate budget; then it comes again later."""

_LONGEST_PAUSE = timedelta(hours=1)
"""A poll that goes on failing comes again ever later, but not later than this."""
_SOONEST = timedelta(seconds=1)
"""Between two turns of the same poll."""

Poll = Callable[[ZoomClient, dict[str, Any], Inputs], Page]


@dataclass(frozen=True)
class Polling:
    """What polls need; threads and processes may have one each, or share one.

    Args:
        store: keeps subscriptions, cursors and events.
        catalogue: what triggers are there.
        zoom: makes a client, of a connection and for some calls.
        happenings: names what events report.
        clock: tells when something is due.
    """

    store: Store
    catalogue: Catalogue
    zoom: Callable[[str, Sequence[Call]], ZoomClient]
    happenings: Happenings
    clock: Clock


def poll_due(polling: Polling) -> bool:
    """Make the poll that has been due for longest; False when none is due.

    A poll that fails keeps its cursor and comes again later.
    """
    turn = polling.store.subscriptions.turn()
    if turn is None:
        return False
    try:
        trigger, connection, page = _ask(polling, turn)
        found = [
            event
            for event in (_event(polling, trigger, connection, item) for item in sorted(page.items, key=_age))
            if _wants(trigger, turn.subscription, connection, event)
        ]
    except ZoomConnectorError as error:
        _log.info("The poll for %s failed: %s", turn.subscription.id, error.code)
        polling.store.subscriptions.put_off(turn, error.code, poll_at=_after(polling, turn, error))
        return True
    now = polling.clock.now()
    regular = now + timedelta(minutes=trigger.every_minutes)
    again_at = max(min(page.again_at or regular, regular), now + _SOONEST)
    polling.store.subscriptions.found(turn, found, cursor=page.cursor, poll_at=again_at)
    return True


def _ask(polling: Polling, turn: Turn) -> tuple[Trigger, Connection, Page]:
    subscription = turn.subscription
    trigger = polling.catalogue.triggers.get(subscription.trigger)
    if trigger is None:
        raise InvalidInputs("unknown_trigger", trigger=subscription.trigger, similar=[])
    connection = polling.store.connections.get(subscription.connection)
    if connection is None:
        raise InvalidInputs("unknown_connection", connection=subscription.connection, known=[])
    cursor = dict(turn.cursor) if turn.cursor is not None else {"since": subscription.since.isoformat()}
    handler, zoom = _handler(trigger.key), polling.zoom(subscription.connection, trigger.calls)
    try:
        page = handler(zoom, cursor, subscription.filters)
    except ZoomConnectorError:
        raise
    except Exception as error:  # an answer that nobody foresaw must not end the worker that polls for all others
        raise ManifestError("trigger_failed", trigger=trigger.key, failure=type(error).__name__) from error
    return trigger, connection, page


def _age(item: Found) -> datetime:
    return item.happened_at


def _event(polling: Polling, trigger: Trigger, connection: Connection, item: Found) -> Event:
    body = {
        "event": trigger.events[0] if trigger.events else trigger.key,
        "event_ts": int(item.happened_at.timestamp() * 1000),
        "payload": {"account_id": connection.grant.person.account_id, "object": dict(item.object)},
    }
    return read(
        body,
        app=connection.grant.app.client_id,
        received_at=polling.clock.now(),
        source="poll",
        delivery="",
        happenings=polling.happenings,
    )


def _wants(trigger: Trigger, subscription: Subscription, connection: Connection, event: Event) -> bool:
    grant = connection.grant
    listener = Listener(
        subscription, grant.app.client_id, grant.app.kind, grant.person.account_id, grant.person.user_id
    )
    told = outputs(trigger, event.body)
    return may_have(event, listener, [listener]) and passes(trigger, subscription.filters, told, polled=False)


def _after(polling: Polling, turn: Turn, error: ZoomConnectorError) -> datetime:
    """Say when a failed poll comes again: when Zoom says so, or after as long as it has failed for."""
    now = polling.clock.now()
    trigger = polling.catalogue.triggers.get(turn.subscription.trigger)
    regular = timedelta(minutes=trigger.every_minutes if trigger else 5)
    if isinstance(error, RateLimited) and error.retry_at:
        return max(error.retry_at, now + _SOONEST)
    if isinstance(error, ReconnectRequired):
        return now + regular  # Zoom is not asked before somebody has signed in again
    failing = now - (turn.failing_since or now)
    return now + max(regular, min(failing, _LONGEST_PAUSE))


def _handler(key: str) -> Poll:
    name = f"zoom_connector.triggers.{key}"
    try:
        handler: Poll = import_module(name).poll
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ManifestError("handler_missing", trigger=key) from error
    return handler
