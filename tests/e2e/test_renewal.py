"""Grants that nobody thinks of stay alive while anything runs."""

from e2e.world import World

from zoom_connector import Connection, Connector
from zoom_connector.sandbox import Fault


def test_any_run_renews_the_grants_that_nobody_used_for_two_months(
    world: World, connector: Connector, sales: Connection
) -> None:
    support = world.connect(connector, "support", "colleague@example.com")
    for _ in range(2):
        world.zoom.clock.move(days=61)
        sales.run("get_my_user", {})

    assert support.run("get_my_user", {})["email"] == "colleague@example.com"


def test_a_renewal_that_fails_does_not_disturb_the_run(world: World, connector: Connector, sales: Connection) -> None:
    world.connect(connector, "archive", "colleague@example.com")
    world.zoom.clock.move(days=61)
    # Connections are looked after in the order of their names, so the first two questions are for "archive".
    away = world.zoom.faults.add(Fault("server_error", path="/oauth/token", times=2))

    me = sales.run("get_my_user", {})

    assert (me["email"], away.hits) == ("host@example.com", 2)
