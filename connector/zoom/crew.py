"""Several things at once in one run: workers that tell one after the other how far they are, and stop together."""

import threading
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import TypeVar

from ..clock import Clock
from .progress import Progress
from .stopping import StoppableClock

T = TypeVar("T")
R = TypeVar("R")


class _Stopped(Exception):
    """This worker's work is wanted no more."""


class Crew:
    """The workers of one run.

    Args:
        look: ends the run they belong to, if that is to stop.

    Attributes:
        clock: for what workers wait for; sleeping ends where they are to stop.
        progress: for what workers tell; one of them at a time, and none that is to stop.
    """

    def __init__(self, clock: Clock, progress: Progress, look: Callable[[], None]) -> None:
        self._look = look
        self._stop = threading.Event()
        self._telling = threading.Lock()
        self._progress = progress
        self.clock: Clock = StoppableClock(clock, self.look)

    def look(self) -> None:
        """End this worker's work if it is to stop."""
        if self._stop.is_set():
            raise _Stopped
        self._look()

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
