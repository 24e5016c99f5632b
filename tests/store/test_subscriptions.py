"""What every store promises of subscriptions and their polls."""

from dataclasses import replace

from store.happening import HTTPS, MINUTE, claimed, event, ids, subscription, told
from store.world import SAM, START, Signer, StillClock

from zoom_connector.store import Store
from zoom_connector.store.feed import Sink, Turn


def taken(store: Store) -> Turn:
    turn = store.subscriptions.turn()
    assert turn is not None
    return turn


def test_a_subscription_comes_back_as_it_was_stored(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    every = [
        subscription("sub_1", ordered=True, reveal=("passcode", "download_token"), give_up_after=5 * MINUTE),
        subscription("sub_2", sink=Sink("callable", "orders"), since=START - MINUTE),
        subscription("sub_3", sink=Sink("lines", "listener-1"), polls=True),
    ]

    for one in every:
        store.subscriptions.add(one, poll_at=START if one.polls else None)

    assert store.subscriptions.all() == [every[1], every[0], every[2]]
    assert (store.subscriptions.get("sub_1"), store.subscriptions.get("sub_4")) == (every[0], None)


def test_a_deleted_subscription_takes_its_deliveries_along(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription())
    told(store, event(1), event(2))
    under_way = claimed(store, 1)[0]

    deleted = [store.subscriptions.delete("sub_1") for _ in range(2)]

    assert (deleted, store.deliveries.done(under_way), claimed(store)) == ([True, False], 0, [])
    assert store.subscriptions.pause("sub_1", paused=True) is False


def test_a_paused_subscription_keeps_everything_until_it_goes_on(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription(polls=True), poll_at=START)

    paused = store.subscriptions.pause("sub_1", paused=True)
    told(store, event(1))
    meanwhile = (claimed(store), store.subscriptions.turn(), store.deliveries.backlog()[0].waiting)
    store.subscriptions.pause("sub_1", paused=False)

    assert (paused, meanwhile) == (True, ([], None, 1))
    assert ids(claimed(store)) == [("sub_1", "evt_1")]
    assert store.subscriptions.turn() is not None


def test_a_subscription_follows_the_new_name_of_its_connection(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription())
    told(store, event(1))

    store.connections.rename("sales", "support")

    assert store.subscriptions.all() == [subscription(connection="support")]
    told(store, event(2))
    assert ids(claimed(store)) == [("sub_1", "evt_1"), ("sub_1", "evt_2")]


def test_subscriptions_go_with_their_connection(store: Store, signer: Signer) -> None:
    jo = signer.connect("sales")
    signer.connect("support")
    signer.connect("other", SAM)
    for number, name in enumerate(["sales", "support", "other"]):
        store.subscriptions.add(subscription(f"sub_{number}", connection=name))
    told(store, event(1))

    store.connections.delete("support")
    after_disconnecting = [one.id for one in store.subscriptions.all()]
    store.removals.remove([jo.grant.id])

    assert after_disconnecting == ["sub_0", "sub_2"]
    assert [one.id for one in store.subscriptions.all()] == ["sub_2"]
    assert [one.subscription for one in store.deliveries.backlog()] == ["sub_2"]


def test_a_name_that_means_another_user_starts_its_subscriptions_anew(
    store: Store, signer: Signer, clock: StillClock
) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription(polls=True), poll_at=START)
    told(store, event(1))
    store.subscriptions.found(taken(store), [], cursor={"since": "of Jo"}, poll_at=START)
    under_way = taken(store)
    clock.move(minutes=1)

    signer.connect("sales", SAM)

    kept = store.subscriptions.found(under_way, [event(2)], cursor={"since": "of Jo"}, poll_at=START)
    now = subscription(polls=True, since=START + MINUTE)
    assert (kept, claimed(store)) == (False, [])
    assert taken(store) == Turn(now, None, under_way.fence + 2)


def test_the_same_user_signing_in_again_changes_nothing_for_subscriptions(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription())
    told(store, event(1))

    signer.connect("sales", access="access-2")

    assert (store.subscriptions.all(), ids(claimed(store))) == ([subscription()], [("sub_1", "evt_1")])


