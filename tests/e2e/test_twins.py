"""What a poll finds is the same happening as the webhook's, told in the same words."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from e2e.world import START, SandboxTime, World, settings_for

import zoom_connector
from zoom_connector import Connection, Connector
from zoom_connector.catalogue import Catalogue
from zoom_connector.events.happening import Happenings
from zoom_connector.sandbox import MovableClock, Sandbox
from zoom_connector.sandbox.people import User
from zoom_connector.sandbox.seed import ACCOUNT_ID, HOST
from zoom_connector.trigger import Trigger, said

CATALOGUE = Catalogue()
TWINS = [trigger for trigger in CATALOGUE.triggers.values() if trigger.events and trigger.calls]
OF_USERS = [trigger for trigger in TWINS if trigger.key != "user_created"]
_OF_A_RECORDING = {"download_token", "share_url", "password", "timezone"}
LACKING = {
    "meeting_created": {"operator", "operator_id"},
    "recording_completed": _OF_A_RECORDING,
    "recording_transcript_completed": _OF_A_RECORDING,
    "user_created": {"operator", "operator_id", "creation_type"},
}
"""Outputs that only the webhook has."""
NOBODY = "http://127.0.0.1:9/"
MEETING = {"topic": "Kick-off", "start_time": "2026-03-02T10:30:00", "timezone": "Europe/Amsterdam", "registration": 0}
SERIES = MEETING | {"kind": "recurring", "repeats": 1, "repeat_times": 3}


def happen(zoom: Sandbox, connection: Connection) -> None:
    """Let each thing that has a twin happen."""
    meeting = connection.run("create_meeting", MEETING)
    connection.run("create_meeting", SERIES)
    connection.run("add_registrant", {"meeting_id": meeting["id"], "email": "kim@example.com", "first_name": "Kim"})
    zoom.clock.move(minutes=1)
    zoom.start_meeting(meeting["id"])
    zoom.clock.move(minutes=30)
    zoom.end_meeting(meeting["id"])
    zoom.finish_recording(zoom.add_recording(days_ago=0.01, processing=True))
    zoom.add_user(User("sandboxUserNew00000009", "new@example.com", zoom.account, created=zoom.clock.now()))
    zoom.clock.move(minutes=30)


def outputs(trigger: Trigger, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a trigger hands on, but for the moment and the whole payload."""
    return {name: value for name, value in said(trigger, body).items() if name not in ("happened_at", "payload")}


def common(one: Any, other: Any) -> Any:
    """Return one, as far as the other says something about it."""
    if isinstance(one, dict) and isinstance(other, dict):
        return {name: common(one[name], other[name]) for name in one if name in other}
    if isinstance(one, list) and isinstance(other, list):
        return [common(*pair) for pair in zip(one, other, strict=False)]
    return one


def of_user(world: World, connector: Connector) -> Connection:
    return world.connect(connector, "sales")


def of_account(world: World, connector: Connector) -> Connection:
    app = {"client_id": "sandbox-server-client", "client_secret": "sandbox-server-secret"}
    connector.connect("sales", "server_to_server", {"account_id": ACCOUNT_ID, "default_user": HOST, **app})
    return connector.connection("sales")


@pytest.mark.parametrize(
    ("client", "connect", "triggers"),
    [("sandbox-client", of_user, OF_USERS), ("sandbox-server-client", of_account, TWINS)],
    ids=["user", "account"],
)
def test_a_poll_says_what_the_webhook_says(
    tmp_path: Path, client: str, connect: Callable[[World, Connector], Connection], triggers: list[Trigger]
) -> None:
    happenings = Happenings(CATALOGUE)
    with Sandbox(clock=MovableClock(START)) as zoom:
        settings = settings_for(zoom, tmp_path)
        with zoom_connector.load(settings=settings, clock=SandboxTime(zoom.clock)) as connector:
            connection = connect(World(zoom, settings), connector)
            connector.feed.register("told", lambda message: None)
            for trigger in triggers:
                connection.subscribe(trigger.key, to="told", safety_net=True)
            zoom.webhook(NOBODY, client, challenged=False)
            happen(zoom, connection)

            while connector.feed.poll_due():
                pass

            polled = {event.happening: event.body for event in connector.feed.events(limit=1000)}
    brought = [delivery.body for delivery in zoom.webhooks.deliveries]
    for trigger in triggers:
        pairs = [
            (outputs(trigger, body), outputs(trigger, polled[key]) if (key := happenings.key(body)) in polled else {})
            for body in brought
            if body["event"] in trigger.events
        ]
        assert pairs
        assert [webhook for webhook, poll in pairs if not poll] == []
        lacking = {name for webhook, poll in pairs for name in webhook.keys() - poll.keys()}
        assert lacking == LACKING.get(trigger.key, set())
        assert [common(webhook, poll) for webhook, poll in pairs] == [common(poll, webhook) for webhook, poll in pairs]
