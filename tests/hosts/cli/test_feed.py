"""Events on the command line: who is told, what happened, and lines of JSON."""

import json
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hosts.cli.conftest import KEY, Cli, started

from zoom_connector.catalogue import Catalogue
from zoom_connector.store import SqlStore
from zoom_connector.store.feed import Event

URL = "https://8.8.8.8/hook?key=example-key"
TRIGGER = "recording_completed"


@pytest.fixture
def store(connected: Cli) -> Iterator[SqlStore]:
    with SqlStore.open(connected.env["ZOOM_CONNECTOR_DATABASE_URL"], keys=[KEY]) as store:
        yield store


def happened(store: SqlStore, number: int = 1) -> Event:
    """A recording of the connected user is complete."""
    connection = store.connections.get("sales")
    assert connection is not None
    person, now = connection.grant.person, datetime.now(UTC)
    body = {**Catalogue().triggers[TRIGGER].sample, "payload": {**Catalogue().triggers[TRIGGER].sample["payload"]}}
    return Event(
        id=f"evt_{number}",
        app=connection.grant.app.client_id,
        account_id=person.account_id,
        name="recording.completed",
        happened_at=now,
        received_at=now,
        happening=f"happening-{number}",
        user_id=person.user_id,
        source="webhook",
        body=body,
    )


def subscribed(cli: Cli) -> str:
    result = cli("subscribe", TRIGGER, "-c", "sales", "topic=Kick-off", "--to", URL, "--ordered", "--json")
    assert result.exit_code == 0, result.output
    id: str = json.loads(result.stdout)["id"]
    return id


def test_a_new_subscription_shows_its_secret_and_the_list_does_not(connected: Cli) -> None:
    made = connected("subscribe", TRIGGER, "-c", "sales", "--to", URL)
    listed = connected("subscriptions", "--json")

    (facts,) = json.loads(listed.stdout)
    assert (made.exit_code, "whsec_" in made.stdout, "whsec_" in listed.stdout) == (0, True, False)
    assert "example-key" not in made.stdout + listed.stdout + connected("subscriptions").stdout
    assert {key: facts[key] for key in ("trigger", "connection", "sink", "to", "waiting", "dead", "failure")} == {
        "trigger": TRIGGER,
        "connection": "sales",
        "sink": "https",
        "to": "https://8.8.8.8/hook",
        "waiting": 0,
        "dead": 0,
        "failure": None,
    }


def test_a_subscription_is_paused_resumed_and_deleted(connected: Cli) -> None:
    id = subscribed(connected)

    told = [connected("subscriptions", task, id).stdout for task in ("pause", "resume", "delete")]
    again = connected("subscriptions", "delete", id)

    assert [text.replace("\n", " ").strip() for text in told] == [
        f"{id} is paused. What happens meanwhile waits.",
        f"{id} goes on where it was.",
        f"{id} is deleted.",
    ]
    assert (again.exit_code, "There is no such subscription" in again.stderr) == (2, True)
    assert "There are no subscriptions yet" in connected("subscriptions").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["subscriptions", "pause"],
        ["replay", "sub_1"],
        ["subscribe", "no_such_trigger", "-c", "sales", "--to", URL],
        ["subscribe", TRIGGER, "-c", "sales", "--to", "https://127.0.0.1/"],
        ["subscribe", TRIGGER, "-c", "sales", "--to", URL, "--since", "yesterday"],
        ["listen", "no_such_trigger", "-c", "sales"],
        ["listen", TRIGGER, "-c", "nobody"],
    ],
)
def test_what_is_typed_wrongly_ends_with_2(connected: Cli, arguments: list[str]) -> None:
    assert connected(*arguments).exit_code == 2


def test_events_are_listed_with_their_secrets_masked(connected: Cli, store: SqlStore) -> None:
    empty = connected("events")
    store.events.add([happened(store)])

    listed = connected("events", "recording.completed", "--json")
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()

    (facts,) = json.loads(listed.stdout)
    assert "No event was received" in empty.stdout
    assert (facts["id"], facts["source"], facts["body"]["download_token"]) == ("evt_1", "webhook", "********")
    assert "evt_1" in connected("events").stdout
    assert json.loads(connected("events", "--since", later, "--json").stdout) == []


def test_events_are_replayed_by_id_by_time_and_when_they_were_given_up(connected: Cli, store: SqlStore) -> None:
    id = subscribed(connected)
    store.events.add([happened(store, 1), happened(store, 2)])
    store.events.route(10, lambda *_: [id])
    for _ in range(2):
        (delivery,) = store.deliveries.claim(10, timedelta(minutes=1))
        store.deliveries.failed(delivery, "sink_refused", again_at=None)

    failing = connected("subscriptions")
    replayed = [
        json.loads(connected("replay", id, *which, "--json").stdout)["replayed"]
        for which in (["evt_1"], ["--dead"], ["--since", "2026-01-01T00:00"])
    ]

    assert "zoom-connector explain sink_refused" in failing.stdout
    assert replayed == [1, 1, 0]
    assert "they still wait" in connected("replay", id, "--dead").stdout


def test_listening_prints_lines_of_json_until_the_count_is_reached(connected: Cli, store: SqlStore) -> None:
    with ThreadPoolExecutor(1) as elsewhere:
        command = elsewhere.submit(
            connected, "listen", TRIGGER, "-c", "sales", "topic=kick", "--count", "2", "--reveal", "download_token"
        )
        while not store.subscriptions.all():
            assert not command.done(), command.result().output
        store.events.add([happened(store, 1), happened(store, 2)])
        result = command.result(60)

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [(line["type"], line["connection"], line["data"]["topic"]) for line in lines] == [
        (TRIGGER, "sales", "Kick-off")
    ] * 2
    assert {line["data"]["download_token"] for line in lines} == {"example-download-token"}
    assert {line["data"]["recording_play_passcode"] for line in lines} == {"********"}
    assert store.subscriptions.all() == []


def test_ctrl_c_ends_listening_and_its_subscription(connected: Cli, store: SqlStore) -> None:
    with started("listen", TRIGGER, "-c", "sales", env=connected.env) as process:
        assert process.stderr is not None
        assert "Listening" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        code = process.wait(30)

    assert (code, store.subscriptions.all()) == (130, [])
