"""A Zoom user is forgotten: nothing of them is left but the moment."""

from datetime import timedelta
from pathlib import Path

import pytest
from oauth.world import REDIRECT, World
from postgres import PostgresServer

from zoom_connector.errors import InvalidInputs
from zoom_connector.oauth.connections import Forgotten
from zoom_connector.sandbox import Fault
from zoom_connector.settings import Settings
from zoom_connector.store import App, SqlStore

NAMING = ("host@example.com", "sandboxUserHost", "zoom of host")
OWN = App("sandbox-granular-client", "sandbox-granular-secret")


def test_a_user_is_forgotten_with_all_connections_of_all_apps_and_others_stay(world: World) -> None:
    world.connect("sales")
    world.connect("support")
    world.connect("own", app=OWN)
    world.connect("colleague", "colleague@example.com")

    gone = world.connections.forget("host@example.com")

    assert gone == Forgotten(("own", "sales", "support"), unreached=False)
    assert [one.name for one in world.connections.all()] == ["colleague"]
    assert [request.status for request in world.asked("/oauth/revoke")] == [200, 200]
    assert world.works("colleague")


@pytest.mark.parametrize("user", ["HOST@Example.com", "sandboxUserHost0000002"])
def test_a_user_is_found_by_address_in_any_letters_and_by_id(world: World, user: str) -> None:
    world.connect("sales")

    assert world.connections.forget(user).connections == ("sales",)


def test_nothing_that_names_the_user_is_left_in_the_database(
    world: World, settings: Settings, postgres: PostgresServer
) -> None:
    url = settings.database_url.get_secret_value()
    world.connect("zoom of host")
    world.store.runs.begin("zoom of host", "order-1", "create_meeting", "inputs-1", creates=True)
    world.sign_ins.begin("zoom of host", world.app, redirect_uri=REDIRECT)
    before = written(url, postgres)

    world.connections.forget("host@example.com")
    assert isinstance(world.store, SqlStore)
    world.store.close()

    after = written(url, postgres)
    assert [named(word, before) for word in NAMING] == [True, True, True]
    assert [named(word, after) for word in NAMING] == [False, False, False]


def test_the_moment_is_kept_and_nothing_else(world: World) -> None:
    world.connect("sales")
    world.connect("colleague", "colleague@example.com")
    first = world.clock.now()
    world.connections.forget("host@example.com")
    world.zoom.clock.move(minutes=1)

    world.connections.forget("colleague@example.com")

    kept = world.store.removals.all()
    assert [moment - first < timedelta(seconds=50) for moment in kept] == [False, True]


def test_a_user_whose_grant_is_over_is_forgotten_as_well(world: World) -> None:
    world.connect("sales")
    world.zoom.remove_app("sandbox-client", "host@example.com")
    world.zoom.clock.move(hours=2)

    assert world.connections.forget("host@example.com") == Forgotten(("sales",), unreached=False)


def test_zoom_being_away_keeps_nobody_from_being_forgotten(world: World) -> None:
    world.connect("sales")
    world.zoom.faults.add(Fault("server_error", path="/oauth/revoke"))

    assert world.connections.forget("host@example.com") == Forgotten(("sales",), unreached=True)
    assert world.connections.all() == []


def test_a_user_nobody_knows_is_named_and_no_moment_is_noted(world: World) -> None:
    world.connect("sales")

    with pytest.raises(InvalidInputs) as caught:
        world.connections.forget("nobody@example.com")

    assert (caught.value.code, caught.value.params) == ("unknown_user", {"user": "nobody@example.com"})
    assert (world.store.removals.all(), [one.name for one in world.connections.all()]) == ([], ["sales"])


def named(word: str, where: bytes) -> bool:
    return word.encode() in where


def written(url: str, postgres: PostgresServer) -> bytes:
    """Return all that lies in the files of SQLite, or in the tables of PostgreSQL."""
    if url.startswith("sqlite"):
        file = Path(url.removeprefix("sqlite:///"))
        return b"".join(part.read_bytes() for part in file.parent.iterdir())
    return postgres.contents(url).encode()
