"""What a platform may ask for, and what it is refused."""

import base64
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from events.world import World
from store.happening import event
from store.world import START

from zoom_connector.catalogue import Catalogue
from zoom_connector.errors import ZoomConnectorError
from zoom_connector.events.expiring import expire
from zoom_connector.events.messages import Message
from zoom_connector.events.subscribing import Feed
from zoom_connector.events.wishes import Wish
from zoom_connector.store import Connection
from zoom_connector.store.feed import Again, Sink, Subscription

URL = "https://8.8.8.8/hook?key=example"


def feed_of(world: World, catalogue: Catalogue | None = None) -> Feed:
    return Feed(
        catalogue or world.catalogue,
        world.store,
        world.clock,
        private_sinks=False,
        retention=timedelta(days=30),
        user_id=lambda connection, address: f"id of {address}",
        poll=lambda: False,
        look_after=lambda: None,
    )


@pytest.fixture
def feed(world: World) -> Feed:
    world.connect("sales")
    return feed_of(world)


@pytest.fixture
def sales(world: World, feed: Feed) -> Connection:
    found = world.store.connections.get("sales")
    assert found is not None
    return found


def refusal(ask: Callable[[], object]) -> tuple[str, dict[str, object]]:
    with pytest.raises(ZoomConnectorError) as caught:
        ask()
    assert "key=example" not in str(caught.value)
    return caught.value.code, caught.value.params


def test_a_subscription_to_an_address_has_a_secret_that_is_shown_once(
    feed: Feed, sales: Connection, world: World
) -> None:
    wish = Wish("meeting_ended", {"topic": "Kick-off"}, ordered=True, reveal=["passcode"])

    made, other = feed.subscribe(sales, wish, URL), feed.subscribe(sales, wish, URL)

    secret = made.sink.secret
    assert (secret[:6], len(base64.b64decode(secret[6:]))) == ("whsec_", 32)
    assert (secret != other.sink.secret, made.id != other.id) == (True, True)
    kept = Subscription(
        made.id,
        "meeting_ended",
        "sales",
        {"topic": "Kick-off"},
        Sink("https", URL, secret),
        START,
        ordered=True,
        reveal=("passcode",),
    )
    assert (made, world.store.subscriptions.get(made.id)) == (kept, kept)
    assert [one.sink for one in (*feed.subscriptions(), feed.subscription(made.id))] == [Sink("https", URL)] * 3


def test_a_registered_callable_is_named_by_itself_or_by_its_name(feed: Feed, sales: Connection) -> None:
    feed.register("orders", print)

    made = [feed.subscribe(sales, Wish("meeting_ended", {}), to) for to in (print, "orders")]

    assert [one.sink for one in made] == [Sink("callable", "orders")] * 2
    assert refusal(lambda: feed.subscribe(sales, Wish("meeting_ended", {}), repr))[0] == "sink_unknown"
    assert refusal(lambda: feed.register("or ders", print)) == ("sink_name_invalid", {"name": "or ders"})


@pytest.mark.parametrize(
    ("wish", "to", "code"),
    [
        (Wish("meeting_endet", {}), URL, "unknown_trigger"),
        (Wish("meeting_ended", {"topic": ["x"], "type": "one"}), URL, "inputs_invalid"),
        (Wish("meeting_ended", {}, reveal=["topic"]), URL, "unknown_reveal"),
        (Wish("meeting_ended", {}, safety_net=True), URL, "no_safety_net"),
        (Wish("meeting_ended", {}), "http://8.8.8.8/?key=example", "sink_url_invalid"),
        (Wish("meeting_ended", {}), "https://127.0.0.1/?key=example", "sink_private"),
        (Wish("meeting_ended", {}), "orders", "sink_unknown"),
    ],
)
def test_what_cannot_work_is_refused_and_not_stored(
    feed: Feed, sales: Connection, wish: Wish, to: str, code: str
) -> None:
    assert refusal(lambda: feed.subscribe(sales, wish, to))[0] == code
    assert feed.subscriptions() == []


def test_a_connection_that_zoom_does_not_tell_is_refused_with_the_scopes_it_lacks(
    world: World, sales: Connection
) -> None:
    code, params = refusal(lambda: feed_of(world, Catalogue()).subscribe(sales, Wish("recording_completed", {}), URL))

    assert (code, params["action"], params["connection"]) == ("scope_missing", "recording_completed", "sales")
    assert "recording:read" in str(params["scopes"])


