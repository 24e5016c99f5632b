"""The pages about the triggers, and that those in docs/ and README.md say what the manifests say."""

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from zoom_connector.catalogue import Catalogue
from zoom_connector.reference import overview, pages

ROOT = Path(__file__).parent.parent
CATALOGUE = Catalogue()
PAGES = pages(CATALOGUE, list(CATALOGUE.triggers.values()))
WRITE = "make docs writes them anew"

TRIGGER: dict[str, Any] = {
    "title": "Room opened",
    "description": "Fires when a room is opened.",
    "events": ["room.opened"],
    "zoom_label": "Room has been opened",
    "data": ["meeting_details"],
    "requires": ["admin"],
    "filters": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "floor": {"type": "string", "title": "Floor", "on": ["floor"], "examples": ["second floor"]},
        },
    },
    "outputs": {
        "type": "object",
        "properties": {
            "floor": {"type": "string", "title": "Floor"},
            "event": {"type": "string", "title": "Event"},
        },
    },
    "sample": {"event": "room.opened", "payload": {"object": {"floor": "second floor"}}},
    "scopes": {"classic": ["room:read", "room:read:admin"], "granular": ["room:read:room:admin"]},
    "calls": [
        {
            "method": "GET",
            "path": "/rooms",
            "scopes": {"classic": ["room:read", "room:read:admin"], "granular": ["room:read:list"]},
            "rate_limit": "light",
        }
    ],
    "every_minutes": 10,
}
PAGE = """\
<!-- Written out of the manifests: what is changed here is lost when it is written anew. -->

# Rooms: triggers

- [Room opened](#room_opened)

Every trigger hands on these as well:

| Output | Name | What it is | Help |
| --- | --- | --- | --- |
| `event` | Event | text | What Zoom calls it. |
| `happened_at` | Happened at (UTC) | time |  |
| `account_id` | Account ID | text |  |
| `payload` | Everything Zoom sent | anything | As JSON. Passcodes, tokens and other secrets are masked. |

<a id="room_opened"></a>

## Room opened

Fires when a room is opened.

`room_opened` · Zoom sends `room.opened`, in its form “Room has been opened” · can be asked for every 10 minutes

Requires: The person who connects is an admin of the Zoom account, or has a role that allows this.

| Zoom is asked | Scopes of a user-managed app | Scopes of an admin-managed app |
| --- | --- | --- |
| to send `room.opened` | none; classic `room:read` | `room:read:room:admin`; classic `room:read:admin` |
| `GET /rooms` (optional) Finds what Zoom could not send, where a subscription asks for that. | `room:read:list`; classic `room:read` | none; classic `room:read:admin` |

| Filter | Name | What it takes | Help |
| --- | --- | --- | --- |
| `floor` | Floor | text |  |

| Output | Name | What it is | Help |
| --- | --- | --- | --- |
| `floor` | Floor | text |  |

```console
$ zoom-connector listen room_opened -c NAME floor='second floor'
```
"""  # noqa: E501 - as long as GitHub wants a row of a table


def catalogue_of(folder: Path, **changed: Any) -> Catalogue:
    """A catalogue of one trigger, in a resource that `connector.json` does not know."""
    file = folder / "triggers" / "rooms" / "room_opened.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(TRIGGER | changed), encoding="utf-8")
    identity = CATALOGUE.folder.joinpath("connector.json").read_text(encoding="utf-8")
    (folder / "connector.json").write_text(identity, encoding="utf-8")
    return Catalogue(folder)


def test_a_page_shows_all_that_the_manifest_says(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path)

    assert pages(catalogue, [catalogue.triggers["room_opened"]]) == {"triggers/rooms.md": PAGE}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"calls": []}, "`room_opened` · Zoom sends `room.opened`, in its form “Room has been opened”"),
        ({"events": [], "every_minutes": 1}, "`room_opened` · is asked for every minute"),
        ({"events": "any", "calls": []}, "Scopes: those of the events that you choose at Zoom."),
    ],
)
def test_how_a_trigger_comes_is_said_in_words(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    catalogue = catalogue_of(tmp_path, **changed)

    assert f"\n{said}\n" in pages(catalogue, [catalogue.triggers["room_opened"]])["triggers/rooms.md"]


def test_the_overview_has_a_row_for_every_resource(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path)

    assert (
        overview(catalogue, "Triggers", catalogue.triggers.values(), "docs/triggers")
        == """\
| Resource | Triggers |
| --- | --- |
| [Rooms](docs/triggers/rooms.md) | Room opened |"""
    )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_docs_says_what_the_manifests_say(name: str) -> None:
    file = ROOT / "docs" / name

    assert file.is_file(), WRITE
    assert file.read_text(encoding="utf-8") == PAGES[name], WRITE


def test_no_page_in_docs_is_about_a_resource_that_is_gone() -> None:
    assert {f"triggers/{file.name}" for file in (ROOT / "docs" / "triggers").iterdir()} == PAGES.keys(), WRITE


def test_the_readme_lists_every_trigger_by_resource() -> None:
    spec = importlib.util.spec_from_file_location("docs", ROOT / "tools" / "docs.py")
    assert spec is not None
    assert spec.loader is not None
    docs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(docs)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    table = overview(CATALOGUE, "Triggers", CATALOGUE.triggers.values(), "docs/triggers")

    assert docs.with_table(readme, table, "triggers") == readme, WRITE


def test_every_resource_of_a_trigger_has_a_title() -> None:
    assert {trigger.resource for trigger in CATALOGUE.triggers.values()} - CATALOGUE.identity.resources.keys() == set()


def test_every_link_between_the_pages_leads_somewhere() -> None:
    for name, text in PAGES.items():
        assert re.findall(r"\]\(#(\w+)\)", text) == re.findall(r'<a id="(\w+)">', text), name
