"""What there is, what one thing looks like, and what a failure means."""

import json

import pytest

from zoom_connector.catalogue import Catalogue

from .conftest import Cli


def test_triggers_as_json_are_a_list(cli: Cli) -> None:
    assert json.loads(cli("triggers", "--json").stdout) == [
        {"key": each.key, "resource": each.resource, "title": each.title, "description": each.description}
        for each in Catalogue().triggers.values()
    ]


def test_describing_an_action_ends_with_a_command_to_try(cli: Cli) -> None:
    result = cli("describe", "end_meeting")

    assert result.exit_code == 0
    assert result.stdout.endswith("Try it:\n    zoom-connector run end_meeting -c NAME meeting_id=97763643886\n")


def test_an_action_as_json_has_its_schemas_and_scopes(cli: Cli) -> None:
    described = json.loads(cli("describe", "end_meeting", "--json").stdout)

    action = Catalogue().actions["end_meeting"]
    assert action.request is not None
    assert described["inputs"] == action.inputs
    assert described["calls"] == [
        {
            "method": "PUT",
            "path": "/meetings/{meeting_id}/status",
            "optional": False,
            "scopes": {"classic": [*action.request.scopes.classic], "granular": [*action.request.scopes.granular]},
        }
    ]


@pytest.mark.parametrize("key", list(Catalogue().actions))
def test_every_action_can_be_described(key: str) -> None:
    described = Cli({"COLUMNS": "80"})("describe", key)

    assert described.exit_code == 0
    assert [
        field for field in Catalogue().actions[key].inputs["properties"] if f" {field} " not in described.stdout
    ] == []


def test_describing_what_does_not_exist_suggests_what_does(cli: Cli) -> None:
    result = cli("describe", "create_meting")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "create_meeting" in result.stderr


def test_a_number_of_zooms_is_explained_with_steps(cli: Cli) -> None:
    result = cli("explain", "4738")

    assert result.exit_code == 0
    assert result.stdout.startswith("Your Zoom admin switched this app off\n")
    assert "Who can mend it: your Zoom admin\n  1. " in result.stdout


def test_a_number_of_a_family_lists_its_candidates_with_their_titles(cli: Cli) -> None:
    result = cli("explain", "3001")

    assert "It may be one of these:\n  meeting_not_found  Zoom does not know this meeting" in result.stdout


def test_an_explanation_as_json_is_the_object_every_host_gives(cli: Cli) -> None:
    explained = json.loads(cli("explain", "The", "token", "is", "disabled", "by", "admin.", "--json").stdout)

    assert explained["code"] == "approval_withdrawn"
    assert list(explained) == ["code", "title", "detail", "who", "steps", "retryable", "retry_at", "candidates", "zoom"]


def test_a_text_to_explain_is_read_from_standard_input(cli: Cli) -> None:
    result = cli("explain", "-", "--json", input='{"code": 4738, "message": "The token is disabled by admin."}')

    assert json.loads(result.stdout)["code"] == "approval_withdrawn"


def test_no_text_to_explain_is_wrong_usage(cli: Cli) -> None:
    result = cli("explain", " ")

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "There is no text to explain; write it after the command, in quotes.\n"
