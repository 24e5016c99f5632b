"""What every store promises of deliveries: each claimed by one worker, tried until it arrives or is given up."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from store.happening import MINUTE, claimed, event, ids, subscription, told
from store.world import START, Signer, StillClock

from zoom_connector.store import Store
from zoom_connector.store.feed import Again, Backlog, Delivery, Sink

ORDERS = Sink("callable", "orders")


@pytest.fixture
def sales(signer: Signer, store: Store) -> Store:
    """A store with a connection and a subscription."""
    signer.connect("sales")
    store.subscriptions.add(subscription())
    return store


@pytest.fixture
def ordered(signer: Signer, store: Store) -> Store:
    """A store with a connection and a subscription that wants its events in order."""
    signer.connect("sales")
    store.subscriptions.add(subscription(ordered=True))
    return store


def test_a_delivery_says_what_whom_and_since_when(sales: Store, clock: StillClock) -> None:
    told(sales, event(1))
    clock.move(minutes=1)

    (delivery,) = claimed(sales)

    assert delivery.id.startswith("msg_")
    assert delivery == Delivery(delivery.id, subscription(), event(1), 1, START, delivery.fence)


def test_a_claimed_delivery_is_given_to_nobody_else_until_its_lease_ends(sales: Store, clock: StillClock) -> None:
    told(sales, event(1))
    first = claimed(sales)

    clock.move(seconds=59)
    early = claimed(sales)
    clock.move(seconds=1)
    late = claimed(sales)

    assert (ids(first), early, ids(late)) == ([("sub_1", "evt_1")], [], [("sub_1", "evt_1")])
    assert (late[0].id, late[0].attempt) == (first[0].id, 2)


def test_of_many_workers_each_claims_its_own(sales: Store) -> None:
    told(sales, *(event(number) for number in range(40)))

    with ThreadPoolExecutor(8) as workers:
        found = list(workers.map(lambda _: ids(claimed(sales, 5)), range(16)))

    everything = [one for some in found for one in some]
    assert sorted(everything) == sorted(("sub_1", f"evt_{number}") for number in range(40))


def test_what_has_arrived_is_over_and_a_worker_that_was_too_late_is_told(sales: Store, clock: StillClock) -> None:
    told(sales, event(1))
    slow = claimed(sales)[0]
    clock.move(minutes=1)
    quick = claimed(sales)[0]

    answers = [sales.deliveries.failed(slow, "sink_failed", again_at=None), sales.deliveries.done(quick)]
    clock.move(days=1)

    assert (answers, sales.deliveries.done(quick), claimed(sales)) == ([False, 1], 0, [])


def test_several_are_over_at_once_but_for_what_another_worker_has_by_now(sales: Store, clock: StillClock) -> None:
    told(sales, *(event(number) for number in range(4)))
    lost, arrived, untried = claimed(sales, 3)
    clock.move(minutes=1)
    theirs = claimed(sales, 1)

    counted = [sales.deliveries.done(lost, arrived), sales.deliveries.release(lost, untried)]

    assert (ids(theirs), counted) == ([("sub_1", "evt_0")], [1, 1])
    assert [(one.event.id, one.attempt) for one in claimed(sales)] == [("evt_2", 1), ("evt_3", 1)]


def test_what_has_not_arrived_is_tried_again_at_the_stated_moment(sales: Store, clock: StillClock) -> None:
    told(sales, event(1))

    sales.deliveries.failed(claimed(sales)[0], "sink_failed", again_at=START + MINUTE)
    early = claimed(sales)
    clock.move(minutes=1)

    (again,) = claimed(sales)
    assert (early, again.attempt, again.since) == ([], 2, START)


def test_what_is_given_up_is_dead_and_stays_so(sales: Store, clock: StillClock) -> None:
    told(sales, event(1))

    sales.deliveries.failed(claimed(sales)[0], "sink_failed", again_at=None)
    clock.move(days=1)

    assert (claimed(sales), sales.deliveries.backlog()) == ([], [Backlog("sub_1", 0, 0, 1, None, None, "sink_failed")])


def test_a_claim_that_is_given_back_counts_as_no_attempt(sales: Store) -> None:
    told(sales, event(1))

    sales.deliveries.release(claimed(sales)[0])

    assert [one.attempt for one in claimed(sales)] == [1]


def test_an_ordered_subscription_gets_one_after_the_other(ordered: Store) -> None:
    told(ordered, *(event(number) for number in (1, 2, 3)))
    seen = []

    while delivered := claimed(ordered):
        seen += ids(delivered)
        assert claimed(ordered) == []
        ordered.deliveries.done(delivered[0])

    assert seen == [("sub_1", f"evt_{number}") for number in (1, 2, 3)]


def test_an_ordered_subscription_waits_for_what_failed_until_it_arrives_or_is_dead(
    ordered: Store, clock: StillClock
) -> None:
    told(ordered, event(1), event(2))

    ordered.deliveries.failed(claimed(ordered)[0], "sink_failed", again_at=START + MINUTE)
    waiting = claimed(ordered)
    clock.move(minutes=1)
    (again,) = claimed(ordered)
    ordered.deliveries.failed(again, "sink_failed", again_at=None)

    assert (waiting, again.event.id, ids(claimed(ordered))) == ([], "evt_1", [("sub_1", "evt_2")])


def test_an_ordered_subscription_with_a_dead_sink_does_not_hold_up_the_others(ordered: Store) -> None:
    ordered.subscriptions.add(subscription("sub_2", ordered=True))
    ordered.subscriptions.add(subscription("sub_3"))
    told(ordered, event(1), event(2))

    first = claimed(ordered)
    ordered.deliveries.failed(first[0], "sink_failed", again_at=START + MINUTE)
    for one in first[1:]:
        ordered.deliveries.done(one)

    assert sorted(ids(first)) == [
        ("sub_1", "evt_1"),
        ("sub_2", "evt_1"),
        ("sub_3", "evt_1"),
        ("sub_3", "evt_2"),
    ]
    assert ids(claimed(ordered)) == [("sub_2", "evt_2")]


def test_a_worker_is_given_only_what_it_can_hand_over(sales: Store) -> None:
    sales.subscriptions.add(subscription("sub_2", sink=ORDERS))
    sales.subscriptions.add(subscription("sub_3", sink=ORDERS, ordered=True))
    told(sales, event(1))

    assert sorted(ids(claimed(sales, receivers=[ORDERS.receiver]))) == [("sub_2", "evt_1"), ("sub_3", "evt_1")]
    assert ids(claimed(sales)) == [("sub_1", "evt_1")]


def test_a_replay_is_a_delivery_of_its_own(sales: Store) -> None:
    told(sales, event(1), event(2))
    first, _ = claimed(sales)
    sales.deliveries.done(first)

    replayed = sales.deliveries.replay("sub_1", Again(event="evt_1"))

    (again,) = claimed(sales)
    assert (replayed, ids([again]), again.id != first.id, again.attempt) == (1, [("sub_1", "evt_1")], True, 1)


def test_a_replay_doubles_nothing_that_waits_and_brings_nothing_that_was_never_had(sales: Store) -> None:
    sales.subscriptions.add(subscription("sub_2"))
    sales.events.add([event(1), event(2)])
    sales.events.route(10, lambda *_: ["sub_1"])

    replayed = [sales.deliveries.replay(name, Again()) for name in ("sub_1", "sub_2", "sub_3")]

    assert (replayed, len(claimed(sales))) == ([0, 0, 0], 2)


def test_a_replay_takes_a_range_of_time_or_only_what_was_given_up(sales: Store, clock: StillClock) -> None:
    told(sales, *(event(number) for number in (1, 2, 3, 4)))
    for delivery in claimed(sales):
        if delivery.event.id == "evt_3":
            sales.deliveries.failed(delivery, "sink_failed", again_at=None)
        else:
            sales.deliveries.done(delivery)

    dead = sales.deliveries.replay("sub_1", Again(since=START, dead=True))
    (resurrected,) = claimed(sales)
    sales.deliveries.done(resurrected)
    ranged = sales.deliveries.replay("sub_1", Again(since=START + 2 * MINUTE, until=START + 4 * MINUTE))

    assert (dead, resurrected.event.id, ranged) == (1, "evt_3", 2)
    assert sorted(ids(claimed(sales))) == [("sub_1", "evt_2"), ("sub_1", "evt_3")]
    assert sales.deliveries.replay("sub_1", Again(dead=True)) == 0


def test_what_was_deleted_of_an_event_is_not_replayed(sales: Store) -> None:
    told(sales, event(1))
    sales.deliveries.done(claimed(sales)[0])
    sales.events.expire(START + timedelta(days=1))

    assert sales.deliveries.replay("sub_1", Again()) == 0


def test_a_replay_to_an_ordered_subscription_goes_before_what_came_later(ordered: Store) -> None:
    told(ordered, event(1))
    ordered.deliveries.done(claimed(ordered)[0])
    told(ordered, event(2))

    ordered.deliveries.replay("sub_1", Again(event="evt_1"))

    assert ids(claimed(ordered)) == [("sub_1", "evt_1")]


def test_the_backlog_says_how_every_subscription_stands(sales: Store, clock: StillClock) -> None:
    sales.subscriptions.add(subscription("sub_2"))
    sales.events.add([event(number) for number in (1, 2, 3)])
    sales.events.route(10, lambda *_: ["sub_1"])
    arrives, fails, _ = claimed(sales)
    clock.move(minutes=1)
    sales.deliveries.done(arrives)
    sales.deliveries.failed(fails, "sink_failed", again_at=START + 5 * MINUTE)

    assert sales.deliveries.backlog() == [
        Backlog("sub_1", 2, 1, 0, START, START + MINUTE, "sink_failed"),
        Backlog("sub_2", 0, 0, 0, None, None, ""),
    ]


def test_a_sink_that_is_away_holds_back_everything_for_it_and_what_is_too_old_is_given_up(
    sales: Store, clock: StillClock
) -> None:
    sales.subscriptions.add(subscription("sub_2"))
    told(sales, event(1))
    clock.move(minutes=10)
    told(sales, event(2))
    under_way = claimed(sales)

    sales.deliveries.hold_back("sub_1", "sink_unreachable", until=START + 15 * MINUTE, dead_before=START + MINUTE)
    for delivery in under_way:
        sales.deliveries.release(delivery)
    early = sorted(ids(claimed(sales)))
    clock.move(minutes=5)

    assert early == [("sub_2", "evt_1"), ("sub_2", "evt_2")]
    assert ("sub_1", "evt_2") in ids(claimed(sales))
    assert sales.deliveries.backlog()[0] == Backlog("sub_1", 1, 0, 1, START + 10 * MINUTE, None, "sink_unreachable")
