"""What a supervisor sees."""

from datetime import timedelta
from pathlib import Path

from e2e.world import START, SandboxTime, settings_for
from events.signed import SECRET, as_bytes, ended
from hosts.http.serving import Served, serving

import zoom_connector
from zoom_connector.sandbox import Sandbox
from zoom_connector.store import App, AppKind, Person, Tokens
from zoom_connector.store.feed import Sink, Subscription

APP = "sandbox-client"


def subscribed(served: Served) -> None:
    """Let one delivery arrive, one wait after a failure and one be given up."""
    store = served.connector.engine.store
    person = Person("account-1", "user-jo", "jo@example.com", "Jo Example")
    tokens = Tokens("access-1", "", START, frozenset(), "https://api.example.com")
    store.connections.make("sales", App(APP, "secret", AppKind.SERVER), person, tokens)
    sink = Sink("https", "https://platform.example.com/events")
    store.subscriptions.add(Subscription("sub_1", "recording_completed", "sales", {}, sink, START))
    for number in range(3):
        served.webhook(as_bytes(ended(f"uuid-{number}")), app=APP)
    store.events.route(10, lambda event, listeners: ["sub_1"])
    arrived, failed, dead = store.deliveries.claim(10, timedelta(minutes=1))
    store.deliveries.done(arrived)
    store.deliveries.failed(failed, "sink_refused", again_at=START + timedelta(hours=1))
    store.deliveries.failed(dead, "sink_refused", again_at=None)


def test_the_process_says_that_it_lives_and_can_work(served: Served) -> None:
    assert served.get("/healthz").json() == {"status": "alive"}
    assert served.get("/readyz").json() == {
        "status": "ready",
        "warnings": [],
        "endpoints": [{"app": APP, "last_event_at": None, "last_challenge_at": None, "overdue": False}],
        "subscriptions": [],
    }


def test_readiness_tells_how_every_subscription_stands(served: Served, zoom: Sandbox) -> None:
    subscribed(served)
    zoom.clock.move(minutes=2)

    found = served.get("/readyz").json()

    assert found["subscriptions"] == [
        {
            "subscription": "sub_1",
            "trigger": "recording_completed",
            "paused": False,
            "waiting": 1,
            "failing": 1,
            "dead": 1,
            "lag": 120.0,
            "last_delivered_at": START.isoformat(),
            "failure": "sink_refused",
            "poll_failure": "",
        }
    ]
    assert found["warnings"] == [{"code": "sink_refused", "subscription": "sub_1"}]


def test_prometheus_reads_the_same(served: Served, zoom: Sandbox) -> None:
    subscribed(served)
    zoom.clock.move(minutes=2)

    figures = dict(line.rsplit(" ", 1) for line in served.get("/metrics").text.splitlines() if line[0] != "#")

    mine = '{subscription="sub_1",trigger="recording_completed"}'
    app = f'{{app="{APP}"}}'
    expected = {
        f"zoom_connector_subscription_backlog{mine}": 1.0,
        f"zoom_connector_subscription_failing{mine}": 1.0,
        f"zoom_connector_subscription_dead{mine}": 1.0,
        f"zoom_connector_subscription_lag_seconds{mine}": 120.0,
        f"zoom_connector_subscription_last_delivery_timestamp_seconds{mine}": START.timestamp(),
        f"zoom_connector_subscription_paused{mine}": 0.0,
        f"zoom_connector_webhook_last_event_timestamp_seconds{app}": START.timestamp(),
        f"zoom_connector_webhook_challenge_overdue{app}": 0.0,
        'zoom_connector_webhook_answer_seconds_count{status="200"}': 3.0,
    }
    assert {name: float(figures[name]) for name in expected} == expected


def test_three_days_without_a_challenge_are_a_warning_until_the_next_one(served: Served, zoom: Sandbox) -> None:
    challenge = as_bytes({"event": "endpoint.url_validation", "payload": {"plainToken": "plain-token-1"}})

    def warnings_after(hours: int) -> object:
        zoom.clock.move(hours=hours)
        return served.get("/readyz").json()["warnings"]

    before = [warnings_after(72), warnings_after(1)]
    served.webhook(challenge, app=APP)
    after = [warnings_after(72), warnings_after(1)]

    warning = {"code": "challenge_overdue", "app": APP}
    assert (before, after) == ([[], [warning]], [[], [warning]])


def test_a_store_that_cannot_be_read_is_not_ready(served: Served) -> None:
    served.break_database()

    ready, metrics = served.get("/readyz"), served.get("/metrics")

    assert (ready.status_code, ready.json()["status"]) == (503, "not_ready")
    assert (metrics.status_code, metrics.headers["content-type"]) == (500, "application/problem+json")
    assert served.get("/healthz").status_code == 200


def test_with_an_api_key_only_who_shows_it_sees_more_than_that_it_works(zoom: Sandbox, tmp_path: Path) -> None:
    settings = settings_for(zoom, tmp_path, webhook_secret=SECRET, api_key="the-key")
    with zoom_connector.load(settings=settings, clock=SandboxTime(zoom.clock)) as guarded, serving(guarded) as served:
        shown = {"Authorization": "Bearer the-key"}
        without = (served.get("/readyz").json(), served.get("/metrics").status_code)
        wrong = served.get("/metrics", headers={"Authorization": "Bearer the-ke"}).status_code
        basic = served.get("/metrics", headers={"Authorization": "Basic the-key"}).status_code
        right = (served.get("/readyz", headers=shown).json().keys(), served.get("/metrics", headers=shown).status_code)
        taken = served.webhook(as_bytes(ended()), app=APP).status_code

    assert without == ({"status": "ready"}, 401)
    assert (wrong, basic) == (401, 401)
    assert right == ({"status", "warnings", "endpoints", "subscriptions"}, 200)
    assert taken == 200
