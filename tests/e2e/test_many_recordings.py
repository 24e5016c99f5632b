"""Hundreds of files and thousands of rows, from a Zoom that fails now and then."""

import itertools
import os
import random
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path

import pytest
import sqlite
from e2e.downloading import is_interrupted, peaks_of_downloads
from e2e.world import SandboxTime, World, settings_from
from processes import OTHERS

import zoom_connector
from zoom_connector import Connection
from zoom_connector.sandbox import Fault, Received, Sandbox
from zoom_connector.sandbox.recordings import Recording
from zoom_connector.settings import Settings

FILE = "/file/{file}"


class LaggingTime(SandboxTime):
    """The sandbox's time, which may run ahead of what the engine sees: what expires there looks good here."""

    lag = timedelta(0)

    def now(self) -> datetime:
        return super().now() - self.lag


@pytest.fixture
def time(world: World) -> LaggingTime:
    return LaggingTime(world.zoom.clock)


@pytest.fixture
def sales(world: World, time: LaggingTime) -> Iterator[Connection]:
    with zoom_connector.load(settings=world.settings, clock=time) as connector:
        yield world.connect(connector, "sales")


def before_the(number: int, wanted: Callable[[Received], bool], then: Callable[[], None]) -> Fault:
    """Return a fault that spoils nothing, and does something just before the n-th of these requests."""
    seen = 0

    def look(request: Received) -> bool:
        nonlocal seen
        seen += wanted(request)
        if seen == number and wanted(request):
            then()
        return False

    return Fault("reset", when=look)


def every(number: int) -> Callable[[Received], bool]:
    """Return a condition that holds for every n-th request."""
    turns = itertools.cycle([*[False] * (number - 1), True])
    return lambda _: next(turns)


def record(zoom: Sandbox, count: int) -> list[Recording]:
    """Let there be recordings of five files each, from a few bytes to some megabytes."""
    chance = random.Random(4711)
    sizes = chance.choices([40, 5_000, 70_000, 300_000, 2_000_000], weights=[4, 4, 4, 2, 1], k=count)
    kinds = ("MP4", "M4A", "TRANSCRIPT", "CHAT", "CC")
    return [
        zoom.add_recording(f"Review {number % 7}", days_ago=2 + number % 25, size=size, kinds=kinds)
        for number, size in enumerate(sizes)
    ]


def sums(folder: Path) -> dict[str, str]:
    found = {}
    for entry in folder.rglob("*"):
        if entry.is_file() and not entry.name.startswith("."):
            with entry.open("rb") as file:
                found[str(entry)] = file_digest(file, "sha256").hexdigest()
    return found


def test_of_three_hundred_files_two_are_reported_and_the_rest_is_byte_identical(
    world: World, time: LaggingTime, sales: Connection, tmp_path: Path
) -> None:
    recordings = record(world.zoom, 60)
    recordings[10].files[0].processing = True
    recordings[20].files[0].refused = True
    files = [file for recording in recordings for file in recording.files]
    folder = tmp_path / "files"
    folder.mkdir()
    inputs = {"from": "2026-02-01", "to": "2026-02-28", "folder": str(folder), "file_name": "{topic}/{date} {view}"}

    def expire() -> None:
        world.zoom.clock.move(hours=2)
        time.lag = timedelta(hours=2)

    faults = [
        world.zoom.faults.add(Fault(kind, path=FILE, times=15, after_bytes=3_000, when=every(15)))
        for kind in ("reset", "cut_body", "server_error")
    ]
    world.zoom.faults.add(before_the(150, lambda request: request.template == FILE, expire))

    first = sales.run("download_recordings", inputs)
    arrived = sums(folder)
    renewals = [request for request in world.zoom.requests if request.form.get("grant_type") == "refresh_token"]
    recordings[10].files[0].processing = recordings[20].files[0].refused = False
    world.zoom.faults.clear()
    before = len(world.zoom.requests)
    second = sales.run("download_recordings", inputs)
    fetched = [request.path for request in world.zoom.requests[before:] if request.template == FILE]

    waiting, refused = recordings[10].files[0].id, recordings[20].files[0].id
    counted = ("saved", "already_there", "processing", "failed", "complete")
    assert ([first[name] for name in counted], len(first["files"])) == ([298, 0, 1, 1, False], 300)
    assert {
        row["recording_file_id"]: (row["state"], row.get("reason_title"))
        for row in first["files"]
        if row["state"] != "saved"
    } == {
        waiting: ("processing", None),
        refused: ("failed", "Zoom does not hand over the file"),
    }
    assert ([fault.hits for fault in faults], len(renewals)) == ([15, 15, 15], 1)
    assert arrived == {path: sha256 for path, sha256 in sums(folder).items() if path in arrived}
    assert len(arrived) == 298
    assert [second[name] for name in counted] == [2, 298, 0, 0, True]
    assert len(fetched) == 2
    assert sorted(sums(folder).values()) == sorted(file.content.sha256() for file in files)


