"""Polls are made when they are due, keep their place when they fail, and deliver only what is not known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from events.polled import ME, at, meeting, when
from store.world import APP, JO
from zoom.foreign import START, reply

from contract.handling import CATALOGUE, Foreign, foreign
from zoom_connector import RateLimited, ReconnectRequired, ZoomClient, ZoomConnectorError
from zoom_connector.calls import Call
from zoom_connector.events.happening import Happenings
from zoom_connector.events.health import look
from zoom_connector.events.polling import Polling, poll_due
from zoom_connector.events.reading import read
from zoom_connector.events.whose import Router
from zoom_connector.store import SqlStore, Tokens
from zoom_connector.store.cipher import new_key
from zoom_connector.store.feed import Event, Sink, Subscription, Turn

LIST = "GET /users/me/meetings"
MINUTE = timedelta(minutes=1)
KEY = new_key()


@dataclass
class World:
    """A store, a server in Zoom's place, and what polls need of both."""

    store: SqlStore
    zoom: Foreign
    failure: ZoomConnectorError | None = None

    def poll(self) -> bool:
        """Make one poll."""
        return poll_due(Polling(self.store, CATALOGUE, self._client, Happenings(CATALOGUE), self.zoom.clock))

    def subscribe(self, trigger: str = "meeting_created", id: str = "sub_1", **filters: Any) -> None:
        sink = Sink("https", "https://platform.example.com/events")
        wish = Subscription(id, trigger, "sales", filters, sink, START, polls=True)
        self.store.subscriptions.add(wish, poll_at=START)

    def told(self) -> list[tuple[str, Event]]:
        """Route what is stored, and return who is told of what, once each."""
        self.store.events.route(100, Router(CATALOGUE))
        claimed = self.store.deliveries.claim(100, MINUTE)
        for delivery in claimed:
            self.store.deliveries.done(delivery)
        return [(delivery.subscription.id, delivery.event) for delivery in claimed]

    def until_due(self) -> timedelta:
        """Let time pass until a poll is due, and return how long that was."""
        waited = timedelta()
        while (turn := self.store.subscriptions.turn()) is None:
            self.zoom.clock.sleep(30)
            waited += timedelta(seconds=30)
        self.store.subscriptions.put_off(turn, "example", poll_at=self.zoom.clock.now())
        return waited

    def failing(self) -> str:
        return self.store.deliveries.backlog()[0].poll_failure

    def _client(self, connection: str, calls: Sequence[Call]) -> ZoomClient:
        assert connection == "sales"
        if self.failure:
            raise self.failure
        return self.zoom.client(calls)


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    with foreign() as zoom, SqlStore.open(database_url, keys=[KEY], clock=zoom.clock) as store:
        tokens = Tokens("access-1", "refresh-1", START + timedelta(hours=1), frozenset(), "https://api.example.com")
        store.connections.make("sales", APP, JO, tokens)
        yield World(store, zoom)


def titles(told: list[tuple[str, Event]]) -> list[tuple[str, str]]:
    return [(id, event.body["payload"]["object"]["topic"]) for id, event in told]


def test_nothing_happens_before_a_poll_is_due(world: World) -> None:
    sink = Sink("https", "https://platform.example.com/events")
    wish = Subscription("sub_1", "meeting_created", "sales", {}, sink, START, polls=True)
    world.store.subscriptions.add(wish, poll_at=START + MINUTE)

    assert (world.poll(), world.zoom.sent) == (False, [])


def test_what_a_poll_finds_is_an_event_as_a_webhook_would_have_brought_it(world: World) -> None:
    world.subscribe()
    world.zoom.answer({**ME, LIST: {"meetings": [meeting(1)]}})

    assert world.poll()

    ((_, event),) = world.told()
    body = {
        "event": "meeting.created",
        "event_ts": int(when(minutes=1).timestamp() * 1000),
        "payload": {"account_id": "account-1", "object": {"operation": "all", **meeting(1)}},
    }
    assert event == Event(
        id=event.id,
        app=APP.client_id,
        account_id="account-1",
        name="meeting.created",
        happened_at=when(minutes=1),
        received_at=START,
        happening=Happenings(CATALOGUE).key(body),
        user_id="user-jo",
        source="poll",
        body=body,
    )


