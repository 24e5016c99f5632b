"""Rate limits kept on our side."""

import threading
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from zoom_connector.errors import RateLimited
from zoom_connector.zoom.limits import SHARE, Limits, MemoryBudget

from .foreign import START, MovableClock


def test_calls_of_a_label_are_spaced_by_a_little_less_than_the_plans_rate(clock: MovableClock) -> None:
    limits = Limits("free", MemoryBudget(), clock)

    for _ in range(3):
        limits.wait("account-1", "light")

    assert (clock.now() - START).total_seconds() == pytest.approx(2 / (4 * SHARE))


def test_time_that_reserving_takes_is_not_waited_for_again(clock: MovableClock) -> None:
    class SlowBudget(MemoryBudget):
        def reserve(self, account: str, bucket: str, *, per_second: float, per_day: int | None, now: datetime) -> float:
            clock.sleep(0.2)
            return super().reserve(account, bucket, per_second=per_second, per_day=per_day, now=now)

    limits = Limits("pro", SlowBudget(), clock)

    for _ in range(20):
        limits.wait("account-1", "light")

    # The database is slower than the rate, so no turn is left to wait for.
    assert clock.slept == [0.2] * 20


def test_waiting_by_another_clock_spends_the_same_allowance(clock: MovableClock) -> None:
    limits, other = Limits("free", MemoryBudget(), clock), MovableClock()

    limits.wait("account-1", "light")
    limits.by(other).wait("account-1", "light")

    assert clock.slept == []
    assert other.slept == pytest.approx([1 / (4 * SHARE)])


def test_labels_and_accounts_do_not_wait_for_each_other(clock: MovableClock) -> None:
    limits = Limits("free", MemoryBudget(), clock)

    limits.wait("account-1", "light")
    limits.wait("account-1", "medium")
    limits.wait("account-2", "light")

    assert clock.slept == []


def test_threads_share_one_rate() -> None:
    budget, now = MemoryBudget(), START
    waits: list[float] = []

    def take() -> None:
        waits.extend(budget.reserve("a", "light", per_second=10, per_day=None, now=now) for _ in range(50))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    gaps = {round(later - earlier, 6) for earlier, later in pairwise(sorted(waits))}
    assert (len(waits), gaps) == (200, {0.1})


def test_a_used_up_day_says_when_the_next_begins(clock: MovableClock) -> None:
    budget = MemoryBudget()
    for _ in range(2):
        budget.reserve("a", "heavy", per_second=100, per_day=2, now=clock.now())

    with pytest.raises(RateLimited) as caught:
        budget.reserve("a", "heavy", per_second=100, per_day=2, now=clock.now())

    assert (caught.value.code, caught.value.retry_at) == ("daily_limit", datetime(2030, 1, 8, tzinfo=UTC))


def test_a_new_day_at_midnight_utc_starts_anew() -> None:
    budget = MemoryBudget()
    evening = datetime.fromisoformat("2030-01-07T23:59:59+00:00")
    budget.reserve("a", "heavy", per_second=100, per_day=1, now=evening)

    wait = budget.reserve("a", "heavy", per_second=100, per_day=1, now=evening + timedelta(seconds=1))

    assert wait == 0


def test_heavy_and_resource_intensive_share_the_day_on_paid_plans(clock: MovableClock) -> None:
    budget = MemoryBudget()
    limits = Limits("pro", budget, clock)
    for _ in range(29_999):
        budget.reserve("a", "heavy_day", per_second=float("inf"), per_day=30_000, now=clock.now())
    limits.wait("a", "resource_intensive")

    with pytest.raises(RateLimited, match="daily_limit"):
        limits.wait("a", "heavy")


def test_nobody_calls_before_zoom_takes_calls_again(clock: MovableClock) -> None:
    limits = Limits("pro", MemoryBudget(), clock)
    limits.hold_back("a", "light", until=START + timedelta(seconds=7))

    limits.wait("a", "light")

    assert clock.now() == START + timedelta(seconds=7)


def test_a_turn_too_far_away_is_reported_instead_of_waited_for(clock: MovableClock) -> None:
    limits = Limits("pro", MemoryBudget(), clock)
    limits.hold_back("a", "light", until=START + timedelta(hours=1))

    with pytest.raises(RateLimited) as caught:
        limits.wait("a", "light")

    assert (caught.value.code, caught.value.retry_at, clock.slept) == ("rate_limited", START + timedelta(hours=1), [])
