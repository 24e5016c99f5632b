"""What must hold between two places of an action's manifest, or between two actions: what no JSON Schema can say."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from .errors import InvalidInputs
from .inputs import normalise

Flaw = tuple[str, str]
"""JSON pointer of the offending place (RFC 6901), and a sentence."""


class Rules:
    """The rules for the actions of one folder.

    Args:
        actions: path inside the folder -> what the file says; it may be wrong in any way.
        known: key -> action, for all that a lookup may name; None for one that cannot be read.
        identity: what `connector.json` says.
        handlers: the folder that has the modules of actions with `calls`.
        flawed: the files that break their schema: no values can be checked by the forms in them.
    """

    def __init__(
        self,
        actions: Mapping[str, Any],
        known: Mapping[str, Any],
        identity: Any,
        handlers: Path,
        flawed: Collection[str] = (),
    ) -> None:
        self._actions = actions
        self._flawed = flawed
        self._known = known
        self._categories = _map(_map(identity).get("data"))
        self._requirements = _map(_map(identity).get("requirements"))
        self._handlers = handlers

    def flaws(self, name: str) -> Iterator[Flaw]:
        """Give the flaws of the action in one file."""
        action = _map(self._actions[name])
        form = _map(action.get("inputs"))
        inputs = _map(form.get("properties"))
        yield from self._place(name, action)
        for category in _texts(action.get("data")):
            if category not in self._categories:
                yield "/data", f"The category {category!r} is not in connector.json."
        for word in _texts(action.get("requires")):
            if word not in self._requirements:
                yield "/requires", f"The requirement {word!r} is not in connector.json."
        for required in _texts(form.get("required")):
            if required not in inputs:
                yield "/inputs/required", f"The required input {required!r} is not declared."
        if name not in self._flawed:
            yield from example_flaws(form, "inputs")
            yield from _sample(action)
        for place, lookup, beside in _lookups(form, "inputs"):
            yield from ((place, sentence) for sentence in lookup_flaws(lookup, {**inputs, **beside}, self._known))
        if "request" in action:
            request = _map(action["request"])
            flaws = (*_call(request, inputs), *_path(request, form), *_listing(request, action))
            yield from ((f"/request{pointer}", sentence) for pointer, sentence in flaws)
        calls = _list(action.get("calls"))
        for index, call in enumerate(calls):
            yield from ((f"/calls/{index}{pointer}", sentence) for pointer, sentence in _call(_map(call), inputs))
        names = [f"{_map(call).get('method')} {_map(call).get('path')}" for call in calls]
        for twice in {call for call in names if names.count(call) > 1}:
            yield "/calls", f"The call {twice!r} is declared twice."

    def _place(self, name: str, action: Mapping[str, Any]) -> Iterator[Flaw]:
        key = PurePosixPath(name).stem
        for other in self._actions:
            if other != name and PurePosixPath(other).stem == key:
                yield "", f"The file {other!r} has the same key."
        handled = (self._handlers / f"{key}.py").is_file()
        if "calls" in action and not handled:
            yield "/calls", f"An action with 'calls' needs the handler actions/{key}.py."
        if "request" in action and handled:
            yield "/request", f"An action with 'request' has no handler, but there is actions/{key}.py."


def lookup_flaws(lookup: Mapping[str, Any], inputs: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[str]:
    """Say what is wrong with a drop-down: the action it looks values up with, and what that gives and needs."""
    key, items = str(lookup.get("action")), str(lookup.get("items"))
    if key not in known:
        yield f"There is no action {key!r} to look values up with."
    if known.get(key) is None:
        return
    other = _map(known[key])
    theirs = _map(other.get("inputs"))
    given = _texts(lookup.get("depends_on"))
    fields = _row(other, items)
    if not fields:
        yield f"The action {key!r} has no list of rows {items!r} among its outputs."
    for field in [str(lookup.get("value")), *_texts(lookup.get("label"))]:
        if fields and field not in fields:
            yield f"The rows of the action {key!r} have no field {field!r}."
    for field in given:
        if field not in inputs:
            yield f"The lookup depends on {field!r}, which is no input of this action."
        if field not in _map(theirs.get("properties")):
            yield f"The lookup passes on {field!r}, which is no input of the action {key!r}."
    for field in _texts(theirs.get("required")):
        if field not in given:
            yield f"The action {key!r} needs {field!r}, which 'depends_on' does not pass on."


def _lookups(form: Mapping[str, Any], *above: str) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Give every drop-down of a form, and those inside its rows, with its place and the fields that it stands among."""
    beside = _map(form.get("properties"))
    items = {("items",): form["items"]} if "items" in form else {}
    for steps, field in ({("properties", name): field for name, field in beside.items()} | items).items():
        if "lookup" in _map(field):
            yield _pointer(*above, *steps, "lookup"), _map(field["lookup"]), beside
        yield from _lookups(_map(field), *above, *steps)


