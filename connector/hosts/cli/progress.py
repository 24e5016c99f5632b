"""A progress bar for long work, for whoever is watching."""

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from .caller import catalogue
from .output import console, printable

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class ProgressBar:
    """Shows how many bytes of a file are there, or how many things of another kind are done.

    It is drawn on standard error, from the first report on, and only on a terminal.
    """

    def __init__(self, *, of_bytes: bool = True) -> None:
        self._of_bytes = of_bytes
        self._bar: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int | None, message: str) -> None:
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            self._bar = _bar(of_bytes=self._of_bytes)
            self._bar.start()
        if message not in self._tasks:
            said = catalogue().words.text(message)
            self._tasks[message] = self._bar.add_task(printable(said), total=total, completed=done)
        self._bar.update(self._tasks[message], completed=done, total=total)


def _bar(*, of_bytes: bool) -> "Progress":
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TransferSpeedColumn

    name = TextColumn("{task.description}", markup=False)
    amount = [DownloadColumn(), TransferSpeedColumn()] if of_bytes else [MofNCompleteColumn()]
    return Progress(name, BarColumn(), *amount, console=console(err=True))
