"""What durability costs: the same server with and without storage, in one run on one machine.

Only ratios mean something elsewhere. `docs/performance.md` has what was reached.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from benchmarks.load import Load, at_a_rate, at_full_speed, requests
from benchmarks.server import APP, SECRET

from zoom_connector.store.cipher import new_key

ROUNDS = 3
"""The best of so many counts: other programs only ever make a server slower."""
MANY = 3_000
KEY = new_key()


def test_durable_intake_has_half_the_rate_of_the_same_route_without_storage_and_answers_in_time(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bare, durable = 0.0, 0.0
    calm: list[Load] = []
    for _ in range(ROUNDS):
        with server("bare", database_url) as port:
            bare = max(bare, at_peak(port).rate)
        with server("durable", database_url) as port:
            durable = max(durable, at_peak(port).rate)
            calm.append(at_a_rate(port, requests(APP, SECRET, MANY), durable / 2))
    best = min(calm, key=lambda load: load.within(0.99))

    with capsys.disabled():
        sys.stdout.write(
            f"\n{database_url.partition(':')[0]}: {durable:.0f}/s durable, {bare:.0f}/s without storage, "
            f"ratio {durable / bare:.2f}; "
            f"at half the peak half of the answers within {best.within(0.5) * 1000:.1f} ms, "
            f"99 % within {best.within(0.99) * 1000:.1f} ms, all within {max(best.waits) * 1000:.1f} ms\n"
        )
    assert durable / bare >= 0.5
    assert best.within(0.99) <= 0.050


def at_peak(port: int) -> Load:
    at_full_speed(port, requests(APP, SECRET, 500))  # the first ones meet cold caches
    return at_full_speed(port, requests(APP, SECRET, MANY))


@contextmanager
def server(kind: str, database_url: str) -> Iterator[int]:
    program = Path(__file__).with_name("server.py")
    with subprocess.Popen([sys.executable, program, kind, database_url, KEY], stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline().rpartition(b":")[2])
        finally:
            process.terminate()
