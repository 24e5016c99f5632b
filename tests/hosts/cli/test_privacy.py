"""The page that a security reviewer asks for."""

import json

from zoom_connector.catalogue import Catalogue

from .conftest import Cli

DATA = Catalogue().identity.data


def test_the_data_of_some_actions_is_a_page_in_markdown(cli: Cli) -> None:
    result = cli("privacy", "get_transcript")

    assert result.exit_code == 0
    assert result.stdout.startswith("# Zoom data that is used\n\nEvery connection: Finds out whose connection it is.\n")
    assert f"## Transcripts\n\n{DATA['transcripts']['purpose']}\n" in result.stdout
    assert "\n- Get transcript (`get_transcript`, reads): " in result.stdout
    assert "`cloud_recording:read:meeting_transcript`" in result.stdout
    assert "## Registrants" not in result.stdout


def test_without_actions_the_page_is_about_all_of_them(cli: Cli) -> None:
    result = cli("privacy")

    used = {key for action in Catalogue().actions.values() for key in action.data}
    assert [line.removeprefix("## ") for line in result.stdout.splitlines() if line.startswith("## ")] == [
        about["title"] for key, about in DATA.items() if key in used
    ]


def test_the_data_as_json_has_items_purpose_and_scopes_by_kind_of_app(cli: Cli) -> None:
    found = json.loads(cli("privacy", "end_meeting", "--json").stdout)

    assert found["sign_in"]["scopes"][0] == {"usage": "user", "family": "granular", "scopes": ["user:read:user"]}
    assert found["data"] == [
        {
            "category": "meeting_details",
            "title": DATA["meeting_details"]["title"],
            "purpose": DATA["meeting_details"]["purpose"],
            "actions": [{"action": "end_meeting", "title": "End meeting", "effect": "update", "items": ["Meeting"]}],
            "scopes": [
                {"usage": "user", "family": "granular", "scopes": ["meeting:update:status"]},
                {"usage": "admin", "family": "granular", "scopes": ["meeting:update:status:admin"]},
                {"usage": "user", "family": "classic", "scopes": ["meeting:write"]},
                {"usage": "admin", "family": "classic", "scopes": ["meeting:write:admin"]},
            ],
        }
    ]


def test_what_zoom_sends_for_a_trigger_is_data_too(cli: Cli) -> None:
    found = json.loads(cli("privacy", "recording_transcript_completed", "--json").stdout)

    assert [category["category"] for category in found["data"]] == ["recordings", "transcripts"]
    assert [part["effect"] for category in found["data"] for part in category["actions"]] == ["event", "event"]


def test_an_action_that_does_not_exist_is_wrong_usage(cli: Cli) -> None:
    result = cli("privacy", "end_meting")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Did you mean end_meeting" in " ".join(result.stderr.split())
