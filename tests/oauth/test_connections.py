import pytest
from oauth.world import World

from zoom_connector.errors import InvalidInputs, ReconnectRequired, ZoomUnavailable
from zoom_connector.oauth.connections import Disconnected
from zoom_connector.sandbox import Fault
from zoom_connector.store import GrantState


def test_connections_are_listed_with_their_people_and_states(world: World) -> None:
    world.connect("support", "colleague@example.com")
    world.connect("sales")
    world.zoom.remove_app("sandbox-client", "host@example.com")
    world.zoom.clock.move(hours=2)
    with pytest.raises(ReconnectRequired):
        world.connections.access("sales").token()

    assert [(one.name, one.grant.person.email, one.grant.state) for one in world.connections.all()] == [
        ("sales", "host@example.com", GrantState.DEAD),
        ("support", "colleague@example.com", GrantState.ACTIVE),
    ]


def test_an_unknown_connection_is_answered_with_the_known_ones(world: World) -> None:
    world.connect("sales")

    with pytest.raises(InvalidInputs) as caught:
        world.connections.access("sale")

    assert (caught.value.code, caught.value.params) == (
        "unknown_connection",
        {"connection": "sale", "known": ["sales"]},
    )


def test_a_test_says_who_is_signed_in_and_spends_no_refresh_token(world: World) -> None:
    connected = world.connect("sales")

    tested = world.connections.test("sales")

    assert (tested.connection, tested.person, tested.missing_scopes) == ("sales", connected.connection.grant.person, ())
    assert tested.asked
    assert world.renewals() == 0


def test_a_test_renews_no_token_that_has_expired(world: World) -> None:
    connected = world.connect("sales")
    world.zoom.clock.move(hours=2)

    tested = world.connections.test("sales")

    assert (tested.asked, tested.person) == (False, connected.connection.grant.person)
    assert world.renewals() == 0


def test_a_test_renews_no_token_that_zoom_refuses_before_its_time(world: World) -> None:
    world.connect("sales")
    world.zoom.faults.add(Fault("invalid_token", path="/users/{userId}"))

    assert not world.connections.test("sales").asked
    assert world.renewals() == 0


def test_a_test_names_required_scopes_that_the_grant_lacks(world: World) -> None:
    world.zoom.app("sandbox-client").scopes = frozenset({"user_info:read"})
    world.connect("sales")

    assert world.connections.test("sales").missing_scopes == ("meeting:write", "recording:read")


def test_a_test_of_a_replaced_grant_says_so(world: World) -> None:
    world.connect("sales")
    world.zoom.revoke("sandbox-client", "host@example.com")

    with pytest.raises(ReconnectRequired) as caught:
        world.connections.test("sales")

    assert (caught.value.code, caught.value.params) == ("grant_replaced", {"connection": "sales"})
    assert world.connections.get("sales").grant.state is GrantState.REPLACED


def test_disconnecting_one_of_two_leaves_the_other_alive(world: World) -> None:
    world.connect("sales")
    world.connect("support")

    assert world.connections.disconnect("sales") == Disconnected("sales", others=("support",), revoked=False)
    assert world.works("support")
    assert [one.name for one in world.connections.all()] == ["support"]


def test_disconnecting_the_last_one_ends_the_grant_at_zoom_and_deletes_it(world: World) -> None:
    grant = world.connect("sales").connection.grant

    gone = world.connections.disconnect("sales")

    assert gone == Disconnected("sales", others=(), revoked=True)
    assert [request.status for request in world.asked("/oauth/revoke")] == [200]
    assert world.store.grants.get(grant.id) is None


def test_disconnecting_a_grant_that_is_over_deletes_it(world: World) -> None:
    grant = world.connect("sales").connection.grant
    world.zoom.remove_app("sandbox-client", "host@example.com")
    world.zoom.clock.move(hours=2)

    gone = world.connections.disconnect("sales")

    assert gone == Disconnected("sales", others=(), revoked=False)
    assert world.store.grants.get(grant.id) is None


def test_zoom_being_away_keeps_a_connection_from_being_forgotten_half(world: World) -> None:
    world.connect("sales")
    world.zoom.faults.add(Fault("server_error", path="/oauth/revoke"))

    with pytest.raises(ZoomUnavailable):
        world.connections.disconnect("sales")

    assert world.works("sales")
