"""Every fault of every manifest is reported, with its file, its place and a sentence that names it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from zoom_connector.catalogue import Catalogue
from zoom_connector.validate import Finding, validate

LIST_ROOMS = "actions/rooms/list_rooms.json"
OPEN_ROOM = "actions/rooms/open_room.json"
SCOPES = {"classic": ["room:read:admin"], "granular": ["zoom_rooms:read:list_rooms:admin"]}
GOOD: dict[str, Any] = {
    LIST_ROOMS: {
        "title": "List rooms",
        "description": "Lists the rooms of an account.",
        "effect": "read",
        "data": ["meeting_details"],
        "inputs": {"type": "object", "additionalProperties": False, "properties": {}},
        "outputs": {
            "type": "object",
            "properties": {
                "rooms": {
                    "type": "array",
                    "title": "Rooms",
                    "items": {"type": "object", "properties": {"id": {"type": "string", "title": "Room ID"}}},
                }
            },
        },
        "sample": {"rooms": [{"id": "example"}]},
        "request": {
            "method": "GET",
            "path": "/rooms",
            "list": {"items": "rooms", "key": ["id"], "page_size": 300},
            "scopes": SCOPES,
            "rate_limit": "medium",
        },
    },
    OPEN_ROOM: {
        "title": "Open room",
        "description": "Opens a room from a moment on.",
        "effect": "update",
        "data": ["meeting_details"],
        "inputs": {
            "type": "object",
            "additionalProperties": False,
            "required": ["room_id"],
            "properties": {
                "room_id": {
                    "type": "string",
                    "title": "Room",
                    "examples": ["example"],
                    "lookup": {"action": "list_rooms", "items": "rooms", "value": "id", "label": ["id"]},
                },
                "start": {"type": "string", "title": "Start", "format": "date-time", "examples": ["2030-01-07T10:00Z"]},
                "guests": {"type": "array", "title": "Guests", "items": {"type": "string"}, "examples": [["Jo"]]},
                "level": {
                    "type": "integer",
                    "title": "Level",
                    "oneOf": [{"const": 1, "title": "Low"}, {"const": 2, "title": "High"}],
                    "default": 1,
                    "examples": [2],
                },
            },
        },
        "outputs": {"type": "object", "properties": {"id": {"type": "string", "title": "Room ID"}}},
        "sample": {"id": "example"},
        "request": {
            "method": "PATCH",
            "path": "/rooms/{room_id}",
            "names": {"guests": "basic.guests"},
            "joins": {"guests": ";"},
            "scopes": SCOPES,
            "rate_limit": "light",
        },
    },
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A platform team's own folder: two actions, everything else is the connector's."""
    for name, content in GOOD.items():
        write(tmp_path / "manifests", name, content)
    return tmp_path / "manifests"


def write(folder: Path, name: str, content: object) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def changed(name: str, place: str, value: object) -> dict[str, Any]:
    content: dict[str, Any] = copy.deepcopy(GOOD[name])
    *way, last = place.split("/")
    inner: Any = content
    for step in way:
        inner = inner[step]
    inner[last] = value
    return content


def test_the_connectors_own_manifests_have_no_fault() -> None:
    assert validate(Path(str(Catalogue().folder))) == []


def test_a_folder_of_actions_alone_is_enough(folder: Path) -> None:
    assert validate(folder) == []


def test_a_folder_without_manifests_is_told(tmp_path: Path) -> None:
    assert validate(tmp_path) == [Finding(".", "", "There are no manifests in this folder.")]


