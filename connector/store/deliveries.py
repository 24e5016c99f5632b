"""Deliveries: each is claimed by one worker at a time, tried until it succeeds, and dead after a stated time."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, func, or_, select, tuple_, update

from . import feed_rows, schema
from .feed import Again, Backlog, Delivery
from .vault import Vault

_DUE, _DONE, _DEAD = "due", "done", "dead"

_table = schema.deliveries.c
_subscriptions = schema.subscriptions.c


class Deliveries:
    """The deliveries of a tenant."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def claim(self, limit: int, lease: timedelta, receivers: Collection[str] = ("",)) -> list[Delivery]:
        """Take the deliveries to some receivers that have been due for longest, for as long as the lease.

        Of an ordered subscription only the earliest event is given, and nothing while another worker has that one.
        Paused subscriptions are passed over.
        """
        now = self._vault.clock.now()

        def work(sql: Connection) -> list[Delivery]:
            ids = [*sql.execute(self._first(now, receivers).limit(limit)).scalars()]
            for subscription in sql.execute(self._waiting(now, receivers).limit(limit)).scalars().all():
                theirs = self._to_claim(now).where(_table.subscription_id == subscription)
                ids += sql.execute(theirs.limit(limit - len(ids))).scalars()
            sql.execute(
                update(schema.deliveries)
                .where(_table.id.in_(ids))
                .values(lease_until=now + lease, fence=_table.fence + 1, attempts=_table.attempts + 1)
            )
            return self._claimed(sql, ids)

        return self._vault.database.write(work)

    def done(self, *deliveries: Delivery) -> int:
        """Note that they have arrived; return how many, without those that another worker has claimed since."""
        return self._end(deliveries, state=_DONE, done_at=self._vault.clock.now(), failure=None)

    def failed(self, delivery: Delivery, failure: str, *, again_at: datetime | None) -> bool:
        """Note that it has not arrived, and why; without a moment to try again it is dead.

        False when another worker has claimed it since.
        """
        if again_at is None:
            return bool(self._end([delivery], state=_DEAD, failure=failure, done_at=self._vault.clock.now()))
        return bool(self._end([delivery], next_at=again_at, failure=failure))

    def hold_back(self, subscription: str, failure: str, *, until: datetime, dead_before: datetime) -> None:
        """Let nothing of a subscription be tried before a moment, because its sink is away; give up what is too old.

        Args:
            subscription: by id.
            failure: what is noted of those that are given up.
            until: when to try again.
            dead_before: what has been due since before then is given up.
        """
        mine = (_table.tenant == self._vault.tenant, _table.subscription_id == subscription, _table.state == _DUE)
        dead = {"state": _DEAD, "failure": failure, "done_at": self._vault.clock.now(), "lease_until": None}

        def work(sql: Connection) -> None:
            sql.execute(update(schema.deliveries).where(*mine, _table.since <= dead_before).values(dead))
            sql.execute(update(schema.deliveries).where(*mine, _table.next_at < until).values(next_at=until))

        self._vault.database.write(work)

    def release(self, *deliveries: Delivery) -> int:
        """Give claims back untried, as when the worker is told to stop; return how many, as `done` does."""
        return self._end(deliveries, attempts=_table.attempts - 1)

    def replay(self, subscription: str, which: Again) -> int:
        """Deliver events once more, under new ids, and return how many that are.

        What a subscription never had stays away from it; what waits already is not doubled; and what has been deleted
        of an event cannot be told again.
        """
        events = schema.events.c
        unwanted = (_DUE, _DONE) if which.dead else (_DUE,)
        had = (
            select(_table.event_id, _table.position, func.max(_table.replay).label("replay"))
            .join(schema.events, events.id == _table.event_id)
            .where(
                _table.tenant == self._vault.tenant, _table.subscription_id == subscription, events.body.is_not(None)
            )
            .group_by(_table.event_id, _table.position)
            .having(func.sum(case((_table.state.in_(unwanted), 1), else_=0)) == 0)
        )
        if which.event is not None:
            had = had.where(events.id == which.event)
        if which.since is not None:
            had = had.where(events.received_at >= which.since)
        if which.until is not None:
            had = had.where(events.received_at < which.until)

        def work(sql: Connection) -> int:
            rows = sql.execute(had).all()
            again = [feed_rows.Due(subscription, row.event_id, row.position, row.replay + 1) for row in rows]
            feed_rows.deliver(self._vault, sql, again)
            return len(rows)

        return self._vault.database.write(work)

    def backlog(self) -> list[Backlog]:
        """Return how every subscription stands."""
        return self._vault.database.read(lambda sql: [_backlog(row) for row in sql.execute(self._standing())])

    # Each subscription is looked at by itself, because a look at all that waits would take longer and longer.

    def _waiting(self, now: datetime, receivers: Collection[str]) -> Select[Any]:
        """Subscriptions without an order that something is due of, that with the oldest first."""
        oldest = (
            select(_table.next_at)
            .where(_table.subscription_id == _subscriptions.id, *_claimable(now))
            .order_by(_table.next_at)
            .limit(1)
            .correlate(schema.subscriptions)
            .scalar_subquery()
        )
        return (
            select(_subscriptions.id)
            .where(*self._served(receivers), _subscriptions.ordered.is_(False), oldest.is_not(None))
            .order_by(oldest)
        )

    def _first(self, now: datetime, receivers: Collection[str]) -> Select[Any]:
        """What is due of ordered subscriptions: of each the earliest event that has not arrived, or nothing."""
        all_due = schema.deliveries.alias()
        earliest = (
            select(all_due.c.id)
            .where(all_due.c.subscription_id == _subscriptions.id, all_due.c.state == _DUE)
            .order_by(all_due.c.position, all_due.c.replay)
            .limit(1)
            .correlate(schema.subscriptions)
            .scalar_subquery()
        )
        return (
            self._to_claim(now)
            .select_from(schema.subscriptions.join(schema.deliveries, _table.id == earliest))
            .where(*self._served(receivers), _subscriptions.ordered.is_(True))
        )

    def _served(self, receivers: Collection[str]) -> Sequence[ColumnElement[bool]]:
        return (
            _subscriptions.tenant == self._vault.tenant,
            _subscriptions.paused.is_(False),
            _subscriptions.receiver.in_(receivers),
        )

    def _to_claim(self, now: datetime) -> Select[Any]:
        return (
            select(_table.id)
            .where(*_claimable(now))
            .order_by(_table.next_at, _table.position)
            .with_for_update(skip_locked=True, of=schema.deliveries)
        )

    def _standing(self) -> Select[Any]:
        due, tried = _table.state == _DUE, _table.attempts > 0
        return (
            select(
                _subscriptions.id,
                _subscriptions.poll_failure,
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

    def _end(self, deliveries: Sequence[Delivery], **values: Any) -> int:
        claims = [(one.id, one.fence) for one in deliveries]
        mine = (
            _table.tenant == self._vault.tenant,
            _table.id.in_([id for id, _ in claims]),  # of a pair SQLite would not look the id up in its index
            tuple_(_table.id, _table.fence).in_(claims),
            _table.state == _DUE,
        )
        changed = update(schema.deliveries).where(*mine).values(lease_until=None, **values)
        return self._vault.database.write(lambda sql: int(sql.execute(changed).rowcount))


def _claimable(now: datetime) -> Sequence[ColumnElement[bool]]:
    free = or_(_table.lease_until.is_(None), _table.lease_until <= now)
    return (_table.state == _DUE, _table.next_at <= now, free)


def _backlog(row: Row[Any]) -> Backlog:
    return Backlog(
        subscription=row.id,
        waiting=row.waiting,
        failing=row.failing,
        dead=row.dead,
        oldest=row.oldest,
        last_delivered_at=row.last_delivered_at,
        failure=row.failure or "",
        poll_failure=row.poll_failure or "",
    )
