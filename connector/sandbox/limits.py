"""Zoom's rate limits: per account and label, and per host and day for creating and updating meetings.

https://developers.zoom.us/docs/api/rate-limits/
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .answers import Refused
from .clock import Clock, zulu

PER_SECOND = "You have reached the maximum per-second rate limit for this API. Try again later."
DAILY = (
    "You have reached the maximum daily rate limit for this API. "
    "Refer to the response header for details on when you can make another request."
)


@dataclass(frozen=True)
class Figures:
    """How many calls are allowed: in one window of `seconds`, and in a day where Zoom counts days."""

    calls: int
    seconds: int = 1
    per_day: int | None = None


PLANS = {
    "free": {
        "light": Figures(4, per_day=6_000),
        "medium": Figures(2, per_day=2_000),
        "heavy": Figures(1, per_day=1_000),
        "resource_intensive": Figures(10, 60, 30_000),
    },
    "pro": {
        "light": Figures(30),
        "medium": Figures(20),
        "heavy": Figures(10, per_day=30_000),
        "resource_intensive": Figures(10, 60, 30_000),
    },
    "business": {
        "light": Figures(80),
        "medium": Figures(60),
        "heavy": Figures(40, per_day=60_000),
        "resource_intensive": Figures(20, 60, 60_000),
    },
}
MEETINGS_PER_HOST_AND_DAY = 100


class Limits:
    """Count calls and refuse those that are too many. The caller holds the world's lock."""

    def __init__(self, clock: Clock, plan: str, on: bool) -> None:
        self._clock = clock
        self._plan = plan
        self.on = on
        self.figures = dict(PLANS[plan])
        """By label; a test may put smaller figures here."""
        self.meetings_per_host = MEETINGS_PER_HOST_AND_DAY
        self._counts: Counter[tuple[str, ...]] = Counter()

    def count(self, account: str, label: str) -> None:
        """Count one call of an account.

        Raises:
            Refused: 429, and the call does not count.
        """
        if not self.on:
            return
        figures, now = self.figures[label], self._clock.now()
        window = int(now.timestamp()) // figures.seconds
        here = (account, label, str(window))
        # Heavy and resource-intensive calls share their day, except on the free plan.
        shared = self._plan != "free" and label in ("heavy", "resource_intensive")
        today = (account, "heavy+" if shared else label, now.astimezone(UTC).date().isoformat())
        if figures.per_day is not None and self._counts[today] >= figures.per_day:
            raise too_many_today(label, figures.per_day, now)
        if self._counts[here] >= figures.calls:
            raise too_many_at_once(label, figures.calls, (window + 1) * figures.seconds)
        self._counts.update((here, today))

    def count_change(self, host: str, label: str) -> None:
        """Count one meeting that is created or updated for a host.

        Raises:
            Refused: 429, the host's hundred of the day are used up.
        """
        if not self.on:
            return
        now = self._clock.now()
        today = (host, "changes", now.astimezone(UTC).date().isoformat())
        if self._counts[today] >= self.meetings_per_host:
            raise too_many_today(label, self.meetings_per_host, now)
        self._counts[today] += 1


def too_many_at_once(label: str, limit: int, reset: int) -> Refused:
    """Refuse because of the window that ends at `reset`, a Unix time."""
    return Refused(429, 429, PER_SECOND, headers=_headers(label, "QPS", limit) | {"X-RateLimit-Reset": str(reset)})


def too_many_today(label: str, limit: int, now: datetime) -> Refused:
    """Refuse until midnight UTC, which Zoom names as a date in `Retry-After`."""
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return Refused(429, 429, DAILY, headers=_headers(label, "Daily-limit", limit) | {"Retry-After": zulu(midnight)})


def category(label: str) -> str:
    """Write a label as Zoom's headers do."""
    return label.replace("_", "-").capitalize()


def _headers(label: str, kind: str, limit: int) -> dict[str, str]:
    return {
        "X-RateLimit-Category": category(label),
        "X-RateLimit-Type": kind,
        "X-RateLimit-Limit": str(limit),
        "X-RateLimit-Remaining": "0",
    }
