"""What the local Zoom does later, by its own clock, in threads of its own: nobody who asks it something waits."""

import heapq
import threading
from collections.abc import Callable
from datetime import datetime
from itertools import count

from .clock import Clock

Job = Callable[[], datetime | None]
"""Does something, and says when it wants to be done again."""

_LOOK = 0.05
"""Seconds between two looks at the clock, which may be moved, or run faster than this computer's."""


class Schedule:
    """Does jobs when their time has come, those of the same moment in the order in which they were added.

    Args:
        clock: may be moved while jobs wait.
        threads: how many jobs may go on at once; more than one does not keep the order.
    """

    def __init__(self, clock: Clock, threads: int = 1) -> None:
        self._clock = clock
        self._size = threads
        self._threads: list[threading.Thread] = []
        self._waiting: list[tuple[datetime, int, Job]] = []
        self._numbers = count()
        self._running = 0
        self._closed = False
        self._changed = threading.Condition()

    def add(self, job: Job, due: datetime | None = None) -> None:
        """Take a job and return at once; without a moment it is due now."""
        with self._changed:
            heapq.heappush(self._waiting, (due or self._clock.now(), next(self._numbers), job))
            if len(self._threads) < self._size and not self._closed:
                name = f"local Zoom, sender {len(self._threads) + 1}"
                self._threads.append(threading.Thread(target=self._work, name=name, daemon=True))
                self._threads[-1].start()
            self._changed.notify()

    def settle(self, timeout: float = 30.0) -> None:
        """Wait until everything is done whose time has come.

        Raises:
            TimeoutError: it takes longer than this many seconds of this computer's.
        """
        with self._changed:
            self._changed.notify_all()
            if not self._changed.wait_for(self._is_settled, timeout):
                raise TimeoutError(f"the local Zoom is still sending after {timeout:g} seconds")

    def close(self) -> None:
        """Let what is being done end, and forget the rest."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _is_settled(self) -> bool:
        return not self._running and not self._is_due()

    def _is_due(self) -> bool:
        return bool(self._waiting) and self._waiting[0][0] <= self._clock.now()

    def _work(self) -> None:
        while (job := self._next()) is not None:
            again: datetime | None = None
            try:
                again = job()
            finally:
                with self._changed:
                    self._running -= 1
                    if again is not None and not self._closed:
                        heapq.heappush(self._waiting, (again, next(self._numbers), job))
                    self._changed.notify_all()

    def _next(self) -> Job | None:
        with self._changed:
            while not self._closed:
                if self._is_due():
                    self._running += 1
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(_LOOK if self._waiting else None)
            return None
