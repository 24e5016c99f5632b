"""`connect` in every mode: the form is filled in at the command line, and secrets never are."""

import json

import pytest

from zoom_connector.sandbox import Person, Sandbox, seed

from .conftest import Browser, Cli, free_port, started

SERVER = (
    "--mode",
    "server_to_server",
    f"account_id={seed.ACCOUNT_ID}",
    "client_id=sandbox-server-client",
)
SECRET = "sandbox-server-secret"


@pytest.fixture
def team(cli: Cli) -> Cli:
    """The command line of somebody whose server-to-server connection is called team."""
    result = cli("connect", "team", *SERVER, f"default_user={seed.HOST}", input=f"{SECRET}\n")
    assert result.exit_code == 0, result.output
    return cli


def test_a_server_to_server_app_is_connected_without_a_browser(cli: Cli) -> None:
    result = cli("connect", "team", *SERVER, f"default_user={seed.HOST}", "--json", input=f"{SECRET}\n")

    connected = json.loads(result.stdout)
    assert result.exit_code == 0
    assert SECRET not in result.output
    assert (connected["name"], connected["user"], connected["state"]) == ("team", seed.HOST, "active")
    assert (connected["missing_scopes"], connected["renewed"], connected["lost_scopes"]) == ([], [], [])


def test_a_step_that_names_no_user_is_done_for_the_default_user(team: Cli, zoom: Sandbox) -> None:
    made = team(
        "run",
        "create_meeting",
        "-c",
        "team",
        "topic=Stand-up",
        "start_time=2030-01-07T10:00",
        "timezone=Europe/Amsterdam",
        "--json",
    )

    assert json.loads(made.stdout)["host_email"] == seed.HOST
    assert [meeting.host.email for meeting in zoom.meetings if meeting.topic == "Stand-up"] == [seed.HOST]


def test_another_default_user_under_the_same_name_is_a_question(team: Cli) -> None:
    other = ("connect", "team", *SERVER, f"default_user={seed.COLLEAGUE}", "--json")

    refused = team(*other, input=f"{SECRET}\n")
    replaced = team(*other, "--replace", input=f"{SECRET}\n")

    assert (refused.exit_code, json.loads(refused.stdout)["code"]) == (3, "connection_exists")
    assert (replaced.exit_code, json.loads(replaced.stdout)["user"]) == (0, seed.COLLEAGUE)


def test_a_field_that_is_missing_is_named(cli: Cli) -> None:
    result = cli("connect", "team", *SERVER, input=f"{SECRET}\n")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "default_user: fill this in." in result.stderr


def test_a_secret_on_the_command_line_is_refused_and_not_repeated(cli: Cli) -> None:
    result = cli("connect", "team", *SERVER, f"client_secret={SECRET}")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "client_secret is secret" in result.stderr
    assert SECRET not in result.output


@pytest.mark.parametrize(
    ("fields", "secret", "exit_code", "code"),
    [
        ([], "not-the-secret", 3, "app_credentials_wrong"),
        (["account_id=another-account"], SECRET, 3, "account_id_wrong"),
        (["default_user=nobody@example.com"], SECRET, 2, "user_not_found"),
        (["default_user=a/b"], SECRET, 2, "inputs_invalid"),
    ],
)
def test_what_was_entered_wrongly_is_explained(
    cli: Cli, fields: list[str], secret: str, exit_code: int, code: str
) -> None:
    given = (*SERVER, f"default_user={seed.HOST}", *fields)

    result = cli("connect", "team", *given, "--json", input=f"{secret}\n")

    assert (result.exit_code, json.loads(result.stdout)["code"]) == (exit_code, code)


def test_a_mode_that_does_not_exist_is_answered_with_those_that_do(cli: Cli) -> None:
    result = cli("connect", "team", "--mode", "password")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "oauth_authorization_code, oauth_byo_client, server_to_server" in " ".join(result.stderr.split())


def test_an_admin_managed_app_of_ones_own_is_connected_with_its_own_level_of_scopes(
    cli: Cli, zoom: Sandbox, browser: Browser
) -> None:
    browser(Person(zoom.url, seed.ADMIN).authorize)
    own = ("--mode", "oauth_byo_client", "client_id=sandbox-admin-client", "usage=admin", "--port", free_port())

    result = cli("connect", "account", *own, "--json", input="sandbox-admin-secret\n")

    assert result.exit_code == 0, result.output
    assert (json.loads(result.stdout)["user"], json.loads(result.stdout)["missing_scopes"]) == (seed.ADMIN, [])


def test_scopes_that_are_gone_are_told_with_every_connection_that_loses_them(
    connected: Cli, zoom: Sandbox, browser: Browser
) -> None:
    zoom.app(seed.CLIENT_ID).scopes -= {"recording:read"}
    browser(Person(zoom.url, seed.HOST).authorize)

    result = connected("connect", "reports", "--port", free_port())

    assert "Gone since the last time, for reports, sales: recording:read." in result.stdout


def test_without_a_terminal_nothing_is_asked_but_the_secret(cli: Cli) -> None:
    with started("connect", "team", *SERVER, "default_user=me", env=cli.env) as process:
        out, err = process.communicate("\n", timeout=30)

    assert (process.returncode, out) == (2, "")
    assert err == "The client secret is missing; write it to standard input, as its first line.\n"