def test_the_first_poll_begins_with_the_subscription_and_the_next_goes_on_from_there(world: World) -> None:
    world.subscribe()
    rows = [meeting(1, created_at=at(minutes=-1)), meeting(2, created_at=at(minutes=4))]
    world.zoom.answer({**ME, LIST: [{"meetings": rows[:1]}, {"meetings": rows}, {"meetings": rows}]})

    polls = []
    for _ in range(3):
        polls.append((world.poll(), world.poll(), titles(world.told())))
        world.zoom.clock.sleep(300)

    assert polls == [(True, False, []), (True, False, [("sub_1", "Meeting 2")]), (True, False, [])]


def test_filters_narrow_down_what_is_found(world: World) -> None:
    world.subscribe(topic="meeting 2")
    world.zoom.answer({**ME, LIST: {"meetings": [meeting(1), meeting(2)]}})

    world.poll()

    assert titles(world.told()) == [("sub_1", "Meeting 2")]


def test_a_user_is_not_told_of_what_belongs_to_somebody_else(world: World) -> None:
    world.subscribe()
    world.zoom.answer({**ME, LIST: {"meetings": [meeting(1, host_id="user-sam"), meeting(2)]}})

    world.poll()

    assert titles(world.told()) == [("sub_1", "Meeting 2")]


def webhook(uuid: str) -> Event:
    """Return what Zoom says when a meeting has ended."""
    thing = {"id": "1", "uuid": uuid, "host_id": "user-jo", "topic": uuid, "end_time": at(minutes=2)}
    body = {"event": "meeting.ended", "event_ts": 1, "payload": {"account_id": "account-1", "object": thing}}
    return read(
        body,
        app=APP.client_id,
        received_at=START,
        source="webhook",
        delivery=uuid,
        happenings=Happenings(CATALOGUE),
    )


def test_the_safety_net_delivers_what_no_webhook_brought_and_nothing_else(world: World) -> None:
    world.subscribe("meeting_ended")
    began = at(minutes=1)
    past = {"id": 1, "type": 2, "host_id": "user-jo", "user_email": "jo@example.com", "start_time": began}
    answers = {
        LIST: {"meetings": [meeting(1, start_time=began)]},
        "GET /past_meetings/1/instances": {
            "meetings": [{"uuid": uuid, "start_time": began} for uuid in ("brought", "lost", "late")]
        },
        "GET /past_meetings/5550100555/instances": {"meetings": []},
    }
    sessions = {
        f"GET /past_meetings/{uuid}": past | {"uuid": uuid, "topic": uuid, "end_time": at(minutes=number)}
        for number, uuid in enumerate(("brought", "lost", "late"), 2)
    }
    world.zoom.answer({**ME, **answers, **sessions})

    world.store.events.add([webhook("brought")])
    by_webhook = titles(world.told())
    world.poll()
    by_poll = titles(world.told())
    world.store.events.add([webhook("late")])

    assert by_webhook == [("sub_1", "brought")]
    assert by_poll == [("sub_1", "lost"), ("sub_1", "late")]
    assert world.told() == []


def test_others_who_wait_for_the_event_are_told_of_what_one_poll_found(world: World) -> None:
    world.subscribe()
    sink = Sink("https", "https://platform.example.com/events")
    world.store.subscriptions.add(Subscription("sub_2", "meeting_created", "sales", {}, sink, START))
    world.zoom.answer({**ME, LIST: {"meetings": [meeting(1)]}})

    world.poll()

    assert sorted(titles(world.told())) == [("sub_1", "Meeting 1"), ("sub_2", "Meeting 1")]


def test_what_only_polls_find_goes_to_whoever_asked_for_it_in_time(world: World) -> None:
    for minutes in (10, 20):
        world.subscribe("meeting_starting_soon", f"sub_{minutes}", minutes_before=minutes)
    world.zoom.answer({**ME, LIST: {"meetings": [meeting(1, start_time=at(minutes=21, seconds=30))]}})
    told = []
    for _ in range(50):
        while world.poll():
            pass
        told += [(id, world.zoom.clock.now() - START) for id, _ in titles(world.told())]
        world.zoom.clock.sleep(30)

    assert told == [("sub_20", timedelta(seconds=90)), ("sub_10", timedelta(seconds=690))]


