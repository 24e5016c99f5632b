"""A clock that a test can move."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the local Zoom asks of time."""

    def now(self) -> datetime:
        """Return the present moment, with its zone."""


class MovableClock:
    """The computer's clock, moved by as much as one likes; with a `start` it stands still until it is moved."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start = start
        self._moved = timedelta()

    def now(self) -> datetime:
        return (self._start or datetime.now(UTC)) + self._moved

    def move(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Put the clock forward, or back with negative numbers."""
        self._moved += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def zulu(moment: datetime) -> str:
    """Write a moment as Zoom does: UTC, whole seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
