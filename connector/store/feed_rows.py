"""Rows about events, as several parts of the store read and write them."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Table, and_, select
from sqlalchemy.dialects import postgresql, sqlite

from . import schema
from .feed import Event, Listener, Sink, Subscription
from .values import AppKind
from .vault import Vault


def insert(vault: Vault, sql: Connection, event: Event) -> bool:
    """Insert an event that is not routed yet; False when it is known."""
    values = {
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
    return bool(sql.execute(_insert_new(vault, schema.events).values(values).on_conflict_do_nothing()).rowcount)


def deliver(vault: Vault, sql: Connection, subscription: str, event: str, position: int, *, replay: int = 0) -> None:
    """Let a subscription have an event, unless it has it already."""
    now = vault.clock.now()
    sql.execute(
        _insert_new(vault, schema.deliveries)
        .values(
            id=f"msg_{uuid4().hex}",
            tenant=vault.tenant,
            subscription_id=subscription,
            event_id=event,
            replay=replay,
            position=position,
            state="due",
            attempts=0,
            since=now,
            next_at=now,
            fence=0,
        )
        .on_conflict_do_nothing()
    )


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


def _insert_new(vault: Vault, table: Table) -> Any:
    # Both dialects have `ON CONFLICT DO NOTHING`, each in an `insert` of its own.
    return sqlite.insert(table) if vault.database.file else postgresql.insert(table)


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