def test_ctrl_c_stops_at_once_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with Sandbox() as zoom, ProcessPoolExecutor(1, mp_context=OTHERS) as worker:
        given = settings_from(zoom, sqlite.new_database(tmp_path / "connections.db"), plan="business")
        for number in range(100):
            zoom.add_recording(f"Review {number}", size=300_000, kinds=["MP4"])
        inputs = {"from": (zoom.clock.now() - timedelta(days=2)).date().isoformat(), "folder": str(tmp_path)}
        with zoom_connector.load(settings=Settings.load(**given)) as connector:
            sales = World(zoom, Settings.load(**given)).connect(connector, "sales")
            pid = worker.submit(os.getpid).result(timeout=60)
            zoom.faults.add(
                before_the(30, lambda request: request.template == FILE, lambda: os.kill(pid, signal.SIGINT))
            )

            interrupted = worker.submit(is_interrupted, given, inputs).result(timeout=60)
            before = len([request for request in zoom.requests if request.template == FILE])
            outputs = sales.run("download_recordings", inputs)
            videos = [item.files[0].content.sha256() for item in zoom.recordings if item.topic.startswith("Review")]

    arrived = [sha256 for path, sha256 in sums(tmp_path).items() if path.endswith(".mp4")]
    assert (interrupted, outputs["complete"]) == (True, True)
    assert before < 50
    assert outputs["already_there"] > 20
    assert set(videos) <= set(arrived)


def test_memory_stays_flat_whatever_the_size_of_the_files(tmp_path: Path) -> None:
    """The connector runs in a process of its own, so that the local Zoom's memory does not count."""
    with Sandbox() as zoom:
        given = settings_from(zoom, sqlite.new_database(tmp_path / "connections.db"), plan="business")
        with zoom_connector.load(settings=Settings.load(**given)) as connector:
            World(zoom, Settings.load(**given)).connect(connector, "sales")
        for days_ago, size in ((3, 3_000_000), (2, 3_000_000), (1, 30_000_000)):
            for number in range(8):
                zoom.add_recording(f"Review {number}", days_ago=days_ago, size=size, kinds=["MP4"])
        days = [(zoom.clock.now() - timedelta(days=ago)).date().isoformat() for ago in (3, 2, 1)]

        with ProcessPoolExecutor(1, mp_context=OTHERS) as worker:
            _, small, large = worker.submit(peaks_of_downloads, given, days, str(tmp_path)).result(timeout=120)

    # Files ten times as large; four workers hold a few pieces of theirs each, whatever the size.
    assert large < 3 * small


def test_twenty_five_thousand_recordings_are_each_listed_once_though_a_token_expires(
    world: World, sales: Connection
) -> None:
    made = {
        world.zoom.add_recording("Review", days_ago=number * 900 / 25_000, kinds=["TIMELINE"]).uuid
        for number in range(25_000)
    }

    world.zoom.faults.add(
        before_the(30, lambda request: "next_page_token" in request.query, lambda: world.zoom.clock.move(minutes=16))
    )

    rows = sales.run("list_recordings", {"from": "2023-09-01", "to": "2026-03-02"})["meetings"]

    refused = [request for request in world.zoom.requests if request.status == 400]
    assert len(refused) == 1
    assert Counter(row["uuid"] for row in rows if row["topic"] == "Review") == Counter(made)
