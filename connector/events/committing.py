"""Group commit: what comes in while one batch is being worked off makes up the next one.

A transaction that is safe on disk costs milliseconds, however much it holds; one for each event would be the limit.
"""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Committing(Generic[Item, Result]):
    """One thread that works off whatever waits, all at once.

    Args:
        work: takes items and returns what became of each, in the same order.
    """

    def __init__(self, work: Callable[[Sequence[Item]], Sequence[Result]]) -> None:
        self._work = work
        self._waiting: list[tuple[Item, Future[Result]]] = []
        self._guard = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="committing")

    def put(self, item: Item) -> "Future[Result]":
        """Take an item and return at once; the future ends when it has been worked off.

        Raises:
            RuntimeError: this is closed.
        """
        future: Future[Result] = Future()
        # Whoever waits may leave, which must not take the item along.
        future.set_running_or_notify_cancel()
        with self._guard:
            if not self._waiting:
                self._thread.submit(self._work_off)
            self._waiting.append((item, future))
        return future

    def close(self) -> None:
        """Work off what waits, then take nothing more."""
        self._thread.shutdown()

    def _work_off(self) -> None:
        with self._guard:
            batch, self._waiting = self._waiting, []
        try:
            results = self._work([item for item, _ in batch])
        except BaseException as error:
            for _, future in batch:
                future.set_exception(error)
            raise
        for (_, future), result in zip(batch, results, strict=True):
            future.set_result(result)
