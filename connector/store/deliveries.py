"""Deliveries: each is claimed by one worker at a time, tried until it succeeds, and dead after a stated time."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, exists, func, or_, select, update

from . import feed_rows, schema
from .feed import Backlog, Delivery
from .vault import Vault

_DUE, _DONE, _DEAD = "due", "done", "dead"

_table = schema.deliveries.c
_subscriptions = schema.subscriptions.c


class Deliveries:
    """The deliveries of a tenant."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def claim(self, limit: int, lease: timedelta) -> list[Delivery]:
        """Take the deliveries that have been due for longest, for as long as the lease.

        Of an ordered subscription only the earliest event is given, and nothing while another worker has that one.
        Paused subscriptions are passed over.
        """
        vault, now = self._vault, self._vault.clock.now()
        earlier = schema.deliveries.alias()
        first = ~exists().where(
            earlier.c.subscription_id == _table.subscription_id,
            earlier.c.state == _DUE,
            or_(
                earlier.c.position < _table.position,
                and_(earlier.c.position == _table.position, earlier.c.replay < _table.replay),
            ),
        )
        due = (
            select(_table.id)
            .join(schema.subscriptions, _subscriptions.id == _table.subscription_id)
            .where(
                _table.tenant == vault.tenant,
                _table.state == _DUE,
                _table.next_at <= now,
                or_(_table.lease_until.is_(None), _table.lease_until <= now),
                _subscriptions.paused.is_(False),
                or_(_subscriptions.ordered.is_(False), first),
            )
            .order_by(_table.next_at, _table.position)
            .limit(limit)
            .with_for_update(skip_locked=True, of=schema.deliveries)
        )

        def work(sql: Connection) -> list[Delivery]:
            ids = sql.execute(due).scalars().all()
            sql.execute(
                update(schema.deliveries)
                .where(_table.id.in_(ids))
                .values(lease_until=now + lease, fence=_table.fence + 1, attempts=_table.attempts + 1)
            )
            return self._claimed(sql, ids)

        return vault.database.write(work)

    def done(self, delivery: Delivery) -> bool:
        """Note that it has arrived; False when another worker has claimed it since."""
        return self._end(delivery, state=_DONE, done_at=self._vault.clock.now(), failure=None)

    def failed(self, delivery: Delivery, failure: str, *, again_at: datetime | None) -> bool:
        """Note that it has not arrived, and why; without a moment to try again it is dead. False as for `done`."""
        if again_at is None:
            return self._end(delivery, state=_DEAD, failure=failure, done_at=self._vault.clock.now())
        return self._end(delivery, next_at=again_at, failure=failure)

    def release(self, delivery: Delivery) -> bool:
        """Give a claim back untried, as when the worker is told to stop. False as for `done`."""
        return self._end(delivery, attempts=_table.attempts - 1)

    def replay(self, subscription: str, event_ids: Collection[str]) -> int:
        """Deliver events once more, under new ids, and return how many that are.

        What a subscription never had stays away from it; what waits already is not doubled.
        """
        table = schema.deliveries
        had = (
            select(_table.event_id, _table.position, func.max(_table.replay).label("replay"))
            .where(
                _table.tenant == self._vault.tenant,
                _table.subscription_id == subscription,
                _table.event_id.in_(event_ids),
            )
            .group_by(_table.event_id, _table.position)
            .having(func.sum(case((table.c.state == _DUE, 1), else_=0)) == 0)
        )

        def work(sql: Connection) -> int:
            rows = sql.execute(had).all()
            for row in rows:
                feed_rows.deliver(self._vault, sql, subscription, row.event_id, row.position, replay=row.replay + 1)
            return len(rows)

        return self._vault.database.write(work)

    def next_at(self) -> datetime | None:
        """Return when something is due next; None when nothing waits."""
        query = (
            select(func.min(func.coalesce(_table.lease_until, _table.next_at)))
            .join(schema.subscriptions, _subscriptions.id == _table.subscription_id)
            .where(_table.tenant == self._vault.tenant, _table.state == _DUE, _subscriptions.paused.is_(False))
        )
        found: datetime | None = self._vault.database.read(lambda sql: sql.execute(query).scalar_one())
        return found

    def backlog(self) -> list[Backlog]:
        """Return how every subscription stands."""
        return self._vault.database.read(lambda sql: [_backlog(row) for row in sql.execute(self._standing())])

    def _standing(self) -> Select[Any]:
        due, tried = _table.state == _DUE, _table.attempts > 0
        return (
            select(
                _subscriptions.id,
                func.coalesce(func.sum(case((due, 1), else_=0)), 0).label("waiting"),
                func.coalesce(func.sum(case((and_(due, tried, _table.failure.is_not(None)), 1), else_=0)), 0).label(
                    "failing"
                ),
                func.coalesce(func.sum(case((_table.state == _DEAD, 1), else_=0)), 0).label("dead"),
                func.min(case((due, _table.since))).label("oldest"),
                func.max(case((_table.state == _DONE, _table.done_at))).label("last_delivered_at"),
                func.max(case((_table.state != _DONE, _table.failure))).label("failure"),
            )
            .select_from(schema.subscriptions)
            .outerjoin(schema.deliveries, _table.subscription_id == _subscriptions.id)
            .where(_subscriptions.tenant == self._vault.tenant)
            .group_by(_subscriptions.id)
            .order_by(_subscriptions.id)
        )

    def _claimed(self, sql: Connection, ids: Sequence[str]) -> list[Delivery]:
        rows = {row.id: row for row in sql.execute(select(schema.deliveries).where(_table.id.in_(ids)))}
        wanted = {row.subscription_id for row in rows.values()}
        theirs = {
            row.id: feed_rows.subscription_of(self._vault, row)
            for row in sql.execute(select(schema.subscriptions).where(_subscriptions.id.in_(wanted)))
        }
        told = {
            row.id: feed_rows.event_of(self._vault, row)
            for row in sql.execute(
                select(schema.events).where(schema.events.c.id.in_({row.event_id for row in rows.values()}))
            )
        }
        return [
            Delivery(
                id=id,
                subscription=theirs[rows[id].subscription_id],
                event=told[rows[id].event_id],
                attempt=rows[id].attempts,
                since=rows[id].since,
                fence=rows[id].fence,
            )
            for id in ids
        ]

    def _end(self, delivery: Delivery, **values: Any) -> bool:
        mine = (
            _table.tenant == self._vault.tenant,
            _table.id == delivery.id,
            _table.state == _DUE,
            _table.fence == delivery.fence,
        )
        changed = update(schema.deliveries).where(*mine).values(lease_until=None, **values)
        return bool(self._vault.database.write(lambda sql: sql.execute(changed).rowcount))


def _backlog(row: Row[Any]) -> Backlog:
    return Backlog(
        subscription=row.id,
        waiting=row.waiting,
        failing=row.failing,
        dead=row.dead,
        oldest=row.oldest,
        last_delivered_at=row.last_delivered_at,
        failure=row.failure or "",
    )
