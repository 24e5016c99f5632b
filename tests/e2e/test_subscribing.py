"""Promise: one command makes a subscription at Zoom, and what happens there from then on arrives."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from e2e.world import World, settings_for, settings_from
from events.receiver import Receiver, receiving
from hosts.http.serving import serving
from standardwebhooks import Webhook
from typer.testing import CliRunner

import zoom_connector
from zoom_connector import ZoomError
from zoom_connector.hosts.cli.commands import app
from zoom_connector.sandbox import Sandbox, seed
from zoom_connector.settings import Settings
from zoom_connector.store.cipher import new_key

SERVER = {
    "client_id": "sandbox-server-client",
    "client_secret": "sandbox-server-secret",
    "account_id": seed.ACCOUNT_ID,
    "default_user": seed.HOST,
}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def test_zoom_is_asked_whose_address_a_filter_has_unless_it_is_the_users_own(tmp_path: Path) -> None:
    with Sandbox() as zoom, zoom_connector.load(settings=settings_for(zoom, tmp_path)) as connector:
        zoom.app(SERVER["client_id"]).scopes |= {"meeting:read:meeting:admin"}
        connector.connect("sales", "server_to_server", SERVER)
        connector.feed.register("told", print)
        subscribe = partial(connector.connection("sales").subscribe, "meeting_created", to="told")

        before = len(zoom.requests)
        own = subscribe({"host": seed.HOST.upper()})
        asked = len(zoom.requests) - before
        other = subscribe({"host": seed.COLLEAGUE})
        with pytest.raises(ZoomError):
            subscribe({"host": "nobody@example.com"})

        ids = [zoom.user(name).id for name in (seed.HOST, seed.COLLEAGUE)]
        assert ([own.filters["host"], other.filters["host"]], asked) == (ids, 0)
        assert len(connector.feed.subscriptions()) == 2


def test_a_subscription_made_through_zooms_api_brings_what_happens_next_to_its_address(
    receiver: Receiver, tmp_path: Path
) -> None:
    to = receiver.url(host="127.0.0.1")
    with Sandbox() as zoom:
        given = settings_from(
            zoom,
            f"sqlite:///{tmp_path / 'connections.db'}",
            secret_key=new_key(),
            webhook_secret=seed.WEBHOOK_SECRET,
            allow_private_sinks="true",
        )
        settings = Settings.load(**given)
        with zoom_connector.load(settings=settings) as connector, serving(connector) as served:
            sales = World(zoom, settings).connect(connector, "sales")
            env = {f"ZOOM_CONNECTOR_{name.upper()}": value for name, value in given.items()}
            env["ZOOM_CONNECTOR_PUBLIC_URL"] = served.address
            command = ["subscribe", "meeting_ended", "-c", "sales", "host=host@example.com", "--to", to, "--json"]
            made = json.loads(CliRunner().invoke(app, command, env=env).stdout)
            zoom.settle()  # Zoom checks the address

            meeting = sales.run("create_meeting", {"topic": "Kick-off", "start_time": "2030-01-07T10:00:00Z"})
            zoom.start_meeting(meeting["id"])
            session = zoom.end_meeting(meeting["id"])
            zoom.settle()
            while connector.feed.deliver_due():
                pass

    (got,) = receiver.got
    told = Webhook(made["secret"]).verify(got.body, got.headers)
    assert made["zoom"]["way"] == "made"
    assert (told["type"], told["subscription"], told["data"]["uuid"]) == ("meeting_ended", made["id"], session.uuid)
