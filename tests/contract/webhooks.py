"""Read the events that Zoom publishes, and compare triggers with them.

The files are `events.json` and `*.webhooks.json` in the folder that `ZOOM_SPEC_DIR` names. Each check gives the
deviations as sentences; none means that the two agree.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from contract.checks import errors, unlike
from contract.spec import Schema, Scopes, closed
from zoom_connector.rules import complete
from zoom_connector.trigger import Trigger, said

NOT_FOR_TRIGGERS = {"endpoint.url_validation"}
"""The question whether the address is ours; the intake answers it."""

ONLY_IN_THE_EXAMPLE = {
    "app.authorization_request_created": (
        "app_permissions",
        "app_scopes",
        "install_requirements",
        "request_reason",
        "requester_department",
        "requester_name",
        "requester_user_groups",
    )
}
"""Event -> fields of the payload that Zoom's example of it has, and its schema does not list."""


@dataclass(frozen=True)
class Webhook:
    """What Zoom publishes about one event."""

    scopes: Scopes
    schema: Schema | None
    """Schema of the body, closed; None where Zoom publishes none."""
    label: str = ""
    """What Zoom's form calls it; empty where that is not known."""


def load_webhooks(folder: str | Path) -> dict[str, Webhook]:
    """Read the folder that `ZOOM_SPEC_DIR` names: name of an event -> what Zoom publishes about it."""
    folder = Path(folder)
    schemas: dict[str, Schema] = {}
    for file in sorted(folder.glob("*.webhooks.json")):
        document = json.loads(file.read_text("utf-8"))
        for name, item in document["webhooks"].items():
            body = item["post"]["requestBody"]["content"]["application/json"]
            schema = _resolved(body["schema"], document)
            if unlisted := ONLY_IN_THE_EXAMPLE.get(name):
                example = next(json.loads(one["value"]) for one in body["examples"].values())
                more = {name: _like(example["payload"][name]) for name in unlisted}
                schema["properties"]["payload"]["properties"] |= more
            schemas[name] = closed(schema)
    rows = json.loads((folder / "events.json").read_text("utf-8"))
    return {
        row["event"]: Webhook(
            Scopes(frozenset(row["classic_scopes"] or ()), frozenset(row["granular_scopes"] or ())),
            schemas.get(row["event"]),
            row["subscription_label"] or "",
        )
        for row in rows
    }


def check_trigger(webhooks: Mapping[str, Webhook], trigger: Trigger) -> list[str]:
    """Check everything that a trigger says about Zoom's events; of what only a poll finds, Zoom publishes nothing."""
    found = [f"Zoom has no event {name}" for name in trigger.events if name not in webhooks]
    if found:
        return found
    events = [webhooks[name] for name in trigger.events]
    schemas = [event.schema for event in events if event.schema]
    if trigger.events or trigger.any_event:
        found += _wrong_sample(webhooks, trigger)
    for event in events:
        found += unlike("classic scopes", set(trigger.scopes.classic), set(event.scopes.classic))
        found += unlike("granular scopes", set(trigger.scopes.granular), set(event.scopes.granular))
    if schemas:
        found += [f"output {path}: unknown" for path in _paths(trigger.outputs) if not _found(schemas, path)]
        found += _unknown_choices(schemas, trigger)
    return found


def check_sample(trigger: Trigger) -> list[str]:
    """Check that a sample fills every output."""
    outputs = complete(trigger.outputs)
    if "account_id" not in trigger.sample["payload"]:
        # A request for an app is the one event that does not say of which account it is.
        outputs["required"].remove("account_id")
    validator = Draft202012Validator(outputs)
    return [error.message for error in validator.iter_errors(said(trigger, trigger.sample))]


def _wrong_sample(webhooks: Mapping[str, Webhook], trigger: Trigger) -> Iterator[str]:
    name = trigger.sample["event"]
    if name not in (trigger.events or webhooks):
        yield f"sample: {name} is not its event"
    elif schema := webhooks[name].schema:
        yield from (f"sample: {text}" for text in errors(schema, trigger.sample))


def _unknown_choices(schemas: Sequence[Schema], trigger: Trigger) -> Iterator[str]:
    for name, field in trigger.filters["properties"].items():
        choices = [choice["const"] for choice in field.get("oneOf", field.get("items", {}).get("oneOf", ()))]
        for path in field.get("on", ()) if choices else ():
            places = _found(schemas, path)
            for choice in choices:
                if all(errors(place, choice) for place in places):
                    yield f"filter {name}: {choice!r} is none of Zoom's at {path}"


def _paths(schema: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Give the paths of all outputs that a manifest declares; those that every trigger has are ours."""
    for name, inner in schema.get("properties", {}).items():
        if before or name not in ("event", "happened_at", "account_id", "payload"):
            yield from _path(inner, f"{before}{name}")


def _path(schema: Mapping[str, Any], path: str) -> Iterator[str]:
    if schema.get("type") == "array":
        yield from _path(schema.get("items", {}), f"{path}[]")
    elif "properties" in schema:
        yield from _paths(schema, f"{path}.")
    else:
        yield path


def _found(schemas: Sequence[Schema], path: str) -> list[Schema]:
    """Return what Zoom publishes at the path of an output: in the event's object, else around it."""
    for way in (f"payload.object.{path}", f"payload.{path}", path):
        places = list(schemas)
        for step in way.split("."):
            places = [inner for place in places for inner in _inside(place, step.removesuffix("[]"))]
            if step.endswith("[]"):
                # In the batch events of recordings, a list says `item`, which means nothing.
                places = [part.get("items", {}) for place in places for part in _parts(place) if _is_list(part)]
        if places:
            return places
    return []


def _inside(schema: Schema, name: str) -> list[Schema]:
    return [part["properties"][name] for part in _parts(schema) if name in part.get("properties", {})]


def _is_list(schema: Schema) -> bool:
    return schema.get("type") == "array" or "items" in schema


def _parts(schema: Schema) -> list[Schema]:
    return [schema, *(inner for part in schema.get("anyOf", ()) for inner in _parts(part))]


def _resolved(value: Any, document: Mapping[str, Any]) -> Any:
    """Put what a `$ref` names in its place; they name `paths`, although Zoom keeps events under `webhooks`."""
    if isinstance(value, list):
        return [_resolved(inner, document) for inner in value]
    if not isinstance(value, dict):
        return value
    if not isinstance(value.get("$ref"), str):
        return {name: _resolved(inner, document) for name, inner in value.items()}
    target: Any = document
    for step in value["$ref"].removeprefix("#/").split("/"):
        target = target["webhooks" if step == "paths" else step.replace("~1", "/").replace("~0", "~")]
    return _resolved(target, document)


def _like(value: Any) -> Schema:
    """Return the schema of values such as this one."""
    if isinstance(value, dict):
        return {"type": "object", "properties": {name: _like(inner) for name, inner in value.items()}}
    if isinstance(value, list):
        return {"type": "array", "items": _like(value[0])}
    return {"type": "string"}
