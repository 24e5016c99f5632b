"""`run`: fields in, outputs or an explanation out."""

import json
import os
import re
import signal
import subprocess
from datetime import timedelta
from pathlib import Path

from zoom_connector.sandbox import Fault, FaultKind, Sandbox, seed

from .conftest import PROGRAM, Cli, started

KICK_OFF = ("topic=Kick-off", "start_time=2030-01-07T10:00", "timezone=Europe/Amsterdam")


def test_a_meeting_is_created_and_shown(zoom: Sandbox, connected: Cli) -> None:
    result = connected("run", "create_meeting", "-c", "sales", *KICK_OFF)

    created = zoom.meetings[-1]
    lines = [line.split("  ")[0] for line in result.stdout.splitlines()]
    assert (result.exit_code, result.stderr) == (0, "")
    assert lines[:3] == ["Meeting ID", "Meeting UUID", "Topic"]
    assert str(created.id) in result.stdout
    assert "2030-01-07T09:00:00Z" in result.stdout


def test_with_json_the_outputs_are_all_that_is_printed(zoom: Sandbox, connected: Cli) -> None:
    result = connected("run", "create_meeting", "-c", "sales", *KICK_OFF, "--json")

    meeting = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (meeting["id"], meeting["topic"]) == (str(zoom.meetings[-1].id), "Kick-off")


def test_fields_come_from_a_file_and_what_is_typed_wins(connected: Cli, tmp_path: Path) -> None:
    file = tmp_path / "meeting.json"
    file.write_text('{"topic": "From the file", "start_time": "2030-01-07T10:00:00Z", "duration": 30}')

    result = connected("run", "create_meeting", "-c", "sales", "--input", str(file), "topic=Typed", "--json")

    meeting = json.loads(result.stdout)
    assert (meeting["topic"], meeting["duration"]) == ("Typed", 30)


def test_fields_are_read_from_standard_input(connected: Cli) -> None:
    fields = '{"topic": "Piped", "start_time": "2030-01-07T10:00:00Z"}'

    result = connected("run", "create_meeting", "-c", "sales", "--input", "-", "--json", input=fields)

    assert json.loads(result.stdout)["topic"] == "Piped"


def test_typed_values_take_the_declared_types(zoom: Sandbox, connected: Cli) -> None:
    settings = ("duration=20", "waiting_room=false", "alternative_hosts=colleague@example.com")

    result = connected("run", "create_meeting", "-c", "sales", *KICK_OFF, *settings, "--json")

    sent = next(request.json for request in zoom.requests if request.method == "POST" and "/v2/" in request.path)
    assert result.exit_code == 0
    assert sent["duration"] == 20
    assert sent["settings"] == {"waiting_room": False, "alternative_hosts": "colleague@example.com"}


def test_dots_lead_into_a_field_that_is_an_object(zoom: Sandbox, connected: Cli) -> None:
    call = ("method=GET", "path=/users/me/meetings", "query.page_size=5", "query.type=upcoming")

    result = connected("run", "call_zoom_api", "-c", "sales", *call, "--json")

    assert result.exit_code == 0
    assert dict(zoom.requests[-1].query) == {"page_size": "5", "type": "upcoming"}


def test_json_fills_in_a_whole_object(zoom: Sandbox, connected: Cli) -> None:
    call = ("method=GET", "path=/users/me/meetings", 'query={"page_size": 7}')

    result = connected("run", "call_zoom_api", "-c", "sales", *call, "--json")

    assert result.exit_code == 0
    assert dict(zoom.requests[-1].query) == {"page_size": "7"}


