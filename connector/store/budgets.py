"""Zoom's rate limits as all processes have used them (`zoom/limits.py`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, and_, select, update

from ..errors import RateLimited
from . import schema
from .vault import Vault

_table = schema.budgets.c


@dataclass(frozen=True)
class _Bucket:
    next_at: datetime
    day: str
    used: int


class SharedBudget:
    """The budgets of a tenant."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def reserve(self, account: str, bucket: str, *, per_second: float, per_day: int | None, now: datetime) -> float:
        """Take the next slot of the bucket and return the seconds until it begins; see `zoom.limits.Budget`.

        Raises:
            RateLimited: `daily_limit`.
        """
        now = now.astimezone(UTC)
        today = now.date().isoformat()

        def spend(before: _Bucket) -> _Bucket:
            used = before.used if before.day == today else 0
            if per_day is not None and used >= per_day:
                midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
                raise RateLimited("daily_limit", retry_at=midnight)
            return _Bucket(max(now, before.next_at) + timedelta(seconds=1 / per_second), today, used + 1)

        before = self._change(account, bucket, spend, _Bucket(now, today, 0))
        return max(0.0, (before.next_at - now).total_seconds())

    def penalise(self, account: str, bucket: str, *, until: datetime) -> None:
        """Give out no slot that begins before `until`."""

        def hold_back(before: _Bucket) -> _Bucket:
            return _Bucket(max(until, before.next_at), before.day, before.used)

        self._change(account, bucket, hold_back, _Bucket(until, "", 0))

    def used(self, account: str, bucket: str, *, now: datetime) -> int:
        """Return how many slots of a bucket were taken on the day, in UTC, of `now`."""
        query = select(_table.used).where(
            _table.tenant == self._vault.tenant,
            _table.account_id == account,
            _table.bucket == bucket,
            _table.day == now.astimezone(UTC).date().isoformat(),
        )
        return self._vault.database.read(lambda sql: sql.execute(query).scalar_one_or_none()) or 0

    def _change(self, account: str, bucket: str, step: Callable[[_Bucket], _Bucket], first: _Bucket) -> _Bucket:
        """Replace a bucket and return what it was before."""
        mine = and_(_table.tenant == self._vault.tenant, _table.account_id == account, _table.bucket == bucket)
        keys = {"tenant": self._vault.tenant, "account_id": account, "bucket": bucket}

        def work(sql: Connection) -> _Bucket:
            query = select(_table.next_at, _table.day, _table.used).where(mine).with_for_update()
            row = sql.execute(query).one_or_none()
            before = _Bucket(row.next_at, row.day, row.used) if row else first
            after = step(before)
            values = {"next_at": after.next_at, "day": after.day, "used": after.used}
            sql.execute(
                update(schema.budgets).where(mine).values(values)
                if row
                else schema.budgets.insert().values(**keys, **values)
            )
            return before

        return self._vault.database.write(work)
