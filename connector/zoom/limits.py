"""Zoom's rate limits, kept on our side so that Zoom rarely has to say no.

https://developers.zoom.us/docs/api/rate-limits/
"""

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, Protocol

from ..calls import RateLimit
from ..clock import Clock
from ..errors import RateLimited

Plan = Literal["free", "pro", "business"]


@dataclass(frozen=True)
class Rate:
    """What one label allows."""

    per_second: float
    per_day: int | None = None
    day_bucket: str = "day"
    """Labels of one plan with the same name here share the figure of the day."""


_A_MINUTE = 1 / 60

PLANS: Mapping[Plan, Mapping[RateLimit, Rate]] = {
    "free": {
        "light": Rate(4, 6_000, "light_day"),
        "medium": Rate(2, 2_000, "medium_day"),
        "heavy": Rate(1, 1_000, "heavy_day"),
        "resource_intensive": Rate(10 * _A_MINUTE, 30_000, "resource_intensive_day"),
    },
    "pro": {
        "light": Rate(30),
        "medium": Rate(20),
        "heavy": Rate(10, 30_000, "heavy_day"),
        "resource_intensive": Rate(10 * _A_MINUTE, 30_000, "heavy_day"),
    },
    "business": {
        "light": Rate(80),
        "medium": Rate(60),
        "heavy": Rate(40, 60_000, "heavy_day"),
        "resource_intensive": Rate(20 * _A_MINUTE, 60_000, "heavy_day"),
    },
}

SHARE = 0.93
"""How much of Zoom's rate is used: calls arrive now later and now sooner, and Zoom counts those of each second."""

PATIENCE = 300.0
"""Seconds that a call waits for its turn; beyond it the caller is told when to come back."""


class Budget(Protocol):
    """Who has used how much of an account's allowance: shared by threads, or by processes too."""

    def reserve(self, account: str, bucket: str, *, per_second: float, per_day: int | None, now: datetime) -> float:
        """Take the next slot of the bucket and return the seconds until it begins.

        Slots are `1 / per_second` apart; `math.inf` puts no distance between them. A day begins at 00:00 UTC.

        Raises:
            RateLimited: `daily_limit`, with `retry_at`: the day's slots are used up.
        """

    def penalise(self, account: str, bucket: str, *, until: datetime) -> None:
        """Give out no slot that begins before `until`."""

    def used(self, account: str, bucket: str, *, now: datetime) -> int:
        """Return how many slots of a bucket were taken on the day, in UTC, of `now`."""


class MemoryBudget:
    """A budget for the threads of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: dict[tuple[str, str], datetime] = {}
        self._used: dict[tuple[str, str], tuple[date, int]] = {}

    def reserve(self, account: str, bucket: str, *, per_second: float, per_day: int | None, now: datetime) -> float:
        now = now.astimezone(UTC)
        key = (account, bucket)
        with self._lock:
            if per_day is not None:
                day, used = self._used.get(key, (now.date(), 0))
                used = used if day == now.date() else 0
                if used >= per_day:
                    raise RateLimited("daily_limit", retry_at=next_day(now))
                self._used[key] = (now.date(), used + 1)
            begins = max(now, self._next.get(key, now))
            self._next[key] = begins + timedelta(seconds=1 / per_second)
        return (begins - now).total_seconds()

    def penalise(self, account: str, bucket: str, *, until: datetime) -> None:
        key = (account, bucket)
        with self._lock:
            self._next[key] = max(until, self._next.get(key, until))

    def used(self, account: str, bucket: str, *, now: datetime) -> int:
        today = now.astimezone(UTC).date()
        with self._lock:
            day, used = self._used.get((account, bucket), (today, 0))
        return used if day == today else 0


class Limits:
    """When the next call of a label may be sent.

    Args:
        plan: the Zoom plan of the accounts that are called.
        budget: who else spends the same allowance.
        patience: seconds that a call waits for its turn.
    """

    def __init__(self, plan: Plan, budget: Budget, clock: Clock, patience: float = PATIENCE) -> None:
        self._plan: Plan = plan
        self._budget = budget
        self._clock = clock
        self._patience = patience

    def by(self, clock: Clock) -> "Limits":
        """Return the same limits, waited for by another clock."""
        return Limits(self._plan, self._budget, clock, self._patience)

    def less_patient(self, patience: float) -> "Limits":
        """Return the same limits for calls that had better come again later than wait for long."""
        return Limits(self._plan, self._budget, self._clock, patience)

    def wait(self, account: str, label: RateLimit) -> None:
        """Wait for this call's turn.

        Raises:
            RateLimited: `daily_limit`, or `rate_limited` when the turn is further away than anybody waits.
        """
        rate = PLANS[self._plan][label]
        if rate.per_day is not None:
            today = self._clock.now()
            self._budget.reserve(account, rate.day_bucket, per_second=math.inf, per_day=rate.per_day, now=today)
        now = self._clock.now()
        seconds = self._budget.reserve(account, label, per_second=rate.per_second * SHARE, per_day=None, now=now)
        turn = now + timedelta(seconds=seconds)
        if seconds > self._patience:
            raise RateLimited("rate_limited", retry_at=turn)
        # Reserving takes a moment too: what counts is that the call goes out when its turn is.
        if (left := (turn - self._clock.now()).total_seconds()) > 0:
            self._clock.sleep(left)

    def hold_back(self, account: str, label: RateLimit, *, until: datetime) -> None:
        """Let nobody call before `until`: Zoom said that the account is too fast."""
        self._budget.penalise(account, label, until=until)


def next_day(now: datetime) -> datetime:
    """Return the next 00:00 UTC, when Zoom's daily limits start anew."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
