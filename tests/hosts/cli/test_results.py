"""What Zoom wrote cannot steer the terminal, and nothing that is left out is left out silently."""

import pytest

from zoom_connector.hosts.cli.output import printable, show_command
from zoom_connector.hosts.cli.results import print_outputs

ROOMS = {
    "type": "object",
    "properties": {
        "rooms": {
            "type": "array",
            "title": "Rooms",
            "items": {
                "type": "object",
                "properties": {
                    "id": {"type": "string", "title": "Room ID"},
                    "name": {"type": "string", "title": "Name"},
                    "open": {"type": "boolean", "title": "Open"},
                    "join_url": {"type": "string", "title": "Join link"},
                },
            },
        },
        "more": {"type": "boolean", "title": "More to come"},
    },
}


def test_control_characters_of_a_topic_are_not_printed() -> None:
    assert printable("\x1b]0;title\x07Kick-off\x9b31m\n\tagenda") == "]0;titleKick-off31m\n\tagenda"


def test_markup_in_a_topic_is_printed_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    schema = {"type": "object", "properties": {"topic": {"type": "string", "title": "Topic"}}}

    print_outputs(schema, {"topic": "[bold]Kick-off[/bold] :smile:"})

    assert capsys.readouterr().out.strip() == "Topic  [bold]Kick-off[/bold] :smile:"


def test_rows_show_what_people_read_and_say_what_else_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"id": "r1", "name": "Board room", "open": False, "join_url": "https://example.com/r1"}

    print_outputs(ROOMS, {"rooms": [row], "more": True})

    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert lines == [
        "Rooms (1)",
        " Room ID   Name         Open",
        " ───────────────────────────",
        " r1        Board room   no",
        "To see every field: --json",
        "There are more rows than these.",
    ]


def test_no_rows_are_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    print_outputs(ROOMS, {"rooms": [], "more": False})

    assert capsys.readouterr().out == "Rooms: none\n"


def test_long_texts_and_whole_answers_are_printed_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    schema = {"type": "object", "properties": {"text": {"type": "string"}, "answer": {}}}

    print_outputs(schema, {"text": "one\ntwo", "answer": {"id": 1}})

    assert capsys.readouterr().out == 'one\ntwo\n{\n  "id": 1\n}\n'


def test_an_action_without_outputs_says_that_it_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    print_outputs({"type": "object", "properties": {}}, {})

    assert capsys.readouterr().out == "Done.\n"


def test_a_command_to_copy_is_quoted_and_broken_for_a_shell(capsys: pytest.CaptureFixture[str]) -> None:
    show_command(["zoom-connector", "run", "create_meeting", "-c", "NAME", "topic=A new start", f"agenda={'x' * 40}"])

    assert capsys.readouterr().out == (
        f"    zoom-connector run create_meeting -c NAME topic='A new start' \\\n      agenda={'x' * 40}\n"
    )
