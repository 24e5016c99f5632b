"""Threads that deliver, poll and tidy up, beside whatever the process does."""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self

from ..errors import ZoomConnectorError

_log = logging.getLogger(__name__)

_PATIENCE = 30.0
"""Seconds to wait for what is under way when the worker is to stop; later it is delivered again."""


@dataclass(frozen=True)
class Duty:
    """Something to do again and again."""

    name: str
    work: Callable[[Callable[[], bool]], object]
    """Is given a way to ask whether to stop, and returns something true when there may be more to do at once."""
    every: float
    """Seconds to wait when there was nothing to do, or the database or Zoom is away."""
    threads: int = 1
    wakes: bool = True
    """Whether `wake` ends the wait."""


class Worker:
    """Does duties in threads from `start` to `stop`; of a process that is killed nothing is lost.

    Args:
        duties: what to do.
    """

    def __init__(self, duties: Sequence[Duty]) -> None:
        self._duties = duties
        self._threads: list[threading.Thread] = []
        self._news = threading.Condition()
        self._woken = 0
        self._stopping = False

    def start(self) -> None:
        """Begin, and return."""
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._do, args=[duty], name=f"{duty.name} {number}", daemon=True)
            for duty in self._duties
            for number in range(duty.threads)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after what is under way, and return when it has ended."""
        with self._news:
            self._stopping = True
            self._news.notify_all()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def wake(self) -> None:
        """Look at once whether there is something to do, because something has come in."""
        with self._news:
            self._woken += 1
            self._news.notify_all()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _do(self, duty: Duty) -> None:
        while not self._stopping:
            woken = self._woken
            try:
                more = duty.work(self._told_to_stop)
            except ZoomConnectorError as error:
                # The database or Zoom is away. Whoever asks for the health of the process meets the same failure.
                _log.info("To %s failed: %s", duty.name, error.code)
                more = False
            if not more:
                self._rest(duty, woken)

    def _rest(self, duty: Duty, woken: int) -> None:
        with self._news:
            self._news.wait_for(lambda: self._stopping or (duty.wakes and self._woken != woken), duty.every)

    def _told_to_stop(self) -> bool:
        return self._stopping
