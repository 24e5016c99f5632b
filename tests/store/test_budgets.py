import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from store.world import START

from zoom_connector.errors import RateLimited
from zoom_connector.store import Store
from zoom_connector.zoom.limits import Budget, MemoryBudget


@pytest.fixture(params=["memory", "store"])
def budget(request: pytest.FixtureRequest, store: Store) -> Budget:
    """Both budgets keep the same promises."""
    return MemoryBudget() if request.param == "memory" else store.budget


def test_slots_are_evenly_apart(budget: Budget) -> None:
    waits = [budget.reserve("account-1", "light", per_second=4, per_day=None, now=START) for _ in range(4)]

    assert waits == [0.0, 0.25, 0.5, 0.75]


def test_slots_that_nobody_took_are_not_saved_up(budget: Budget) -> None:
    budget.reserve("account-1", "light", per_second=4, per_day=None, now=START)
    later = START + timedelta(minutes=1)

    waits = [budget.reserve("account-1", "light", per_second=4, per_day=None, now=later) for _ in range(2)]

    assert waits == [0.0, 0.25]


def test_accounts_and_buckets_do_not_slow_each_other(budget: Budget) -> None:
    budget.reserve("account-1", "light", per_second=1, per_day=None, now=START)

    waits = [
        budget.reserve(account, bucket, per_second=1, per_day=None, now=START)
        for account, bucket in [("account-1", "heavy"), ("account-2", "light")]
    ]

    assert waits == [0.0, 0.0]


def test_a_used_up_day_says_when_the_next_begins(budget: Budget) -> None:
    for _ in range(2):
        budget.reserve("account-1", "day", per_second=math.inf, per_day=2, now=START)

    with pytest.raises(RateLimited) as caught:
        budget.reserve("account-1", "day", per_second=math.inf, per_day=2, now=START)
    tomorrow = budget.reserve("account-1", "day", per_second=math.inf, per_day=2, now=START + timedelta(days=1))

    assert (caught.value.code, caught.value.retry_at) == ("daily_limit", datetime(2030, 1, 8, tzinfo=UTC))
    assert tomorrow == 0.0


def test_nobody_gets_a_slot_before_a_penalty_is_over(budget: Budget) -> None:
    budget.penalise("account-1", "light", until=START + timedelta(seconds=5))

    assert budget.reserve("account-1", "light", per_second=1, per_day=None, now=START) == 5.0


def test_processes_share_the_slots(opened: Callable[..., Store]) -> None:
    here, elsewhere = opened(), opened()

    with ThreadPoolExecutor(8) as workers:
        waits = workers.map(
            lambda store: store.budget.reserve("account-1", "light", per_second=1, per_day=None, now=START),
            [here, elsewhere] * 8,
        )

    assert sorted(waits) == [float(second) for second in range(16)]


def test_what_was_taken_today_is_counted(budget: Budget) -> None:
    for _ in range(3):
        budget.reserve("account-1", "heavy", per_second=math.inf, per_day=10, now=START)

    tomorrow = START + timedelta(days=1)

    assert budget.used("account-1", "heavy", now=START) == 3
    assert budget.used("account-1", "heavy", now=tomorrow) == 0
    assert budget.used("account-2", "heavy", now=START) == 0
