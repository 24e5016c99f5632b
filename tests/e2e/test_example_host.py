"""The example `docs/examples/host.py` is a whole platform."""

import runpy
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from e2e.world import START, SandboxTime, World, settings_for
from hosts.http.serving import serving

from zoom_connector import Connection
from zoom_connector.sandbox import MovableClock, Sandbox
from zoom_connector.sandbox.seed import CLIENT_ID, WEBHOOK_SECRET

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "host.py"


@pytest.fixture(scope="module")
def host() -> dict[str, Any]:
    return runpy.run_path(str(EXAMPLE))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Sandbox(clock=MovableClock(START)) as zoom:
        yield World(zoom, settings_for(zoom, tmp_path, webhook_secret=WEBHOOK_SECRET))


@pytest.fixture
def sales(world: World, host: dict[str, Any]) -> Iterator[Connection]:
    """A connection of the connector that the platform found."""
    with host["find"]("zoom", settings=world.settings, clock=SandboxTime(world.zoom.clock)) as connector:
        yield world.connect(connector, "sales")


def test_it_is_short() -> None:
    assert len(EXAMPLE.read_text(encoding="utf-8").splitlines()) < 100


def test_it_draws_the_form_of_a_step_with_what_the_account_offers(sales: Connection, host: dict[str, Any]) -> None:
    made = sales.run("create_meeting", {"topic": "Kick-off", "start_time": "2030-01-07T10:00:00Z"})

    form = "\n".join(host["form"](sales, "update_meeting"))

    assert "<label>Meeting * <input" in form
    assert f'<option value="{made["id"]}">Kick-off, 2030-01-07T10:00:00Z' in form
    assert '<input name="password" type="password"' in form
    assert '<option value="2">None' in form


def test_it_runs_a_step_and_shows_how_far_it_is(
    world: World, sales: Connection, host: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = {"from": "2026-03-01", "to": "2026-03-03", "folder": str(tmp_path / "files")}
    Path(wanted["folder"]).mkdir()

    outcome = host["run"](sales, "download_recordings", wanted, Event())

    assert {row["state"] for row in outcome["outputs"]["files"]} == {"saved"}
    assert "files: " in capsys.readouterr().err


def test_it_says_why_a_step_failed_or_was_stopped(sales: Connection, host: dict[str, Any]) -> None:
    stop = Event()
    failed = host["run"](sales, "get_meeting", {"meeting_id": "123456789"}, stop)
    stop.set()
    stopped = host["run"](sales, "list_meetings", {}, stop)

    assert (failed["failure"]["code"], stopped["failure"]["code"]) == ("meeting_not_found", "run_stopped")


def test_it_starts_a_flow_once_for_what_happens_also_after_a_restart(
    world: World, sales: Connection, host: dict[str, Any]
) -> None:
    flows: list[str] = []
    for _ in range(2):
        host["start_flows"](sales, "recording_completed", lambda data: flows.append(data["topic"]))

    with serving(sales.connector) as served:
        world.zoom.webhook(f"{served.address}/webhooks/zoom/{CLIENT_ID}")
        world.zoom.finish_recording(world.zoom.add_recording("Review", processing=True))
        world.zoom.settle()
    while sales.connector.feed.deliver_due():
        pass

    assert flows == ["Review"]
