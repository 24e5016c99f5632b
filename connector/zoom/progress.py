"""How long work tells how far it is."""

from typing import Protocol


class Progress(Protocol):
    """Called now and then during long work, by the threads that do it, one at a time."""

    def __call__(self, done: int, total: int | None, message: str) -> None:
        """Say that `done` of `total` is done; `total` is None while nobody knows it."""


def silent(done: int, total: int | None, message: str) -> None:
    """Tell nobody."""