FIELD = "inputs/properties/"
FAULTS = [
    (OPEN_ROOM, "colour", "red", "/colour", "The key 'colour' is unknown here."),
    (OPEN_ROOM, FIELD + "level/maxmum", 3, "/inputs/properties/level/maxmum", "The key 'maxmum' is unknown here."),
    (OPEN_ROOM, "request/retry", True, "/request/retry", "The key 'retry' is unknown here."),
    (OPEN_ROOM, "effect", "open", "/effect", '"open" is none of read, create, update, delete.'),
    (OPEN_ROOM, "title", 7, "/title", '7 does not fit the type "string".'),
    (OPEN_ROOM, "requires", ["luck"], "/requires", "The requirement 'luck' is not in connector.json."),
    (OPEN_ROOM, "calls", [], "", "Exactly one of these must be here: request, calls."),
    (OPEN_ROOM, FIELD + "colour", {"type": "string", "examples": ["red"]}, "/inputs/properties/colour",
     "The key 'title' is missing."),
    (OPEN_ROOM, FIELD + "colour", {"type": "string", "title": "Colour"}, "/inputs/properties/colour",
     "The key 'examples' is missing."),
    (OPEN_ROOM, FIELD + "guests/type", "list", "/inputs/properties/guests/type",
     '"list" is none of string, integer, number, boolean, array, object.'),
    (OPEN_ROOM, FIELD + "level/pattern", "x", "/inputs/properties/level/pattern",
     "The key 'pattern' does not go with this type."),
    (OPEN_ROOM, FIELD + "room_id/pattern", "(", "/inputs/properties/room_id/pattern",
     '"(" does not fit the format "regex".'),
    (OPEN_ROOM, FIELD + "level/examples", [3], "/inputs/properties/level/examples",
     "3 breaks the input's own 'oneOf'."),
    (OPEN_ROOM, FIELD + "level/default", "1", "/inputs/properties/level/default",
     "\"1\" breaks the input's own 'type'."),
    (OPEN_ROOM, FIELD + "start/examples", ["soon"], "/inputs/properties/start/examples",
     "\"soon\" breaks the input's own 'format'."),
    (OPEN_ROOM, "inputs/required", ["room_id", "key"], "/inputs/required", "The required input 'key' is not declared."),
    (OPEN_ROOM, "data", ["weather"], "/data", "The category 'weather' is not in connector.json."),
    (OPEN_ROOM, "sample", {"id": 7}, "/sample/id", '7 does not fit the type "string".'),
    (OPEN_ROOM, "sample", {}, "/sample", "The key 'id' is missing."),
    (OPEN_ROOM, "sample/name", "Blue", "/sample/name", "The key 'name' is unknown here."),
    (OPEN_ROOM, "request/path", "/rooms/{id}", "/request/path", "The path needs 'id', which is no required input."),
    (OPEN_ROOM, "request/names/color", "basic.color", "/request/names", "There is no input 'color'."),
    (OPEN_ROOM, "request/query", ["color"], "/request/query", "There is no input 'color'."),
    (OPEN_ROOM, "request/joins/level", ";", "/request/joins",
     "Only a list can be joined, and the input 'level' is none."),
    (OPEN_ROOM, "request/list", {"items": "rooms"}, "/request/list/items", "The outputs have no list of rows 'rooms'."),
    (OPEN_ROOM, FIELD + "room_id/lookup/action", "list_room", "/inputs/properties/room_id/lookup",
     "There is no action 'list_room' to look values up with."),
    (OPEN_ROOM, FIELD + "room_id/lookup/items", "room", "/inputs/properties/room_id/lookup",
     "The action 'list_rooms' has no list of rows 'room' among its outputs."),
    (OPEN_ROOM, FIELD + "room_id/lookup/value", "uid", "/inputs/properties/room_id/lookup",
     "The rows of the action 'list_rooms' have no field 'uid'."),
    (OPEN_ROOM, FIELD + "room_id/lookup/depends_on", ["start"], "/inputs/properties/room_id/lookup",
     "The lookup passes on 'start', which is no input of the action 'list_rooms'."),
    (OPEN_ROOM, FIELD + "room_id/lookup/depends_on", ["zone"], "/inputs/properties/room_id/lookup",
     "The lookup depends on 'zone', which is no input of this action."),
    (OPEN_ROOM, FIELD + "guests/items",
     {"type": "object", "additionalProperties": False, "properties": {
         "zone": {"type": "string", "title": "Zone"},
         "room": {"type": "string", "title": "Room", "lookup": {
             "action": "list_rooms", "items": "rooms", "value": "id", "label": ["id"], "depends_on": ["zone"]}}}},
     "/inputs/properties/guests/items/properties/room/lookup",
     "The lookup passes on 'zone', which is no input of the action 'list_rooms'."),
    (OPEN_ROOM, FIELD + "room_id/lookup",
     {"action": "get_meeting", "items": "occurrences", "value": "occurrence_id", "label": ["start_time"]},
     "/inputs/properties/room_id/lookup",
     "The action 'get_meeting' needs 'meeting_id', which 'depends_on' does not pass on."),
    (OPEN_ROOM, FIELD + "guests/items/lookup",
     {"action": "list_room", "items": "rooms", "value": "id", "label": ["id"]},
     "/inputs/properties/guests/items/lookup", "There is no action 'list_room' to look values up with."),
    (LIST_ROOMS, "request/query", ["level"], "/request/query", "A GET sends everything as query; do not list it."),
    (LIST_ROOMS, "request/list/days", 30, "/request/list/days", "Windows of days need the inputs 'from' and 'to'."),
    (LIST_ROOMS, FIELD + "limit", {"type": "integer", "title": "Limit", "examples": [1]}, "/request/list",
     "Every list has the input 'limit' already."),
    (LIST_ROOMS, "outputs/properties/more", {"type": "boolean", "title": "More"}, "/request/list",
     "Every list has the output 'more' already."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "place", "value", "pointer", "message"), FAULTS)
