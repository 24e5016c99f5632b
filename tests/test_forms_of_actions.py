"""The form of every action can be drawn from its manifest alone: labels, types, and a list to choose every id from."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from e2e.every_action import connected, filled_in

from zoom_connector import Connection
from zoom_connector.catalogue import Action, Catalogue
from zoom_connector.scope_sets import calls_of
from zoom_connector.types import Schema

ACTIONS = Catalogue().actions
PLAIN = ("string", "integer", "number", "boolean")
PEOPLE_AND_GROUPS = ("user", "users", "group", "groups", "members", "assistants", "schedulers")
AN_ID = re.compile(r"(^|_)(id|ids|uuid|uuids)$|(Id|Ids)$")

CANNOT_BE_LISTED = {
    ("delete_live_chat_message", "message_id"): "Zoom lists no messages of a running meeting; its events name them.",
    ("delete_live_chat_message", "file_ids"): "Zoom lists no files of a running meeting; its events name them.",
    ("edit_live_chat_message", "message_id"): "Zoom lists no messages of a running meeting; its events name them.",
    (
        "remove_participant",
        "participant_uuid",
    ): "Only dashboards, out of scope, list who is in a meeting; events name them.",
    ("set_media_stream", "client_id"): "The workflow author's own app, which is no data of Zoom's.",
    ("create_user", "license_info_list.subscription_id"): "Subscriptions are billing, which is out of scope.",
    ("update_user", "license_info_list.subscription_id"): "Subscriptions are billing, which is out of scope.",
    ("update_user", "kaltura_user"): "An id of another company's service.",
    ("create_event_subscription", "account_id"): "Zoom lists no accounts; whoever connects has one.",
    ("list_event_subscriptions", "account_id"): "Zoom lists no accounts; whoever connects has one.",
    ("subscribe_event_subscription", "account_id"): "Zoom lists no accounts; whoever connects has one.",
    ("unsubscribe_events", "account_id"): "Zoom lists no accounts; whoever connects has one.",
    ("create_event_subscription", "team_ids"): "Zoom publishes no list of teams.",
    ("list_event_subscriptions", "team_id"): "Zoom publishes no list of teams.",
    ("subscribe_event_subscription", "team_ids"): "Zoom publishes no list of teams.",
    ("unsubscribe_events", "team_ids"): "Zoom publishes no list of teams.",
}
"""Action and input -> why no action of ours lists the values."""


def fields(action: Action) -> dict[str, Schema]:
    return dict(action.inputs["properties"])


def undrawable(schema: Schema, path: str) -> Iterator[str]:
    """Name the fields that no form can show; an object in the form itself holds deep settings."""
    if not schema.get("title"):
        yield f"{path}: no title"
    rows = schema.get("items", {})
    match schema.get("type"):
        case "array" if rows.get("type") == "object":
            for name, inner in rows.get("properties", {}).items():
                yield from undrawable(inner, f"{path}[].{name}")
            if not rows.get("properties"):
                yield f"{path}: rows without fields"
        case "array" if rows.get("type") not in PLAIN:
            yield f"{path}: a list of {rows.get('type')}"
        case "object" if "[]" in path:
            yield f"{path}: settings inside a row"
        case "object" | "array":
            pass
        case kind if kind not in PLAIN:
            yield f"{path}: type {kind}"


def everything_in(form: Schema) -> Iterator[tuple[str, Schema]]:
    """Give every field of a form and of the rows in it; those of deep settings are none of a form's."""
    for name, field in form.get("properties", {}).items():
        yield name, field
        for inner, value in everything_in(field.get("items", {})):
            yield f"{name}.{inner}", value


def ids(action: Action) -> Iterator[str]:
    """Name the inputs that identify something at Zoom."""
    calls = calls_of(action)
    in_paths = {name for call in calls for name in re.findall(r"\{(\w+)\}", call.path)}
    for path, field in everything_in(action.inputs):
        name = path.rpartition(".")[2]
        zooms = [call.names.get(path, name).split(".")[-1].removesuffix("[]") for call in calls]
        identifies = name in (*in_paths, *PEOPLE_AND_GROUPS) or any(AN_ID.search(each) for each in (name, *zooms))
        if identifies and "string" in (field["type"], field.get("items", {}).get("type")):
            yield path


@pytest.mark.parametrize("key", ACTIONS)
def test_every_field_has_a_title_and_can_be_drawn(key: str) -> None:
    found = [fault for name, field in fields(ACTIONS[key]).items() for fault in undrawable(field, name)]

    assert found == []


@pytest.mark.parametrize("key", ACTIONS)
def test_every_id_can_be_chosen_from_a_list(key: str) -> None:
    form = dict(everything_in(ACTIONS[key].inputs))

    typed = [name for name in ids(ACTIONS[key]) if "lookup" not in form[name]]

    assert [name for name in typed if (key, name) not in CANNOT_BE_LISTED] == []


def test_what_cannot_be_listed_is_still_typed_in() -> None:
    assert [
        (key, name)
        for key, name in CANNOT_BE_LISTED
        if name not in (form := dict(everything_in(ACTIONS[key].inputs))) or "lookup" in form[name]
    ] == []


@pytest.mark.parametrize(
    "field",
    [
        {"type": "string"},
        {"type": "null", "title": "Nothing"},
        {"type": "array", "title": "Rows", "items": {"type": "object", "properties": {"a": {"type": "string"}}}},
        {"type": "array", "title": "Rows", "items": {"type": "object"}},
        {"type": "array", "title": "Lists", "items": {"type": "array", "items": {"type": "string"}}},
    ],
)
def test_a_field_that_no_form_can_show_is_noticed(field: dict[str, Any]) -> None:
    assert len(list(undrawable(field, "field"))) == 1


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with connected(tmp_path_factory.mktemp("forms")) as connection:
        yield connection


LOOKUPS = [
    (key, path, lookup)
    for key, action in ACTIONS.items()
    for path, field in everything_in(action.inputs)
    if (lookup := field.get("lookup"))
]


@pytest.mark.parametrize(("key", "path", "lookup"), LOOKUPS, ids=lambda part: part if isinstance(part, str) else "")
def test_every_lookup_runs_and_gives_values_and_labels(
    everything: Connection, key: str, path: str, lookup: Schema
) -> None:
    filled = filled_in(ACTIONS[key])
    row = filled[path.rpartition(".")[0]][0] if "." in path else {}
    given = {passed: {**filled, **row}[passed] for passed in lookup.get("depends_on", ())}

    rows = everything.run(lookup["action"], given)[lookup["items"]]

    choices = [
        (row.get(lookup["value"]), " ".join(str(row[part]) for part in lookup["label"] if row.get(part)))
        for row in rows
    ]
    assert choices, path
    assert [choice for choice in choices if not all(choice)] == []
    assert {value for value, _ in choices} == {value for value, _ in everything.choices(key, path, given).choices}
