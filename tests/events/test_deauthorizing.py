"""A user who removes the app at Zoom is forgotten here: that user's grant of that app, and nothing else."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from events.signed import CLIENT, ended
from events.world import World
from store.world import APP, JO, SAM, START

from zoom_connector.events.intake import TAKEN
from zoom_connector.store import AppKind, Person

OTHER_APP = replace(APP, client_id="other-client")
ADMIN_APP = replace(APP, kind=AppKind.ADMIN)


def removed(user: str = "user-jo", *, at: datetime = START, client: str = CLIENT) -> dict[str, Any]:
    payload = {
        "account_id": "account-1",
        "user_id": user,
        "signature": "instance-1",
        "deauthorization_time": at.isoformat().replace("+00:00", "Z"),
        "client_id": client,
        "event_ts": at.strftime("%Y-%m-%d %H:%M:%S"),
    }
    return {"event": "app_deauthorized", "payload": payload}


def names(world: World) -> list[str]:
    return [connection.name for connection in world.store.connections.all()]


def test_the_users_grant_of_this_app_goes_with_its_connections_and_events(world: World) -> None:
    world.connect("jo", JO)
    world.connect("jo again", JO)
    world.connect("jo elsewhere", JO, OTHER_APP)
    world.connect("sam", SAM)
    world.subscribe("jo")
    world.send(ended(host="user-jo"))
    world.send(ended("uuid-sam", host="user-sam"))

    answer = world.send(removed())

    assert answer == TAKEN
    assert names(world) == ["jo elsewhere", "sam"]
    assert world.store.removals.all() == [START]
    assert world.store.subscriptions.all() == []
    assert [event.user_id for event in world.events()] == ["user-sam"]


def test_a_user_of_another_account_with_that_id_stays(world: World) -> None:
    world.connect("twin", Person("account-2", "user-jo", "jo@example.org", "Jo Twin"))

    world.send(removed())

    assert names(world) == ["twin"]


def test_a_message_about_another_app_removes_nothing(world: World) -> None:
    world.connect("jo", JO)

    assert world.send(removed(client="other-client")) == TAKEN
    assert names(world) == ["jo"]


def test_a_message_that_is_not_signed_removes_nothing(world: World) -> None:
    world.connect("jo", JO)

    world.intake.receive(CLIENT, {}, b'{"event": "app_deauthorized"}').result(timeout=30)

    assert names(world) == ["jo"]


def test_a_message_that_comes_late_leaves_who_has_signed_in_again(world: World) -> None:
    world.clock.move(minutes=10)
    world.connect("jo", JO)
    world.clock.move(minutes=75)

    assert world.send(removed(at=START)) == TAKEN
    assert names(world) == ["jo"]


def test_a_message_that_comes_again_is_taken(world: World) -> None:
    world.connect("jo", JO)

    assert [world.send(removed()), world.send(removed())] == [TAKEN, TAKEN]
    assert world.store.removals.all() == [START]


def test_other_admins_of_the_account_are_told(world: World) -> None:
    world.connect("jo", JO, ADMIN_APP)
    world.connect("sam", SAM, ADMIN_APP)
    sam = world.subscribe("sam", "app_deauthorized")

    world.send(removed())

    assert names(world) == ["sam"]
    assert world.told() == {sam: ["app_deauthorized"]}


def test_a_sign_in_of_the_same_moment_by_zooms_slower_clock_is_over_as_well(world: World) -> None:
    world.connect("jo", JO)

    world.send(removed(at=START - timedelta(seconds=20)))

    assert names(world) == []
