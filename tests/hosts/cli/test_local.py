"""The local Zoom, the check of manifests and the demo, as programs."""

import json
import os
import signal
import socket
import subprocess
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from sandbox.client import REDIRECT, code_of, session
from sandbox.listening import listening

from zoom_connector.catalogue import Catalogue
from zoom_connector.sandbox import Person, seed

from .conftest import PROGRAM, Cli, free_port, started

COLUMNS = {**os.environ, "COLUMNS": "80"}


def test_the_local_zoom_runs_until_ctrl_c_and_says_how_to_use_it() -> None:
    said: list[str] = []
    with started("sandbox", "--port", "0", env=COLUMNS) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                break
        url = said[0].split()[-1]
        address = HTTPConnection(url.removeprefix("http://"), timeout=20)
        address.request("GET", "/v2/users/me")
        status = address.getresponse().status
        address.close()

        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out, err) == (130, "", "Stopped. What was made in the local Zoom is gone.\n")
    assert status == 401
    assert f"    export ZOOM_CONNECTOR_ZOOM_URL={url}\n" in said
    assert f"    export ZOOM_CONNECTOR_CLIENT_ID={seed.CLIENT_ID}\n" in said
    assert any(seed.HOST in line for line in said)


def test_a_port_in_use_is_said_in_one_sentence(cli: Cli) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = cli("sandbox", "--port", str(port))

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"Port {port} cannot be used here; name another one with --port.\n"


def test_manifests_that_are_in_order_are_said_to_be(cli: Cli, tmp_path: Path) -> None:
    own = Path(str(Catalogue().folder))
    (tmp_path / "connector.json").write_text((own / "connector.json").read_text("utf-8"), "utf-8")

    result = cli("validate", str(tmp_path))

    assert (result.exit_code, result.stdout) == (0, "Every manifest is in order.\n")


def test_every_fault_of_a_folder_is_reported_with_its_place(cli: Cli, tmp_path: Path) -> None:
    folder = tmp_path / "actions" / "rooms"
    folder.mkdir(parents=True)
    (folder / "list_rooms.json").write_text('{"titel": "List rooms"}')
    (folder / "get_room.json").write_text("{")

    told, as_json = cli("validate", str(tmp_path)), cli("validate", str(tmp_path), "--json")

    findings = json.loads(as_json.stdout)
    assert (told.exit_code, as_json.exit_code) == (1, 1)
    assert {each["file"] for each in findings} == {"actions/rooms/get_room.json", "actions/rooms/list_rooms.json"}
    assert any("titel" in each["message"] for each in findings)
    assert told.stdout.endswith(f"{len(findings)} faults\n")


def test_a_folder_that_does_not_exist_is_wrong_usage(cli: Cli) -> None:
    result = cli("validate", "nowhere")

    assert (result.exit_code, result.stderr) == (2, "nowhere is not a folder.\n")


def test_the_demo_goes_through_every_step_and_cleans_up(tmp_path: Path) -> None:
    env = {**COLUMNS, "TMPDIR": str(tmp_path), "ZOOM_CONNECTOR_DATABASE_URL": "sqlite:////proc/none/not-used.db"}

    result = subprocess.run([*PROGRAM, "demo"], capture_output=True, text=True, env=env, timeout=100, check=False)

    assert (result.returncode, result.stderr) == (0, "")
    assert "Connected as host@example.com" in result.stdout
    assert "Saved tour.mp4, 96.0 MB." in result.stdout
    assert "Your Zoom admin switched this app off" in result.stdout
    assert "The command ends with exit code 3" in result.stdout
    assert "recording_completed fired: Product tour" in result.stdout
    assert result.stdout.index("fired: Product tour") < result.stdout.index("Saved tour.mp4")
    assert seed.CLIENT_SECRET not in result.stdout
    assert [line for line in result.stdout.splitlines() if len(line) > 80 and str(tmp_path) not in line] == []
    assert list(tmp_path.iterdir()) == []


def test_an_example_of_an_event_is_sent_signed(cli: Cli) -> None:
    with listening() as app:
        app.secret = "another-webhook-secret"

        result = cli("sandbox", "emit", "meeting.ended", "--to", app.url, "--secret", app.secret, "--json")

    (sent,) = app.got
    assert (result.exit_code, json.loads(result.stdout)) == (
        0,
        {"event": "meeting.ended", "to": app.url, "status": 200},
    )
    assert (sent.event, sent.is_signed(app.secret)) == ("meeting.ended", True)
    assert (sent.body["payload"]["account_id"], sent.thing["host_id"]) == (seed.ACCOUNT_ID, seed.HOST_ID)


def test_an_example_may_be_about_somebody_else(cli: Cli) -> None:
    with listening() as app:
        cli("sandbox", "emit", "meeting.ended", "--to", app.url, "--account", "account-1", "--user", "user-jo")

    assert (app.got[0].body["payload"]["account_id"], app.got[0].thing["host_id"]) == ("account-1", "user-jo")
    assert app.got[0].is_signed(seed.WEBHOOK_SECRET)


@pytest.mark.parametrize(("status", "code"), [(204, 0), (401, 1), (503, 4)])
def test_the_exit_code_of_emit_says_whether_the_event_was_taken(cli: Cli, status: int, code: int) -> None:
    with listening() as app:
        app.statuses = [status]

        result = cli("sandbox", "emit", "meeting.ended", "--to", app.url)

    assert result.exit_code == code
    assert " ".join(result.stdout.split()) == f"meeting.ended was sent to {app.url}: {status}."


def test_an_endpoint_that_does_not_answer_may_be_tried_later(cli: Cli) -> None:
    result = cli("sandbox", "emit", "meeting.ended", "--to", f"http://127.0.0.1:{free_port()}/")

    assert result.exit_code == 4
    assert result.stdout.rstrip().endswith("nobody answered.")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["emit"], "Write which event"),
        (["emit", "meeting.endet"], "Did you mean meeting.ended"),
        (["emit", "meeting.ended", "--to", "example.com"], "Write the whole address"),
    ],
)
def test_an_event_that_cannot_be_sent_is_wrong_usage(cli: Cli, words: list[str], sentence: str) -> None:
    result = cli("sandbox", *words)

    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in " ".join(result.stderr.split())


def test_a_running_local_zoom_tells_what_happens_in_it() -> None:
    with listening() as app, started("sandbox", "--port", "0", "--to", app.url, env=COLUMNS) as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        location = Person(url, seed.HOST).authorize(
            f"{url}/oauth/authorize?response_type=code&client_id={seed.CLIENT_ID}&redirect_uri={quote(REDIRECT)}"
        )
        form = {"grant_type": "authorization_code", "code": code_of(location), "redirect_uri": REDIRECT}
        with session() as http:
            token = http.post(f"{url}/oauth/token", form, auth=(seed.CLIENT_ID, seed.CLIENT_SECRET), timeout=30).json()
            http.headers["Authorization"] = f"Bearer {token['access_token']}"
            http.post(f"{url}/v2/users/me/meetings", json={"topic": "Kick-off"}, timeout=30)

        arrived = app.arrived.wait(30)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)

    assert (arrived, app.events) == (True, ["meeting.created"])
