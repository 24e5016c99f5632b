"""How a run is stopped from outside: by whoever started it, from another thread."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..clock import Clock
from ..errors import RunStopped
from .progress import Progress

_NAP = 0.5
"""Seconds that a run sleeps before it looks whether to stop."""


class Stop(Protocol):
    """A wish to stop, such as a `threading.Event`."""

    def is_set(self) -> bool:
        """Say whether the run is to end."""


class Never:
    """Nobody wants to stop."""

    def is_set(self) -> bool:
        """Say no."""
        return False


@dataclass(frozen=True)
class Watch:
    """Looks for the wish wherever a run may end without harm: before a call, while it waits, between pieces of a file.

    It never ends a run between a call that changes something and its answer.
    """

    stop: Stop

    def look(self) -> None:
        """Go on, or end the run.

        Raises:
            RunStopped: somebody wants it to end.
        """
        if self.stop.is_set():
            raise RunStopped("run_stopped")

    def progress(self, tell: Progress) -> Progress:
        """Return a teller that looks first."""

        def told(done: int, total: int | None, message: str) -> None:
            self.look()
            tell(done, total, message)

        return told


class StoppableClock:
    """A clock whose sleep ends early.

    Args:
        clock: tells the time.
        look: raises where the sleep is to end.
    """

    def __init__(self, clock: Clock, look: Callable[[], None]) -> None:
        self._clock = clock
        self._look = look

    def now(self) -> datetime:
        """Return the time."""
        return self._clock.now()

    def sleep(self, seconds: float) -> None:
        """Let time pass, in naps."""
        self._look()
        while seconds > 0:
            self._clock.sleep(min(seconds, _NAP))
            seconds -= _NAP
            self._look()
