"""A few triggers, to be told apart from those that the connector comes with."""

import json
from pathlib import Path
from typing import Any

from zoom_connector.catalogue import Catalogue


def text(**more: Any) -> dict[str, Any]:
    return {"type": "string", "title": "Title", **more}


def declared(**more: Any) -> dict[str, Any]:
    return {
        "title": "Title",
        "description": "Description",
        "data": [],
        "outputs": {"type": "object", "properties": {}},
        "sample": {},
        "scopes": {"classic": [], "granular": []},
        **more,
    }


FILES = {"type": "array", "items": {"type": "object", "properties": {"file_type": text()}}}
TRIGGERS = {
    "any_event": declared(events="any"),
    "meeting_ended": declared(
        events=["meeting.ended"],
        outputs={
            "type": "object",
            "properties": {
                "uuid": text(),
                "id": text(),
                "host_id": text(),
                "topic": text(),
                "type": {"type": "integer", "title": "Type"},
                "registered": {"type": "boolean", "title": "Registered"},
                "recording_files": FILES,
            },
        },
        filters={
            "type": "object",
            "properties": {
                "host": text(on=["host_id", "id"]),
                "topic": text(on=["topic"], contains=True),
                "type": {"type": "integer", "on": ["type"]},
                "registered": {"type": "boolean", "on": ["registered"]},
                "file_types": {"type": "array", "on": ["recording_files[].file_type"]},
                "within": {"type": "integer"},
            },
        },
        happening=["uuid"],
    ),
    "door_opened": declared(
        events=["room.door_opened"],
        outputs={"type": "object", "properties": {"floor": text()}},
        filters={"type": "object", "properties": {"floor": text(on=["floor"])}},
    ),
    "meeting_started": declared(events=["meeting.started"]),
    "install_requested": declared(events=["app.authorization_request_created"]),
    "app_deauthorized": declared(events=["app_deauthorized"]),
    "starting_soon": declared(
        events=[], outputs={"type": "object", "properties": {"uuid": text()}}, happening=["uuid"]
    ),
}


def catalogue_in(folder: Path) -> Catalogue:
    triggers = folder / "triggers" / "meetings"
    triggers.mkdir(parents=True)
    for key, manifest in TRIGGERS.items():
        (triggers / f"{key}.json").write_text(json.dumps(manifest))
    return Catalogue(folder)
