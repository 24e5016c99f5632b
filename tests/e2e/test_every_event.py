"""Every event that Zoom publishes is sent by the local Zoom, and comes out of the trigger that is for it."""

from pathlib import Path

from e2e.world import START, SandboxTime, settings_for
from hosts.http.serving import serving

import zoom_connector
from zoom_connector.events.messages import Message
from zoom_connector.sandbox import MovableClock, Sandbox
from zoom_connector.sandbox.event_samples import event_samples
from zoom_connector.sandbox.seed import ACCOUNT_ID, HOST, WEBHOOK_SECRET

CLIENT, CLIENT_SECRET = "sandbox-server-client", "sandbox-server-secret"


def test_every_event_comes_out_of_its_trigger(tmp_path: Path) -> None:
    told: list[Message] = []
    with Sandbox(clock=MovableClock(START)) as zoom:
        settings = settings_for(zoom, tmp_path, client_id=CLIENT, webhook_secret=WEBHOOK_SECRET)
        with zoom_connector.load(settings=settings, clock=SandboxTime(zoom.clock)) as connector:
            triggers = [trigger for trigger in connector.triggers.values() if trigger.events]
            zoom.app(CLIENT).scopes |= {scope for trigger in triggers for scope in trigger.scopes.granular}
            app = {"client_id": CLIENT, "client_secret": CLIENT_SECRET}
            connector.connect("sales", "server_to_server", {"account_id": ACCOUNT_ID, "default_user": HOST, **app})
            connector.feed.register("told", told.append)
            for trigger in triggers:
                connector.connection("sales").subscribe(trigger.key, to="told")

            with serving(connector) as served:
                zoom.webhook(f"{served.address}/webhooks/zoom/{CLIENT}", CLIENT)
                for event in event_samples():
                    zoom.emit(event)
                zoom.settle()
            while connector.feed.deliver_due():
                pass

    assert [one.body["event"] for one in zoom.webhooks.deliveries if not one.taken] == []
    assert sorted(one.type for one in told) == sorted(trigger.key for trigger in triggers)
    assert {name for trigger in triggers for name in trigger.events} == set(event_samples())
