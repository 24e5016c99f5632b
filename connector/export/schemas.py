"""Schemas of manifests as OpenAPI has them: words of our own become extensions, as `x-group`."""

from typing import Any

from ..types import Schema

_OURS = ("advanced", "group", "lookup", "multiline", "secret")
"""What JSON Schema does not know (https://spec.openapis.org/oas/v3.1.1#specification-extensions)."""
_INSIDE = ("contains", "on")
"""Words that only the engine works by."""


def described(schema: Schema, *, masked: bool = False) -> dict[str, Any]:
    """Return a schema of a manifest for the readers of an OpenAPI document; what it accepts stays the same.

    Args:
        schema: of inputs, outputs or filters.
        masked: secrets may be masked in what it describes, and are texts then, whatever they were.
    """
    said = {
        (f"x-{word}" if word in _OURS else word): _inner(word, value, masked=masked)
        for word, value in schema.items()
        if word not in _INSIDE
    }
    if masked and schema.get("secret") and schema["type"] != "string":
        said["type"] = [schema["type"], "string"]
    return said


def secrets_of(schema: Schema) -> list[str]:
    """Name the outputs, at any depth, that are masked unless somebody asks to see them."""
    found = {name for name, inner in schema.get("properties", {}).items() if inner.get("secret")}
    nested = [*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else [])]
    return sorted(found.union(*(secrets_of(inner) for inner in nested)))


def _inner(word: str, value: Any, *, masked: bool) -> Any:
    if word == "properties":
        return {name: described(inner, masked=masked) for name, inner in value.items()}
    return described(value, masked=masked) if word == "items" else value
