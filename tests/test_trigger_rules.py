"""Every fault of a trigger's manifest is reported, with its place and a sentence that names it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from zoom_connector.validate import Finding, validate

DOOR_OPENED = "triggers/rooms/door_opened.json"
GOOD: dict[str, Any] = {
    "title": "Door opened",
    "description": "Fires when somebody opens the door of a room.",
    "events": ["room.door_opened"],
    "data": ["meeting_details"],
    "filters": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "host": {
                "type": "string",
                "title": "Host",
                "on": ["host_id"],
                "examples": ["exampleHostAAAAAAAAAAA"],
                "lookup": {"action": "list_users", "items": "users", "value": "id", "label": ["email"]},
            },
            "color": {
                "type": "string",
                "title": "Colour",
                "on": ["doors[].color"],
                "contains": True,
                "examples": ["red"],
            },
        },
    },
    "outputs": {
        "type": "object",
        "properties": {
            "host_id": {"type": "string", "title": "Host ID"},
            "room": {"type": "object", "title": "Room", "properties": {"id": {"type": "string", "title": "Room ID"}}},
            "doors": {
                "type": "array",
                "title": "Doors",
                "items": {"type": "object", "properties": {"color": {"type": "string", "title": "Colour"}}},
            },
        },
    },
    "sample": {
        "event": "room.door_opened",
        "event_ts": 1893492000000,
        "payload": {
            "account_id": "exampleAccountCCCCCCCC",
            "object": {"host_id": "exampleHostAAAAAAAAAAA", "room": {"id": 7}, "doors": [{"color": "red"}]},
        },
    },
    "happening": ["host_id", "room.id", "doors[].color"],
    "scopes": {"classic": ["room:read:admin"], "granular": ["zoom_rooms:read:list_rooms:admin"]},
}
ROW = {"id": {"type": "string", "title": "Host ID"}, "email": {"type": "string", "title": "E-mail"}}
CALL = {
    "method": "GET",
    "path": "/rooms",
    "effect": "read",
    "scopes": GOOD["scopes"],
    "rate_limit": "medium",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A platform team's own folder: one trigger, everything else is the connector's."""
    write(tmp_path / "manifests", DOOR_OPENED, GOOD)
    return tmp_path / "manifests"


def write(folder: Path, name: str, content: object) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def changed(place: str, value: object) -> dict[str, Any]:
    content = copy.deepcopy(GOOD)
    *way, last = place.split("/")
    inner: Any = content
    for step in way:
        inner = inner[step]
    inner[last] = value
    return content


def test_a_right_trigger_has_no_fault(folder: Path) -> None:
    assert validate(folder) == []


HOST = "filters/properties/host"
FAULTS = [
    ("colour", "red", "/colour", "The key 'colour' is unknown here."),
    ("events", "every", "/events", '"every" does not fit the const "any".'),
    ("events", ["Door opened"], "/events/0",
     '"Door opened" does not fit the pattern "^[a-z][a-z0-9_]*(\\\\.[a-z0-9_]+)?$".'),
    ("events", [], "/events", "Without events and without calls nothing can fire it."),
    ("data", ["weather"], "/data", "The category 'weather' is not in connector.json."),
    ("requires", ["luck"], "/requires", "The requirement 'luck' is not in connector.json."),
    ("calls", [CALL], "/calls", "A trigger with 'calls' needs the handler triggers/door_opened.py."),
    (f"{HOST}/on", ["hosts"], f"/{HOST}/on", "There is no output 'hosts'."),
    (f"{HOST}/on", ["doors.color"], f"/{HOST}/on", "There is no output 'doors.color'."),
    (f"{HOST}/on", ["room.color"], f"/{HOST}/on", "There is no output 'room.color'."),
    (f"{HOST}/secret", True, f"/{HOST}/secret", "The key 'secret' is unknown here."),
    (f"{HOST}/examples", [], f"/{HOST}/examples", "[] does not fit the minItems 1."),
    (f"{HOST}/lookup/action", "list_hosts", f"/{HOST}/lookup",
     "There is no action 'list_hosts' to look values up with."),
    (f"{HOST}/lookup/label", ["colour"], f"/{HOST}/lookup",
     "The rows of the action 'list_users' have no field 'colour'."),
    (f"{HOST}/lookup/depends_on", ["role"], f"/{HOST}/lookup",
     "The lookup depends on 'role', which is no input of this action."),
    (f"{HOST}/minLength", 99, f"/{HOST}/examples", "\"exampleHostAAAAAAAAAAA\" breaks the input's own 'minLength'."),
    ("filters/required", ["room"], "/filters/required", "The required filter 'room' is not declared."),
    ("filters/properties/late", {"type": "boolean", "title": "Late", "examples": [True]}, "/filters/properties/late",
     "Without 'on' a filter is for a poll, and this trigger has none."),
    ("happening", ["room_id"], "/happening", "There is no output 'room_id'."),
    ("happening", ["room.number"], "/happening", "There is no output 'room.number'."),
    ("happening", ["doors[].shape"], "/happening", "There is no output 'doors[].shape'."),
    ("happening", ["doors[0].color"], "/happening/0",
     '"doors[0].color" does not fit the pattern "^\\\\w+(\\\\[\\\\])?(\\\\.\\\\w+(\\\\[\\\\])?)*$".'),
    ("sample", {"event": "room.door_opened"}, "/sample", "The key 'payload' is missing."),
    ("sample/payload/object/room", {}, "/sample/room", "The key 'id' is missing."),
    ("sample/payload/object/doors", [], "/sample/doors", "[] does not fit the minItems 1."),
    ("sample/payload/object/host_id", None, "/sample", "The key 'host_id' is missing."),
]  # fmt: skip


