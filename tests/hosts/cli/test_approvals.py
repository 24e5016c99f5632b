"""`approvals`: what is said before something is done, what is done, and what is not."""

import json
from pathlib import Path

import pytest

from zoom_connector.sandbox import Person, Sandbox, seed

from .conftest import Browser, Cli, free_port

APP = "Sandbox automation"
APP_ID = "app-sandbox-client"


@pytest.fixture
def admin(cli: Cli, zoom: Sandbox, browser: Browser, tmp_path: Path) -> Cli:
    """The command line of an admin whose connection is called boss, in an account that wants apps to be approved."""
    browser(Person(zoom.url, seed.ADMIN).authorize)
    boss = Cli({**cli.env, "XDG_DATA_HOME": str(tmp_path)})
    words = ("connect", "boss", "--mode", "oauth_byo_client", "client_id=sandbox-admin-client", "usage=admin")
    assert boss(*words, "--port", free_port(), input="sandbox-admin-secret\n").exit_code == 0
    zoom.account.approval_needed = True
    return boss


def changes(zoom: Sandbox) -> list[tuple[str, object]]:
    """What was asked of Zoom that changes who may use an app."""
    asked = [each for each in zoom.requests if each.method != "GET" and "/marketplace/apps/" in each.path]
    return [(each.path, each.json) for each in asked]


def log_of(tmp_path: Path) -> list[dict[str, object]]:
    file = tmp_path / "zoom-connector" / "approvals.log"
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []


def test_users_by_address_and_groups_by_name_become_two_calls(admin: Cli, zoom: Sandbox) -> None:
    group = zoom.account.groups.listed()[0]
    chosen = ("--user", seed.HOST, "--user", seed.COLLEAGUE, "--group", group.name.upper())

    result = admin("approvals", "preapprove", APP.lower(), *chosen, "-c", "boss", "--yes")

    assert (result.exit_code, result.stdout) == (0, "Done: pre-approved.\n")
    assert changes(zoom) == [
        (
            f"/v2/marketplace/apps/{APP_ID}/preApprove",
            {"action": "approve_user", "user_ids": ["sandboxUserHost0000002", "sandboxUserColleague03"]},
        ),
        (f"/v2/marketplace/apps/{APP_ID}/preApprove", {"action": "approve_group", "group_ids": [group.id]}),
    ]


def test_what_is_about_to_happen_names_everybody(admin: Cli) -> None:
    result = admin("approvals", "preapprove", APP, "--user", seed.HOST, "-c", "boss", "--dry-run")

    assert result.exit_code == 0
    assert result.stderr == (
        "Let these users add Sandbox automation (app-sandbox-client) without asking:\n"
        "  - Sandbox Host <host@example.com>\n"
        "They may add the app themselves from then on. Nothing is added for them.\n"
    )


@pytest.mark.parametrize(("flags", "code"), [(("--dry-run",), 0), ((), 2)], ids=["dry run", "nobody was asked"])
def test_without_a_yes_nothing_is_changed_and_nothing_logged(
    admin: Cli, zoom: Sandbox, tmp_path: Path, flags: tuple[str, ...], code: int
) -> None:
    result = admin("approvals", "withdraw", APP, "--all", "-c", "boss", *flags)

    assert (result.exit_code, changes(zoom), log_of(tmp_path)) == (code, [], [])
    assert "Nothing was changed" in result.output


def test_approving_all_answers_those_who_were_shown_and_nobody_else(admin: Cli, zoom: Sandbox) -> None:
    for user in (seed.HOST, seed.COLLEAGUE):
        ask(zoom, user)

    result = admin("approvals", "approve", APP, "--all", "-c", "boss", "--yes", "--json")

    assert [each["email"] for each in json.loads(result.stdout)["users"]] == [seed.HOST, seed.COLLEAGUE]
    assert changes(zoom) == [
        (
            f"/v2/marketplace/apps/{APP_ID}/requests",
            {"action": "approve", "request_user_ids": ["sandboxUserHost0000002", "sandboxUserColleague03"]},
        )
    ]


def test_approving_one_leaves_the_others_waiting(admin: Cli, zoom: Sandbox) -> None:
    for user in (seed.HOST, seed.COLLEAGUE):
        ask(zoom, user)

    result = admin("approvals", "approve", APP, "--user", seed.HOST.upper(), "-c", "boss", "--yes")

    assert result.exit_code == 0
    assert [(each.email, each.status) for each in zoom.account.requests] == [
        (seed.HOST, "approved"),
        (seed.COLLEAGUE, "pending"),
    ]


def test_a_declined_request_waits_no_longer_and_approves_nobody(admin: Cli, zoom: Sandbox) -> None:
    ask(zoom, seed.HOST)

    declined = admin("approvals", "decline", APP, "--user", seed.HOST, "-c", "boss", "--yes")
    listed = json.loads(admin("approvals", "list", "-c", "boss", "--json").stdout)

    assert declined.exit_code == 0
    assert [(each["state"], each["requests"]) for each in listed if each["name"] == APP] == [("not_approved", [])]


def test_narrowing_an_app_that_is_open_to_everybody_is_said_beforehand(admin: Cli) -> None:
    assert admin("approvals", "preapprove", APP, "--all", "-c", "boss", "--yes").exit_code == 0

    result = admin("approvals", "withdraw", APP, "--user", seed.HOST, "-c", "boss", "--dry-run", "--json")

    assert json.loads(result.stdout)["narrows"] is True


def test_a_refusal_of_zoom_is_logged_as_well(admin: Cli, zoom: Sandbox, tmp_path: Path) -> None:
    zoom.account.approval_needed = False

    result = admin("approvals", "preapprove", APP, "--all", "-c", "boss", "--yes", "--json")

    assert json.loads(result.stdout)["code"] == "pre_approval_off"
    line = log_of(tmp_path)[-1]
    assert line.pop("when")
    assert line == {
        "who": seed.ADMIN,
        "connection": "boss",
        "what": "preapprove",
        "app": {"id": APP_ID, "name": APP},
        "everybody": True,
        "users": [],
        "groups": [],
        "outcome": "pre_approval_off",
    }


def test_where_nothing_can_be_logged_nothing_is_changed(admin: Cli, zoom: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "zoom-connector").write_text("in the way", encoding="utf-8")

    result = admin("approvals", "preapprove", APP, "--all", "-c", "boss", "--yes", "--json")

    assert (json.loads(result.stdout)["code"], changes(zoom)) == ("folder_not_writable", [])


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("preapprove", APP), "nobody_chosen"),
        (("preapprove", APP, "--all", "--user", seed.HOST), "nobody_chosen"),
        (("preapprove", "No such app", "--all"), "unknown_app"),
        (("preapprove", APP, "--user", "nobody@example.com"), "not_in_account"),
        (("preapprove", APP, "--group", "No such group"), "unknown_group"),
        (("approve", APP, "--user", seed.HOST), "nobody_asked"),
        (("approve", APP, "--all"), "nobody_asked"),
    ],
)
def test_a_slip_changes_nothing(admin: Cli, zoom: Sandbox, words: tuple[str, ...], code: str) -> None:
    result = admin("approvals", *words, "-c", "boss", "--yes", "--json")

    assert (result.exit_code, json.loads(result.stdout)["code"], changes(zoom)) == (2, code, [])


def ask(zoom: Sandbox, user: str) -> None:
    """Let somebody click "Request pre-approve"."""
    query = "response_type=code&client_id=sandbox-client&redirect_uri=https://platform.example.com/oauth/callback"
    Person(zoom.url, user).request_approval(f"{zoom.url}/oauth/authorize?{query}", "I need it.")
