"""Time as an argument, so that tests can move it."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the engine asks of time."""

    def now(self) -> datetime:
        """Return the present moment, with its zone."""

    def sleep(self, seconds: float) -> None:
        """Wait; ends early only by an exception such as `KeyboardInterrupt`."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
