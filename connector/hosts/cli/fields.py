"""The fields of an action as they are typed: `topic=Kick-off`, `duration=45`, `query.page_size=5`, or a JSON file."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...inputs import parse
from ...types import Schema
from .caller import words
from .output import refuse


def from_file(source: str | None) -> dict[str, Any]:
    """Read fields from a JSON file, or from standard input for `-`."""
    if source is None:
        return {}
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
        fields = json.loads(text)
    except OSError as error:
        refuse(words("The file {file} cannot be read: {reason}.", file=source, reason=error.strerror))
    except json.JSONDecodeError as error:
        place = {"source": _name(source), "reason": error.msg, "line": error.lineno, "column": error.colno}
        refuse(words("What is in {source} is not JSON: {reason} (line {line}, column {column}).", **place))
    except UnicodeDecodeError:
        refuse(words("What is in {source} is not text in UTF-8.", source=_name(source)))
    if not isinstance(fields, dict):
        wanted = {"source": _name(source), "example": '{"field": "value"}'}
        refuse(words("What is in {source} is JSON, but no object; write {example}.", **wanted))
    return fields


def from_arguments(schema: Schema, arguments: Sequence[str]) -> dict[str, Any]:
    """Read `field=value` arguments; `field.inner=value` sets one value inside a field that is an object."""
    fields: dict[str, Any] = {}
    for argument in arguments:
        name, equals, value = argument.partition("=")
        if not equals or not name:
            refuse(words("'{text}' is no field; write field=value, such as topic='Kick-off'.", text=argument))
        outer, *inner = name.split(".") if "." in name and _is_object(schema, name) else [name]
        _put(fields, [outer, *inner], _typed(schema, [outer, *inner], value))
    return fields


def _name(source: str) -> str:
    return words("standard input") if source == "-" else source


def _is_object(schema: Schema, name: str) -> bool:
    field: Schema = schema.get("properties", {}).get(name.partition(".")[0], {})
    return field.get("type") == "object"


def _put(fields: dict[str, Any], path: Sequence[str], value: Any) -> None:
    *outer, last = path
    for step in outer:
        inside = fields.setdefault(step, {})
        if not isinstance(inside, dict):
            names = {"outer": step, "path": ".".join(path)}
            refuse(words("'{outer}' was given a value already, so '{path}' cannot be set inside it.", **names))
        fields = inside
    fields[last] = value


def _typed(schema: Schema, path: Sequence[str], text: str) -> Any:
    for step in path:
        schema = schema.get("properties", {}).get(step, {})
    return parse(schema, text) if "type" in schema or len(path) == 1 else _guessed(text)


def _guessed(text: str) -> Any:
    """Read a value that no schema describes: JSON if it is JSON, else text."""
    try:
        return json.loads(text)
    except ValueError:
        return text