def test_rows_are_a_table_that_fits_the_terminal(zoom: Sandbox, connected: Cli) -> None:
    first_day = (zoom.clock.now() - timedelta(days=50)).date()

    result = connected("run", "list_recordings", "-c", "sales", f"from={first_day}")

    assert result.exit_code == 0
    assert "Recordings (2)" in result.stdout
    assert re.search(r"Project kick-off .*T\d\d:\d\d:\d\dZ", result.stdout)
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_a_secret_output_is_masked_until_it_is_asked_for(connected: Cli) -> None:
    create = ("run", "create_meeting", "-c", "sales", *KICK_OFF, "password=example7", "--json")

    masked, revealed = connected(*create), connected(*create, "--reveal", "password")

    assert json.loads(masked.stdout)["password"] == "********"
    assert json.loads(revealed.stdout)["password"] == "example7"


def test_people_are_told_how_to_see_a_masked_output(connected: Cli) -> None:
    result = connected("run", "create_meeting", "-c", "sales", *KICK_OFF, "password=example7")

    assert "Passcode ******** (to see it: --reveal password)" in " ".join(result.stdout.split())


def test_the_same_idempotency_key_makes_one_meeting(zoom: Sandbox, connected: Cli) -> None:
    before = len(zoom.meetings)
    create = ("run", "create_meeting", "-c", "sales", *KICK_OFF, "--idempotency-key", "order-4711", "--json")

    first, second = connected(*create), connected(*create)

    assert json.loads(first.stdout) == json.loads(second.stdout)
    assert len(zoom.meetings) == before + 1


def test_a_recording_is_saved_whole(connected: Cli, tmp_path: Path) -> None:
    fields = (f"meeting_id={seed.RECORDED_UUID}", f"folder={tmp_path}", "file_type=MP4")

    result = connected("run", "download_recording", "-c", "sales", *fields, "--json")

    saved = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert Path(saved["path"]).stat().st_size == saved["size_bytes"]


def test_somebody_at_a_terminal_sees_how_far_a_download_is(connected: Cli, tmp_path: Path) -> None:
    fields = (f"meeting_id={seed.RECORDED_UUID}", f"folder={tmp_path}", "file_type=MP4", "file_name=film.mp4")
    command = [*PROGRAM, "run", "download_recording", "-c", "sales", *fields]
    watching, terminal = os.openpty()

    subprocess.run(
        command, env={**connected.env, "TERM": "xterm"}, stdout=subprocess.DEVNULL, stderr=terminal, check=True
    )

    os.close(terminal)
    seen = os.read(watching, 100_000).decode()
    os.close(watching)
    assert re.search(r"film\.mp4 .*3\.0/3\.0.* MB", seen)


def test_ctrl_c_in_a_download_ends_in_one_sentence_and_leaves_no_half_file(
    zoom: Sandbox, connected: Cli, tmp_path: Path
) -> None:
    slow = zoom.faults.add(Fault(FaultKind.SLOW, path="/file/{file}"))
    fields = (f"meeting_id={seed.RECORDED_UUID}", f"folder={tmp_path}", "file_type=MP4", "file_name=film.mp4")
    with started("run", "download_recording", "-c", "sales", *fields, env=connected.env) as process:
        assert slow.reached.wait(30)

        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)

    assert (process.returncode, out) == (130, "")
    assert err.startswith("Stopped. ")
    assert "Traceback" not in err
    assert not (tmp_path / "film.mp4").exists()


def test_what_an_admin_must_mend_ends_with_3(zoom: Sandbox, connected: Cli) -> None:
    zoom.withdraw_approval(seed.CLIENT_ID)

    result = connected("run", "get_my_user", "-c", "sales")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("Your Zoom admin switched this app off\n")
    assert "tracking id" in result.stderr


def test_what_passes_by_itself_ends_with_4(zoom: Sandbox, connected: Cli) -> None:
    zoom.faults.add(Fault(FaultKind.TOO_MANY_TODAY, path="/users/{userId}"))

    result = connected("run", "get_my_user", "-c", "sales", "--json")

    assert (result.exit_code, result.stderr) == (4, "")
    assert json.loads(result.stdout)["retry_at"] is not None
