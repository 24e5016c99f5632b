"""What people fill in, as the forms of other platforms need it: flat, typed and in the order of the manifest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..types import Schema

Kind = Literal["text", "number", "flag", "moment", "day", "choice", "texts", "choices", "json"]
"""`texts` and `choices` are lists; `json` is all that no single field of a form holds."""


@dataclass(frozen=True)
class Field:
    """One field of a form."""

    name: str
    title: str
    help: str
    kind: Kind
    required: bool
    group: str
    """Empty: it belongs to no group."""
    advanced: bool
    secret: bool
    multiline: bool
    choices: tuple[tuple[Any, str], ...]
    """Value -> label, of a `choice` or `choices`."""
    lookup: bool
    """The service knows values to choose from; others may be typed."""
    depends_on: tuple[str, ...]
    """Fields that those values depend on."""
    example: Any
    inside: tuple[str, ...]
    """Names in the rows or settings of a `json`."""


def fields(schema: Schema) -> Iterator[Field]:
    """Read the inputs of an action or the filters of a trigger."""
    required = schema.get("required", ())
    for name, said in schema["properties"].items():
        rows = said.get("items", {})
        lookup = said.get("lookup")
        yield Field(
            name=name,
            title=said["title"],
            help=said.get("description", ""),
            kind=_kind(said),
            required=name in required,
            group=said.get("group", ""),
            advanced=said.get("advanced", False),
            secret=said.get("secret", False),
            multiline=said.get("multiline", False),
            choices=tuple((choice["const"], choice["title"]) for choice in said.get("oneOf") or rows.get("oneOf", ())),
            lookup=lookup is not None,
            depends_on=tuple(lookup.get("depends_on", ())) if lookup else (),
            example=said["examples"][0] if "examples" in said else None,
            inside=tuple((rows or said).get("properties", ())),
        )


_KINDS: Mapping[str, Kind] = {"string": "text", "integer": "number", "number": "number", "boolean": "flag"}
_FORMATS: Mapping[str, Kind] = {"date-time": "moment", "date": "day"}


def _kind(schema: Schema) -> Kind:
    kind = schema.get("type", "")
    if "oneOf" in schema:
        return "choice"
    if kind == "array" and "oneOf" in schema["items"]:
        return "choices"
    if kind == "array" and schema["items"].get("type") == "string":
        return "texts"
    return _FORMATS.get(schema.get("format", "")) or _KINDS.get(kind, "json")
