"""What the worker processes do; they import it by name."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import zoom_connector
from zoom_connector import OutcomeUnknown, ZoomConnectorError
from zoom_connector.sandbox import MovableClock
from zoom_connector.settings import Settings

TRIES = 200
"""How often something that may be tried again is tried again; a worker must not outlive its test."""

_TOPICS = 20


class SlowTime(MovableClock):
    """Time that passes more slowly than this computer's, and is the same in every process."""

    def __init__(self, start: datetime, slower: float) -> None:
        super().__init__(start)
        self._began = time.time()
        self._slower = slower

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=(time.time() - self._began) / self._slower)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds * self._slower)


def workers(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))


def create_many(settings: dict[str, str], keys: list[str]) -> list[str]:
    """Create one meeting per key and return the ids; an outcome that stays unknown is an empty text."""

    def create(key: str) -> str:
        meeting = {"topic": f"Kick-off {int(key) % _TOPICS}", "start_time": "2030-01-07T10:00:00Z"}
        for _ in range(TRIES):
            try:
                return str(sales.run("create_meeting", meeting, idempotency_key=key)["id"])
            except OutcomeUnknown:
                return ""
            except ZoomConnectorError as error:
                if not error.retryable:
                    raise
        raise AssertionError(f"{key} failed {TRIES} times")

    with zoom_connector.load(settings=Settings.load(**settings)) as connector, ThreadPoolExecutor(4) as threads:
        sales = connector.connection("sales")
        return list(threads.map(create, keys))


def renew(settings: dict[str, str], threads: int) -> list[str]:
    """Let threads ask who is signed in at once; return what went wrong."""

    def ask(_: int) -> str:
        try:
            return "" if sales.run("get_my_user", {}) else "empty"
        except ZoomConnectorError as error:
            return str(error)

    with zoom_connector.load(settings=Settings.load(**settings)) as connector, ThreadPoolExecutor(threads) as pool:
        sales = connector.connection("sales")
        return [problem for problem in pool.map(ask, range(threads)) if problem]


def call_for(given: dict[str, str], clock: SlowTime, seconds: float, everybody: Barrier) -> list[datetime]:
    """Once everybody is ready, ask who is signed in again and again; return when each answer came."""
    moments = []
    with zoom_connector.load(settings=Settings.load(**given), clock=clock) as connector:
        sales = connector.connection("sales")
        everybody.wait(300)
        end = clock.now() + timedelta(seconds=seconds)
        while clock.now() < end:
            sales.run("get_my_user", {})
            moments.append(clock.now())
    return moments
