"""Which scopes the app at Zoom needs, and its manifest to paste."""

import json
import re
from pathlib import Path

import pytest

from zoom_connector.calls import Call, Scopes
from zoom_connector.catalogue import Catalogue
from zoom_connector.hosts.cli.scopes import without_scope
from zoom_connector.scope_sets import smallest_set
from zoom_connector.scopes import Family

from .conftest import Cli

DOCS = (Path(__file__).parents[3] / "docs" / "scopes.md").read_text(encoding="utf-8")


def test_the_scopes_of_an_action_are_listed_for_each_kind_of_app_with_their_reasons(cli: Cli) -> None:
    result = cli("scopes", "create_meeting")

    assert result.exit_code == 0
    assert [line.strip() for line in result.stdout.splitlines() if line.startswith(("User-", "Admin-"))] == [
        "User-managed app",
        "Admin-managed app, or server-to-server app",
        "User-managed app with classic scopes",
        "Admin-managed app with classic scopes",
    ]
    assert "so that it is never made twice." in " ".join(result.stdout.split())


def test_scopes_as_json_say_what_each_is_needed_for(cli: Cli) -> None:
    result = cli("scopes", "end_meeting", "--usage", "user", "--family", "classic", "--json")

    assert json.loads(result.stdout) == [
        {
            "usage": "user",
            "family": "classic",
            "scopes": [
                {
                    "scope": "user_info:read",
                    "needed_for": [
                        {
                            "action": None,
                            "method": "GET",
                            "path": "/users/{user_id}",
                            "optional": False,
                            "reason": "Finds out whose connection it is.",
                        }
                    ],
                },
                {
                    "scope": "meeting:write",
                    "needed_for": [
                        {
                            "action": "end_meeting",
                            "method": "PUT",
                            "path": "/meetings/{meeting_id}/status",
                            "optional": False,
                            "reason": "End meeting: Ends a running meeting for everybody.",
                        }
                    ],
                },
            ],
            "beyond": [],
        }
    ]


def test_without_actions_the_scopes_of_all_are_listed(cli: Cli) -> None:
    result = cli("scopes", "--usage", "user", "--family", "classic")

    catalogue = Catalogue()
    needed = smallest_set(catalogue.identity, catalogue.actions.values(), usage="user", family="classic")
    rows = [line.split()[0] for line in result.stdout.splitlines() if "  " in line.strip()]
    assert [row for row in rows if ":" in row] == [asked.scope for asked in needed.scopes]
    assert "call_zoom_api needs the scopes of whatever call a step names" in " ".join(result.stdout.split())


def test_a_scope_says_which_actions_and_operations_it_allows(cli: Cli) -> None:
    arguments = ["scopes", "--of", "meeting:delete:meeting"]

    people, programs = cli(*arguments), cli(*arguments, "--json")

    assert people.stdout.startswith("meeting:delete:meeting is enough for: delete_meeting\n")
    assert json.loads(programs.stdout) == {
        "scope": "meeting:delete:meeting",
        "actions": ["delete_meeting"],
        "actions_in_part": [],
        "operations": [{"method": "DELETE", "path": "/meetings/{meetingId}"}],
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scopes", "--of", "meting:read"], "Did you mean meeting:read"),
        (["scopes", "create_meeting", "--of", "meeting:read"], "Name either actions or, with --of, a scope."),
        (["scopes", "create_meting"], "Did you mean create_meeting"),
        (["app-manifest", "--usage", "user", "create_meting"], "Did you mean create_meeting"),
        (["app-manifest", "--usage", "user", "--redirect", "http://localhost:8976/"], "localhost is refused"),
        (["app-manifest", "--usage", "user", "--name", ""], "Zoom takes up to 49 letters"),
        (["app-manifest"], "Missing option '--usage'"),
        (
            ["app-manifest", "--usage", "user", "recording_completed"],
            "An address is needed because of recording_completed",
        ),
    ],
)
def test_what_is_typed_wrongly_ends_as_wrong_usage(cli: Cli, arguments: list[str], said: str) -> None:
    result = cli(*arguments)

    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_an_app_manifest_is_all_of_standard_output_and_the_notes_are_beside_it(cli: Cli) -> None:
    result = cli(
        "app-manifest", "--usage", "admin", "--redirect", "https://platform.example.com/callback", "end_meeting"
    )

    assert result.exit_code == 0
    manifest = json.loads(result.stdout)
    assert manifest["oauth_information"]["usage"] == "ADMIN_MANAGEMENT"
    assert [each["scope"] for each in manifest["oauth_information"]["scopes"]] == [
        "user:read:user:admin",
        "meeting:update:status:admin",
    ]
    assert "prove to Zoom that platform.example.com is yours" in " ".join(result.stderr.split())


