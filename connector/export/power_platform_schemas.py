"""Schemas as Power Platform reads them: Swagger 2.0 with Microsoft's own words.

https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..types import Schema
from .answers import Shape

_KEPT = (
    "description",
    "default",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
)
"""What means the same there. Nothing says that other fields are refused: the designer sends only those it knows."""
_WIDE = {"integer": "int64", "number": "double"}
"""Zoom's numbers outgrow 32 bits, and a number without a format may be read as that."""
_DEFINED = "#/definitions/"


@dataclass(frozen=True)
class Lookups:
    """How the fields of one action or trigger get their values to choose from."""

    operation: str
    """Id of the operation that answers with them."""
    key: str
    connection: str
    """Where the form has the connection: the path of a parameter, or of a field in the body."""


def shown(schema: Schema, *, masked: bool = False) -> dict[str, Any]:
    """Return a schema of a manifest or of the service; what it describes stays the same, as far as Swagger 2.0 can say.

    Args:
        schema: of inputs, filters, outputs or an answer.
        masked: secrets may be masked in what it describes, and are texts then, whatever they were.
    """
    if "$ref" in schema:
        return {"$ref": schema["$ref"].replace("#/components/schemas/", _DEFINED)}
    if "oneOf" in schema and (only := [each for each in schema["oneOf"] if "$ref" in each]):
        return shown(only[0])  # or null, which Swagger 2.0 cannot say
    kind = "string" if masked and schema.get("secret") else _kind(schema)
    said: dict[str, Any] = {"type": kind} if kind else {}
    if written := _format(schema, kind, masked=masked):
        said["format"] = written
    if "title" in schema:
        said["x-ms-summary"] = schema["title"]
    if schema.get("advanced"):
        said["x-ms-visibility"] = "advanced"
    said |= {word: schema[word] for word in _KEPT if word in schema}
    said |= _chosen(schema)
    inside = schema.get("properties", {})
    if required := [name for name in schema.get("required", ()) if not _may_be_null(inside[name])]:
        said["required"] = required
    if "properties" in schema:
        said["properties"] = {name: shown(inner, masked=masked) for name, inner in inside.items()}
    if kind == "array":
        said["items"] = shown(schema.get("items", {}), masked=masked)
    return said


def form(schema: Schema, lookups: Lookups) -> dict[str, Any]:
    """Return inputs or filters as a form: what is seen at once, what only on demand, and what is chosen from a list."""
    return {
        **shown(schema),
        "properties": {name: _field(name, said, lookups) for name, said in schema["properties"].items()},
    }


def found(
    operation: str,
    rows: tuple[str, str, str],
    fixed: Mapping[str, str] = MappingProxyType({}),
    filled: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """Say which operation finds the values of a field.

    Args:
        operation: its id.
        rows: in its answer, the names of the list, and of the value and the label in each row.
        fixed: what it is always given.
        filled: what it is given out of the form: the path of a parameter, or of a field in the body.
    """
    collection, value, title = rows
    named = {**fixed, **{name: {"parameter": path.rpartition("/")[2]} for name, path in filled.items()}}
    words: dict[str, Any] = {
        "x-ms-dynamic-values": {
            "operationId": operation,
            **({"parameters": named} if named else {}),
            "value-collection": collection,
            "value-path": value,
            "value-title": title,
        }
    }
    if any("/" in path for path in filled.values()):
        # The older word cannot say for sure that it means a field of the body.
        words["x-ms-dynamic-list"] = {
            "operationId": operation,
            "parameters": {
                **{name: {"value": text} for name, text in fixed.items()},
                **{name: {"parameterReference": path} for name, path in filled.items()},
            },
            "itemsPath": collection,
            "itemValuePath": value,
            "itemTitlePath": title,
        }
    return words


def references(schemas: Iterable[Mapping[str, Any]], shapes: Mapping[str, Shape]) -> dict[str, dict[str, Any]]:
    """Return the definitions that some schemas refer to, directly or not; `shapes` are all there are."""
    definitions: dict[str, dict[str, Any]] = {}
    waiting = [name for schema in schemas for name in _referred(schema)]
    for name in waiting:
        if name not in definitions:
            definitions[name] = shown(shapes[name])
            waiting.extend(_referred(definitions[name]))
    return dict(sorted(definitions.items()))


def _field(name: str, schema: Schema, lookups: Lookups) -> dict[str, Any]:
    said = {"x-ms-visibility": "important", **shown(schema)}
    if "lookup" not in schema:
        return said
    depends = {other: f"body/{other}" for other in schema["lookup"].get("depends_on", ())}
    choices = found(
        lookups.operation,
        ("choices", "value", "label"),
        fixed={"key": lookups.key, "field": name},
        filled={"connection": lookups.connection, **depends},
    )
    return {**said, "items": {**said["items"], **choices}} if said["type"] == "array" else {**said, **choices}


def _kind(schema: Schema) -> str:
    kinds = schema.get("type", "")
    kind: str = next(each for each in kinds if each != "null") if isinstance(kinds, list) else kinds
    return kind


def _may_be_null(schema: Schema) -> bool:
    return "null" in schema.get("type", "") or {"type": "null"} in schema.get("oneOf", ())


def _format(schema: Schema, kind: str, *, masked: bool) -> str:
    if kind in _WIDE:
        return _WIDE[kind]
    if schema.get("secret") and not masked:
        return "password"
    written: str = schema.get("format", "")
    return written


def _chosen(schema: Schema) -> dict[str, Any]:
    if "oneOf" not in schema:
        return {"enum": list(schema["enum"])} if "enum" in schema else {}
    return {
        "enum": [choice["const"] for choice in schema["oneOf"]],
        "x-ms-enum-values": [{"value": each["const"], "displayName": each["title"]} for each in schema["oneOf"]],
    }


def _referred(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        ref = value.get("$ref", "")
        own = [ref.removeprefix(_DEFINED)] if isinstance(ref, str) and ref.startswith(_DEFINED) else []
        return own + [name for each in value.values() for name in _referred(each)]
    return [name for each in value for name in _referred(each)] if isinstance(value, list) else []
