"""Long proofs: several processes, many threads, and a Zoom that fails all the time."""

import hashlib
import random
from collections import Counter
from functools import partial
from pathlib import Path

from e2e.world import World, settings_from
from soak.workers import TRIES, create_many, renew, workers

import zoom_connector
from zoom_connector import ZoomConnectorError
from zoom_connector.sandbox import Fault, Sandbox
from zoom_connector.settings import Settings
from zoom_connector.store.cipher import new_key

create_fault = partial(Fault, method="POST", path="/users/{userId}/meetings")


def test_equal_creates_in_four_processes_never_make_one_too_many(database_url: str) -> None:
    chance = random.Random(4711)
    with Sandbox() as zoom:
        given = settings_from(zoom, database_url, secret_key=new_key(), plan="business")
        with zoom_connector.load(settings=Settings.load(**given)) as connector:
            World(zoom, Settings.load(**given)).connect(connector, "sales")
        before = {meeting.id for meeting in zoom.meetings}
        for kind in ("lost_answer", "reset", "server_error"):
            zoom.faults.add(create_fault(kind, times=None, when=lambda _: chance.random() < 0.2))

        with workers(4) as pool:
            runs = [pool.submit(create_many, given, [str(worker * 25 + n) for n in range(25)]) for worker in range(4)]
            ids = [made for run in runs for made in run.result(timeout=900)]
        made = {str(meeting.id) for meeting in zoom.meetings if meeting.id not in before}

    known = [made_id for made_id in ids if made_id]
    assert Counter(known).most_common(1)[0][1] == 1
    assert set(known) <= made
    # What nobody knows about may or may not be there; what is there has at most one request each.
    assert len(made) <= len(ids)
    assert len(known) >= 0.95 * len(ids)


def test_sixty_four_threads_in_eight_processes_make_one_renewal(database_url: str) -> None:
    with Sandbox() as zoom:
        given = settings_from(zoom, database_url, secret_key=new_key(), plan="business")
        with zoom_connector.load(settings=Settings.load(**given)) as connector:
            World(zoom, Settings.load(**given)).connect(connector, "sales")
        zoom.clock.move(hours=2)  # for Zoom the token has expired; for us it looks good until Zoom refuses it

        with workers(8) as pool:
            problems = [pool.submit(renew, given, 8).result for _ in range(8)]
            found = [problem for result in problems for problem in result(timeout=600)]
        renewals = [request for request in zoom.requests if request.form.get("grant_type") == "refresh_token"]

    assert found == []
    assert len(renewals) == 1


def test_a_large_download_survives_a_hundred_resets(tmp_path: Path) -> None:
    size, step = 200_000_000, 2_000_000
    with Sandbox() as zoom:
        given = settings_from(zoom, f"sqlite:///{tmp_path / 'connections.db'}", plan="business")
        recording = zoom.add_recording("Long", size=size)
        zoom.faults.add(Fault("cut_body", times=100, after_bytes=step, when=lambda request: "/file/" in request.path))
        with zoom_connector.load(settings=Settings.load(**given)) as connector:
            sales = World(zoom, Settings.load(**given)).connect(connector, "sales")

            saved = download_whatever_it_takes(sales, recording.uuid, tmp_path)

        video = next(file for file in recording.files if file.type == "MP4")
        with Path(saved).open("rb") as file:
            assert hashlib.file_digest(file, "sha256").hexdigest() == video.content.sha256()


def download_whatever_it_takes(sales: zoom_connector.Connection, uuid: str, folder: Path) -> str:
    inputs = {"meeting_id": uuid, "file_type": "MP4", "folder": str(folder), "file_name": "long.mp4"}
    for _ in range(TRIES):
        try:
            return str(sales.run("download_recording", inputs)["path"])
        except ZoomConnectorError as error:
            if not error.retryable:
                raise
    raise AssertionError(f"the download failed {TRIES} times")
