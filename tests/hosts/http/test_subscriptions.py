"""Subscriptions and events over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.world import SandboxTime, World, settings_for
from events.signed import SECRET, as_bytes
from hosts.http.serving import Served, code, serving

import zoom_connector
from zoom_connector.sandbox import Sandbox, seed

TO = "http://127.0.0.1:9/hook?key=hook-secret"
WANTED = {"trigger": "meeting_ended", "connection": "sales", "to": TO}


@pytest.fixture
def subscribed(zoom: Sandbox, tmp_path: Path) -> Iterator[Served]:
    settings = settings_for(zoom, tmp_path, webhook_secret=SECRET, allow_private_sinks="true")
    with zoom_connector.load(settings=settings, clock=SandboxTime(zoom.clock)) as connector:
        World(zoom, settings).connect(connector, "sales")
        with serving(connector) as served:
            yield served


def test_a_subscription_is_made_and_its_secret_shown_once(subscribed: Served) -> None:
    made = subscribed.post("/subscriptions", json={**WANTED, "filters": {"topic": "Kick-off"}, "ordered": True})

    kept = subscribed.get(made.headers["Location"])
    assert made.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    assert made.json()["zoom"]["way"] == "by_hand"
    assert {**kept.json(), "secret": 0, "zoom": 0} == {**made.json(), "secret": 0, "zoom": 0}
    assert (kept.json()["filters"], kept.json()["ordered"]) == ({"topic": "Kick-off"}, True)
    assert kept.json()["to"] == "http://127.0.0.1:9/hook"
    assert subscribed.get("/subscriptions").json() == {"subscriptions": [kept.json()]}


def test_a_subscription_is_paused_resumed_and_ended(subscribed: Served) -> None:
    path = subscribed.post("/subscriptions", json=WANTED).headers["Location"]

    paused = subscribed.post(f"{path}/pause").json()["paused"]
    resumed = subscribed.post(f"{path}/resume").json()["paused"]
    gone = subscribed.delete(path)

    assert (paused, resumed, gone.status_code, gone.content) == (True, False, 204, b"")
    assert code(subscribed.get(path)) == (404, "unknown_subscription")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"trigger": "party_ended"}, (404, "unknown_trigger")),
        ({"connection": "marketing"}, (404, "unknown_connection")),
        ({"to": "a_callable_of_the_server"}, (422, "inputs_invalid")),
        ({"to": "http://"}, (409, "sink_url_invalid")),
        ({"filters": {"colour": "red"}}, (409, "inputs_invalid")),
        ({"reveal": ["topic"]}, (409, "unknown_reveal")),
        ({"extra": 1}, (422, "inputs_invalid")),
    ],
)
def test_what_cannot_be_subscribed_to_is_explained(
    subscribed: Served, changed: dict[str, object], told: tuple[int, str]
) -> None:
    assert code(subscribed.post("/subscriptions", json={**WANTED, **changed})) == told


def test_events_are_read_and_replayed(zoom: Sandbox, subscribed: Served) -> None:
    path = subscribed.post("/subscriptions", json=WANTED).headers["Location"]
    subscription = path.removeprefix("/subscriptions/")
    connector = subscribed.connector
    record = connector.connection("sales").record.grant.person
    told = {"id": "96100294711", "uuid": "uuid-1", "host_id": record.user_id, "topic": "Kick-off", "password": "s3cret"}
    event = {
        "event": "meeting.ended",
        "event_ts": int(zoom.clock.now().timestamp() * 1000),
        "payload": {"account_id": record.account_id, "object": told},
    }
    assert subscribed.webhook(as_bytes(event), app=seed.CLIENT_ID).status_code == 200
    connector.feed.deliver_due()

    (found,) = subscribed.get("/events").json()["events"]
    (mine,) = subscribed.get("/events", params={"subscription": subscription, "name": "meeting.ended"}).json()["events"]
    later = subscribed.get("/events", params={"after": "2030-01-01T00:00:00Z"}).json()
    waiting = subscribed.post(f"/events/{found['id']}/replay", json={"subscription": subscription}).json()

    assert (found["name"], found["source"], found["data"]) == ("meeting.ended", "webhook", None)
    assert found["body"]["payload"]["object"]["password"] == "********"
    assert {**mine, "data": None} == found
    assert (mine["data"]["id"], mine["data"]["topic"]) == ("96100294711", "Kick-off")
    assert later == {"events": []}
    assert waiting == {"subscription": subscription, "replayed": 0}


def test_what_there_is_not_cannot_be_read_or_replayed(subscribed: Served) -> None:
    path = subscribed.post("/subscriptions", json=WANTED).headers["Location"]
    subscription = path.removeprefix("/subscriptions/")

    replays = [
        subscribed.post("/events/evt_1/replay", json={"subscription": one}) for one in (subscription, "sub_none")
    ]

    assert [code(answer) for answer in replays] == [(404, "unknown_event"), (404, "unknown_subscription")]
    assert code(subscribed.get("/events", params={"subscription": "sub_none"})) == (404, "unknown_subscription")
