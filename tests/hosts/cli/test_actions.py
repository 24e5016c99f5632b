"""What there is to do, by resource or about something, and how much of Zoom that covers."""

import json
from pathlib import Path

import pytest

from zoom_connector.catalogue import Catalogue

from .conftest import Cli

ACTIONS = Catalogue().actions
COVERAGE = Catalogue().coverage
PUBLISHED = [
    {"method": "GET", "path": "/meetings/{meetingId}", "tag": "Meetings"},
    {"method": "GET", "path": "/meetings/{meetingId}/weather", "tag": "Meetings"},
    {"method": "GET", "path": "/report/billing", "tag": "Reports"},
    {"method": "GET", "path": "/rooms", "tag": "Rooms"},
]


@pytest.fixture
def with_spec(cli: Cli, tmp_path: Path) -> Cli:
    """The command line of a developer who has Zoom's published files."""
    (tmp_path / "operations.json").write_text(json.dumps(PUBLISHED), encoding="utf-8")
    return Cli({**cli.env, "ZOOM_SPEC_DIR": str(tmp_path)})


@pytest.fixture
def without_spec(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    monkeypatch.delenv("ZOOM_SPEC_DIR", raising=False)
    return cli


def test_every_action_is_listed_under_its_resource(cli: Cli) -> None:
    result = cli("actions")

    assert result.exit_code == 0
    assert [key for key in ACTIONS if f" {key} " not in result.stdout] == []
    assert result.stdout.index("Meetings (meetings)") < result.stdout.index("Recordings (recordings)")
    assert result.stdout.index("Recordings (recordings)") < result.stdout.index(" list_recordings ")


def test_a_listing_fits_a_terminal(cli: Cli) -> None:
    result = cli("actions")

    assert [line for line in result.stdout.splitlines() if len(line) > 80] == []


def test_a_resource_lists_its_actions_with_what_they_do(cli: Cli) -> None:
    result = cli("actions", "recordings")

    wanted = [key for key, action in ACTIONS.items() if action.resource == "recordings"]
    assert [key for key in ACTIONS if f" {key} " in result.stdout] == wanted
    assert ACTIONS["list_recordings"].description in " ".join(result.stdout.split())


def test_a_word_lists_the_actions_that_are_about_it(cli: Cli) -> None:
    listed = json.loads(cli("actions", "Invitation", "--json").stdout)

    assert "get_meeting_invitation" in [each["key"] for each in listed]
    assert "get_my_user" not in [each["key"] for each in listed]


def test_a_word_that_nothing_is_about_is_told_with_the_resources(cli: Cli) -> None:
    result = cli("actions", "weather")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "There is no action about 'weather'." in result.stderr
    assert "recordings" in result.stderr


def test_actions_as_json_are_their_summaries(cli: Cli) -> None:
    listed = json.loads(cli("actions", "--json").stdout)

    assert next(each for each in listed if each["key"] == "end_meeting") == {
        "key": "end_meeting",
        "resource": "meetings",
        "title": "End meeting",
        "description": ACTIONS["end_meeting"].description,
        "effect": "update",
    }
    assert [each["key"] for each in listed] == list(ACTIONS)


def test_coverage_says_what_is_missing_and_what_is_left_out_and_why(with_spec: Cli) -> None:
    result = with_spec("actions", "--coverage")

    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert "Meetings 2 1 1" in lines
    assert lines[lines.index("Missing:") + 1] == "GET /meetings/{meetingId}/weather"
    assert lines[lines.index("Left out:") + 1] == f"GET /report/billing: {COVERAGE['left_out']['GET /report/billing']}"
    assert lines[-1] == "50 %: 1 of 2 operations have an action."


def test_coverage_as_json_names_the_actions_of_every_operation(with_spec: Cli) -> None:
    found = json.loads(with_spec("actions", "--coverage", "--json").stdout)

    assert (found["percent"], found["operations"], found["covered"]) == (50, 2, 1)
    assert "get_meeting" in found["tags"][0]["covered"].pop("GET /meetings/{meetingId}")
    assert found["tags"] == [
        {"tag": "Meetings", "covered": {}, "missing": ["GET /meetings/{meetingId}/weather"], "left_out": {}},
        {
            "tag": "Reports",
            "covered": {},
            "missing": [],
            "left_out": {"GET /report/billing": COVERAGE["left_out"]["GET /report/billing"]},
        },
    ]
    assert "Polls" in found["stale"]


def test_coverage_without_zooms_files_is_wrong_usage(without_spec: Cli) -> None:
    result = without_spec("actions", "--coverage")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Set ZOOM_SPEC_DIR to the folder with Zoom's published OpenAPI files" in " ".join(result.stderr.split())


def test_coverage_where_zooms_files_are_not_is_wrong_usage(cli: Cli, tmp_path: Path) -> None:
    result = Cli({**cli.env, "ZOOM_SPEC_DIR": str(tmp_path / "nowhere")})("actions", "--coverage")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be read: No such file or directory." in " ".join(result.stderr.split())


def test_coverage_is_of_all_actions(with_spec: Cli) -> None:
    result = with_spec("actions", "recordings", "--coverage")

    assert (result.exit_code, result.stdout) == (2, "")
