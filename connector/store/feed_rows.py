"""Rows about events, as several parts of the store read and write them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Table, and_, select
from sqlalchemy.dialects import postgresql, sqlite

from . import schema
from .feed import Event, Listener, Sink, Subscription
from .values import AppKind
from .vault import Vault


def insert(vault: Vault, sql: Connection, events: Sequence[Event]) -> int:
    """Insert events that are not routed yet; return how many of them were not known."""
    rows = [
        {
            "id": event.id,
            "tenant": vault.tenant,
            "app": event.app,
            "account_id": event.account_id,
            "user_id": event.user_id,
            "name": event.name,
            "happened_at": event.happened_at,
            "received_at": event.received_at,
            "happening": event.happening,
            "delivery": event.delivery or None,
            "source": event.source,
            "body": vault.cipher.seal_json(event.body),
            "routed": False,
        }
        for event in events
    ]
    return _insert_new(vault, sql, schema.events, rows)


@dataclass(frozen=True)
class Due:
    """That a subscription is to have an event."""

    subscription: str
    event: str
    position: int
    """Of the event."""
    replay: int = 0


def deliver(vault: Vault, sql: Connection, wanted: Sequence[Due]) -> None:
    """Let subscriptions have events, unless they have them already."""
    now = vault.clock.now()
    rows = [
        {
            "id": f"msg_{uuid4().hex}",
            "tenant": vault.tenant,
            "subscription_id": one.subscription,
            "event_id": one.event,
            "replay": one.replay,
            "position": one.position,
            "state": "due",
            "attempts": 0,
            "since": now,
            "next_at": now,
            "fence": 0,
        }
        for one in wanted
    ]
    _insert_new(vault, sql, schema.deliveries, rows)


def event_of(vault: Vault, row: Row[Any]) -> Event:
    """Read a row of the table."""
    return Event(
        id=row.id,
        app=row.app,
        account_id=row.account_id,
        name=row.name,
        happened_at=row.happened_at,
        received_at=row.received_at,
        happening=row.happening,
        user_id=row.user_id,
        source=row.source,
        body=vault.cipher.open_json(row.body) if row.body is not None else {},
        delivery=row.delivery or "",
    )


def _insert_new(vault: Vault, sql: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> int:
    if not rows:
        return 0
    # Both dialects have `ON CONFLICT DO NOTHING`, each in an `insert` of its own.
    insert_into = sqlite.insert(table) if vault.database.file else postgresql.insert(table)
    return len(sql.execute(insert_into.on_conflict_do_nothing().returning(table.c.id), rows).all())


def listeners(vault: Vault, sql: Connection) -> list[Listener]:
    """Return every subscription with whose events it may have."""
    connections, grants, apps = schema.connections.c, schema.grants.c, schema.apps.c
    query = (
        select(schema.subscriptions, apps.client_id, apps.app_kind, grants.account_id, grants.user_id)
        .join(
            schema.connections,
            and_(
                connections.tenant == schema.subscriptions.c.tenant,
                connections.name == schema.subscriptions.c.connection,
            ),
        )
        .join(schema.grants, grants.id == connections.grant_id)
        .join(schema.apps, apps.id == grants.app_id)
        .where(schema.subscriptions.c.tenant == vault.tenant)
    )
    return [
        Listener(subscription_of(vault, row), row.client_id, AppKind(row.app_kind), row.account_id, row.user_id)
        for row in sql.execute(query)
    ]


def subscription_of(vault: Vault, row: Row[Any]) -> Subscription:
    """Read a row of the table."""
    return Subscription(
        id=row.id,
        trigger=row.trigger,
        connection=row.connection,
        filters=vault.cipher.open_json(row.filters),
        sink=Sink(row.sink, vault.cipher.open(row.target), vault.cipher.open(row.secret)),
        since=row.since,
        ordered=row.ordered,
        reveal=tuple(row.reveal.split()),
        polls=row.poll_at is not None,
        paused=row.paused,
        give_up_after=timedelta(seconds=row.give_up_after),
    )