def test_the_beginning_of_a_poll_is_kept_in_utc(feed: Feed, sales: Connection) -> None:
    since = datetime.fromisoformat("2030-01-01T10:00:00+02:00")

    made = feed.subscribe(sales, Wish("meeting_ended", {}, since=since), URL)

    assert (made.since, made.since.tzinfo) == (since, UTC)


def test_a_subscription_is_paused_resumed_and_deleted_by_its_id(feed: Feed, sales: Connection) -> None:
    id = feed.subscribe(sales, Wish("meeting_ended", {}), URL).id

    states = []
    for change in (feed.pause, feed.resume):
        change(id)
        states.append(feed.subscription(id).paused)
    feed.delete(id)

    gone = ("unknown_subscription", {"subscription": id})
    assert (states, feed.subscriptions()) == ([True, False], [])
    for ask in (feed.pause, feed.resume, feed.delete, feed.subscription):
        assert refusal(lambda: ask(id)) == gone  # noqa: B023
    assert refusal(lambda: feed.replay(id, Again())) == gone


def test_events_are_delivered_and_replayed_by_one_or_by_time(feed: Feed, sales: Connection, world: World) -> None:
    taken: list[Message] = []
    feed.register("orders", taken.append)
    id = feed.subscribe(sales, Wish("meeting_ended", {}), "orders").id
    world.store.events.add([event(1), event(2), event(3)])
    while feed.deliver_due():
        pass

    replayed = [feed.replay(id, Again(event="evt_1")), feed.replay(id, Again(since=event(2).received_at))]
    while feed.deliver_due():
        pass

    numbers = [one.data["payload"]["object"]["id"] for one in taken]
    assert (replayed, numbers[:3], sorted(numbers[3:])) == ([1, 2], [1, 2, 3], [1, 2, 3])
    assert len({one.id for one in taken}) == 6
    assert [one.id for one in feed.events(name="meeting.ended", limit=2)] == ["evt_3", "evt_2"]
    assert feed.events(until=event(1).received_at) == []


def test_an_event_that_is_unknown_or_was_emptied_cannot_be_replayed(
    feed: Feed, sales: Connection, world: World
) -> None:
    id = feed.subscribe(sales, Wish("meeting_ended", {}), URL).id
    world.store.events.add([event(1)])
    world.store.events.route(10, lambda *_: ())
    expire(world.store, START + timedelta(days=31), timedelta(days=30))

    codes = [refusal(lambda: feed.replay(id, Again(event=one)))[0] for one in ("evt_1", "evt_2")]  # noqa: B023

    assert codes == ["unknown_event"] * 2


def test_a_worker_brings_what_is_due(feed: Feed, sales: Connection, world: World) -> None:
    arrived = threading.Event()
    feed.register("orders", lambda _: arrived.set())
    feed.subscribe(sales, Wish("meeting_ended", {}), "orders")

    with feed.worker() as worker:
        world.store.events.add([event(1)])
        worker.wake()
        came = arrived.wait(20)

    assert came


def test_a_listener_gets_its_events_and_leaves_nothing_behind(feed: Feed, sales: Connection, world: World) -> None:
    feed.subscribe(sales, Wish("meeting_ended", {}), URL)
    taken: list[Message] = []
    enough = threading.Event()

    def take(message: Message) -> None:
        taken.append(message)
        if len(taken) == 2:
            enough.set()

    with feed.listen(sales, Wish("meeting_ended", {}), take) as listening:
        world.store.events.add([event(1), event(2)])
        came = enough.wait(20)

    assert (came, [one.data["payload"]["object"]["id"] for one in taken]) == (True, [1, 2])
    assert [
        (one.subscription, one.waiting, one.failing) for one in feed.backlog() if one.subscription != listening.id
    ] == [(feed.subscriptions()[0].id, 2, 0)]
    assert len(feed.backlog()) == 1


def test_a_listener_that_was_killed_is_forgotten_after_an_hour(feed: Feed, sales: Connection, world: World) -> None:
    kept = feed.subscribe(sales, Wish("meeting_ended", {}), URL)
    listener = Subscription("sub_l", "meeting_ended", "sales", {}, Sink("lines", "listener-1"), START)
    world.store.subscriptions.add(listener)
    world.store.events.add([event(1)])
    world.store.events.route(10, lambda *_: [kept.id, "sub_l"])

    left = []
    for minutes in (60, 61):
        expire(world.store, START + timedelta(minutes=minutes), timedelta(days=30))
        left.append([one.id for one in feed.subscriptions()])

    assert left == [sorted([kept.id, "sub_l"]), [kept.id]]
