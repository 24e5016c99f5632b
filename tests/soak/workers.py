"""What the worker processes do; they import it by name."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import zoom_connector
from zoom_connector import OutcomeUnknown, ZoomConnectorError
from zoom_connector.settings import Settings

TRIES = 200
"""How often something that may be tried again is tried again; a worker must not outlive its test."""

_TOPICS = 20


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
