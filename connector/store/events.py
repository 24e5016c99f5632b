"""Events: stored once each, however often Zoom reports them, then handed to the subscriptions they are for."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, select, update

from . import feed_rows, schema, webhooks
from .feed import Event
from .feed_protocol import Choose
from .values import AppKind
from .vault import Vault

KEPT = timedelta(days=40)
"""How long a happening is known after its retention: longer than any poll looks back."""

_table = schema.events.c


class Events:
    """The events of a tenant."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def add(self, events: Sequence[Event]) -> int:
        """Store events, all or none; return how many were new.

        One that Zoom reported before, by its happening or its delivery, is dropped.
        """

        def work(sql: Connection) -> int:
            new = feed_rows.insert(self._vault, sql, events)
            for app in {event.app for event in events if event.source == "webhook"}:
                webhooks.note(self._vault, sql, app, last_event_at=self._vault.clock.now())
            return new

        return self._vault.database.write(work)

    def route(self, limit: int, choose: Choose) -> int:
        """Make deliveries of the oldest events that are not routed yet, and return how many events that were.

        Args:
            limit: how many at most.
            choose: called inside the transaction; it must not wait for anything.
        """
        table = schema.events
        waiting = (
            select(table)
            .where(table.c.tenant == self._vault.tenant, table.c.routed.is_(False))
            .order_by(table.c.position)
            .limit(limit)
        )

        def work(sql: Connection) -> int:
            rows = sql.execute(waiting).all()
            listeners = feed_rows.listeners(self._vault, sql) if rows else []
            due = [
                feed_rows.Due(subscription, row.id, row.position)
                for row in rows
                for subscription in sorted(choose(feed_rows.event_of(self._vault, row), listeners))
            ]
            feed_rows.deliver(self._vault, sql, due)
            positions = [row.position for row in rows]
            sql.execute(update(table).where(table.c.position.in_(positions)).values(routed=True))
            return len(rows)

        # Two workers with some events each could deliver the later ones first.
        return self._vault.database.alone(work)

    def get(self, id: str) -> Event | None:
        """Return one event."""
        query = select(schema.events).where(_table.tenant == self._vault.tenant, _table.id == id)
        row = self._vault.database.read(lambda sql: sql.execute(query).one_or_none())
        return feed_rows.event_of(self._vault, row) if row else None

    def all(
        self,
        *,
        since: datetime,
        until: datetime,
        name: str | None = None,
        subscription: str | None = None,
        limit: int = 100,
    ) -> list[Event]:
        """Return events by when they were received, the latest first; `until` is not included.

        Args:
            since: the first moment that counts.
            until: the first moment that is too late.
            name: only this event of Zoom.
            subscription: only what has been for this one, by id.
            limit: how many at most.
        """
        query = select(schema.events).where(
            _table.tenant == self._vault.tenant, _table.received_at >= since, _table.received_at < until
        )
        if name is not None:
            query = query.where(_table.name == name)
        if subscription is not None:
            theirs = (schema.deliveries.c.subscription_id == subscription, schema.deliveries.c.event_id == _table.id)
            query = query.where(exists().where(*theirs))
        query = query.order_by(_table.position.desc()).limit(limit)
        return self._vault.database.read(
            lambda sql: [feed_rows.event_of(self._vault, row) for row in sql.execute(query)]
        )

    def expire(self, before: datetime) -> int:
        """Delete what events say that were received before a moment, unless it is still to be delivered.

        That they happened stays known for `KEPT`, so that no poll finds them again.
        """
        waiting = exists().where(schema.deliveries.c.event_id == _table.id, schema.deliveries.c.state == "due")
        mine = (_table.tenant == self._vault.tenant, _table.routed.is_(True), ~waiting)

        def work(sql: Connection) -> int:
            emptied = sql.execute(
                update(schema.events)
                .where(*mine, _table.received_at < before, _table.body.is_not(None))
                .values(body=None)
            )
            sql.execute(delete(schema.events).where(*mine, _table.received_at < before - KEPT))
            return int(emptied.rowcount)

        return self._vault.database.write(work)


def forget_grants(vault: Vault, sql: Connection, grant_ids: Collection[str]) -> None:
    """Delete the events of the users of grants, or of the whole account where an app has no other grant in it."""
    grants, apps = schema.grants.c, schema.apps.c
    query = select(grants.account_id, grants.user_id, apps.client_id, apps.app_kind).join(
        schema.apps, apps.id == grants.app_id
    )
    gone = sql.execute(query.where(grants.tenant == vault.tenant, grants.id.in_(grant_ids))).all()
    left = {
        (row.client_id, row.account_id)
        for row in sql.execute(query.where(grants.tenant == vault.tenant, grants.id.not_in(grant_ids)))
    }
    for row in gone:
        mine = [_table.tenant == vault.tenant, _table.app == row.client_id, _table.account_id == row.account_id]
        if row.app_kind == AppKind.USER or (row.client_id, row.account_id) in left:
            mine.append(_table.user_id == row.user_id)
        sql.execute(delete(schema.events).where(*mine))
