from oauth.world import World

from zoom_connector.oauth.upkeep import Upkeep
from zoom_connector.sandbox import Fault
from zoom_connector.store import GrantState


def upkeep(world: World) -> Upkeep:
    return Upkeep(world.store, world.connections, world.clock)


def test_a_grant_that_nobody_used_for_two_months_is_renewed_by_whoever_runs(world: World) -> None:
    world.connect("sales")
    world.connect("support", "colleague@example.com")
    world.zoom.clock.move(days=61)
    world.connections.access("support").token()
    before = world.renewals()

    upkeep(world).look()

    assert world.renewals() - before == 1
    world.zoom.clock.move(days=60)
    assert world.works("sales")


def test_before_two_months_nothing_is_asked(world: World) -> None:
    world.connect("sales")
    world.zoom.clock.move(days=59)

    upkeep(world).look()

    assert world.renewals() == 0


def test_connections_that_share_a_grant_are_renewed_together(world: World) -> None:
    world.connect("sales")
    world.connect("support")
    world.zoom.clock.move(days=61)

    upkeep(world).look()

    assert world.renewals() == 1


def test_a_zoom_that_is_away_is_asked_once_a_day_over_all_processes(world: World) -> None:
    world.connect("sales")
    world.connect("support", "colleague@example.com")
    world.zoom.clock.move(days=61)
    away = world.zoom.faults.add(Fault("server_error", path="/oauth/token", times=None))
    one, other = upkeep(world), upkeep(world)

    for _ in range(3):
        one.look()
        other.look()

    assert away.hits == 2  # one renewal, and its second try
    world.zoom.faults.clear()
    world.zoom.clock.move(days=1)
    other.look()
    one.look()
    assert (world.works("sales"), world.works("support"), world.renewals()) == (True, True, 4)


def test_a_grant_that_cannot_be_renewed_does_not_keep_the_others_from_it(world: World) -> None:
    world.connect("sales")
    world.connect("support", "colleague@example.com")
    world.zoom.clock.move(days=61)
    world.zoom.revoke("sandbox-client", "host@example.com")

    upkeep(world).look()

    assert world.connections.get("sales").grant.state is GrantState.DEAD
    assert world.renewals() == 2
    assert world.works("support")
