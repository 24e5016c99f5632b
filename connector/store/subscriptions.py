"""Subscriptions: who wants to be told of what, and where their polls have got to."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from . import feed_rows, schema
from .feed import Event, Subscription, Turn
from .vault import Vault

_LEASE = timedelta(minutes=5)
"""Longer than one poll; after a crash the next one waits this long."""

_table = schema.subscriptions.c


class Subscriptions:
    """The subscriptions of a tenant."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def add(self, subscription: Subscription, *, poll_at: datetime | None = None) -> None:
        """Store a subscription.

        Args:
            subscription: its connection exists.
            poll_at: when to poll first; only for one that polls.
        """
        seal = self._vault.cipher.seal
        values = {
            "id": subscription.id,
            "tenant": self._vault.tenant,
            "trigger": subscription.trigger,
            "connection": subscription.connection,
            "filters": self._vault.cipher.seal_json(dict(subscription.filters)),
            "sink": subscription.sink.kind,
            "receiver": subscription.sink.receiver,
            "target": seal(subscription.sink.target),
            "secret": seal(subscription.sink.secret),
            "since": subscription.since,
            "ordered": subscription.ordered,
            "reveal": " ".join(subscription.reveal),
            "paused": subscription.paused,
            "give_up_after": int(subscription.give_up_after.total_seconds()),
            "poll_at": poll_at,
            "poll_fence": 0,
        }
        self._vault.database.write(lambda sql: sql.execute(schema.subscriptions.insert().values(values)))

    def get(self, id: str) -> Subscription | None:
        """Return one subscription."""
        query = select(schema.subscriptions).where(_table.tenant == self._vault.tenant, _table.id == id)
        row = self._vault.database.read(lambda sql: sql.execute(query).one_or_none())
        return feed_rows.subscription_of(self._vault, row) if row else None

    def all(self) -> list[Subscription]:
        """Return every subscription, the oldest first."""
        query = (
            select(schema.subscriptions).where(_table.tenant == self._vault.tenant).order_by(_table.since, _table.id)
        )
        return self._vault.database.read(
            lambda sql: [feed_rows.subscription_of(self._vault, row) for row in sql.execute(query)]
        )

    def pause(self, id: str, *, paused: bool) -> bool:
        """Hold back deliveries and polls, or let them go on; False for a subscription that there is not."""
        changed = update(schema.subscriptions).where(self._is(id)).values(paused=paused)
        return bool(self._vault.database.write(lambda sql: sql.execute(changed).rowcount))

    def delete(self, id: str) -> bool:
        """Delete a subscription and its deliveries; False when there is none."""
        return bool(
            self._vault.database.write(
                lambda sql: sql.execute(delete(schema.subscriptions).where(self._is(id))).rowcount
            )
        )

    def turn(self) -> Turn | None:
        """Take the poll that has been due for longest, for five minutes; None when none is due."""
        now = self._vault.clock.now()
        due = (
            select(schema.subscriptions)
            .where(
                _table.tenant == self._vault.tenant,
                _table.paused.is_(False),
                _table.poll_at <= now,
                or_(_table.poll_until.is_(None), _table.poll_until <= now),
            )
            .order_by(_table.poll_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )

        def work(sql: Connection) -> Turn | None:
            row = sql.execute(due).one_or_none()
            if row is None:
                return None
            fence = row.poll_fence + 1
            sql.execute(
                update(schema.subscriptions).where(self._is(row.id)).values(poll_until=now + _LEASE, poll_fence=fence)
            )
            cursor = self._vault.cipher.open_json(row.cursor) if row.cursor is not None else None
            return Turn(feed_rows.subscription_of(self._vault, row), cursor, fence, row.poll_failing_since)

        return self._vault.database.write(work)

    def found(self, turn: Turn, found: Sequence[Event], *, cursor: Mapping[str, Any] | None, poll_at: datetime) -> bool:
        """End a poll: store what it found for its subscription, and where to go on, in one transaction.

        An event that is known already is delivered if this subscription has not had it.

        Args:
            turn: from `turn`.
            found: what is for this subscription; other subscriptions get what is new of it as well.
            cursor: what the next poll is to be given.
            poll_at: when that is.

        Returns:
            False, and nothing is kept, when another worker has taken the poll over.
        """
        vault, id = self._vault, turn.subscription.id

        def work(sql: Connection) -> bool:
            left = vault.cipher.seal_json(dict(cursor)) if cursor is not None else None
            if not self._end(sql, turn, cursor=left, poll_at=poll_at, poll_failure=None, poll_failing_since=None):
                return False
            table = schema.events.c
            feed_rows.insert(vault, sql, found)
            for event in found:
                known = sql.execute(
                    select(table.id, table.position).where(
                        table.tenant == vault.tenant,
                        table.app == event.app,
                        table.account_id == event.account_id,
                        table.happening == event.happening,
                    )
                ).one()
                feed_rows.deliver(vault, sql, [feed_rows.Due(id, known.id, known.position)])
            return True

        return vault.database.write(work)

    def put_off(self, turn: Turn, failure: str, *, poll_at: datetime) -> bool:
        """End a poll that failed: note why, and go on later from where it began. False as for `found`."""
        since = turn.failing_since or self._vault.clock.now()
        values = {"poll_at": poll_at, "poll_failure": failure, "poll_failing_since": since}
        return self._vault.database.write(lambda sql: self._end(sql, turn, **values))

    def _end(self, sql: Connection, turn: Turn, **values: Any) -> bool:
        mine = (self._is(turn.subscription.id), _table.poll_fence == turn.fence)
        ended = update(schema.subscriptions).where(*mine).values(poll_until=None, **values)
        return bool(sql.execute(ended).rowcount)

    def _is(self, id: str) -> ColumnElement[bool]:
        return and_(_table.tenant == self._vault.tenant, _table.id == id)


def follow(vault: Vault, sql: Connection, old: str, new: str) -> None:
    """Let the subscriptions of a connection know its new name."""
    mine = (_table.tenant == vault.tenant, _table.connection == old)
    sql.execute(update(schema.subscriptions).where(*mine).values(connection=new))


def drop(vault: Vault, sql: Connection, connection: str) -> None:
    """Delete the subscriptions of a connection, with what they still wait for."""
    mine = (_table.tenant == vault.tenant, _table.connection == connection)
    sql.execute(delete(schema.subscriptions).where(*mine))


def restart(vault: Vault, sql: Connection, connection: str) -> None:
    """Let the subscriptions of a connection begin anew: it means another Zoom user from now on."""
    mine = (_table.tenant == vault.tenant, _table.connection == connection)
    theirs = schema.deliveries.c.subscription_id.in_(select(_table.id).where(*mine))
    sql.execute(delete(schema.deliveries).where(theirs))
    anew = {"since": vault.clock.now(), "cursor": None, "poll_until": None, "poll_fence": _table.poll_fence + 1}
    anew |= {"poll_failure": None, "poll_failing_since": None}
    sql.execute(update(schema.subscriptions).where(*mine).values(anew))
