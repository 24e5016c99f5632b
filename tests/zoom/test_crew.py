"""Several things at once, each with a client of its own; one failure or interrupt stops all of them."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest

from zoom_connector.calls import Call, Scopes
from zoom_connector.errors import ZoomError
from zoom_connector.zoom.client import ZoomClient

from .foreign import LOST, START, Clients, MovableClock, Server, reply

READ = Call("GET", "/users/{user_id}", "read", Scopes(), "light")
WRITE = Call("PATCH", "/users/{user_id}", "update", Scopes(), "light")


def test_every_item_is_worked_on_once_by_a_client_of_its_own(client: Clients, server: Server) -> None:
    server.answer = lambda seen: reply({"id": seen.path.rpartition("/")[2]})
    zoom = client(READ)
    clients: list[ZoomClient] = []

    def ask(worker: ZoomClient, user: str) -> str:
        clients.append(worker)
        return str(worker.call("/users/{user_id}", {"user_id": user})["id"])

    found = list(zoom.each([str(number) for number in range(20)], ask, at_once=4))

    assert sorted(found, key=int) == [str(number) for number in range(20)]
    assert len({id(worker) for worker in [zoom, *clients]}) == 21


def test_items_are_read_by_the_caller_and_only_as_workers_get_free(client: Clients) -> None:
    readers, given, most = set(), 0, 0

    def items() -> Iterator[int]:
        nonlocal given
        for number in range(50):
            readers.add(threading.current_thread())
            given += 1
            yield number

    for done, _ in enumerate(client().each(items(), lambda _, number: number, at_once=3), 1):
        most = max(most, given - done)

    assert readers == {threading.current_thread()}
    assert most <= 3


def test_a_failure_stops_the_others_and_nothing_new_is_begun(client: Clients, clock: MovableClock) -> None:
    begun: list[int] = []

    def work(worker: ZoomClient, number: int) -> None:
        begun.append(number)
        if number == 2:
            raise ZoomError("zoom_refused")
        worker.wait(10**9)  # until told to stop

    with pytest.raises(ZoomError, match="zoom_refused"):
        list(client().each(range(100), work, at_once=3))

    assert sorted(begun) == [0, 1, 2]


def test_who_stops_reading_stops_the_work(client: Clients) -> None:
    stopped: list[int] = []

    def work(worker: ZoomClient, number: int) -> int:
        try:
            if number:
                worker.wait(10**9)
        finally:
            stopped.append(number)
        return number

    results = client().each(range(100), work, at_once=3)
    first = next(results)
    results.close()

    assert (first, sorted(stopped)) == (0, [0, 1, 2])


def test_workers_tell_how_far_they_are_one_at_a_time(client: Clients) -> None:
    inside = threading.Lock()
    told: list[int] = []

    def progress(done: int, total: int | None, message: str) -> None:
        assert inside.acquire(blocking=False)
        told.append(done)
        inside.release()

    def work(worker: ZoomClient, number: int) -> None:
        for _ in range(50):
            worker.progress(number, None, "")

    list(client().each(range(8), work, at_once=4, progress=progress))

    assert sorted(told) == [number for number in range(8) for _ in range(50)]


def test_a_change_by_a_worker_is_a_change_of_the_run(client: Clients, server: Server) -> None:
    server.answer = lambda seen: reply({})
    zoom = client(READ, WRITE)

    list(zoom.each(["1"], lambda worker, user: worker.call("GET /users/{user_id}", {"user_id": user}), at_once=2))
    before = zoom.changed
    list(zoom.each(["1"], lambda worker, user: worker.call("PATCH /users/{user_id}", {"user_id": user}), at_once=2))

    assert (before, zoom.changed) == (False, True)


def test_workers_wait_by_the_runs_clock_and_share_its_rate(
    client: Clients, server: Server, clock: MovableClock
) -> None:
    server.script(LOST, reply({}))

    list(client(READ).each(["1"], lambda worker, user: worker.call("/users/{user_id}", {"user_id": user}), at_once=2))

    assert timedelta(seconds=0.5) <= clock.now() - START <= timedelta(seconds=1.1)
