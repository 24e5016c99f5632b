"""The local Zoom, the check of manifests and the demo, as programs."""

import json
import os
import signal
import socket
import subprocess
from http.client import HTTPConnection
from pathlib import Path

from zoom_connector.sandbox import seed

from .conftest import PROGRAM, Cli, started

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


def test_the_connectors_own_manifests_are_in_order(cli: Cli) -> None:
    result = cli("validate")

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
    assert seed.CLIENT_SECRET not in result.stdout
    assert [line for line in result.stdout.splitlines() if len(line) > 80 and str(tmp_path) not in line] == []
    assert list(tmp_path.iterdir()) == []
