from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from oauth import renewing
from oauth.world import World
from processes import exit_codes

from zoom_connector.errors import ReconnectRequired, ZoomAnswer, ZoomError, ZoomUnavailable
from zoom_connector.oauth.access import GrantAccess
from zoom_connector.sandbox import Fault
from zoom_connector.settings import Settings
from zoom_connector.store import GrantState, SqlStore


def ended(world: World, name: str = "sales") -> tuple[str, dict[str, object]]:
    with pytest.raises(ReconnectRequired) as caught:
        world.connections.access(name).token()
    return caught.value.code, caught.value.params


def test_a_token_that_is_still_valid_is_used_as_it_is(world: World) -> None:
    grant = world.connect("sales").connection.grant
    world.zoom.clock.move(minutes=58)

    token = world.connections.access("sales").token()

    assert (token.value, token.api_url, token.scopes) == (
        grant.tokens.access,
        world.zoom.url,
        grant.tokens.scopes,
    )
    assert world.renewals() == 0


def test_a_token_in_its_last_minute_is_renewed_and_saved(world: World) -> None:
    before = world.connect("sales").connection.grant.tokens
    world.zoom.clock.move(minutes=59)

    token = world.connections.access("sales").token()

    saved = world.connections.get("sales").grant.tokens
    assert (saved.access, saved.refresh != before.refresh, token.value != before.access) == (token.value, True, True)
    assert world.works("sales")
    assert world.renewals() == 1


def test_many_threads_that_find_one_expired_token_make_one_renewal(world: World) -> None:
    world.connect("sales")
    world.connect("support")
    world.zoom.clock.move(hours=2)

    with ThreadPoolExecutor(32) as workers:
        found = set(workers.map(lambda name: world.connections.access(name).token().value, ["sales", "support"] * 16))

    assert (len(found), world.renewals()) == (1, 1)
    assert world.clock.slept == []


def test_many_threads_whose_token_zoom_refused_make_one_renewal(world: World) -> None:
    world.connect("sales")
    access = world.connections.access("sales")
    rejected = access.token()

    with ThreadPoolExecutor(16) as workers:
        found = set(workers.map(lambda _: access.renew(rejected).value, range(32)))

    assert (len(found), rejected.value in found, world.renewals()) == (1, False, 1)


def test_processes_that_find_one_expired_token_make_one_renewal(world: World, settings: Settings) -> None:
    world.connect("sales")
    world.zoom.clock.move(hours=-2)
    world.connect("sales")
    world.zoom.clock.move(hours=2)
    url, key = settings.database_url.get_secret_value(), settings.secret_keys[0]

    codes = exit_codes(4, renewing.with_threads, url, key, world.zoom.url)

    assert codes == [0] * 4
    assert world.renewals() == 1


def test_a_renewal_that_ends_just_before_the_lease_begins_is_noticed(world: World, settings: Settings) -> None:
    world.connect("sales")
    world.zoom.clock.move(hours=2)
    other_worker = world.connections.access("sales").token

    class Interrupted:
        """Lets another worker do its whole renewal while this one is reaching for the lease."""

        def __init__(self) -> None:
            self.calls = [other_worker]

        def now(self) -> datetime:
            while self.calls:
                self.calls.pop()()
            return world.clock.now()

        def sleep(self, seconds: float) -> None:
            world.clock.sleep(seconds)

    grant = world.connections.get("sales")
    url = settings.database_url.get_secret_value()
    with SqlStore.open(url, keys=settings.secret_keys, clock=Interrupted()) as store:
        token = GrantAccess(grant, store, world.server, world.clock).token()

    assert (token, world.renewals()) == (world.connections.access("sales").token(), 1)


def test_a_grant_that_was_renewed_elsewhere_meanwhile_is_not_renewed_again(world: World) -> None:
    world.connect("sales")
    access = world.connections.access("sales")
    rejected = access.token()
    newer = access.renew(rejected)

    assert (access.renew(rejected), world.renewals()) == (newer, 1)


def test_a_lost_answer_tries_the_old_refresh_token_once_more(world: World) -> None:
    world.connect("sales")
    world.zoom.clock.move(hours=2)
    world.zoom.faults.add(Fault("server_error", path="/oauth/token", after_work=True))

    world.connections.access("sales").token()

    assert (world.works("sales"), world.renewals()) == (True, 2)


@pytest.mark.parametrize("grace", [timedelta(minutes=1), timedelta(0)], ids=["with a grace", "without a grace"])
def test_a_renewal_whose_answer_is_lost_ends_with_a_token_or_says_what_happened(world: World, grace: timedelta) -> None:
    world.connect("sales")
    world.zoom.refresh_grace = grace
    world.zoom.clock.move(hours=2)
    world.zoom.faults.add(Fault("lost_answer", path="/oauth/token"))

    if grace:
        assert world.works("sales")
    else:
        assert ended(world) == ("renewal_lost", {"connection": "sales"})

    state = GrantState.ACTIVE if grace else GrantState.LOST
    assert (world.connections.get("sales").grant.state, world.renewals()) == (state, 2)


