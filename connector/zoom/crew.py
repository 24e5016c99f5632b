"""Several things at once in one run: workers that tell one after the other how far they are, and stop together."""

import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from typing import TypeVar

from ..clock import Clock
from .progress import Progress

T = TypeVar("T")
R = TypeVar("R")

_NAP = 0.5
"""Seconds that a worker sleeps before it looks whether to stop."""


class _Stopped(Exception):
    """This worker's work is wanted no more."""


class Crew:
    """The workers of one run.

    Attributes:
        clock: for what workers wait for; sleeping ends where they are to stop.
        progress: for what workers tell; one of them at a time, and none that is to stop.
    """

    def __init__(self, clock: Clock, progress: Progress) -> None:
        self._stop = threading.Event()
        self._telling = threading.Lock()
        self._progress = progress
        self.clock: Clock = _StoppableClock(clock, self.look)

    def look(self) -> None:
        """End this worker's work if it is to stop."""
        if self._stop.is_set():
            raise _Stopped

    def progress(self, done: int, total: int | None, message: str) -> None:
        """Say how far the work is; see `Progress`."""
        self.look()
        with self._telling:
            self._progress(done, total, message)

    def each(self, items: Iterable[T], work: Callable[[T], R], at_once: int) -> Generator[R, None, None]:
        """Give what `work` makes of each item as it gets done; the items are read by this thread, as workers get free.

        When anything fails, or whoever reads the results stops, the workers stop too, and are waited for.
        """
        with ThreadPoolExecutor(at_once, "zoom") as pool:
            running: set[Future[R]] = set()
            try:
                for item in items:
                    running.add(pool.submit(work, item))
                    if len(running) == at_once:
                        running = yield from _done(running)
                while running:
                    running = yield from _done(running)
            finally:
                self._stop.set()


def _done(running: set[Future[R]]) -> Generator[R, None, set[Future[R]]]:
    """Give the next results and return what is still running."""
    done, rest = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield future.result()
    return rest


class _StoppableClock:
    def __init__(self, clock: Clock, look: Callable[[], None]) -> None:
        self._clock = clock
        self._look = look

    def now(self) -> datetime:
        return self._clock.now()

    def sleep(self, seconds: float) -> None:
        self._look()
        while seconds > 0:
            self._clock.sleep(min(seconds, _NAP))
            seconds -= _NAP
            self._look()
