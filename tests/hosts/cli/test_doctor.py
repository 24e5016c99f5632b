"""`doctor`: what is wrong, who can mend it, and an exit code."""

import json

from hosts.cli.conftest import Cli

from zoom_connector.sandbox import Sandbox, seed


def test_a_healthy_connection_ends_with_nothing_is_wrong(connected: Cli) -> None:
    result = connected("doctor", "sales")

    assert result.exit_code == 0
    assert "Nothing is wrong." in result.output
    assert result.output.index("Settings") < result.output.index("Clock") < result.output.index("Calls left today")


def test_a_failure_comes_with_who_can_mend_it_and_exit_code_3(zoom: Sandbox, connected: Cli) -> None:
    zoom.app(seed.CLIENT_ID).active = False

    result = connected("doctor", "sales")

    assert result.exit_code == 3
    assert "The Zoom app is not active" in result.output
    assert "Who can mend it: whoever installed this connector" in result.output
    assert "1. Open the app at marketplace.zoom.us under Manage and activate it." in result.output


def test_programs_get_json(zoom: Sandbox, connected: Cli) -> None:
    zoom.withdraw_approval(seed.CLIENT_ID)

    result = connected("doctor", "sales", "--json")

    facts = json.loads(result.stdout)
    first = facts["first_failure"]
    assert (result.exit_code, facts["healthy"]) == (3, False)
    assert {name: first[name] for name in ("check", "about", "status", "code", "who")} == {
        "check": "approval",
        "about": "sales",
        "status": "failure",
        "code": "approval_withdrawn",
        "who": "zoom_admin",
    }


def test_an_action_is_named_to_have_its_scopes_looked_at(connected: Cli) -> None:
    assert connected("doctor", "sales", "--for", "create_meeting").exit_code == 0
    assert connected("doctor", "sales", "--for", "list_groups").exit_code == 3


def test_an_unknown_name_is_wrong_input(connected: Cli) -> None:
    assert connected("doctor", "marketing").exit_code == 2
