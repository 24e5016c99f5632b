"""What failed lately is kept for whoever is asked for help, but not for long and not without end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from store.world import START

from zoom_connector.errors import ZoomAnswer
from zoom_connector.store import Store
from zoom_connector.store.helping import Failed

LIMIT = Failed(START, "create_meeting", "daily_limit", 429, 429, "v=2.0;tid=example")


def later(minutes: int) -> Failed:
    return replace(LIMIT, at=START + timedelta(minutes=minutes))


def test_the_latest_failure_comes_first(store: Store) -> None:
    failures = [LIMIT, Failed(START + timedelta(minutes=1), "connect", "zoom_timeout")]
    for failed in failures:
        store.failures.note(failed)

    assert store.failures.recent() == failures[::-1]


def test_no_more_than_the_latest_failures_are_kept(store: Store) -> None:
    for minutes in range(203):
        store.failures.note(later(minutes))

    assert store.failures.recent() == [later(minutes) for minutes in range(202, 2, -1)]


def test_a_failure_is_let_go_after_a_month(store: Store) -> None:
    store.failures.note(LIMIT)
    store.failures.note(later(31 * 24 * 60))

    assert store.failures.recent() == [later(31 * 24 * 60)]


def test_each_tenant_has_failures_of_its_own(opened: Callable[..., Store]) -> None:
    north, south = opened("north"), opened("south")
    north.failures.note(LIMIT)
    south.failures.note(later(31 * 24 * 60))

    assert north.failures.recent() == [LIMIT]


def test_what_is_taken_down_fits_and_leaves_out_what_zoom_said() -> None:
    answer = ZoomAnswer(404, 3001, "Meeting does not exist: 97763643886.", "t" * 300)

    failed = Failed.of("c" * 100, "get_meeting", START, answer)

    assert failed == Failed(START, "get_meeting", "c" * 60, 404, 3001, "t" * 200)