def test_a_fault_is_told_with_its_place(  # noqa: PLR0917 (pytest passes them by name)
    folder: Path, name: str, place: str, value: object, pointer: str, message: str
) -> None:
    write(folder, name, changed(name, place, value))

    found = validate(folder)

    assert Finding(name, pointer, message) in found
    assert {finding.file for finding in found} == {name}


def test_every_fault_of_every_file_is_told_at_once(folder: Path) -> None:
    broken = changed(OPEN_ROOM, "request/joins/color", ";")
    broken |= {"colour": "red", "effect": "open", "data": ["weather"]}
    write(folder, OPEN_ROOM, broken)
    write(folder, LIST_ROOMS, '{\n  "title": "List rooms",\n}')
    write(folder, "actions/rooms/Close-Room.json", {})
    write(folder, "rooms.json", {})
    write(folder, "connector.json", {"key": "zoom"})

    found = validate(folder)

    where = [(finding.file, finding.pointer) for finding in found]
    nowhere = "No manifest belongs here; an action is actions/<resource>/<key>.json, in small letters."
    assert Finding("actions/rooms/Close-Room.json", "", nowhere) in found
    assert Finding("rooms.json", "", nowhere) in found
    assert where.count(("connector.json", "")) == 11
    assert [file for file, _ in where].count(LIST_ROOMS) == 1
    assert {pointer for file, pointer in where if file == OPEN_ROOM} == {
        "/colour",
        "/data",
        "/effect",
        "/request/joins",
    }


def test_a_key_that_is_there_twice_is_told(folder: Path) -> None:
    write(folder, LIST_ROOMS, json.dumps(GOOD[LIST_ROOMS])[:-1] + ', "title": "Rooms"}')

    assert validate(folder) == [Finding(LIST_ROOMS, "", "The key 'title' is twice in one object.")]


def test_text_in_another_encoding_is_told(folder: Path) -> None:
    (folder / LIST_ROOMS).write_bytes('{"title": "Räume"}'.encode("latin-1"))

    assert validate(folder)[0] == Finding(LIST_ROOMS, "", "This is no UTF-8 text.")


def test_two_actions_cannot_have_one_key(folder: Path) -> None:
    write(folder, "actions/places/list_rooms.json", GOOD[LIST_ROOMS])

    assert validate(folder) == [
        Finding("actions/places/list_rooms.json", "", f"The file {LIST_ROOMS!r} has the same key."),
        Finding(LIST_ROOMS, "", "The file 'actions/places/list_rooms.json' has the same key."),
    ]


