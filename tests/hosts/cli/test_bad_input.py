"""Whatever `run` cannot work with is said at once, and nothing is sent."""

import json
from pathlib import Path

import pytest

from zoom_connector.sandbox import Sandbox

from .conftest import Cli

KICK_OFF = ("topic=Kick-off", "start_time=2030-01-07T10:00", "timezone=Europe/Amsterdam")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["topic"], "'topic' is no field; write field=value, such as topic='Kick-off'."),
        (["=Kick-off"], "'=Kick-off' is no field; write field=value, such as topic='Kick-off'."),
        (["--input", "missing.json"], "The file missing.json cannot be read: No such file or directory."),
    ],
)
def test_what_is_typed_wrongly_is_said_in_one_sentence(
    connected: Cli, zoom: Sandbox, arguments: list[str], sentence: str
) -> None:
    asked = len(zoom.requests)

    result = connected("run", "create_meeting", "-c", "sales", *arguments)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{sentence}\n")
    assert len(zoom.requests) == asked


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'{"topic": ', "What is in f.json is not JSON: Expecting value (line 1, column 11)."),
        (b'["topic"]', 'What is in f.json is JSON, but no object; write {"field": "value"}.'),
        (b"\xff\xfe", "What is in f.json is not text in UTF-8."),
    ],
)
def test_a_file_that_holds_no_fields_is_said_in_one_sentence(
    connected: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("f.json").write_bytes(content)

    result = connected("run", "create_meeting", "-c", "sales", "--input", "f.json")

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"{sentence}\n")


@pytest.mark.parametrize(
    ("action", "fields", "code"),
    [
        ("create_meeting", ["start_time=2030-01-07T10:00:00Z"], "inputs_invalid"),  # missing field
        ("create_meeting", [*KICK_OFF, "duration=soon"], "inputs_invalid"),  # wrong type
        ("create_meeting", [*KICK_OFF, "tpic=Kick-off"], "inputs_invalid"),  # unknown field
        ("create_meeting", ["topic=Kick-off", "start_time=2030-01-07T10:00"], "inputs_invalid"),  # no zone
        ("list_recordings", ["from=2030-02-01", "to=2030-01-01"], "inputs_invalid"),  # end before start
        ("create_meeting", [*KICK_OFF, "--reveal", "topic"], "unknown_reveal"),
        ("make_meeting", KICK_OFF, "unknown_action"),
        ("download_recording", ["meeting_id=1", "folder=/proc/none"], "folder_not_writable"),
    ],
)
def test_bad_input_is_explained_before_anything_is_sent(
    connected: Cli, zoom: Sandbox, action: str, fields: list[str], code: str
) -> None:
    asked = len(zoom.requests)

    told = connected("run", action, "-c", "sales", *fields)
    as_json = connected("run", action, "-c", "sales", *fields, "--json")

    assert (told.exit_code, told.stdout) == (2, "")
    assert (as_json.exit_code, as_json.stderr) == (2, "")
    assert json.loads(as_json.stdout)["code"] == code
    assert told.stderr.startswith(json.loads(as_json.stdout)["title"])
    assert len(zoom.requests) == asked


def test_an_unknown_connection_names_those_there_are(connected: Cli) -> None:
    result = connected("run", "get_my_user", "-c", "marketing")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "sales" in result.stderr
