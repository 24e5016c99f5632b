"""The contract tests notice what they are for: each way to break a manifest makes them fail and is named."""

import json
from pathlib import Path
from typing import Any

import pytest

from contract.checks import check_action
from contract.spec import Spec
from zoom_connector.catalogue import Catalogue

BREAKS = [
    ("get_meeting", "request/path", "/meeting/{meeting_id}", "Zoom has no GET /meeting/{meeting_id}"),
    ("get_meeting", "request/method", "PUT", "Zoom has no PUT /meetings/{meeting_id}"),
    ("get_meeting", "request/names", {"occurrence_id": "occurence_id"}, "name occurence_id: unknown"),
    ("get_meeting", "inputs/properties/occurence_id", {"examples": ["1"]}, "query occurence_id: unknown"),
    (
        "get_meeting",
        "inputs/properties/show_previous_occurrences",
        {"examples": ["yes"]},
        "query show_previous_occurrences: ",
    ),
    ("get_meeting", "request/scopes/classic", ["meeting:read"], "classic scopes: "),
    ("get_meeting", "request/scopes/granular/0", "meeting:read:meetings", "granular scopes: "),
    ("get_meeting", "request/rate_limit", "heavy", "label: heavy, at Zoom light"),
    ("get_meeting", "effect", "update", "reading: False, at Zoom True"),
    ("get_meeting", "sample/join_link", "https://example.com/j/1", "answer:  Unevaluated properties are not allowed"),
    ("get_meeting", "sample/settings/waitingroom", True, "answer: settings Unevaluated properties are not allowed"),
    ("get_meeting", "sample/settings/audio", "loud", "answer: settings/audio 'loud' is not one of"),
    ("end_meeting", "sample/ended", True, "answer:  Unevaluated properties are not allowed"),
    ("update_meeting", "calls/0/names/waiting_room", "settings.waitingroom", "name settings.waitingroom: unknown"),
    ("update_user", "inputs/properties/subject", {"examples": ["1"]}, "body:  Unevaluated properties are not allowed"),
    ("update_user", "inputs/properties/first_name", {"examples": ["x" * 65]}, "body: first_name 'xxx"),
    ("update_user", "request/query", ["login_type", "job_title"], "query job_title: unknown"),
    ("update_user", "request/names/zoom_phone", "feature.phone", "name feature.phone: unknown"),
    ("update_meeting", "inputs/properties/audio/oneOf/3/const", "other", "choice audio:  'other' is not one of"),
    ("update_meeting", "inputs/properties/weekdays/items/oneOf/0/const", "0", "choice weekdays:  '0' does not match"),
    ("list_meetings", "inputs/properties/type/oneOf/3/const", "running", "choice type:  'running' is not one of"),
    ("create_meeting", "inputs/properties/repeats/oneOf/2/const", 4, "choice repeats:  4 is not one of"),
    ("end_meeting", "request/constants/action", "stop", "constant action:  'stop' is not one of"),
    ("end_meeting", "request/constants", {"acton": "end"}, "name acton: unknown"),
    ("list_recordings", "request/list/items", "recordings", "list recordings: no rows"),
    ("list_recordings", "request/list/key", ["uid"], "key uid: unknown"),
    ("list_recordings", "request/list/page_size", None, "list: has pages"),
    ("list_upcoming_meetings", "request/list/page_size", 300, "query page_size: unknown"),
    ("list_upcoming_meetings", "request/list/days", 7, "query from: unknown"),
    ("create_meeting", "calls/0/scopes/classic", ["meeting:write"], "classic scopes: "),
    ("create_meeting", "calls/0/names/registration", "settings.aproval_type", "name settings.aproval_type: unknown"),
    ("delete_meeting", "calls/0/rate_limit", "medium", "label: medium, at Zoom light"),
]


@pytest.mark.parametrize(("key", "place", "value", "deviation"), BREAKS, ids=lambda part: str(part)[:40])
def test_a_broken_manifest_is_noticed(  # noqa: PLR0917 (pytest passes them by name)
    key: str, place: str, value: object, deviation: str, spec: Spec, tmp_path: Path
) -> None:
    catalogue = Catalogue(tmp_path)
    broken = with_value(key, place, value)
    file = tmp_path / "actions" / "any" / f"{key}.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(broken))

    found = check_action(spec, catalogue.actions[key])

    assert [text for text in found if text.startswith(deviation)], found


def with_value(key: str, place: str, value: object) -> dict[str, Any]:
    """Read an action's manifest and put a value at a place."""
    folder = Catalogue().folder / "actions" / Catalogue().actions[key].resource
    action: dict[str, Any] = json.loads(folder.joinpath(f"{key}.json").read_text("utf-8"))
    *way, last = [int(step) if step.isdecimal() else step for step in place.split("/")]
    inner: Any = action
    for step in way:
        inner = inner[step]
    inner[last] = value
    return action
