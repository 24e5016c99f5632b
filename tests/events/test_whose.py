"""An event reaches only subscriptions of its own app and account, and of user-managed apps only those of its user."""

import sys
from dataclasses import replace
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

import pytest
from events.signed import CLIENT, ended
from events.world import World
from store.world import APP, JO, SAM, START

from zoom_connector.store import AppKind, Person
from zoom_connector.store.feed import Event

ADMIN_APP = replace(APP, kind=AppKind.ADMIN)
SERVER_APP = replace(APP, kind=AppKind.SERVER)
OTHER_APP = replace(APP, client_id="other-client")
KIM = Person("account-2", "user-kim", "kim@example.com", "Kim Example")
TWIN = Person("account-2", "user-jo", "jo@example.org", "Jo Twin")
"""A user of another account with the same id: no such thing at Zoom, and no reason to rely on it."""
REQUESTED = {"event": "app.authorization_request_created", "event_ts": 1, "payload": {"requester_name": "Lee Example"}}


def test_each_user_of_a_user_managed_app_gets_the_events_of_their_own_meetings_only(world: World) -> None:
    world.connect("jo", JO)
    world.connect("sam", SAM)
    world.connect("kim", KIM)
    world.connect("twin", TWIN)
    subscribed = {name: world.subscribe(name) for name in ("jo", "sam", "kim", "twin")}

    world.send(ended("uuid-1", account="account-1", host="user-jo"))
    world.send(ended("uuid-2", account="account-1", host="user-sam"))
    world.send(ended("uuid-3", account="account-2", host="user-kim"))
    world.send(ended("uuid-4", account="account-1", host="user-nobody"))
    world.send(ended("uuid-5", account="account-3", host="user-jo"))

    assert world.told() == {subscribed[name]: ["meeting.ended"] for name in ("jo", "kim", "sam")}


@pytest.mark.parametrize("app", [ADMIN_APP, SERVER_APP])
def test_an_app_of_the_account_gets_everybodys_events_and_none_of_another_account(world: World, app: Any) -> None:
    world.connect("one", JO, app)
    world.connect("two", KIM, app)
    one = world.subscribe("one")
    two = world.subscribe("two")

    world.send(ended("uuid-1", account="account-1", host="user-sam"))
    world.send(ended("uuid-2", account="account-1", host=""))
    world.send(ended("uuid-3", account="account-2", host="user-lee"))

    assert world.told() == {one: ["meeting.ended"] * 2, two: ["meeting.ended"]}


def test_where_zoom_names_no_host_an_event_is_whose_who_did_it_and_else_the_hosts(world: World) -> None:
    world.connect("jo", JO)
    world.connect("sam", SAM)
    jo, sam = world.subscribe("jo"), world.subscribe("sam")

    for name, host in (("meeting.updated", ""), ("meeting.deleted", "user-sam")):
        body = ended(host=host)
        world.send({**body, "event": name, "payload": {**body["payload"], "operator_id": "user-jo"}})

    assert world.told() == {jo: ["meeting.updated"], sam: ["meeting.deleted"]}


def test_an_event_without_a_host_reaches_nobody_under_a_user_managed_app(world: World) -> None:
    world.connect("jo", JO)
    world.subscribe("jo")

    world.send(ended(host=""))

    assert world.told() == {}


def test_another_app_of_the_same_user_gets_nothing(world: World) -> None:
    world.connect("jo", JO)
    world.connect("other", JO, OTHER_APP)
    mine = world.subscribe("jo")
    world.subscribe("other")

    world.send(ended())

    assert world.told() == {mine: ["meeting.ended"]}


def test_whose_account_zoom_does_not_say_reaches_the_only_one_there_is_and_no_mere_user(world: World) -> None:
    world.connect("admin", JO, ADMIN_APP)
    admin = world.subscribe("admin", "install_requested")

    world.send(REQUESTED)

    assert world.told() == {admin: ["app.authorization_request_created"]}


def test_whose_account_zoom_does_not_say_reaches_nobody_when_there_are_two(world: World) -> None:
    world.connect("one", JO, ADMIN_APP)
    world.connect("two", KIM, ADMIN_APP)
    for name in ("one", "two"):
        world.subscribe(name, "install_requested")

    world.send(REQUESTED)

    assert world.told() == {}


