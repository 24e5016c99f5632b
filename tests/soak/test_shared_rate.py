"""Eight processes share what Zoom allows one account, and neither go over it nor waste it."""

from collections import Counter
from datetime import UTC, datetime
from multiprocessing import get_context

from e2e.world import World, settings_from
from soak.workers import SlowTime, call_for, workers

import zoom_connector
from zoom_connector.sandbox import Sandbox
from zoom_connector.settings import Settings
from zoom_connector.store.cipher import new_key

PROCESSES = 8
SLOWER = 10
"""A tenth of Pro's rate, with Pro's own figures: for Zoom and for us, time passes ten times as slowly."""
SECONDS = 3.0
"""How long they call, in that time."""
ALLOWED = 30
"""Light calls a second (https://developers.zoom.us/docs/api/rate-limits/)."""


def test_eight_processes_use_nine_tenths_of_the_rate_and_zoom_never_says_no(database_url: str) -> None:
    time = SlowTime(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), SLOWER)
    with Sandbox(clock=time, plan="pro", limits=True) as zoom:
        given = settings_from(zoom, database_url, secret_key=new_key(), plan="pro")
        with zoom_connector.load(settings=Settings.load(**given), clock=time) as connector:
            World(zoom, Settings.load(**given)).connect(connector, "sales")
        with workers(PROCESSES) as pool, get_context("spawn").Manager() as manager:
            everybody = manager.Barrier(PROCESSES)
            runs = [pool.submit(call_for, given, time, SECONDS, everybody) for _ in range(PROCESSES)]
            calls = sorted(moment for run in runs for moment in run.result(timeout=600))
        answers = Counter(request.status for request in zoom.requests if request.template == "/users/{userId}")

    took = (calls[-1] - calls[0]).total_seconds()
    assert set(answers) == {200}
    assert (len(calls) - 1) / took >= 0.9 * ALLOWED