def test_zoom_being_away_leaves_the_grant_as_it_was(world: World) -> None:
    world.connect("sales")
    world.zoom.clock.move(hours=2)
    away = world.zoom.faults.add(Fault("server_error", path="/oauth/token", times=2))
    with pytest.raises(ZoomUnavailable) as caught:
        world.connections.access("sales").token()

    assert (caught.value.code, away.hits) == ("zoom_unavailable", 2)
    assert world.connections.get("sales").grant.state is GrantState.ACTIVE
    assert world.works("sales")


def test_a_refresh_token_that_another_worker_used_up_is_looked_up_again(world: World) -> None:
    world.connect("sales")
    world.zoom.clock.move(hours=2)
    grant = world.connections.get("sales").grant
    # A worker without a lease: it slept through its own, and saves while this one is asking.
    sleeper = world.store.grants.lease(grant.id)
    assert sleeper is not None
    world.zoom.clock.move(minutes=3)
    newer = world.server.renew(grant.app, grant.tokens.refresh)
    world.zoom.clock.move(minutes=2)
    slow = world.zoom.faults.add(Fault("slow", path="/oauth/token"))

    with ThreadPoolExecutor(1) as worker:
        asking = worker.submit(world.connections.access("sales").token)
        slow.reached.wait(30)
        saved = world.store.grants.save(sleeper, newer)
        slow.release()
        token = asking.result()

    assert (saved, token.value) == (True, newer.access)
    assert world.connections.get("sales").grant.state is GrantState.ACTIVE


def test_a_grant_that_ended_says_how_and_asks_zoom_no_more(world: World) -> None:
    world.connect("sales")
    world.zoom.remove_app("sandbox-client", "host@example.com")
    world.zoom.clock.move(hours=2)

    first, asked = ended(world), world.renewals()
    second = ended(world)

    assert (first, second) == (("grant_dead", {"connection": "sales"}),) * 2
    assert (asked, world.renewals()) == (1, 1)
    assert world.connections.get("sales").grant.state is GrantState.DEAD


def test_an_approval_that_was_withdrawn_is_told_from_a_dead_grant(world: World) -> None:
    world.connect("sales")
    world.zoom.withdraw_approval("sandbox-client")
    world.zoom.clock.move(hours=2)

    assert ended(world)[0] == "approval_withdrawn"
    assert world.connections.get("sales").grant.state is GrantState.WITHDRAWN


def test_a_grant_that_nobody_used_for_ninety_days_has_expired(world: World) -> None:
    world.connect("sales")
    world.zoom.clock.move(days=90, seconds=1)

    assert ended(world)[0] == "grant_expired"
    assert world.connections.get("sales").grant.state is GrantState.EXPIRED


def test_a_refusal_of_both_tokens_before_their_time_means_that_the_app_was_removed(world: World) -> None:
    world.connect("sales")
    world.zoom.remove_app("sandbox-client", "host@example.com")
    access = world.connections.access("sales")

    with pytest.raises(ReconnectRequired) as caught:
        access.renew(access.token())

    assert (caught.value.code, caught.value.params) == ("grant_removed", {"connection": "sales"})
    assert world.connections.get("sales").grant.state is GrantState.REMOVED


@pytest.mark.parametrize("code", [code for code in GrantState if code is not GrantState.ACTIVE])
def test_an_end_that_zoom_tells_during_a_call_is_remembered_with_its_reason(world: World, code: GrantState) -> None:
    world.connect("sales")
    access = world.connections.access("sales")
    refused = access.token()
    answer = ZoomAnswer(401, message="No.", tracking_id="tracking-1")

    with pytest.raises(ReconnectRequired) as caught:
        access.ended(refused, ReconnectRequired(code.value, zoom=answer))

    assert (caught.value.code, caught.value.params, caught.value.zoom) == (code, {"connection": "sales"}, answer)
    assert world.connections.get("sales").grant.state is code
    assert ended(world) == (code, {"connection": "sales"})


def test_an_end_that_was_told_of_tokens_that_are_not_the_grants_any_more_changes_nothing(world: World) -> None:
    world.connect("sales")
    access = world.connections.access("sales")
    refused = access.token()
    newer = world.connect("support").connection.grant.tokens

    token = access.ended(refused, ReconnectRequired("grant_replaced"))

    assert token.value == newer.access
    assert world.connections.get("sales").grant.state is GrantState.ACTIVE


def test_signing_in_again_revives_a_dead_grant(world: World) -> None:
    world.connect("sales")
    world.zoom.remove_app("sandbox-client", "host@example.com")
    world.zoom.clock.move(hours=2)
    ended(world)

    world.connect("sales")

    assert world.works("sales")


def test_a_wrong_client_secret_does_not_kill_the_grant(world: World) -> None:
    world.connect("sales")
    world.zoom.clock.move(hours=2)
    world.zoom.app("sandbox-client").client_secret = "rotated-secret"

    with pytest.raises(ZoomError) as caught:
        world.connections.access("sales").token()

    assert caught.value.code == "app_credentials_wrong"
    assert world.connections.get("sales").grant.state is GrantState.ACTIVE


def test_a_connection_that_was_disconnected_elsewhere_has_no_token(world: World) -> None:
    world.connect("sales")
    access = world.connections.access("sales")
    world.connections.disconnect("sales")

    with pytest.raises(ReconnectRequired) as caught:
        access.token()

    assert (caught.value.code, caught.value.params) == ("grant_dead", {"connection": "sales"})
