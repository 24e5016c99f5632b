"""Manifests are read lazily into frozen values; what cannot be read is named."""

import json
from pathlib import Path

import pytest

from zoom_connector.calls import Call, Listing, Scopes
from zoom_connector.catalogue import Action, Catalogue
from zoom_connector.errors import ManifestError

LIST_ROOMS = {
    "title": "List rooms",
    "description": "Lists the rooms.",
    "effect": "read",
    "data": ["rooms"],
    "inputs": {"type": "object", "additionalProperties": False, "properties": {"name": {"type": "string"}}},
    "outputs": {"type": "object", "properties": {"rooms": {"type": "array"}}},
    "sample": {"rooms": []},
    "request": {
        "method": "GET",
        "path": "/rooms",
        "list": {"items": "rooms", "key": ["id"], "page_size": 300},
        "scopes": {"classic": ["room:read"], "granular": ["zoom_rooms:read:list_rooms"]},
        "rate_limit": "medium",
    },
}


def write(folder: Path, name: str, content: object) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return folder


def test_an_action_is_one_json_file_named_after_its_key(tmp_path: Path) -> None:
    catalogue = Catalogue(write(tmp_path, "actions/rooms/list_rooms.json", LIST_ROOMS))

    action = catalogue.actions["list_rooms"]

    assert (action.key, action.resource, action.title) == ("list_rooms", "rooms", "List rooms")
    assert action.request == Call(
        method="GET",
        path="/rooms",
        effect="read",
        scopes=Scopes(("room:read",), ("zoom_rooms:read:list_rooms",)),
        rate_limit="medium",
        listing=Listing("rooms", ("id",), 300, None),
    )


def test_a_list_gets_an_input_for_how_many_and_an_output_for_more(tmp_path: Path) -> None:
    action = Catalogue(write(tmp_path, "actions/rooms/list_rooms.json", LIST_ROOMS)).actions["list_rooms"]

    assert list(action.inputs["properties"]) == ["name", "limit"]
    assert list(action.outputs["properties"]) == ["rooms", "more"]
    assert action.sample == {"rooms": [], "more": False}


def test_a_call_of_a_handler_has_its_own_effect(tmp_path: Path) -> None:
    call = {**LIST_ROOMS["request"], "effect": "delete", "optional": True}  # type: ignore[dict-item]  # one dict of JSON
    manifest = {name: value for name, value in LIST_ROOMS.items() if name != "request"} | {"calls": [call]}

    action = Catalogue(write(tmp_path, "actions/rooms/list_rooms.json", manifest)).actions["list_rooms"]

    assert [(call.effect, call.optional) for call in action.calls] == [("delete", True)]
    assert action.request is None


def test_keys_are_known_without_reading_a_manifest(tmp_path: Path) -> None:
    catalogue = Catalogue(write(tmp_path, "actions/rooms/broken.json", "{"))

    assert list(catalogue.actions) == ["broken"]
    assert "broken" in catalogue.actions


@pytest.mark.parametrize(
    ("content", "code"),
    [("{", "manifest_not_json"), ({"title": "No effect"}, "manifest_incomplete"), ("[]", "manifest_incomplete")],
)
def test_a_broken_manifest_names_its_file(tmp_path: Path, content: object, code: str) -> None:
    catalogue = Catalogue(write(tmp_path, "actions/rooms/broken.json", content))

    with pytest.raises(ManifestError) as caught:
        catalogue.actions["broken"]

    assert caught.value.code == code
    assert caught.value.params["file"] == "broken.json"


def test_a_folder_without_connector_json_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(ManifestError) as caught:
        _ = Catalogue(tmp_path).identity

    assert (caught.value.code, caught.value.params["file"]) == ("manifest_unreadable", "connector.json")


def test_every_manifest_of_the_connector_can_be_read() -> None:
    catalogue = Catalogue()

    assert all(isinstance(catalogue.actions[key], Action) for key in catalogue.actions)
    assert catalogue.identity.key == "zoom"
    assert any(call.path == "/users/{userId}/meetings" for call in catalogue.operations)
