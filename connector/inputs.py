"""What a step was filled in with, checked and brought into one form before anything is sent."""

import difflib
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from .errors import Fault, InvalidInputs
from .types import Inputs, Schema

_formats = FormatChecker(formats=())


@_formats.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    # RFC 3339 demands an offset; Zoom also takes local time beside a zone, so a missing offset is no fault here.
    return not isinstance(value, str) or (len(value) > len("2030-01-07") and bool(datetime.fromisoformat(value)))


@_formats.checks("date", raises=ValueError)
def _is_day(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


@_formats.checks("email")
def _is_address(value: object) -> bool:
    if not isinstance(value, str):
        return True
    name, _, domain = value.rpartition("@")
    return bool(name) and "." in domain and not any(letter.isspace() for letter in value)


def normalise(schema: Schema, inputs: Inputs) -> dict[str, Any]:
    """Return the inputs in the one form that requests and handlers work with.

    `null` is the same as absent; a text that answers a declared list is split at `,` or `;`; a number that answers a
    text becomes one (ids are texts); a date-time with an offset becomes UTC (`2030-01-07T09:00:00Z`), one without
    stays local and needs the input `timezone`.

    Raises:
        InvalidInputs: with every fault found.
    """
    properties: Mapping[str, Schema] = schema.get("properties", {})
    eased = {name: _ease(properties.get(name, {}), value) for name, value in inputs.items() if value is not None}
    errors = Draft202012Validator(schema, format_checker=_formats).iter_errors(eased)
    found = [fault for error in errors for fault in _faults(error)] + list(_time_faults(schema, eased))
    if found:
        once = {(fault.pointer, fault.keyword): fault for fault in found}
        raise InvalidInputs("inputs_invalid", [fault for _, fault in sorted(once.items())])
    return {name: _in_utc(properties.get(name, {}), value) for name, value in eased.items()}


def check(schema: Schema, inputs: Any) -> None:
    """Refuse what does not follow a schema to the letter; `normalise` forgives more, for people who type.

    Raises:
        InvalidInputs: with every fault found.
    """
    errors = Draft202012Validator(schema, format_checker=_formats).iter_errors(inputs)
    faults = {(fault.pointer, fault.keyword): fault for error in errors for fault in _faults(error)}
    if faults:
        raise InvalidInputs("inputs_invalid", [fault for _, fault in sorted(faults.items())])


def parse(schema: Schema, text: str) -> Any:
    """Read a typed value from text, as a command line or a keyword gives it.

    Text that does not read as the declared type is returned as it is, and `normalise` names the fault.
    """
    kind = schema.get("type")
    if kind in ("boolean", "integer", "number") or (kind in ("array", "object") and text.lstrip()[:1] in ("[", "{")):
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text


def _ease(schema: Schema, value: Any) -> Any:
    kind = schema.get("type")
    if kind == "array" and isinstance(value, str):
        parts = [part.strip() for part in value.replace(";", ",").split(",")]
        return [parse(schema.get("items", {}), part) for part in parts if part]
    if kind == "string" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value


def _faults(error: ValidationError) -> Iterator[Fault]:
    pointer = _pointer(error.absolute_path)
    keyword = str(error.validator)
    found: Any = error.instance
    expected: Any = error.validator_value
    if keyword == "required":
        yield from (Fault(f"{pointer}/{_escape(name)}", keyword) for name in expected if name not in found)
    elif keyword == "additionalProperties":
        schema: Any = error.schema
        known = schema.get("properties", {})
        for name in found:
            if name not in known:
                close = difflib.get_close_matches(name, known, n=1)
                yield Fault(f"{pointer}/{_escape(name)}", keyword, *close)
    elif keyword == "oneOf":
        yield Fault(pointer, keyword, tuple(choice.get("const") for choice in expected))
    else:
        yield Fault(pointer, keyword, tuple(expected) if isinstance(expected, list) else expected)


def _time_faults(schema: Schema, inputs: Inputs) -> Iterator[Fault]:
    zone = inputs.get("timezone")
    if isinstance(zone, str) and "timezone" in schema.get("properties", {}) and not _is_zone(zone):
        yield Fault("/timezone", "zone_unknown", zone)
    for pointer, leaf, value in _leaves(schema, inputs):
        moment = _moment(value) if leaf.get("format") == "date-time" else None
        if moment is not None and moment.tzinfo is None and not zone:
            yield Fault(pointer, "zone_missing", value)
    first, last = inputs.get("from"), inputs.get("to")
    if isinstance(first, str) and isinstance(last, str) and _moment(first) and _moment(last) and first > last:
        yield Fault("/to", "end_before_start", first)


def _leaves(schema: Schema, value: Any, pointer: str = "") -> Iterator[tuple[str, Schema, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _leaves(schema.get("properties", {}).get(name, {}), inner, f"{pointer}/{_escape(name)}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(schema.get("items", {}), inner, f"{pointer}/{index}")
    else:
        yield pointer, schema, value


def _in_utc(schema: Schema, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _in_utc(schema.get("properties", {}).get(name, {}), inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_in_utc(schema.get("items", {}), inner) for inner in value]
    if schema.get("format") != "date-time":
        return value
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        return moment.strftime("%Y-%m-%dT%H:%M:%S")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError, OSError):  # unknown, malformed, or the name of a folder of zones
        return False


def _pointer(path: Any) -> str:
    return "".join(f"/{_escape(str(step))}" for step in path)


def _escape(step: str) -> str:
    """Escape a step of a JSON pointer (RFC 6901, 3)."""
    return step.replace("~", "~0").replace("/", "~1")