def handled(action: dict[str, Any]) -> dict[str, Any]:
    action = copy.deepcopy(action)
    action["calls"] = [action.pop("request") | {"effect": "update"}]
    return action


def test_calls_need_a_handler(folder: Path) -> None:
    write(folder, OPEN_ROOM, handled(GOOD[OPEN_ROOM]))

    assert validate(folder) == [
        Finding(OPEN_ROOM, "/calls", "An action with 'calls' needs the handler actions/open_room.py.")
    ]


def test_calls_with_their_handler_are_right(folder: Path) -> None:
    write(folder, OPEN_ROOM, handled(GOOD[OPEN_ROOM]))
    write(folder.parent, "actions/open_room.py", "")

    assert validate(folder) == []


def test_a_handler_beside_a_request_is_one_too_many(folder: Path) -> None:
    write(folder.parent, "actions/open_room.py", "")

    assert validate(folder) == [
        Finding(OPEN_ROOM, "/request", "An action with 'request' has no handler, but there is actions/open_room.py.")
    ]


def test_a_call_cannot_be_declared_twice(folder: Path) -> None:
    action = handled(GOOD[OPEN_ROOM])
    write(folder, OPEN_ROOM, action | {"calls": action["calls"] * 2})
    write(folder.parent, "actions/open_room.py", "")

    assert validate(folder) == [Finding(OPEN_ROOM, "/calls", "The call 'PATCH /rooms/{room_id}' is declared twice.")]


@pytest.mark.parametrize(
    "content", [[], 7, "text", None, {}, {"inputs": 1, "calls": {"a": 1}, "request": [], "data": {}}]
)
def test_whatever_a_file_holds_is_told_and_never_breaks_the_check(folder: Path, content: object) -> None:
    write(folder, OPEN_ROOM, json.dumps(content))
    write(folder, "connector.json", json.dumps(content))

    assert {finding.file for finding in validate(folder)} >= {OPEN_ROOM, "connector.json"}


PLACES = (
    "inputs/required inputs/properties inputs/properties/room_id inputs/properties/room_id/examples "
    "inputs/properties/room_id/lookup inputs/properties/room_id/lookup/action inputs/properties/room_id/lookup/items "
    "inputs/properties/room_id/lookup/label inputs/properties/guests/items outputs outputs/properties "
    "outputs/properties/id sample request/names request/joins request/query request/list request/path data requires"
)


@pytest.mark.parametrize("place", PLACES.split())
@pytest.mark.parametrize("value", [None, 7, "text", [[]], {"$ref": "#/nowhere"}, [{"a": 1}], True])
def test_a_wrong_shape_anywhere_is_told_and_never_breaks_the_check(folder: Path, place: str, value: object) -> None:
    write(folder, OPEN_ROOM, changed(OPEN_ROOM, place, value))

    assert {finding.file for finding in validate(folder)} == {OPEN_ROOM}


COVERAGE: dict[str, Any] = {"tags": [], "operations": ["GET /users"], "left_out": {"GET /users": "Nobody asked."}}


def test_what_is_to_be_covered_must_exist_at_zoom(folder: Path) -> None:
    write(
        folder,
        "coverage.json",
        COVERAGE | {"operations": ["GET /users", "GET /cats"], "left_out": {"GET /dogs": "Bark."}},
    )

    assert validate(folder) == [
        Finding("coverage.json", "/left_out", "Zoom has no operation 'GET /dogs'."),
        Finding("coverage.json", "/operations/1", "Zoom has no operation 'GET /cats'."),
    ]


@pytest.mark.parametrize(
    "content", [7, {}, COVERAGE | {"operations": "GET /users"}, COVERAGE | {"left_out": {"GET /users": ""}}]
)
def test_a_wrong_shape_of_what_is_to_be_covered_is_told(folder: Path, content: object) -> None:
    write(folder, "coverage.json", json.dumps(content))

    assert {finding.file for finding in validate(folder)} == {"coverage.json"}
