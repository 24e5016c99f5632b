"""`subscribe` sees to Zoom's side as well, or says what to enter there; `webhook-secret` takes what Zoom signs with."""

import json
from pathlib import Path

import pytest

from zoom_connector.sandbox import Sandbox, seed
from zoom_connector.settings import Settings
from zoom_connector.store import SqlStore

from .conftest import Cli

TO = ("-c", "sales", "--to", "http://127.0.0.1:9/events")
ADDRESS = "https://platform.example.com/webhooks/zoom/sandbox-client"


@pytest.fixture
def cli_there(connected: Cli) -> Cli:
    """The command line of somebody whom Zoom can reach."""
    return Cli(
        {
            **connected.env,
            "ZOOM_CONNECTOR_ALLOW_PRIVATE_SINKS": "true",
            "ZOOM_CONNECTOR_PUBLIC_URL": "https://platform.example.com",
            "ZOOM_CONNECTOR_WEBHOOK_SECRET": "example-token",
        }
    )


def without(cli: Cli, *names: str) -> Cli:
    left_out = {f"ZOOM_CONNECTOR_{name}" for name in names}
    return Cli({name: value for name, value in cli.env.items() if name not in left_out})


def steps(printed: str) -> list[str]:
    """Join the lines of each numbered step."""
    _, _, listed = " ".join(printed.split()).partition("skip what is there already: ")
    found, number = [], 1
    while f"{number}. " in listed:
        _, _, rest = listed.partition(f"{number}. ")
        number += 1
        found.append(rest.partition(f" {number}. ")[0])
        listed = rest
    return found


def test_where_the_app_may_zoom_is_told_and_nothing_is_left_to_do(zoom: Sandbox, cli_there: Cli) -> None:
    first = cli_there("subscribe", "meeting_ended", *TO)
    again = cli_there("subscribe", "meeting_ended", *TO)

    assert "Zoom sends meeting.ended from now on" in first.stdout
    assert "Zoom sends meeting.ended already" in again.stdout
    assert (steps(first.stdout), steps(again.stdout)) == ([], [])
    assert [one.json["event_webhook_url"] for one in zoom.requests if one.method == "POST" and one.json] == [ADDRESS]


def test_otherwise_what_to_enter_is_printed_in_the_order_that_makes_events_flow(zoom: Sandbox, cli_there: Cli) -> None:
    zoom.app(seed.CLIENT_ID).own_scopes = frozenset()

    result = cli_there("subscribe", "recording_completed", *TO)

    run, choose, enter, sign_in = steps(result.stdout)
    assert run == "Let it run, so that it can answer Zoom's check: zoom-connector serve"
    assert choose.startswith("At marketplace.zoom.us, under Manage, open the app; under Features, Access switch on ")
    assert choose.endswith(
        "Event: All Recordings have completed (recording.completed) Receivers: only users who added the app"
    )
    assert enter.endswith(f"click Validate where there is such a button, then Save: {ADDRESS}")
    assert sign_in.endswith("older than the subscription: zoom-connector connect sales")


def test_what_is_missing_before_zoom_can_send_comes_first(cli_there: Cli) -> None:
    result = without(cli_there, "PUBLIC_URL", "WEBHOOK_SECRET")("subscribe", "meeting_ended", *TO)

    first, second, *_ = steps(result.stdout)
    assert first.endswith("Say which: export ZOOM_CONNECTOR_PUBLIC_URL=https://YOUR-DOMAIN")
    assert second.endswith("Put it into the settings of the server: ZOOM_CONNECTOR_WEBHOOK_SECRET")
    assert "https://YOUR-DOMAIN/webhooks/zoom/sandbox-client" in result.stdout


def test_somebodys_own_app_is_named_wherever_a_command_needs_it(cli_there: Cli) -> None:
    of_another = Cli({**cli_there.env, "ZOOM_CONNECTOR_CLIENT_ID": "another-client"})

    result = of_another("subscribe", "meeting_ended", *TO)

    assert (
        "Enter it here, where it is asked for: zoom-connector webhook-secret sandbox-client" in steps(result.stdout)[0]
    )
    assert steps(result.stdout)[-1].endswith("zoom-connector connect sales --client-id sandbox-client")


def test_why_zoom_refused_is_said_before_the_steps(zoom: Sandbox, cli_there: Cli) -> None:
    zoom.remove_app(seed.CLIENT_ID, seed.HOST)

    result = cli_there("subscribe", "meeting_ended", *TO)

    assert result.exit_code == 0
    before, _, _ = result.stdout.partition("in this order")
    assert "The user don't authorize the app" in " ".join(before.split())
    assert len(steps(result.stdout)) == 4


@pytest.mark.parametrize(
    ("trigger", "said"),
    [
        ("any_event", "Event: whatever is to fire it"),
        ("app_deauthorized", "On the app's page the deauthorization endpoint is:"),
    ],
)
def test_a_trigger_without_an_event_to_choose_says_what_to_do_instead(cli_there: Cli, trigger: str, said: str) -> None:
    assert said in " ".join(cli_there("subscribe", trigger, *TO).stdout.split())


def test_as_json_it_says_how_zoom_is_brought_to_send(cli_there: Cli) -> None:
    made = json.loads(cli_there("subscribe", "meeting_ended", *TO, "--json").stdout)

    assert made["zoom"] == {
        "way": "made",
        "app": "sandbox-client",
        "address": ADDRESS,
        "events": ["meeting.ended"],
        "whole_account": False,
        "secret_known": True,
        "failure": None,
    }


def test_a_secret_is_read_from_standard_input_and_never_shown(cli_there: Cli, tmp_path: Path) -> None:
    first = cli_there("webhook-secret", "other-client", input="example-first\n")
    second = cli_there("webhook-secret", "other-client", "--json", input="example-second\n")

    assert (first.exit_code, json.loads(second.stdout)) == (
        0,
        {
            "app": "other-client",
            "secrets": 2,
            "address": "https://platform.example.com/webhooks/zoom/other-client",
        },
    )
    assert "example-" not in first.output + second.output
    keys = Settings.load(secret_key=cli_there.env["ZOOM_CONNECTOR_SECRET_KEY"]).secret_keys
    with SqlStore.open(cli_there.env["ZOOM_CONNECTOR_DATABASE_URL"], keys=keys) as store:
        webhook = store.webhooks.get("other-client")
    assert webhook is not None
    assert webhook.secrets == ("example-second", "example-first")


@pytest.mark.parametrize(
    ("client_id", "typed", "said"),
    [
        ("other-client", "\n", "The secret token is missing"),
        ("other-client", "two words\n", "one word, without commas and spaces"),
        ("sandbox-client", "example\n", "ZOOM_CONNECTOR_WEBHOOK_SECRET"),
    ],
)
def test_what_is_no_secret_token_ends_as_wrong_usage(cli_there: Cli, client_id: str, typed: str, said: str) -> None:
    result = cli_there("webhook-secret", client_id, input=typed)

    assert result.exit_code in (2, 3)
    assert said in " ".join(result.stderr.split())
