"""The pages about the actions, and that those in docs/ and README.md say what the manifests say."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from zoom_connector.catalogue import Catalogue
from zoom_connector.reference import overview, pages
from zoom_connector.reference_parts import kind

ROOT = Path(__file__).parent.parent
CATALOGUE = Catalogue()
PAGES = pages(CATALOGUE, list(CATALOGUE.actions.values()))
README = (ROOT / "README.md").read_text(encoding="utf-8")
WRITE = "make docs writes them anew"

ACTION: dict[str, Any] = {
    "title": "Open room",
    "description": "Opens a room.",
    "effect": "update",
    "data": ["meeting_details"],
    "requires": ["admin"],
    "inputs": {
        "type": "object",
        "required": ["room_id"],
        "properties": {
            "room_id": {
                "type": "string",
                "title": "Room",
                "examples": ["the hall"],
                "lookup": {"action": "list_rooms", "items": "rooms", "value": "id", "label": ["id"]},
            },
            "level": {
                "type": "integer",
                "title": "Level",
                "description": "Up | down.",
                "advanced": True,
                "oneOf": [{"const": 1, "title": "Low"}, {"const": 2, "title": "High"}],
            },
            "minutes": {"type": "integer", "title": "Minutes", "minimum": 1, "maximum": 60},
            "light": {
                "type": "object",
                "title": "Light",
                "properties": {
                    "lamp": {"type": "object", "properties": {"on": {"type": "boolean"}}},
                    "hue": {"type": "string", "enum": ["red", "blue"]},
                },
            },
            "guests": {
                "type": "array",
                "title": "Guests",
                "items": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {"name": {"type": "string", "title": "Name"}},
                },
            },
        },
    },
    "outputs": {"type": "object", "properties": {"key": {"type": "string", "title": "Key", "secret": True}}},
    "sample": {"key": "example"},
    "request": {
        "method": "PATCH",
        "path": "/rooms/{room_id}",
        "scopes": {
            "classic": ["room:write", "room:write:admin"],
            "granular": ["room:update:room", "room:update:room:admin", "room:update:room:master"],
        },
        "rate_limit": "light",
    },
}
PAGE = """\
<!-- Written out of the manifests: what is changed here is lost when it is written anew. -->

# Rooms

- [Open room](#open_room)

<a id="open_room"></a>

## Open room

Opens a room.

`open_room` · changes

Requires: The person who connects is an admin of the Zoom account, or has a role that allows this.

| Zoom is asked | Scopes of a user-managed app | Scopes of an admin-managed app |
| --- | --- | --- |
| `PATCH /rooms/{room_id}` | `room:update:room`; classic `room:write` | `room:update:room:admin`; classic `room:write:admin` |

| Field | Name | What it takes | Help |
| --- | --- | --- | --- |
| `room_id` (required) | Room | text | Chosen from `list_rooms`. |
| `level` | Level | choice:<br>`1` Low<br>`2` High | Up \\| down. Advanced. |
| `minutes` | Minutes | whole number, 1 to 60 |  |
| `light` | Light | settings |  |
| `guests` | Guests | rows |  |
| `guests[].name` (required) | Name | text |  |

<details markdown="1">
<summary>What is inside <code>light</code></summary>

`light.lamp.on` yes or no, `light.hue` text (red / blue)

</details>

| Output | Name | What it is | Help |
| --- | --- | --- | --- |
| `key` | Key | text, secret |  |

```console
$ zoom-connector run open_room -c NAME room_id='the hall'
```
"""  # noqa: E501 - as long as GitHub wants a row of a table


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """A catalogue of one action, in a resource that `connector.json` does not know."""
    return catalogue_of(tmp_path, ACTION)


def catalogue_of(folder: Path, action: dict[str, Any]) -> Catalogue:
    file = folder / "actions" / "rooms" / "open_room.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(action), encoding="utf-8")
    identity = CATALOGUE.folder.joinpath("connector.json").read_text(encoding="utf-8")
    (folder / "connector.json").write_text(identity, encoding="utf-8")
    return Catalogue(folder)


@pytest.fixture
def docs() -> ModuleType:
    """The tool that writes the pages."""
    spec = importlib.util.spec_from_file_location("docs", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_page_shows_all_that_the_manifest_says(catalogue: Catalogue) -> None:
    assert pages(catalogue, [catalogue.actions["open_room"]]) == {"actions/rooms.md": PAGE}


LOOK = {
    "method": "GET",
    "path": "/rooms",
    "effect": "read",
    "scopes": {"classic": [], "granular": []},
    "rate_limit": "light",
    "optional": True,
    "purpose": "Looks first.",
}


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        ([LOOK], "| `GET /rooms` (optional) Looks first. | Zoom publishes none | Zoom publishes none |"),
        ([], "Asks Zoom nothing."),
        ("any", "Scopes: those of the call that the step names."),
    ],
)
def test_an_action_with_a_handler_says_what_it_asks_zoom_for(tmp_path: Path, calls: object, said: str) -> None:
    action = {name: value for name, value in ACTION.items() if name != "request"} | {"calls": calls}

    catalogue = catalogue_of(tmp_path, action)

    assert f"\n{said}\n" in pages(catalogue, [catalogue.actions["open_room"]])["actions/rooms.md"]


def test_the_overview_has_a_row_for_every_resource(catalogue: Catalogue) -> None:
    assert (
        overview(catalogue, "Actions", catalogue.actions.values(), "docs/actions")
        == """\
| Resource | Actions |
| --- | --- |
| [Rooms](docs/actions/rooms.md) | Open room |"""
    )


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "string", "format": "date"}, "day"),
        ({"type": "string", "format": "date-time"}, "time"),
        ({"type": "string", "format": "email"}, "e-mail address"),
        ({"type": "array", "items": {"type": "integer"}}, "list of whole number"),
        ({"type": "array", "items": {"type": "object"}}, "rows"),
        ({"type": "object"}, "names and values"),
        ({"type": "string", "secret": True}, "text, secret"),
        ({}, "anything"),
    ],
)
def test_a_type_is_said_in_words(schema: dict[str, Any], words: str) -> None:
    assert kind(schema) == words


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_docs_says_what_the_manifests_say(name: str) -> None:
    file = ROOT / "docs" / name

    assert file.is_file(), WRITE
    assert file.read_text(encoding="utf-8") == PAGES[name], WRITE


def test_no_page_in_docs_is_about_a_resource_that_is_gone() -> None:
    assert {f"actions/{file.name}" for file in (ROOT / "docs" / "actions").iterdir()} == PAGES.keys(), WRITE


def test_the_readme_lists_every_action_by_resource(docs: ModuleType) -> None:
    table = overview(CATALOGUE, "Actions", CATALOGUE.actions.values(), "docs/actions")

    assert docs.with_table(README, table) == README, WRITE


def test_a_readme_without_a_place_for_the_table_is_noticed(docs: ModuleType) -> None:
    with pytest.raises(ValueError, match="no place"):
        docs.with_table("# Zoom", "")


def test_every_resource_of_the_connector_has_a_title() -> None:
    assert {action.resource for action in CATALOGUE.actions.values()} - CATALOGUE.identity.resources.keys() == set()


def test_every_link_between_the_pages_leads_somewhere() -> None:
    for name, text in PAGES.items():
        anchors = re.findall(r'<a id="(\w+)">', text)
        assert re.findall(r"\]\(#(\w+)\)", text) == anchors, name
