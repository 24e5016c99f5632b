from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from store.world import APP, JO, SAM, Signer, StillClock

from zoom_connector.store import App, GrantState, Lease, Store, Tokens


def lease(store: Store, grant_id: str) -> Lease:
    taken = store.grants.lease(grant_id)
    assert taken is not None
    return taken


def renewed(tokens: Tokens, number: int) -> Tokens:
    return replace(tokens, access=f"access-{number}", refresh=f"refresh-{number}")


def held(store: Store, grant_id: str) -> Tokens:
    grant = store.grants.get(grant_id)
    assert grant is not None
    return grant.tokens


def test_a_grant_comes_back_as_it_was_saved(signer: Signer, tokens: Tokens, clock: StillClock) -> None:
    grant = signer.connect("sales").grant

    assert (grant.app, grant.person, grant.tokens, grant.state, grant.since) == (
        APP,
        JO,
        tokens,
        GrantState.ACTIVE,
        clock.now(),
    )


def test_of_many_workers_one_gets_the_lease(signer: Signer, store: Store) -> None:
    grant = signer.connect("sales").grant

    with ThreadPoolExecutor(16) as workers:
        leases = list(workers.map(lambda _: store.grants.lease(grant.id), range(32)))

    assert len([taken for taken in leases if taken is not None]) == 1


def test_a_released_lease_can_be_taken_at_once(signer: Signer, store: Store) -> None:
    grant = signer.connect("sales").grant

    store.grants.release(lease(store, grant.id))

    assert store.grants.lease(grant.id) is not None


def test_a_lease_whose_owner_died_can_be_taken_after_two_minutes(
    signer: Signer, store: Store, clock: StillClock
) -> None:
    grant = signer.connect("sales").grant
    lease(store, grant.id)

    clock.move(seconds=119)
    early = store.grants.lease(grant.id)
    clock.move(seconds=1)
    late = store.grants.lease(grant.id)

    assert (early is None, late is None) == (True, False)


def test_a_worker_that_slept_through_its_lease_cannot_overwrite_newer_tokens(
    signer: Signer, store: Store, clock: StillClock, tokens: Tokens
) -> None:
    grant = signer.connect("sales").grant
    sleeper = lease(store, grant.id)
    clock.move(minutes=3)
    store.grants.save(lease(store, grant.id), renewed(tokens, 3))

    saved = store.grants.save(sleeper, renewed(tokens, 2))

    assert (saved, held(store, grant.id)) == (False, renewed(tokens, 3))


def test_a_worker_that_slept_through_its_lease_may_save_what_nobody_has_renewed(
    signer: Signer, store: Store, clock: StillClock, tokens: Tokens
) -> None:
    grant = signer.connect("sales").grant
    sleeper = lease(store, grant.id)
    clock.move(minutes=3)
    lease(store, grant.id)

    saved = store.grants.save(sleeper, renewed(tokens, 2))

    assert (saved, held(store, grant.id)) == (True, renewed(tokens, 2))


def test_a_worker_that_is_late_does_not_release_the_lease_of_the_next(
    signer: Signer, store: Store, clock: StillClock
) -> None:
    grant = signer.connect("sales").grant
    sleeper = lease(store, grant.id)
    clock.move(minutes=3)
    lease(store, grant.id)

    store.grants.release(sleeper)

    assert store.grants.lease(grant.id) is None


def test_a_grant_that_got_new_tokens_meanwhile_is_not_declared_dead(
    signer: Signer, store: Store, clock: StillClock, tokens: Tokens
) -> None:
    grant = signer.connect("sales").grant
    sleeper = lease(store, grant.id)
    clock.move(minutes=3)
    store.grants.save(lease(store, grant.id), renewed(tokens, 2))

    ended = store.grants.end(sleeper.grant, GrantState.DEAD)

    after = store.grants.get(grant.id)
    assert after is not None
    assert (ended, after.state) == (False, GrantState.ACTIVE)


def test_a_second_sign_in_renews_the_grant_of_all_connections(signer: Signer, store: Store, tokens: Tokens) -> None:
    first = signer.connect("sales").grant
    store.grants.end(first, GrantState.REPLACED)

    second = signer.connect("support", access="access-2", refresh="refresh-2").grant

    assert [(one.name, one.grant.id, one.grant.tokens, one.grant.state) for one in store.connections.all()] == [
        ("sales", first.id, renewed(tokens, 2), GrantState.ACTIVE),
        ("support", first.id, renewed(tokens, 2), GrantState.ACTIVE),
    ]
    assert second.id == first.id


def test_idle_grants_are_named_by_one_connection_each(
    signer: Signer, store: Store, clock: StillClock, tokens: Tokens
) -> None:
    signer.connect("sales")
    signer.connect("support")
    signer.connect("other", SAM)
    signer.connect("over", app=App("other-client", "other-client-secret"))
    over = store.connections.get("over")
    assert over is not None
    store.grants.end(over.grant, GrantState.REPLACED)

    assert store.grants.idle(tokens.expires_at) == []
    assert store.grants.idle(tokens.expires_at + timedelta(seconds=1)) == ["other", "sales"]


def test_one_worker_a_day_may_look_after_idle_grants(store: Store, clock: StillClock) -> None:
    answers = [store.grants.may_look_after(timedelta(days=1)) for _ in range(2)]
    clock.move(days=1)

    assert [*answers, store.grants.may_look_after(timedelta(days=1))] == [True, False, True]


def test_a_renewal_under_way_cannot_undo_a_sign_in(signer: Signer, store: Store, tokens: Tokens) -> None:
    grant = signer.connect("sales").grant
    under_way = lease(store, grant.id)
    signer.connect("sales", access="access-2", refresh="refresh-2")

    saved = store.grants.save(under_way, renewed(tokens, 3))

    assert (saved, held(store, grant.id)) == (False, renewed(tokens, 2))


def test_the_same_person_has_a_grant_for_each_app(signer: Signer) -> None:
    one = signer.connect("sales")
    other = signer.connect("support", app=App("other-client", "other-client-secret"))

    assert one.grant.id != other.grant.id


def test_the_last_connection_takes_its_grant_and_app_along(signer: Signer, store: Store) -> None:
    grant = signer.connect("sales").grant
    signer.connect("support")
    signer.connect("other", person=SAM, app=App("other-client", "other-client-secret"))

    store.connections.delete("sales")
    shared = store.grants.get(grant.id)
    store.connections.delete("support")

    assert shared is not None
    assert store.grants.get(grant.id) is None
    assert [one.name for one in store.connections.all()] == ["other"]


def test_a_renewed_client_secret_is_used_by_the_grants_of_the_app(signer: Signer, store: Store) -> None:
    grant = signer.connect("sales").grant

    store.apps.refresh(App(APP.client_id, "renewed-secret"))
    store.apps.refresh(App("nobody-uses-it", "secret"))

    after = store.grants.get(grant.id)
    assert after is not None
    assert after.app.client_secret == "renewed-secret"


def test_tenants_do_not_see_each_other(opened: Callable[..., Store], tokens: Tokens) -> None:
    north, south = opened("north"), opened("south")
    northern = Signer(north, tokens).connect("sales").grant
    southern = Signer(south, tokens).connect("sales", access="access-2").grant

    south.connections.delete("sales")
    south.grants.discard(northern.id)

    assert northern.id != southern.id
    assert south.grants.get(northern.id) is None
    assert south.grants.lease(northern.id) is None
    assert ([one.name for one in north.connections.all()], south.connections.all()) == (["sales"], [])