@pytest.mark.parametrize(("place", "value", "pointer", "message"), FAULTS)
def test_a_fault_is_told_with_its_place(folder: Path, place: str, value: object, pointer: str, message: str) -> None:
    write(folder, DOOR_OPENED, changed(place, value))

    assert validate(folder) == [Finding(DOOR_OPENED, pointer, message)]


def test_two_triggers_cannot_have_one_key(folder: Path) -> None:
    write(folder, "triggers/doors/door_opened.json", GOOD)

    assert validate(folder) == [
        Finding("triggers/doors/door_opened.json", "", f"The file {DOOR_OPENED!r} has the same key."),
        Finding(DOOR_OPENED, "", "The file 'triggers/doors/door_opened.json' has the same key."),
    ]


def test_a_trigger_may_share_its_key_with_an_action(folder: Path) -> None:
    write(folder, "triggers/users/list_users.json", GOOD)

    assert validate(folder) == []


def test_calls_with_their_handler_are_right_and_may_need_filters_of_their_own(folder: Path) -> None:
    trigger = changed("filters/properties/late", {"type": "boolean", "title": "Late", "examples": [True]})
    write(folder, DOOR_OPENED, trigger | {"calls": [CALL], "events": []})
    write(folder.parent, "triggers/door_opened.py", "")

    assert validate(folder) == []


@pytest.mark.parametrize(
    ("handler", "messages"), [("def poll(", ["The key 'host_id' is missing."]), ("def run(event):", [])]
)
def test_a_sample_has_every_output_but_for_those_that_a_handler_works_out(
    folder: Path, handler: str, messages: list[str]
) -> None:
    write(folder, DOOR_OPENED, changed("sample/payload/object/host_id", None))
    write(folder.parent, "triggers/door_opened.py", f'"""Read doors."""\n\n{handler}')

    assert [finding.message for finding in validate(folder)] == messages


def test_a_lookup_may_name_an_action_of_the_same_folder(folder: Path) -> None:
    write(folder, DOOR_OPENED, changed(f"{HOST}/lookup/action", "list_hosts"))
    write(
        folder,
        "actions/rooms/list_hosts.json",
        {
            "title": "List hosts",
            "description": "Lists who may open doors.",
            "effect": "read",
            "data": ["contacts"],
            "inputs": {"type": "object", "additionalProperties": False, "properties": {}},
            "outputs": {
                "type": "object",
                "properties": {
                    "users": {"type": "array", "title": "Hosts", "items": {"type": "object", "properties": ROW}}
                },
            },
            "sample": {"users": [{"id": "exampleHostAAAAAAAAAAA", "email": "jo@example.com"}]},
            "request": {key: value for key, value in CALL.items() if key != "effect"},
        },
    )

    assert validate(folder) == []


PLACES = (
    "events data filters filters/properties filters/properties/host filters/properties/host/on "
    "filters/properties/host/lookup outputs outputs/properties outputs/properties/room sample sample/payload happening "
    "scopes"
)


@pytest.mark.parametrize("place", PLACES.split())
@pytest.mark.parametrize("value", [None, 7, "text", [[]], {"$ref": "#/nowhere"}, [{"a": 1}], True])
def test_a_wrong_shape_anywhere_is_told_and_never_breaks_the_check(folder: Path, place: str, value: object) -> None:
    write(folder, DOOR_OPENED, changed(place, value))

    assert {finding.file for finding in validate(folder)} == {DOOR_OPENED}