def _call(call: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[Flaw]:
    for key in ("query", "names", "joins"):
        for name in (*_texts(call.get(key)), *_map(call.get(key))):
            if name not in inputs:
                yield f"/{key}", f"There is no input {name!r}."
            elif key == "joins" and _map(inputs[name]).get("type") != "array":
                yield "/joins", f"Only a list can be joined, and the input {name!r} is none."
    if "query" in call and call.get("method") in ("GET", "DELETE"):
        yield "/query", f"A {call['method']} sends everything as query; do not list it."
    if "days" in _map(call.get("list")) and not {"from", "to"} <= inputs.keys():
        yield "/list/days", "Windows of days need the inputs 'from' and 'to'."


def _path(request: Mapping[str, Any], form: Mapping[str, Any]) -> Iterator[Flaw]:
    for name in re.findall(r"\{(\w+)\}", str(request.get("path"))):
        # Left out, these two mean the connection's own.
        if name not in ("user_id", "account_id") and name not in _texts(form.get("required")):
            yield "/path", f"The path needs {name!r}, which is no required input."


def _listing(request: Mapping[str, Any], action: Mapping[str, Any]) -> Iterator[Flaw]:
    if "list" not in request:
        return
    items = str(_map(request["list"]).get("items"))
    if not _row(action, items):
        yield "/list/items", f"The outputs have no list of rows {items!r}."
    if "limit" in _map(_map(action.get("inputs")).get("properties")):
        yield "/list", "Every list has the input 'limit' already."
    if "more" in _map(_map(action.get("outputs")).get("properties")):
        yield "/list", "Every list has the output 'more' already."


def _row(action: Mapping[str, Any], items: str) -> Mapping[str, Any]:
    rows = _map(_map(_map(action.get("outputs")).get("properties")).get(items))
    return _map(_map(rows.get("items")).get("properties"))


def example_flaws(form: Mapping[str, Any], at: str) -> Iterator[Flaw]:
    """Give the examples and defaults of a form that break what the form itself asks for."""
    inputs = {name: _map(field) for name, field in _map(form.get("properties")).items()}
    first = {name: field["examples"][0] for name, field in inputs.items() if field.get("examples")}
    for name, field in inputs.items():
        values = [("examples", value) for value in field.get("examples", ())]
        values += [("default", field["default"])] if "default" in field else []
        for key, value in values:
            for keyword in _broken({**form, "required": []}, first | {name: value}, name):
                place = _pointer(at, "properties", name, key)
                yield place, f"{_short(value)} breaks the input's own {keyword!r}."


def _broken(form: Mapping[str, Any], filled: Mapping[str, Any], name: str) -> list[str]:
    try:
        normalise(form, filled)
    except InvalidInputs as error:
        return [fault.keyword for fault in error.faults if f"{fault.pointer}/".startswith(f"{_pointer(name)}/")]
    return []


def _sample(action: Mapping[str, Any]) -> Iterator[Flaw]:
    for error in Draft202012Validator(complete(action["outputs"])).iter_errors(action["sample"]):
        yield from ((f"/sample{pointer}", sentence) for pointer, sentence in sentences(error))


def complete(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of a value that has everything declared and nothing else."""
    full = dict(schema)
    if "properties" in schema:
        full["properties"] = {name: complete(_map(inner)) for name, inner in schema["properties"].items()}
        full |= {"required": list(schema["properties"]), "additionalProperties": False}
    if "items" in schema:
        full |= {"items": complete(_map(schema["items"])), "minItems": 1}
    return full


def sentences(error: ValidationError) -> Iterator[Flaw]:
    """Say what a value does wrong by a schema: one sentence for each offending key."""
    pointer = _pointer(*error.absolute_path)
    expected: Any = error.validator_value
    found: Any = error.instance
    schema: Any = error.schema
    match error.validator:
        case "additionalProperties":
            for name in found:
                if name not in schema.get("properties", {}):
                    yield pointer + _pointer(name), f"The key {name!r} is unknown here."
        case "required":
            for name in expected:
                if name not in found:
                    yield pointer, f"The key {name!r} is missing."
        case "oneOf" if all(choice.keys() == {"required"} for choice in expected):
            yield (
                pointer,
                f"Exactly one of these must be here: {', '.join(choice['required'][0] for choice in expected)}.",
            )
        case "enum":
            yield pointer, f"{_short(found)} is none of {', '.join(map(str, expected))}."
        case "not" if isinstance(found, str):  # of `propertyNames`: a keyword in the wrong company
            yield pointer + _pointer(found), f"The key {found!r} does not go with this type."
        case keyword:
            yield pointer, f"{_short(found)} does not fit the {keyword} {_short(expected)}."


def _pointer(*steps: object) -> str:
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _texts(value: Any) -> list[str]:
    return [text for text in _list(value) if isinstance(text, str)]