def test_the_poll_that_has_been_due_for_longest_is_taken_first_and_by_one_worker(
    store: Store, signer: Signer, clock: StillClock
) -> None:
    signer.connect("sales")
    for number, minute in enumerate([2, 1, 3]):
        store.subscriptions.add(subscription(f"sub_{number}", polls=True), poll_at=START + minute * MINUTE)

    early = store.subscriptions.turn()
    clock.move(minutes=2)
    turns = [store.subscriptions.turn() for _ in range(3)]

    assert early is None
    assert [turn and turn.subscription.id for turn in turns] == ["sub_1", "sub_0", None]


def test_a_poll_leaves_its_cursor_and_its_events_together(store: Store, signer: Signer, clock: StillClock) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription(polls=True), poll_at=START)
    first = taken(store)

    kept = store.subscriptions.found(first, [event(1), event(2)], cursor={"page": 2}, poll_at=START + MINUTE)

    early = store.subscriptions.turn()
    clock.move(minutes=1)
    assert (first.cursor, kept, early) == (None, True, None)
    assert taken(store) == Turn(subscription(polls=True), {"page": 2}, first.fence + 1)
    assert ids(claimed(store)) == [("sub_1", "evt_1"), ("sub_1", "evt_2")]


def test_the_poll_of_a_worker_that_died_is_taken_over_after_five_minutes_and_its_late_result_is_dropped(
    store: Store, signer: Signer, clock: StillClock
) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription(polls=True), poll_at=START)
    slow = taken(store)

    clock.move(seconds=299)
    early = store.subscriptions.turn()
    clock.move(seconds=1)
    quick = taken(store)
    late = store.subscriptions.found(slow, [event(1)], cursor={"page": 7}, poll_at=START)
    in_time = store.subscriptions.found(quick, [], cursor={"page": 2}, poll_at=START)

    assert (early, late, in_time) == (None, False, True)
    assert (taken(store).cursor, claimed(store), store.events.get("evt_1")) == ({"page": 2}, [], None)


def test_a_poll_delivers_only_what_its_subscription_has_not_had(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription(polls=True), poll_at=START)
    told(store, event(1))
    store.events.add([event(2)])
    store.events.route(10, lambda *_: ())
    store.deliveries.done(claimed(store)[0])

    twins = [event(number + 10, happening=f"happening-{number}", source="poll", delivery="") for number in (1, 2)]
    store.subscriptions.found(taken(store), [*twins, event(3)], cursor=None, poll_at=START)

    assert ids(claimed(store)) == [("sub_1", "evt_2"), ("sub_1", "evt_3")]


def test_what_a_poll_finds_first_reaches_other_subscriptions_as_well(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription(polls=True), poll_at=START)
    store.subscriptions.add(subscription("sub_2"))
    store.subscriptions.found(taken(store), [event(1)], cursor=None, poll_at=START)

    told(store, event(1))

    assert sorted(ids(claimed(store))) == [("sub_1", "evt_1"), ("sub_2", "evt_1")]


def test_no_value_shows_a_secret_of_a_sink() -> None:
    shown = repr(replace(subscription(), sink=HTTPS))

    assert "sub_1" in shown
    assert "example.com/hook" not in shown
    assert "whsec" not in shown


def test_a_poll_that_failed_goes_on_later_from_where_it_began_and_says_why_until_one_goes_well(
    store: Store, signer: Signer, clock: StillClock
) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription(polls=True), poll_at=START)
    store.subscriptions.found(taken(store), [], cursor={"page": 2}, poll_at=START)

    first = taken(store)
    put_off = [store.subscriptions.put_off(first, "rate_limited", poll_at=START + MINUTE)]
    early = store.subscriptions.turn()
    clock.move(minutes=1)
    second = taken(store)
    put_off.append(store.subscriptions.put_off(first, "no_answer", poll_at=START))
    put_off.append(store.subscriptions.put_off(second, "no_answer", poll_at=START + MINUTE))
    third = taken(store)
    while_failing = store.deliveries.backlog()[0].poll_failure
    store.subscriptions.found(third, [], cursor={"page": 3}, poll_at=START)

    assert (early, put_off, while_failing) == (None, [True, False, True], "no_answer")
    assert second == Turn(subscription(polls=True), {"page": 2}, first.fence + 1, failing_since=START)
    assert (third.cursor, third.failing_since) == ({"page": 2}, START)
    assert (taken(store).failing_since, store.deliveries.backlog()[0].poll_failure) == (None, "")
