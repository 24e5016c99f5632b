"""Compare manifests, and the requests that come of them, with what Zoom publishes.

Each check gives the deviations as sentences; none means that the two agree.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from contract.spec import Operation, Schema, Spec, closed
from zoom_connector.calls import Call
from zoom_connector.catalogue import Action
from zoom_connector.inputs import normalise
from zoom_connector.zoom.request import build

_NEVER_DECLARED = {"limit", "more"}
"""What the engine adds to every list, for itself."""

_FORMATS = FormatChecker(["date", "email"])
"""Not `date-time`: Zoom publishes it also where a time without an offset may stand beside a time zone."""


def examples(action: Action) -> dict[str, Any]:
    """Fill an action in with the first example of every input, as the runtime would pass it on."""
    fields = action.inputs["properties"].items()
    return normalise(
        action.inputs, {name: field["examples"][0] for name, field in fields if name not in _NEVER_DECLARED}
    )


def sample(action: Action) -> dict[str, Any]:
    """Return an action's sample as Zoom would have answered it."""
    return {name: value for name, value in action.sample.items() if name not in _NEVER_DECLARED}


def check_action(spec: Spec, action: Action) -> list[str]:
    """Check everything that an action declares.

    Args:
        action: with `request`; of one with `calls`, only the declarations can be checked without running its handler.
    """
    calls = action.calls if action.request is None else [action.request]
    found = [deviation for call in calls for deviation in check_declaration(spec, call)]
    if found:
        return found
    found = [deviation for call in calls for deviation in _unknown_choices(spec, call, action)]
    if action.request is None:
        return found
    request = build(action.request, examples(action))
    return [
        *found,
        *check_request(spec, request.method, action.request.path, dict(request.query), request.json),
        *check_answer(spec, request.method, action.request.path, sample(action)),
    ]


def check_declaration(spec: Spec, call: Call) -> list[str]:
    """Check that Zoom publishes a call, with these scopes, this label and these names."""
    try:
        operation = spec.operation(call.method, call.path)
    except KeyError:
        return [f"Zoom has no {call.method} {call.path}"]
    return [
        *unlike("classic scopes", set(call.scopes.classic), set(operation.scopes.classic)),
        *unlike("granular scopes", set(call.scopes.granular), set(operation.scopes.granular)),
        *unlike("label", call.rate_limit, operation.label or "medium"),
        *unlike("reading", call.effect == "read", call.method == "GET"),
        *_unknown_names(call, operation),
        *_unknown_list(call, operation),
    ]


def check_request(spec: Spec, method: str, path: str, query: Mapping[str, str], body: Any) -> list[str]:
    """Check a request by Zoom's schemas, closed: an unknown name is a deviation.

    Args:
        path: below `/v2`; templates and filled-in paths will do.
    """
    operation = spec.operation(method, path)
    found = [f"query {name}: unknown" for name in query if name not in operation.query]
    for name in query.keys() & operation.query.keys():
        found += [
            f"query {name}: {text}"
            for text in errors(operation.query[name], _typed(operation.query[name], query[name]))
        ]
    if body is not None:
        found += [f"body: {text}" for text in errors(closed(operation.body_schema or {"properties": {}}), body)]
    return found


def check_answer(spec: Spec, method: str, path: str, answer: Any) -> list[str]:
    """Check what Zoom is said to answer, in the same way."""
    return [f"answer: {text}" for text in errors(_answer(spec.operation(method, path)), answer)]


def unlike(what: str, ours: object, zooms: object) -> Iterator[str]:
    """Say what two things that should be alike are."""
    if ours != zooms:
        yield f"{what}: {ours}, at Zoom {zooms}"


def _unknown_names(call: Call, operation: Operation) -> Iterator[str]:
    for name in call.query:
        if call.names.get(name, name) not in operation.query:
            yield f"query {name}: unknown"
    for name in [*call.names.values(), *call.constants]:
        if not _property(operation, name):
            yield f"name {name}: unknown"
    for name, value in call.constants.items():
        yield from (f"constant {name}: {text}" for text in errors(_property(operation, name), value))


def _unknown_choices(spec: Spec, call: Call, action: Action) -> Iterator[str]:
    operation = spec.operation(call.method, call.path)
    for name, field in action.inputs["properties"].items():
        schema = _property(operation, call.names.get(name, name))
        for choice in field.get("oneOf", field.get("items", {}).get("oneOf", ())):
            yield from (f"choice {name}: {text}" for text in errors(schema, choice["const"]))


def _unknown_list(call: Call, operation: Operation) -> Iterator[str]:
    if call.listing is None:
        return
    rows = _answer(operation).get("properties", {}).get(call.listing.items, {})
    if rows.get("type") != "array":
        yield f"list {call.listing.items}: no rows"
    for name in call.listing.key:
        if name not in rows.get("items", {}).get("properties", {}):
            yield f"key {name}: unknown"
    for name, used in (("page_size", call.listing.page_size), ("from", call.listing.days)):
        if (name in operation.query) < (used is not None):
            yield f"query {name}: unknown"
    if call.listing.page_size is None and "next_page_token" in operation.query:
        yield "list: has pages"


def _answer(operation: Operation) -> Schema:
    """Return the schema of an answer, closed; a bare array counts as the object that we make of it."""
    schema = closed(operation.response_schema or {"properties": {}})
    if schema.get("type") != "array":
        return schema
    return {"type": "object", "properties": {"items": schema}, "additionalProperties": False}


def _property(operation: Operation, name: str) -> Schema:
    """Return the schema of a query name or of a dotted name of the body; nothing when there is none."""
    if operation.body_schema is None:
        return operation.query.get(name, {})
    inner: Schema = closed(operation.body_schema)
    for step in name.split("."):
        inner = inner.get("properties", {}).get(step.removesuffix("[]"), {})
        inner = inner.get("items", {}) if step.endswith("[]") else inner
    return inner


def _typed(schema: Schema, text: str) -> Any:
    """Read a query value as its schema's type."""
    match schema.get("type"):
        case "integer" | "number" if text.lstrip("-").isdecimal():
            return int(text)
        case "boolean":
            return {"true": True, "false": False}.get(text, text)
        case _:
            return text


def errors(schema: Schema, value: Any) -> list[str]:
    """Say where a value breaks a schema."""
    found = Draft202012Validator(schema, format_checker=_FORMATS).iter_errors(value)
    return [f"{'/'.join(map(str, error.absolute_path))} {error.message[:200]}" for error in found]
