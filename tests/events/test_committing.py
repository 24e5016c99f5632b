import threading
from collections.abc import Sequence

import pytest

from zoom_connector.events.committing import Committing


class Gate:
    """Work that is slow until it is let go on."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.begun, self.open = threading.Event(), threading.Event()

    def __call__(self, items: Sequence[int]) -> list[int]:
        self.batches.append(list(items))
        self.begun.set()
        assert self.open.wait(30)
        return [item * 10 for item in items]


def test_what_comes_in_during_one_batch_makes_up_the_next_and_each_gets_its_own_result() -> None:
    gate = Gate()
    committing = Committing(gate)
    first = committing.put(1)
    assert gate.begun.wait(30)
    others = [committing.put(number) for number in (2, 3, 4)]
    gate.open.set()

    assert [future.result(timeout=30) for future in (first, *others)] == [10, 20, 30, 40]
    assert gate.batches == [[1], [2, 3, 4]]
    committing.close()


def test_closing_works_off_what_waits() -> None:
    gate = Gate()
    committing = Committing(gate)
    futures = [committing.put(1)]
    assert gate.begun.wait(30)
    futures.append(committing.put(2))
    gate.open.set()

    committing.close()

    assert [future.result(timeout=0) for future in futures] == [10, 20]
    with pytest.raises(RuntimeError):
        committing.put(3)


def test_a_failure_reaches_everybody_in_the_batch_and_nobody_in_the_next() -> None:
    def work(items: Sequence[int]) -> list[int]:
        return [100 // item for item in items]

    committing = Committing(work)

    with pytest.raises(ZeroDivisionError):
        committing.put(0).result(timeout=30)
    assert committing.put(4).result(timeout=30) == 25
    committing.close()


def test_somebody_who_waits_no_longer_takes_nothing_along() -> None:
    gate = Gate()
    committing = Committing(gate)
    left = committing.put(1)

    assert not left.cancel()
    gate.open.set()
    assert left.result(timeout=30) == 10
    committing.close()
