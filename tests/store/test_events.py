"""What every store promises of events and of the endpoints that they come to."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from store.happening import MINUTE, claimed, event, everybody, ids, subscription, told
from store.world import APP, JO, SAM, START, Signer, StillClock

from zoom_connector.store import App, AppKind, Store, Tokens
from zoom_connector.store.feed import Event, Listener, Webhook

LATER = START + timedelta(days=365)


def test_an_event_comes_back_as_it_was_stored(store: Store) -> None:
    one, two = event(1), event(2, delivery="", source="poll")

    new = store.events.add([one, two])

    assert (new, store.events.get("evt_1"), store.events.get("evt_2"), store.events.get("evt_3")) == (2, one, two, None)


def test_a_happening_that_is_reported_twice_is_stored_once(store: Store) -> None:
    again = [event(2, happening="happening-1"), event(3, delivery="delivery-1"), event(4)]

    new = [store.events.add([event(1)]), store.events.add(again), store.events.add(again)]

    assert new == [1, 1, 0]
    assert [one.id for one in store.events.all(since=START, until=LATER)] == ["evt_4", "evt_1"]


def test_the_same_happening_is_another_one_for_another_app_and_for_another_account(store: Store) -> None:
    others = [
        event(2, happening="happening-1", app="other-client", delivery="delivery-1"),
        event(3, happening="happening-1", account_id="account-2"),
    ]

    assert store.events.add([event(1), *others]) == 3


def test_polls_without_a_delivery_id_do_not_exclude_each_other(store: Store) -> None:
    assert store.events.add([event(1, delivery=""), event(2, delivery="")]) == 2


def test_of_many_workers_that_report_the_same_one_stores_it(store: Store) -> None:
    with ThreadPoolExecutor(8) as workers:
        new = list(workers.map(lambda number: store.events.add([event(number, happening="same")]), range(16)))

    assert sum(new) == 1


def test_events_are_found_by_time_and_name_the_latest_first(store: Store) -> None:
    store.events.add([event(1), event(2, name="meeting.started"), event(3), event(4)])

    found = [
        store.events.all(since=START + MINUTE, until=START + 4 * MINUTE),
        store.events.all(since=START, until=LATER, name="meeting.started"),
        store.events.all(since=START, until=LATER, limit=2),
    ]

    assert [[one.id for one in some] for some in found] == [["evt_3", "evt_2", "evt_1"], ["evt_2"], ["evt_4", "evt_3"]]


def test_the_events_of_one_subscription_are_found(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    for number in (1, 2):
        store.subscriptions.add(subscription(f"sub_{number}"))
        told(store, event(number))

    found = store.events.all(since=START, until=LATER, subscription="sub_2")

    assert [one.id for one in found] == ["evt_2"]


def test_an_event_is_handed_out_once_to_whom_it_is_for(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription("sub_1"))
    store.subscriptions.add(subscription("sub_2"))
    store.events.add([event(1), event(2)])
    asked: list[tuple[str, list[Listener]]] = []

    def second(happened: Event, listeners: Sequence[Listener]) -> Collection[str]:
        asked.append((happened.id, sorted(listeners, key=lambda one: one.subscription.id)))
        return {"sub_2"}

    routed = [store.events.route(1, second), store.events.route(10, second), store.events.route(10, everybody)]

    listeners = [Listener(one, APP.client_id, APP.kind, JO.account_id, JO.user_id) for one in store.subscriptions.all()]
    assert routed == [1, 1, 0]
    assert asked == [("evt_1", listeners), ("evt_2", listeners)]
    assert ids(claimed(store)) == [("sub_2", "evt_1"), ("sub_2", "evt_2")]


def test_many_workers_hand_every_event_out_once(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription())
    store.events.add([event(number) for number in range(60)])

    with ThreadPoolExecutor(6) as workers:
        routed = list(workers.map(lambda _: store.events.route(10, everybody), range(12)))

    assert sum(routed) == 60
    assert sorted(ids(claimed(store, 100))) == sorted(("sub_1", f"evt_{number}") for number in range(60))


def test_what_is_too_old_is_emptied_and_later_deleted(store: Store, signer: Signer) -> None:
    told(store, event(1), event(2))

    emptied = [store.events.expire(START + 2 * MINUTE) for _ in range(2)]
    kept = (store.events.get("evt_1"), store.events.get("evt_2"))
    known = store.events.add([event(3, happening="happening-1")])
    store.events.expire(START + 2 * MINUTE + timedelta(days=40))

    assert (emptied, kept, known) == ([1, 0], (replace(event(1), body={}), event(2)), 0)
    assert [one.id for one in store.events.all(since=START, until=LATER)] == ["evt_2"]


def test_what_is_still_to_be_routed_or_delivered_is_kept(store: Store, signer: Signer) -> None:
    signer.connect("sales")
    store.subscriptions.add(subscription())
    told(store, event(1))
    store.events.add([event(2)])

    early = store.events.expire(LATER)
    store.events.route(10, lambda *_: ())
    store.deliveries.done(claimed(store)[0])

    assert (early, store.events.expire(LATER)) == (0, 2)


def test_an_endpoint_knows_its_secrets_and_when_zoom_was_last_heard_of(store: Store, clock: StillClock) -> None:
    store.webhooks.put("other-client", ["secret-1"])
    store.webhooks.put("other-client", ["secret-2", "secret-1"])
    store.events.add([event(1)])
    clock.move(minutes=5)
    store.webhooks.challenged("other-client")
    store.webhooks.challenged("third-client")
    store.events.add([event(2, source="poll", app="fourth-client")])

    other = Webhook("other-client", ("secret-2", "secret-1"), None, START + 5 * MINUTE)
    assert store.webhooks.all() == [
        Webhook(APP.client_id, (), START, None),
        other,
        Webhook("third-client", (), None, START + 5 * MINUTE),
    ]
    assert (store.webhooks.get("other-client"), store.webhooks.get("fourth-client")) == (other, None)


def test_an_event_that_is_reported_again_still_shows_that_zoom_reaches_the_endpoint(
    store: Store, clock: StillClock
) -> None:
    store.events.add([event(1)])
    clock.move(minutes=5)
    store.events.add([event(1)])

    assert store.webhooks.all() == [Webhook(APP.client_id, (), START + 5 * MINUTE, None)]


def test_forgetting_a_user_deletes_their_events_and_nobody_elses(store: Store, signer: Signer) -> None:
    jo = signer.connect("sales")
    signer.connect("support", SAM)
    told(
        store,
        event(1),
        event(2, user_id=SAM.user_id),
        event(3, account_id="account-2"),
        event(4, app="other-client"),
    )

    store.removals.remove([jo.grant.id])

    assert [one.id for one in store.events.all(since=START, until=LATER)] == ["evt_4", "evt_3", "evt_2"]


def test_forgetting_the_last_grant_of_an_admins_app_deletes_the_events_of_its_account(
    store: Store, signer: Signer
) -> None:
    app = App("admin-client", "admin-client-secret", AppKind.ADMIN)
    jo, sam = signer.connect("sales", app=app), signer.connect("support", SAM, app=app)
    told(store, event(1, app=app.client_id), event(2, app=app.client_id, user_id="user-3"))

    store.removals.remove([jo.grant.id])
    one_left = [one.id for one in store.events.all(since=START, until=LATER)]
    store.removals.remove([sam.grant.id])

    assert (one_left, store.events.all(since=START, until=LATER)) == (["evt_2"], [])


def test_events_of_another_tenant_can_be_neither_seen_nor_touched(opened: Callable[..., Store], tokens: Tokens) -> None:
    north, south = opened("north"), opened("south")
    for tenant in (north, south):
        Signer(tenant, tokens).connect("sales")
    north.subscriptions.add(subscription())
    north.webhooks.put(APP.client_id, ["secret-1"])
    told(north, event(1))

    south.subscriptions.pause("sub_1", paused=True)
    touched = [south.subscriptions.delete("sub_1"), south.events.expire(LATER), south.events.route(10, everybody)]
    seen = [south.events.get("evt_1"), south.webhooks.get(APP.client_id), south.subscriptions.get("sub_1")]

    assert (touched, seen) == ([False, 0, 0], [None, None, None])
    assert (south.deliveries.backlog(), claimed(south)) == ([], [])
    assert ids(claimed(north)) == [("sub_1", "evt_1")]
    assert south.events.add([event(2, happening="happening-1", delivery="delivery-1")]) == 1