def test_a_poll_that_fails_shows_in_health_keeps_its_place_and_is_made_again(world: World) -> None:
    world.subscribe()
    none: dict[str, Any] = {"meetings": []}
    found = {"meetings": [meeting(1, created_at=at(minutes=2))]}
    world.zoom.answer({**ME, LIST: [none, *[reply({}, 503)] * 4, found]})
    world.poll()
    world.zoom.clock.sleep(300)

    failed = (world.poll(), world.poll(), world.failing(), world.told())
    health = look(world.store, world.zoom.clock.now(), since=START)
    world.zoom.clock.sleep(300)
    again = (world.poll(), world.failing(), titles(world.told()))

    assert failed == (True, False, "zoom_unavailable", [])
    assert health.warnings == [{"code": "zoom_unavailable", "subscription": "sub_1"}]
    assert again == (True, "", [("sub_1", "Meeting 1")])
    assert look(world.store, world.zoom.clock.now(), since=START).warnings == []


def pauses(world: World, times: int) -> list[float]:
    """Return after how many minutes a poll that goes on failing is made again, each time."""
    found = []
    for _ in range(times):
        world.poll()
        found.append(world.until_due() / MINUTE)
    return found


def test_a_poll_that_goes_on_failing_is_made_ever_less_often_but_once_an_hour(world: World) -> None:
    world.subscribe()
    world.zoom.answer({**ME, LIST: reply({"code": 3161, "message": "Not allowed."}, 400)})

    assert pauses(world, 7) == [5, 5, 10, 20, 40, 60, 60]


def test_a_poll_is_made_again_when_the_budget_allows_it(world: World) -> None:
    world.subscribe()
    world.failure = RateLimited("daily_limit", retry_at=START + timedelta(hours=3))

    world.poll()

    assert (world.failing(), world.until_due()) == ("daily_limit", timedelta(hours=3))


def test_a_dead_grant_is_looked_at_again_soon_because_somebody_may_sign_in(world: World) -> None:
    world.subscribe()
    world.failure = ReconnectRequired("grant_dead", connection="sales")

    assert pauses(world, 4) == [5, 5, 5, 5]


def test_an_answer_that_nobody_foresaw_fails_the_poll_and_not_the_worker(world: World) -> None:
    world.subscribe()
    world.zoom.answer({**ME, LIST: {"meetings": [{"id": 1}]}})

    assert (world.poll(), world.failing()) == (True, "trigger_failed")


def test_a_trigger_of_another_version_fails_its_poll_only(world: World) -> None:
    world.subscribe("no_such_trigger")
    world.subscribe("meeting_created", "sub_2")
    world.zoom.answer({**ME, LIST: {"meetings": [meeting(1)]}})

    assert [world.poll() for _ in range(3)] == [True, True, False]
    assert [(one.subscription, one.poll_failure) for one in world.store.deliveries.backlog()] == [
        ("sub_1", "unknown_trigger"),
        ("sub_2", ""),
    ]
    assert titles(world.told()) == [("sub_2", "Meeting 1")]


def test_a_poll_without_a_handler_says_so(world: World) -> None:
    world.subscribe("meeting_started")

    assert (world.poll(), world.failing()) == (True, "handler_missing")


def test_what_was_found_too_late_is_dropped_because_another_worker_has_the_poll(world: World) -> None:
    world.subscribe()
    taken: list[Turn | None] = []

    def slow(connection: str, calls: Sequence[Call]) -> ZoomClient:
        world.zoom.clock.sleep(301)
        taken.append(world.store.subscriptions.turn())
        return world.zoom.client(calls)

    world.zoom.answer({**ME, LIST: {"meetings": [meeting(1)]}})

    poll_due(Polling(world.store, CATALOGUE, slow, Happenings(CATALOGUE), world.zoom.clock))

    assert (world.told(), taken[0] and taken[0].cursor) == ([], None)


def test_the_oldest_find_is_delivered_first(world: World) -> None:
    world.subscribe()
    rows = [meeting(number, created_at=at(minutes=minute)) for number, minute in ((1, 3), (2, 1), (3, 2))]
    world.zoom.answer({**ME, LIST: {"meetings": rows}})

    world.poll()

    assert [title for _, title in titles(world.told())] == ["Meeting 2", "Meeting 3", "Meeting 1"]
