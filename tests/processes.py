"""Processes of their own, as other workers are: they know what they are handed, and share nothing else.

All are forked from one that has imported what they need, because importing it takes longer than what they do.
"""

import multiprocessing
from collections.abc import Callable

OTHERS = multiprocessing.get_context("forkserver")
OTHERS.set_forkserver_preload(["alembic.command", "psycopg", "zoom_connector.engine", "zoom_connector.store.opening"])


def exit_codes(count: int, work: Callable[..., None], *arguments: object) -> list[int | None]:
    """Let so many do the same at once, and return how they ended: 0 is well.

    Args:
        count: how many.
        work: of a module that a process finds by its name; it is also handed a barrier, to begin together.
        arguments: of `work`.
    """
    together = OTHERS.Barrier(count)
    processes = [OTHERS.Process(target=work, args=(*arguments, together)) for _ in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    return [process.exitcode for process in processes]
