"""`subscriptions` says in sentences how each one is doing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import zoom_connector
from zoom_connector.hosts.cli.feed_health import Doctor
from zoom_connector.plugin import Connector
from zoom_connector.sandbox import MovableClock, Person, Sandbox, seed
from zoom_connector.settings import Settings
from zoom_connector.store.cipher import new_key
from zoom_connector.store.feed import Backlog, Event, Sink, Subscription

from .conftest import Cli

REDIRECT = "https://platform.example.com/oauth/callback"
START = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


@dataclass
class StillClock:
    """Stands still until a test moves it."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def sleep(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def connector(clock: StillClock, tmp_path: Path) -> Iterator[Connector]:
    with Sandbox(clock=MovableClock()) as zoom:
        settings = Settings.load(
            database_url=f"sqlite:///{tmp_path / 'connections.db'}",
            secret_key=new_key(),
            client_id=seed.CLIENT_ID,
            client_secret=seed.CLIENT_SECRET,
            zoom_url=zoom.url,
            api_url=zoom.url,
        )
        with zoom_connector.load(settings=settings, clock=clock) as connector:
            sign_in = connector.sign_in("sales", redirect_uri=REDIRECT)
            connector.complete(Person(zoom.url, seed.HOST).authorize(sign_in.url))
            yield connector


def a_subscription(trigger: str = "meeting_ended") -> Subscription:
    return Subscription("sub_1", trigger, "sales", {}, Sink("https", "https://example.com"), since=START)


def a_backlog(
    *,
    waiting: int = 0,
    failing: int = 0,
    dead: int = 0,
    oldest: datetime | None = None,
    delivered: datetime | None = None,
    failure: str = "",
    poll_failure: str = "",
) -> Backlog:
    return Backlog("sub_1", waiting, failing, dead, oldest, delivered, failure, poll_failure)


def said(connector: Connector, backlog: Backlog, trigger: str = "meeting_ended") -> list[str]:
    subscription = a_subscription(trigger)
    return list(Doctor(connector, [subscription]).sentences(subscription, backlog))


def shown(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def test_a_new_subscription_waits_for_its_first_event(connector: Connector) -> None:
    assert said(connector, a_backlog()) == ["Nothing was delivered yet.", "Zoom has sent this app no event yet."]


def test_what_zoom_and_the_receiver_did_last_is_said(connector: Connector, clock: StillClock) -> None:
    app = seed.CLIENT_ID
    connector.engine.store.webhooks.challenged(app)
    clock.sleep(3600)
    name = "meeting.ended"
    connector.engine.store.events.add(
        [Event("evt_1", app, "account", name, clock.now(), clock.now(), "one", "", "webhook", {"event": name})]
    )

    assert said(connector, a_backlog(delivered=clock.now())) == [
        f"Last delivered {shown(clock.now())}.",
        f"Zoom last sent this app an event {shown(clock.now())}.",
        f"Zoom last checked the address {shown(START)}.",
    ]


@pytest.mark.parametrize(
    ("waited", "words"),
    [
        (timedelta(seconds=20), "less than a minute"),
        (timedelta(minutes=1), "a minute"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=2), "2 hours"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_how_long_the_oldest_waits_is_said_in_words(
    connector: Connector, clock: StillClock, waited: timedelta, words: str
) -> None:
    sentences = said(connector, a_backlog(waiting=4, oldest=clock.now() - waited))

    assert sentences[1] == f"4 wait, the oldest for {words}."


def test_what_fails_is_named_with_what_to_do(connector: Connector) -> None:
    backlog = a_backlog(
        waiting=2, failing=2, dead=3, oldest=START, failure="sink_refused", poll_failure="scope_missing"
    )

    assert said(connector, backlog)[2:5] == [
        "2 could not be delivered so far: The receiver of events refuses them. They are tried again.",
        (
            "3 were given up: The receiver of events refuses them. Once that is mended: "
            "zoom-connector replay sub_1 --dead"
        ),
        "Asking Zoom failed the last time: The Zoom app may not do this. It is asked again.",
    ]


@pytest.mark.parametrize(("hours", "warned"), [(72, False), (73, True)])
def test_when_zoom_has_not_checked_for_72_hours_it_is_said(
    connector: Connector, clock: StillClock, hours: int, warned: bool
) -> None:
    connector.engine.store.webhooks.challenged(seed.CLIENT_ID)
    clock.sleep(hours * 3600)

    assert (said(connector, a_backlog())[-1].startswith("Zoom checks the address of a published app")) is warned


def test_of_what_only_a_poll_finds_nothing_is_said_about_zooms_messages(connector: Connector) -> None:
    polled = [trigger.key for trigger in connector.triggers.values() if not (trigger.events or trigger.any_event)]

    assert [said(connector, a_backlog(), trigger) for trigger in polled] == [["Nothing was delivered yet."]] * len(
        polled
    )


def test_the_list_ends_with_a_line_for_each(connected: Cli) -> None:
    made = connected("subscribe", "meeting_ended", "-c", "sales", "--to", "https://8.8.8.8/hook", "--json")

    listed, facts = connected("subscriptions"), json.loads(connected("subscriptions", "--json").stdout)

    id = json.loads(made.stdout)["id"]
    assert f"{id}: Nothing was delivered yet. Zoom has sent this app no event yet." in " ".join(listed.stdout.split())
    assert [(one["last_event_at"], one["last_challenge_at"], one["challenge_overdue"]) for one in facts] == [
        (None, None, False)
    ]
