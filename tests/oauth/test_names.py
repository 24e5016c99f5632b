"""Several names for one Zoom user, names that change, and names that are given away."""

import pytest
from oauth.world import World

from zoom_connector.errors import InvalidInputs
from zoom_connector.oauth.connections import Disconnected
from zoom_connector.sandbox import Fault
from zoom_connector.store import App, AppKind


def test_one_user_under_three_names_has_three_connections_that_work(world: World) -> None:
    renewed = [world.connect(name).renewed for name in ("sales", "support", "reports")]

    assert renewed == [(), ("sales",), ("sales", "support")]
    assert [world.works(name) for name in ("sales", "support", "reports")] == [True, True, True]
    assert len({one.grant.id for one in world.connections.all()}) == 1


def test_disconnecting_one_of_three_leaves_two_that_work_beyond_the_next_renewal(world: World) -> None:
    for name in ("sales", "support", "reports"):
        world.connect(name)

    gone = world.connections.disconnect("support")

    world.zoom.clock.move(hours=2)
    assert gone == Disconnected("support", others=("reports", "sales"), revoked=False)
    assert [world.works(name) for name in ("sales", "reports")] == [True, True]
    assert world.renewals() == 1


def test_scopes_that_a_new_sign_in_lost_are_named_with_the_connections_that_lose_them(world: World) -> None:
    world.connect("sales")
    world.zoom.app("sandbox-client").scopes = frozenset({"meeting:write", "user_info:read"})

    connected = world.connect("support")

    assert (connected.renewed, connected.lost_scopes) == (("sales",), ("recording:read",))
    assert world.connections.get("sales").grant.tokens.scopes == {"meeting:write", "user_info:read"}


def test_nothing_is_lost_by_a_sign_in_that_brings_more(world: World) -> None:
    app = world.zoom.app("sandbox-client")
    whole, app.scopes = app.scopes, frozenset({"user_info:read"})
    world.connect("sales")
    app.scopes = whole

    assert world.connect("sales").lost_scopes == ()


def test_an_admin_managed_app_is_measured_at_its_own_level(world: World) -> None:
    app = App("sandbox-admin-client", "sandbox-admin-secret", AppKind.ADMIN)

    connected = world.connect("account", "admin@example.com", app)

    assert (connected.connection.grant.app, connected.missing_scopes) == (app, ())
    assert world.connections.test("account").missing_scopes == ()


def test_a_user_managed_app_that_was_called_admin_managed_lacks_every_scope_of_the_account(world: World) -> None:
    connected = world.connect("sales", app=App("sandbox-client", "sandbox-secret", AppKind.ADMIN))

    assert connected.missing_scopes == ("meeting:write:admin", "recording:read:admin", "user:read:admin")


def test_a_renamed_connection_works_under_its_new_name_only(world: World) -> None:
    world.connect("sales")

    world.connections.rename("sales", "sales-emea")

    assert [one.name for one in world.connections.all()] == ["sales-emea"]
    assert world.works("sales-emea")


def test_the_idempotency_keys_of_a_renamed_connection_go_on_counting(world: World) -> None:
    world.connect("sales")
    world.store.runs.begin("sales", "order-1", "create_meeting", "inputs-1", creates=True)
    world.store.runs.finish("sales", "order-1", {"id": "1"})

    world.connections.rename("sales", "sales-emea")

    again = world.store.runs.begin("sales-emea", "order-1", "create_meeting", "inputs-1", creates=True)
    assert again == {"id": "1"}


def test_keys_of_a_connection_that_had_the_name_before_do_not_count_for_the_next(world: World) -> None:
    world.connect("sales")
    world.store.runs.begin("archive", "order-1", "create_meeting", "inputs-1", creates=True)
    world.store.runs.finish("archive", "order-1", {"id": "of somebody else"})

    world.connections.rename("sales", "archive")

    assert world.store.runs.begin("archive", "order-1", "create_meeting", "inputs-2", creates=True) is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("sales", "support", "connection_name_taken"),
        ("sales", "a/b", "connection_name_invalid"),
        ("marketing", "sales", "unknown_connection"),
    ],
)
def test_a_name_that_cannot_be_given_is_refused_and_nothing_changes(
    world: World, old: str, new: str, code: str
) -> None:
    world.connect("sales")
    world.connect("support", "colleague@example.com")

    with pytest.raises(InvalidInputs) as caught:
        world.connections.rename(old, new)

    named = {one.name: one.grant.person.email for one in world.connections.all()}
    assert caught.value.code == code
    assert named == {"sales": "host@example.com", "support": "colleague@example.com"}


def test_giving_a_connection_its_own_name_changes_nothing(world: World) -> None:
    world.connect("sales")

    world.connections.rename("sales", "sales")

    assert world.works("sales")


def test_a_connection_can_be_forgotten_though_zoom_does_not_answer(world: World) -> None:
    grant = world.connect("sales").connection.grant
    world.zoom.faults.add(Fault("server_error", path="/oauth/revoke"))

    gone = world.connections.disconnect("sales", anyway=True)

    assert gone == Disconnected("sales", others=(), revoked=False, unreached=True)
    assert (world.connections.all(), world.store.grants.get(grant.id)) == ([], None)
