"""Every event reaches every subscription it is for, at least once; what fails is tried again and holds nobody up."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from events.receiver import Receiver, receiving
from events.world import World
from store.happening import event, subscription
from store.world import SAM, START

from zoom_connector.events.delivering import Dispatch, backoff, deliver_due
from zoom_connector.events.messages import Message
from zoom_connector.events.sinks import Sinks
from zoom_connector.events.whose import Router
from zoom_connector.store.feed import Backlog, Sink

ORDERS = Sink("callable", "orders")
SECRET = "whsec_ZXhhbXBsZS1zZWNyZXQtb2Ytc2luaw=="


@dataclass
class Orders:
    """What a platform registered; it may be out of order."""

    taken: list[Message] = field(default_factory=list)
    works: bool = True

    def __call__(self, message: Message) -> None:
        if not self.works:
            raise RuntimeError
        self.taken.append(message)

    @property
    def events(self) -> list[int]:
        return [number for id in ("sub_1", "sub_2") for number in self.of(id)]

    def of(self, subscription: str) -> list[int]:
        return [one.data["payload"]["object"]["id"] for one in self.taken if one.subscription == subscription]


@dataclass(frozen=True)
class Delivering:
    """A worker without threads."""

    world: World
    dispatch: Dispatch
    orders: Orders

    def subscribe(self, id: str = "sub_1", sink: Sink = ORDERS, **more: object) -> None:
        made = subscription(id, trigger="meeting_ended", filters={}, sink=sink)
        self.world.store.subscriptions.add(replace(made, **more))  # type: ignore[arg-type]  # names of fields

    def happen(self, *numbers: int) -> None:
        self.world.store.events.add([event(number) for number in numbers])

    def all(self) -> None:
        while deliver_due(self.dispatch):
            pass

    def backlog(self) -> list[Backlog]:
        return self.world.store.deliveries.backlog()


@pytest.fixture
def delivering(world: World) -> Delivering:
    world.connect("sales")
    orders = Orders()
    sinks = Sinks(world.clock, private=True, resolve=lambda host, port: ["127.0.0.1"])
    sinks.register("orders", orders)
    return Delivering(
        world, Dispatch(world.store, world.catalogue, Router(world.catalogue), sinks, world.clock), orders
    )


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def test_an_event_is_brought_once_to_each_subscription_that_it_is_for(delivering: Delivering) -> None:
    delivering.world.connect("support", SAM)
    delivering.subscribe("sub_1")
    delivering.subscribe("sub_2", connection="support")
    delivering.happen(1, 2)

    done = [deliver_due(delivering.dispatch), deliver_due(delivering.dispatch)]

    assert (done, [(one.subscription, one.data["payload"]) for one in delivering.orders.taken]) == (
        [4, 0],
        [("sub_1", event(number).body["payload"]) for number in (1, 2)],
    )
    assert [(one.type, one.connection, one.timestamp) for one in delivering.orders.taken] == [
        ("meeting_ended", "sales", "2030-01-07T09:00:00Z")
    ] * 2


def test_what_fails_is_tried_again_later_and_later_under_the_same_id(delivering: Delivering) -> None:
    delivering.subscribe()
    delivering.happen(1)
    delivering.orders.works = False

    delivering.all()
    early = deliver_due(delivering.dispatch)
    failing = delivering.backlog()
    delivering.world.clock.move(seconds=5)
    delivering.all()
    delivering.orders.works = True
    delivering.world.clock.move(seconds=10)
    delivering.all()

    assert (early, failing) == (0, [Backlog("sub_1", 1, 1, 0, START, None, "sink_raised")])
    assert delivering.orders.events == [1]
    assert delivering.backlog() == [Backlog("sub_1", 0, 0, 0, None, START + timedelta(seconds=15), "")]


def test_waits_double_up_to_an_hour_and_luck_takes_away_half_at_most() -> None:
    unlucky = [backoff(attempt, 0).total_seconds() for attempt in (1, 2, 3, 10, 11, 12, 5000)]

    assert unlucky == [5, 10, 20, 2560, 3600, 3600, 3600]
    assert [backoff(1, 1), backoff(12, 0.5)] == [timedelta(seconds=2.5), timedelta(minutes=45)]


def test_what_cannot_be_delivered_for_too_long_is_given_up_and_can_be_replayed(delivering: Delivering) -> None:
    delivering.subscribe(give_up_after=timedelta(hours=1))
    delivering.happen(1)
    delivering.orders.works = False

    delivering.all()
    delivering.world.clock.move(hours=1)
    delivering.all()

    assert delivering.backlog() == [Backlog("sub_1", 0, 0, 1, None, None, "sink_raised")]


def test_a_receiver_that_is_away_is_tried_once_at_a_time_and_gets_everything_when_it_is_back(
    delivering: Delivering, receiver: Receiver
) -> None:
    away = Sink("https", "http://hooks.example.com:9/hook", SECRET)
    delivering.subscribe(sink=away)
    delivering.subscribe("sub_2")
    delivering.happen(*range(30))

    delivering.all()
    tried = delivering.backlog()
    delivering.world.store.subscriptions.delete("sub_1")

    assert tried[0] == Backlog("sub_1", 30, 1, 0, START, None, "sink_unreachable")
    assert sorted(delivering.orders.events) == list(range(30))


def test_an_event_that_a_receiver_refuses_does_not_hold_up_the_others(
    delivering: Delivering, receiver: Receiver
) -> None:
    delivering.subscribe(sink=Sink("https", receiver.url(), SECRET))
    delivering.happen(1, 2, 3)
    receiver.answer(400, 200)

    delivering.all()

    assert delivering.backlog() == [Backlog("sub_1", 1, 1, 0, START, START, "sink_refused")]
    assert len(receiver.got) == 3


def test_a_receiver_that_wants_to_be_left_alone_for_a_while_is(delivering: Delivering, receiver: Receiver) -> None:
    delivering.subscribe(sink=Sink("https", receiver.url(), SECRET))
    delivering.happen(1)
    receiver.answer((429, {"retry-after": "600"}), (200, {}))

    delivering.all()
    delivering.world.clock.move(seconds=599)
    delivering.all()
    early = len(receiver.got)
    delivering.world.clock.move(seconds=1)
    delivering.all()

    assert (early, len(receiver.got)) == (1, 2)
    assert len({one.headers["webhook-id"] for one in receiver.got}) == 1


def test_a_receiver_that_is_gone_pauses_its_subscription_and_loses_nothing(
    delivering: Delivering, receiver: Receiver
) -> None:
    delivering.subscribe(sink=Sink("https", receiver.url(), SECRET))
    delivering.happen(1, 2)
    receiver.answer(410, 200)

    delivering.all()
    paused = delivering.world.store.subscriptions.get("sub_1")
    waiting = delivering.backlog()[0].waiting
    delivering.world.store.subscriptions.pause("sub_1", paused=False)
    delivering.all()

    assert paused is not None
    assert (paused.paused, waiting, len(receiver.got)) == (True, 2, 3)
    assert delivering.backlog()[0].waiting == 0


def test_an_ordered_subscription_gets_everything_in_order_whatever_fails(delivering: Delivering) -> None:
    delivering.subscribe(ordered=True)
    delivering.happen(1, 2)
    delivering.orders.works = False
    delivering.all()
    delivering.happen(3)
    delivering.orders.works = True

    delivering.all()
    waiting = delivering.orders.events
    delivering.world.clock.move(seconds=5)
    delivering.all()

    assert (waiting, delivering.orders.events) == ([], [1, 2, 3])


def test_a_worker_that_died_leaves_nothing_behind(delivering: Delivering) -> None:
    delivering.subscribe()
    delivering.happen(1, 2)

    def die(message: Message) -> None:
        raise KeyboardInterrupt

    mortal = Sinks(delivering.world.clock, private=True)
    mortal.register("orders", die)
    with pytest.raises(KeyboardInterrupt):
        deliver_due(replace(delivering.dispatch, sinks=mortal))
    early = deliver_due(delivering.dispatch)
    delivering.world.clock.move(seconds=60)
    delivering.all()

    assert (early, sorted(delivering.orders.events)) == (0, [1, 2])


def test_a_worker_that_is_told_to_stop_gives_back_what_it_has_not_begun(delivering: Delivering) -> None:
    delivering.subscribe()
    delivering.happen(1, 2, 3)

    deliver_due(delivering.dispatch, stopping=lambda: len(delivering.orders.taken) == 1)
    stopped = delivering.orders.events.copy()
    delivering.all()

    assert (stopped, sorted(delivering.orders.events)) == ([1], [1, 2, 3])


def test_a_worker_begins_nothing_that_could_outlast_its_lease(delivering: Delivering) -> None:
    delivering.subscribe()
    delivering.happen(1, 2, 3)

    def dawdle(message: Message) -> None:
        delivering.orders(message)
        delivering.world.clock.move(seconds=20)

    slow = Sinks(delivering.world.clock, private=True)
    slow.register("orders", dawdle)
    deliver_due(replace(delivering.dispatch, sinks=slow))

    assert delivering.orders.events == [1, 2]
    assert deliver_due(delivering.dispatch) == 1
    assert delivering.orders.events == [1, 2, 3]


def test_what_has_arrived_is_noted_together_but_not_much_later(delivering: Delivering) -> None:
    delivering.subscribe()
    delivering.happen(1, 2, 3, 4)
    waiting = []

    def look(_: Message) -> None:
        waiting.append(delivering.backlog()[0].waiting)
        delivering.world.clock.move(seconds=0.5)

    slow = Sinks(delivering.world.clock, private=True)
    slow.register("orders", look)
    deliver_due(replace(delivering.dispatch, sinks=slow))

    assert waiting == [4, 4, 2, 2]
    assert delivering.backlog()[0].waiting == 0


def test_what_has_arrived_is_noted_when_the_worker_is_interrupted_in_what_comes_next(delivering: Delivering) -> None:
    delivering.subscribe()
    delivering.happen(1, 2)

    def interrupted(message: Message) -> None:
        if delivering.orders.taken:
            raise KeyboardInterrupt
        delivering.orders(message)

    sinks = Sinks(delivering.world.clock, private=True)
    sinks.register("orders", interrupted)
    with pytest.raises(KeyboardInterrupt):
        deliver_due(replace(delivering.dispatch, sinks=sinks))

    assert delivering.backlog()[0].waiting == 1


def test_what_only_another_process_can_hand_over_is_left_to_it(delivering: Delivering) -> None:
    delivering.subscribe(sink=Sink("callable", "elsewhere"))
    delivering.happen(1)

    delivering.all()

    assert delivering.backlog() == [Backlog("sub_1", 1, 0, 0, START, None, "")]


def test_a_trigger_that_another_version_had_is_noted_and_kept(delivering: Delivering) -> None:
    delivering.subscribe()
    delivering.happen(1)
    without = {key: one for key, one in delivering.world.catalogue.triggers.items() if key != "meeting_ended"}
    delivering.world.store.events.route(10, delivering.dispatch.choose)

    delivering.world.catalogue.__dict__["triggers"] = without
    delivering.all()

    assert delivering.backlog() == [Backlog("sub_1", 1, 1, 0, START, None, "trigger_gone")]


def test_many_workers_bring_every_event_once(delivering: Delivering) -> None:
    delivering.subscribe()
    delivering.subscribe("sub_2", ordered=True)
    delivering.happen(*range(60))

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: delivering.all(), range(4)))
    delivering.all()

    assert sorted(delivering.orders.of("sub_1")) == list(range(60))
    assert delivering.orders.of("sub_2") == list(range(60))


def test_secrets_are_masked_unless_the_subscription_wants_them(delivering: Delivering) -> None:
    secrets = {"download_token": "example-token", "passcode": "246810", "password": True, "start_url": ""}
    told = event(1, body={"event": "meeting.ended", "payload": {"object": {"id": 1, "settings": secrets}}})
    delivering.subscribe()
    delivering.subscribe("sub_2", reveal=("passcode",))
    delivering.world.store.events.add([told])

    delivering.all()

    seen = {one.subscription: one.data["payload"]["object"]["settings"] for one in delivering.orders.taken}
    masked = {**secrets, "download_token": "********", "passcode": "********"}
    assert seen == {"sub_1": masked, "sub_2": {**masked, "passcode": "246810"}}
