"""Every event that Zoom publishes is sent by the local Zoom, and comes out of its trigger and of `listen`."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from e2e.world import settings_from
from hosts.http.serving import serving
from typer.testing import CliRunner

import zoom_connector
from zoom_connector.events.messages import Message
from zoom_connector.hosts.cli.commands import app
from zoom_connector.outputs import mask_known
from zoom_connector.sandbox import Sandbox
from zoom_connector.sandbox.event_samples import event_samples
from zoom_connector.sandbox.seed import ACCOUNT_ID, HOST, WEBHOOK_SECRET
from zoom_connector.settings import Settings
from zoom_connector.store.cipher import new_key

CLIENT, CLIENT_SECRET = "sandbox-server-client", "sandbox-server-secret"


def test_every_event_comes_out_of_its_trigger_and_of_listen(tmp_path: Path) -> None:
    told: list[Message] = []
    events = event_samples()
    with Sandbox() as zoom:
        given = settings_from(
            zoom,
            f"sqlite:///{tmp_path / 'connections.db'}",
            secret_key=new_key(),
            client_id=CLIENT,
            webhook_secret=WEBHOOK_SECRET,
        )
        env = {f"ZOOM_CONNECTOR_{name.upper()}": value for name, value in given.items()}
        listen = ["listen", "any_event", "-c", "sales", "--count", str(len(events))]
        with (
            zoom_connector.load(settings=Settings.load(**given)) as connector,
            ThreadPoolExecutor(1) as elsewhere,
            serving(connector) as served,
        ):
            triggers = [trigger for trigger in connector.triggers.values() if trigger.events]
            zoom.app(CLIENT).scopes |= {scope for trigger in triggers for scope in trigger.scopes.granular}
            own_app = {"client_id": CLIENT, "client_secret": CLIENT_SECRET}
            connector.connect("sales", "server_to_server", {"account_id": ACCOUNT_ID, "default_user": HOST, **own_app})
            command = elsewhere.submit(CliRunner().invoke, app, listen, env=env)
            while not connector.feed.subscriptions():
                assert not command.done(), command.result().output
            connector.feed.register("told", told.append)
            for trigger in triggers:
                connector.connection("sales").subscribe(trigger.key, to="told")

            zoom.webhook(f"{served.address}/webhooks/zoom/{CLIENT}", CLIENT)
            for event in events:
                zoom.emit(event)
            zoom.settle()
            while connector.feed.deliver_due():
                pass
            printed = command.result(120)

    assert [one.body["event"] for one in zoom.webhooks.deliveries if not one.taken] == []
    assert sorted(one.type for one in told) == sorted(trigger.key for trigger in triggers)
    assert {name for trigger in triggers for name in trigger.events} == set(events)
    lines = [json.loads(line)["data"] for line in printed.stdout.splitlines()]
    assert {line["event"]: line["payload"] for line in lines} == {
        one.body["event"]: mask_known(one.body["payload"], ()) for one in zoom.webhooks.deliveries
    }
    assert len(lines) == len(events)
