from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from processes import exit_codes
from store.elsewhere import count_up
from store.world import START, StillClock

from zoom_connector.store import Store


def test_what_one_request_made_no_other_can_claim(store: Store) -> None:
    with ThreadPoolExecutor(8) as workers:
        claims = list(workers.map(lambda _: store.claims.claim("97763643886"), range(16)))

    assert sorted(claims) == [False] * 15 + [True]


def test_claimed_names_those_that_are_taken(store: Store) -> None:
    store.claims.claim("1")
    store.claims.claim("3")

    assert (store.claims.claimed(["1", "2", "3"]), store.claims.claimed([])) == ({"1", "3"}, set())


def test_one_thread_at_a_time_holds_a_mark(store: Store, clock: StillClock) -> None:
    inside: list[int] = []
    most: list[int] = []

    def hold(number: int) -> None:
        with store.claims.hold("jo, Kick-off, 10:00"):
            inside.append(number)
            most.append(len(inside))
            inside.remove(number)

    with ThreadPoolExecutor(8) as workers:
        list(workers.map(hold, range(24)))

    assert most == [1] * 24
    assert clock.now() == START


def test_different_marks_are_held_at_once(store: Store) -> None:
    with store.claims.hold("Kick-off"), store.claims.hold("Retrospective"):
        pass


def test_a_mark_that_another_process_holds_is_waited_for(opened_sql: Callable[..., Store], clock: StillClock) -> None:
    here, elsewhere = opened_sql(), opened_sql()

    with elsewhere.claims.hold("Kick-off"), here.claims.hold("Kick-off"):
        waited = clock.now() - START

    assert 300 <= waited.total_seconds() < 301


def test_a_mark_is_held_even_when_the_create_fails(store: Store) -> None:
    try:
        with store.claims.hold("Kick-off"):
            raise ConnectionError
    except ConnectionError:
        pass

    with store.claims.hold("Kick-off"):
        pass


def test_processes_hold_a_mark_one_after_the_other(
    database_url: str, key: str, opened_sql: Callable[..., Store], tmp_path: Path
) -> None:
    opened_sql()
    count = tmp_path / "count"
    count.write_text("0")

    ended = exit_codes(3, count_up, database_url, key, count)

    assert ended == [0] * 3
    assert count.read_text() == "15"
