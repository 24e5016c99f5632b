"""Threads that do their duties until they are told to stop."""

import threading
from collections.abc import Callable

from zoom_connector.errors import SettingsError
from zoom_connector.events.worker import Duty, Worker

NEVER = 3600.0


def test_a_duty_goes_on_while_there_is_more_to_do_and_is_woken_when_something_comes_in() -> None:
    rounds = threading.Semaphore(0)
    left = [True, True, False]

    def work(_: Callable[[], bool]) -> bool:
        rounds.release()
        return left.pop(0) if left else False

    worker = Worker([Duty("deliver", work, every=NEVER)])
    with worker:
        first = [rounds.acquire(timeout=10) for _ in range(3)]
        worker.wake()
        woken = rounds.acquire(timeout=10)

    assert (first, woken, rounds.acquire(blocking=False)) == ([True] * 3, True, False)


def test_something_that_comes_in_while_a_duty_is_done_is_not_overlooked() -> None:
    begun, go_on, rounds = threading.Event(), threading.Event(), threading.Semaphore(0)

    def work(_: Callable[[], bool]) -> None:
        begun.set()
        go_on.wait(10)
        rounds.release()

    worker = Worker([Duty("deliver", work, every=NEVER)])
    with worker:
        begun.wait(10)
        worker.wake()
        go_on.set()
        twice = [rounds.acquire(timeout=10) for _ in range(2)]

    assert twice == [True, True]


def test_a_database_that_is_away_ends_no_duty() -> None:
    rounds = threading.Semaphore(0)

    def work(_: Callable[[], bool]) -> None:
        rounds.release()
        raise SettingsError("database_unreachable")

    with Worker([Duty("deliver", work, every=0.001)]):
        tried = [rounds.acquire(timeout=10) for _ in range(3)]

    assert tried == [True] * 3


def test_a_worker_that_stops_lets_what_is_under_way_end_and_begins_nothing_more() -> None:
    begun, ended = threading.Event(), threading.Event()

    def work(stopping: Callable[[], bool]) -> bool:
        begun.set()
        while not stopping():
            pass
        ended.set()
        return True

    worker = Worker(
        [Duty("deliver", work, every=NEVER, threads=2), Duty("tidy up", lambda _: None, NEVER, wakes=False)]
    )
    before = threading.active_count()
    worker.start()
    begun.wait(10)
    worker.stop()

    assert (ended.is_set(), threading.active_count()) == (True, before)
