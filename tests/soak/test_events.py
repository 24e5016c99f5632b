"""A long proof: what was answered with 200 is delivered, once, however often the server dies."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from e2e.world import World, settings_from
from soak.served import Killed, Subscriber, subscribed

import zoom_connector
from zoom_connector.sandbox import Sandbox, seed
from zoom_connector.sandbox.deliveries import RETRIES, Delivery
from zoom_connector.settings import Settings
from zoom_connector.store.cipher import new_key

EVENTS = 20_000
FASTER = 300
"""Zoom's minutes are short here: it tries again after one second, four and twelve."""
RATE = 250
"""How many events happen in a second."""
WAITING = 2_000
"""With so many on their way to the server, nothing happens for a while."""
LIFE = 2.0
"""Seconds from readiness to death."""
PATIENCE = 600.0
REPORT = 10.0
BROKEN = (1_000, 15.0)
"""After how many requests the subscriber fails, and for how many seconds."""

Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Say:
    """Prints now what is going on."""
    began = time.monotonic()

    def say(text: str) -> None:
        with capsys.disabled():
            print(  # noqa: T201 - a long test shows that it lives
                f"\n{request.node.name} {time.monotonic() - began:4.0f} s: {text}", end="", flush=True
            )

    return say


def test_events_that_were_taken_are_delivered_once_by_a_server_that_is_killed_all_the_time(
    database_url: str, tmp_path: Path, say: Say
) -> None:
    subscriber = Subscriber(*BROKEN)
    with Sandbox(senders=32) as zoom, subscribed(subscriber) as address:
        given = settings_from(zoom, database_url, secret_key=new_key(), webhook_secret=seed.WEBHOOK_SECRET)
        given["allow_private_sinks"] = "true"
        with zoom_connector.load(settings=Settings.load(**given)) as connector:
            sales = World(zoom, Settings.load(**given)).connect(connector, "sales")
            sales.subscribe("meeting_ended", to=address)

        with Killed(given, tmp_path / "serve.log", after=LIFE) as server:
            zoom.webhooks.retries = tuple(wait / FASTER for wait in RETRIES)
            zoom.webhook(f"http://127.0.0.1:{server.port}/webhooks/zoom/{seed.CLIENT_ID}", challenged=False)
            sent = send(zoom, subscriber, server, say)
            server.spare()
            wait_for(sent, subscriber, server, say)

        taken = {session(one) for one in sent if one.taken}
        assert taken - subscriber.ids.keys() == set()
        assert {name: ids for name, ids in subscriber.ids.items() if len(ids) > 1} == {}
        assert len(taken) >= EVENTS
        assert server.kills >= 5
        assert subscriber.refused > 0


def send(zoom: Sandbox, subscriber: Subscriber, server: Killed, say: Say) -> list[Delivery]:
    """Let one event happen after the other until enough were taken."""
    sent: list[Delivery] = []
    on_their_way: list[Delivery] = []
    report, next_at = Report(say), time.monotonic()
    taken = 0
    while taken < EVENTS or on_their_way:
        taken += sum(one.taken for one in on_their_way)
        on_their_way = [one for one in on_their_way if not one.taken and not one.lost]
        while taken < EVENTS and len(on_their_way) < WAITING and time.monotonic() >= next_at:
            next_at = max(next_at + 1 / RATE, time.monotonic() - 1)
            made = zoom.emit("meeting.ended")
            sent += made
            on_their_way += made
        report(sent, subscriber, server)
        assert server.is_well
        time.sleep(0.02)
    return sent


def wait_for(sent: list[Delivery], subscriber: Subscriber, server: Killed, say: Say) -> None:
    """Wait until everything that was taken is delivered; no longer than is sensible."""
    end, report = time.monotonic() + PATIENCE, Report(say)
    taken = {session(one) for one in sent if one.taken}
    while taken - subscriber.ids.keys() and time.monotonic() < end and server.is_well:
        report(sent, subscriber, server)
        time.sleep(0.2)


class Report:
    """Says every few seconds how far it is."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._next = 0.0

    def __call__(self, sent: list[Delivery], subscriber: Subscriber, server: Killed) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + REPORT
        taken, lost = sum(one.taken for one in sent), sum(one.lost for one in sent)
        self._say(
            f"{taken} of {EVENTS} taken, {lost} lost on the way, "
            f"{len(subscriber.ids)} delivered in {subscriber.requests} requests, "
            f"killed {server.kills} times{', subscriber fails' if subscriber.fails else ''}"
        )


def session(delivery: Delivery) -> str:
    return str(delivery.body["payload"]["object"]["uuid"])
