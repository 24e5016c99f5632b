"""One thread of this process at a time, by name: the cheap half of a lease that other processes see too."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from weakref import WeakValueDictionary


class Turns:
    """Turns that threads wait for; a name nobody uses costs nothing."""

    def __init__(self) -> None:
        self._guard = Lock()
        self._locks: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    @contextmanager
    def at(self, name: str) -> Iterator[None]:
        """Wait for the turn and have it."""
        with self._guard:
            lock = self._locks.setdefault(name, Lock())
        with lock:
            yield