def test_an_app_manifest_for_this_machine_returns_to_where_connect_waits(cli: Cli) -> None:
    result = cli("app-manifest", "--usage", "user")

    assert json.loads(result.stdout)["oauth_information"]["development_redirect_uri"] == (
        "http://127.0.0.1:8976/oauth/callback"
    )
    assert "call_zoom_api needs the scopes" in " ".join(result.stderr.split())


def test_the_scopes_of_a_trigger_are_listed_like_those_of_an_action(cli: Cli) -> None:
    [listed] = json.loads(cli("scopes", "meeting_started", "--usage", "user", "--family", "granular", "--json").stdout)

    assert [
        (each["scope"], use["action"], use["method"], use["path"])
        for each in listed["scopes"]
        for use in each["needed_for"]
    ] == [
        ("user:read:user", None, "GET", "/users/{user_id}"),
        ("meeting:read:meeting", "meeting_started", "EVENT", "meeting.started"),
    ]


def test_an_app_manifest_for_a_trigger_has_the_address_of_the_server(cli: Cli) -> None:
    served = Cli({**cli.env, "ZOOM_CONNECTOR_PUBLIC_URL": "https://platform.example.com"})

    by_setting = served("app-manifest", "--usage", "user", "meeting_started")
    by_option = cli("app-manifest", "--usage", "user", "--webhook", "https://hooks.example.com/zoom", "meeting_started")

    assert [
        json.loads(result.stdout)["features"]["event_subscription"]["events"][0]["production_webhook_url"]
        for result in (by_setting, by_option)
    ] == ["https://platform.example.com/webhooks/zoom/CLIENT_ID", "https://hooks.example.com/zoom"]
    assert "put its client ID in place of CLIENT_ID" in " ".join(by_setting.stderr.split())
    assert "CLIENT_ID" not in by_option.stderr


@pytest.mark.parametrize(
    ("call", "family", "said"),
    [
        (
            Call("GET", "/report", "read", Scopes((), ("report:read:user:admin",)), "heavy"),
            "granular",
            (
                "get_report cannot be done and is left out: Zoom has no scope of this kind for GET /report that a "
                "user-managed app can have. With --usage admin there is one."
            ),
        ),
        (
            Call("GET", "/devices", "read", Scopes(("device:read",), ()), "light"),
            "granular",
            "get_report cannot be done and is left out: Zoom has no scope of this kind for GET /devices.",
        ),
        (
            Call("EVENT", "user.created", "read", Scopes((), ("user:read:user:admin",)), "light"),
            "granular",
            (
                "get_report cannot be done and is left out: Zoom has no scope of this kind for the event user.created "
                "that a user-managed app can have. With --usage admin there is one."
            ),
        ),
        (
            Call("GET", "/look", "read", Scopes((), ("a:read:b",)), "light", optional=True, purpose="Looks first."),
            "classic",
            "get_report works, but without this: Looks first. Zoom has no scope of this kind for GET /look.",
        ),
    ],
)
def test_what_no_scope_allows_is_told_with_its_remedy(call: Call, family: Family, said: str) -> None:
    assert without_scope("get_report", call, "user", family) == said


@pytest.mark.parametrize(("command", "shown"), re.findall(r"\$ zoom-connector (scopes .*)\n((?s:.+?))\n```", DOCS))
def test_the_documentation_shows_what_is_printed(cli: Cli, command: str, shown: str) -> None:
    result = Cli({**cli.env, "COLUMNS": "100"})(*command.split())

    assert [line.rstrip() for line in result.stdout.rstrip().splitlines()] == shown.splitlines()
