"""What a step hands on: only what its manifest declares, in the declared types, with secrets masked."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from .catalogue import Schema
from .errors import InvalidInputs

MASK = "********"
"""Stands in for a secret that the caller did not ask to see."""


def shape(schema: Schema, value: Any) -> Any:
    """Keep what the schema declares and turn it into the declared types.

    Zoom sends ids as numbers in one place and as text in the next; here they have one type. A value that cannot be
    turned into its declared type is left out.
    """
    shaped = _shape(schema, value)
    return {} if shaped is _ABSENT else shaped


def mask(schema: Schema, value: Any, reveal: Collection[str] = ()) -> Any:
    """Replace what is marked `secret`, except the fields named in `reveal`."""
    if isinstance(value, Mapping):
        properties = schema.get("properties", {})
        return {
            name: MASK
            if properties.get(name, {}).get("secret") and name not in reveal and inner not in ("", None)
            else mask(properties.get(name, {}), inner, reveal)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [mask(schema.get("items", {}), inner, reveal) for inner in value]
    return value


def check_reveal(schema: Schema, reveal: Collection[str]) -> None:
    """Refuse a `reveal` that names no secret output.

    Raises:
        InvalidInputs: `unknown_reveal`, with the names that are secret.
    """
    secret = sorted(set(_secrets(schema)))
    unknown = sorted(set(reveal) - set(secret))
    if unknown:
        raise InvalidInputs("unknown_reveal", names=unknown, secret=secret)


_ABSENT = object()


def _shape(schema: Schema, value: Any) -> Any:
    match schema.get("type"):
        case "object":
            return _shape_object(schema, value) if isinstance(value, Mapping) else _ABSENT
        case "array":
            if not isinstance(value, list):
                return _ABSENT
            rows = [_shape(schema.get("items", {}), inner) for inner in value]
            return [row for row in rows if row is not _ABSENT]
        case "string":
            return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else _ABSENT
        case "integer" | "number" as kind:
            return _number(kind, value)
        case "boolean":
            return {"true": True, "false": False}.get(str(value).lower(), _ABSENT)
        case _:
            return value


def _shape_object(schema: Schema, value: Mapping[str, Any]) -> Any:
    properties = schema.get("properties")
    if properties is None:
        return dict(value)
    shaped = {name: _shape(properties[name], value[name]) for name in properties if name in value}
    return {name: inner for name, inner in shaped.items() if inner is not _ABSENT}


def _number(kind: str, value: Any) -> Any:
    if isinstance(value, bool):
        return _ABSENT
    try:
        number = float(value)
    except (TypeError, ValueError):
        return _ABSENT
    if isinstance(value, int):
        return value
    return int(number) if kind == "integer" or number.is_integer() else number


def _secrets(schema: Schema) -> Iterator[str]:
    for name, inner in schema.get("properties", {}).items():
        if inner.get("secret"):
            yield name
        yield from _secrets(inner)
    if "items" in schema:
        yield from _secrets(schema["items"])
