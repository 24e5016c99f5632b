"""The example `docs/examples/approve_requests.py` does what it says."""

import runpy
from pathlib import Path

from e2e.world import START, SandboxTime, settings_for
from hosts.http.serving import serving

import zoom_connector
from zoom_connector.sandbox import MovableClock, Person, Sandbox
from zoom_connector.sandbox.seed import ACCOUNT_ID, ADMIN, CLIENT_ID, COLLEAGUE, HOST, WEBHOOK_SECRET

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "approve_requests.py"
EVENT = "app.authorization_request_created"
APP, APP_SECRET = "sandbox-server-client", "sandbox-server-secret"


def test_who_is_one_of_us_gets_a_trusted_app_and_others_wait(tmp_path: Path) -> None:
    example = runpy.run_path(str(EXAMPLE))
    with Sandbox(clock=MovableClock(START)) as zoom:
        zoom.account.approval_needed = True
        zoom.app(CLIENT_ID).name = "Example app"  # as the event says
        zoom.user(COLLEAGUE).email = "colleague@example.org"
        settings = settings_for(zoom, tmp_path, client_id=APP, webhook_secret=WEBHOOK_SECRET)
        with zoom_connector.load(settings=settings, clock=SandboxTime(zoom.clock)) as connector:
            credentials = {"client_id": APP, "client_secret": APP_SECRET}
            connector.connect(
                "admin", "server_to_server", {"account_id": ACCOUNT_ID, "default_user": ADMIN, **credentials}
            )
            example["start"](connector)
            example["start"](connector)
            page = f"{zoom.url}/oauth/authorize?response_type=code&client_id={CLIENT_ID}"
            page += "&redirect_uri=https://platform.example.com/oauth/callback"
            for email in (HOST, "colleague@example.org"):
                Person(zoom.url, email).request_approval(page, "I need it.")

            with serving(connector) as served:
                zoom.webhook(f"{served.address}/webhooks/zoom/{APP}", APP)
                zoom.emit(EVENT)
                zoom.settle()
            while connector.feed.deliver_due():
                pass
            subscriptions = connector.feed.subscriptions()

    assert [(each.email, each.status) for each in zoom.account.requests] == [
        (HOST, "approved"),
        ("colleague@example.org", "pending"),
    ]
    assert len(subscriptions) == 1
