"""Connections that exist: listed, tried, ended."""

import json
from pathlib import Path

import pytest

from zoom_connector.sandbox import Fault, Sandbox, seed

from .conftest import Cli


def test_connections_are_listed_with_user_and_state(connected: Cli) -> None:
    result = connected("connections")

    assert result.exit_code == 0
    assert "sales        host@example.com   active" in result.stdout


def test_without_a_connection_the_list_says_how_to_make_one(cli: Cli) -> None:
    assert cli("connections").stdout == "There are no connections yet. Make one with: zoom-connector connect NAME\n"
    assert json.loads(cli("connections", "--json").stdout) == []


def test_a_connection_whose_approval_was_withdrawn_is_listed_so(zoom: Sandbox, connected: Cli) -> None:
    zoom.withdraw_approval(seed.CLIENT_ID)
    connected("test", "sales")

    assert [each["state"] for each in json.loads(connected("connections", "--json").stdout)] == ["approval_withdrawn"]


def test_a_working_connection_passes_its_test(connected: Cli) -> None:
    assert connected("test", "sales").stdout == "sales works: Zoom answers as host@example.com (Sandbox Host).\n"
    assert json.loads(connected("test", "sales", "--json").stdout) == {
        "name": "sales",
        "user": "host@example.com",
        "account": seed.ACCOUNT_ID,
        "scopes": ["meeting:write", "recording:read", "user_info:read"],
        "missing_scopes": [],
        "asked_zoom": True,
    }


def test_the_test_of_a_connection_whose_token_has_ended_says_how_to_find_out(zoom: Sandbox, connected: Cli) -> None:
    zoom.faults.add(Fault("invalid_token", path="/users/{userId}"))

    result = connected("test", "sales")

    assert result.exit_code == 0
    assert result.stdout.endswith("To try it out: zoom-connector show sales\n")


def test_the_test_of_a_dead_connection_fails_with_steps(zoom: Sandbox, connected: Cli) -> None:
    zoom.revoke(seed.CLIENT_ID, seed.HOST)

    result = connected("test", "sales", "--json")

    assert (result.exit_code, json.loads(result.stdout)["code"]) == (3, "grant_replaced")


def test_a_disconnected_connection_is_gone(zoom: Sandbox, connected: Cli) -> None:
    result = connected("disconnect", "sales")

    assert result.stdout == "sales is disconnected.\nThe app's access was ended at Zoom as well.\n"
    assert json.loads(connected("connections", "--json").stdout) == []
    assert [(each.method, each.path) for each in zoom.requests][-1] == ("POST", "/oauth/revoke")


@pytest.mark.parametrize("command", ["test", "disconnect"])
def test_a_connection_that_does_not_exist_is_wrong_input(connected: Cli, command: str) -> None:
    result = connected(command, "marketing", "--json")

    assert (result.exit_code, json.loads(result.stdout)["code"]) == (2, "unknown_connection")


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("SECRET_KEY", "YW5vdGhlci1zeW50aGV0aWMta2V5LWZvci10ZXN0cyE=", "key_wrong"),
        ("SECRET_KEY", "not-a-key", "key_invalid"),
        ("PLAN", "golden", "setting_invalid"),
        ("DATABASE_URL", "sqlite:////proc/none/connections.db", "database_unusable"),
    ],
)
def test_a_wrong_installation_is_explained_without_its_secrets(
    connected: Cli, setting: str, value: str, code: str
) -> None:
    wrong = Cli({**connected.env, f"ZOOM_CONNECTOR_{setting}": value})

    told, as_json = wrong("connections"), wrong("connections", "--json")

    assert (told.exit_code, told.stdout) == (3, "")
    assert (as_json.exit_code, json.loads(as_json.stdout)["code"], as_json.stderr) == (3, code, "")
    assert setting != "SECRET_KEY" or value not in told.output + as_json.output


def test_a_file_that_is_no_database_is_explained(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "connections.db").write_text("no database " * 1000)

    result = cli("connections", "--json")

    assert (result.exit_code, json.loads(result.stdout)["who"]) == (3, "connector_admin")