def test_whose_account_zoom_does_not_say_reaches_no_user_managed_app(world: World) -> None:
    world.connect("jo", JO)
    world.subscribe("jo", "install_requested")

    world.send(REQUESTED)

    assert world.told() == {}


def test_a_trigger_gets_its_own_events_and_any_event_all(world: World) -> None:
    world.connect("jo", JO)
    subscribed = {key: world.subscribe("jo", key) for key in ("any_event", "meeting_ended", "meeting_started")}

    world.send(ended())
    world.send({**ended(), "event": "meeting.started"})

    assert world.told() == {
        subscribed["any_event"]: ["meeting.ended", "meeting.started"],
        subscribed["meeting_ended"]: ["meeting.ended"],
        subscribed["meeting_started"]: ["meeting.started"],
    }


def test_a_trigger_that_is_gone_from_the_catalogue_gets_nothing_and_keeps_nobody_from_theirs(world: World) -> None:
    world.connect("jo", JO)
    world.subscribe("jo", "of_another_version")
    mine = world.subscribe("jo", "meeting_ended")

    world.send(ended())

    assert world.told() == {mine: ["meeting.ended"]}


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"host": "USER-JO"},
        {"host": "97763643886"},
        {"topic": "KICK"},
        {"topic": "kick-off", "host": "user-jo"},
        {"type": 2},
        {"registered": False},
        {"file_types": ["M4A", "MP4"]},
        {"within": 5},
    ],
)
def test_an_event_within_the_filters_comes(world: World, filters: dict[str, Any]) -> None:
    world.connect("jo", JO)
    mine = world.subscribe("jo", "meeting_ended", **filters)

    world.send(detailed())

    assert world.told() == {mine: ["meeting.ended"]}


@pytest.mark.parametrize(
    "filters",
    [
        {"host": "user-j"},
        {"topic": "retrospective"},
        {"topic": "kick-off", "host": "user-sam"},
        {"type": 8},
        {"registered": True},
        {"file_types": ["CHAT"]},
        {"file_types": []},
        {"of_another_version": "x"},
    ],
)
def test_an_event_outside_the_filters_does_not(world: World, filters: dict[str, Any]) -> None:
    world.connect("jo", JO)
    world.subscribe("jo", "meeting_ended", **filters)

    world.send(detailed())

    assert world.told() == {}


def test_what_a_poll_found_is_new_to_others_too_unless_only_their_own_poll_can_tell(world: World) -> None:
    world.connect("jo", JO)
    mine = world.subscribe("jo", "meeting_ended")
    world.subscribe("jo", "meeting_ended", within=5)
    world.subscribe("jo", "any_event")

    world.store.events.add([polled("meeting.ended")])

    assert world.told() == {mine: ["meeting.ended"]}


def test_what_only_a_poll_can_find_goes_to_whose_poll_it_was_and_nobody_else(world: World) -> None:
    world.connect("jo", JO)
    world.subscribe("jo", "starting_soon")
    world.subscribe("jo", "any_event")

    world.store.events.add([polled("starting_soon")])

    assert world.told() == {}


@pytest.mark.parametrize(("more", "wanted"), [({"floor": "2"}, True), ({"floor": "3"}, False), (None, True)])
def test_a_filter_sees_what_the_handler_works_out_and_one_that_fails_keeps_nothing_back(
    world: World, monkeypatch: pytest.MonkeyPatch, more: dict[str, str] | None, wanted: bool
) -> None:
    world.connect("jo", JO)
    mine = world.subscribe("jo", "door_opened", floor="2")
    handler = ModuleType("zoom_connector.triggers.door_opened")
    handler.__spec__ = ModuleSpec(handler.__name__, None)
    handler.run = lambda event: {**event, **more}  # type: ignore[attr-defined, dict-item]  # a handler may fail
    monkeypatch.setitem(sys.modules, handler.__name__, handler)

    world.send({**ended(), "event": "room.door_opened"})

    assert world.told() == ({mine: ["room.door_opened"]} if wanted else {})


def polled(name: str) -> Event:
    body = {**detailed(), "event": name}
    return Event("evt_1", CLIENT, "account-1", name, START, START, "happening-1", "user-jo", "poll", body)


def detailed() -> dict[str, Any]:
    body = ended()
    body["payload"]["object"] |= {"registered": False, "recording_files": [{"file_type": "CC"}, {"file_type": "mp4"}]}
    return body
