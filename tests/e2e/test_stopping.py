"""Whoever started a run can stop it, and nothing is left in doubt that was not."""

from pathlib import Path
from threading import Event

import pytest
from e2e.world import World

from zoom_connector import Connection, OutcomeUnknown, RunStopped
from zoom_connector.sandbox import Fault
from zoom_connector.sandbox.received import Received

KICK_OFF = {"topic": "Kick-off", "start_time": "2030-01-07T10:00", "timezone": "Europe/Amsterdam"}


def test_a_run_that_is_stopped_beforehand_asks_zoom_nothing(world: World, sales: Connection) -> None:
    stop, before = Event(), len(world.zoom.requests)
    stop.set()

    with pytest.raises(RunStopped):
        sales.run("create_meeting", KICK_OFF, stop=stop)

    assert len(world.zoom.requests) == before


def test_a_key_whose_run_was_stopped_in_time_can_be_used_again(sales: Connection) -> None:
    stop = Event()
    stop.set()

    with pytest.raises(RunStopped):
        sales.run("create_meeting", KICK_OFF, stop=stop, idempotency_key="order-4711")

    assert sales.run("create_meeting", KICK_OFF, idempotency_key="order-4711")["topic"] == "Kick-off"


def test_a_download_stops_between_two_pieces_and_goes_on_later(world: World, sales: Connection, tmp_path: Path) -> None:
    world.zoom.add_recording("Review", days_ago=1, size=3_000_000)
    stop, told = Event(), []

    def stopping(done: int, total: int | None, message: str) -> None:
        told.append(done)
        stop.set()

    wanted = {"from": "2026-03-01", "to": "2026-03-03", "folder": str(tmp_path)}
    with pytest.raises(RunStopped):
        sales.run("download_recordings", wanted, progress=stopping, stop=stop)
    outputs = sales.run("download_recordings", wanted)

    assert len(told) == 1
    assert {row["state"] for row in outputs["files"]} <= {"saved", "already_there"}


def test_a_create_whose_answer_is_lost_stays_in_doubt_when_its_proof_is_stopped(
    world: World, sales: Connection
) -> None:
    stop = Event()

    def stopping(request: Received) -> bool:
        stop.set()
        return True

    world.zoom.faults.add(Fault("lost_answer", method="POST", path="/users/{userId}/meetings", when=stopping))

    with pytest.raises(OutcomeUnknown) as caught:
        sales.run("create_meeting", KICK_OFF, stop=stop)

    assert caught.value.params["reason"] == "run_stopped"
