"""The form of a way of connecting, filled in at a terminal: what is not typed is asked for, secrets without an echo."""

import sys
from collections.abc import Sequence
from getpass import getpass
from typing import Any

import typer

from ...types import Schema
from .caller import words
from .fields import from_arguments
from .output import refuse, say


def fill_in(schema: Schema, arguments: Sequence[str]) -> dict[str, Any]:
    """Return the fields that were typed as `field=value`, and ask for the required ones that were not.

    Without a terminal nobody can be asked: secrets are then the lines of standard input, in the order of the form.
    """
    properties: dict[str, Schema] = schema.get("properties", {})
    given = from_arguments(schema, arguments)
    for name in given:
        if properties.get(name, {}).get("secret"):
            refuse(
                words(
                    "{field} is secret: leave it out here, where others can read it, and you are asked for it.",
                    field=name,
                )
            )
    for name in schema.get("required", ()):
        if name not in given and (properties[name].get("secret") or sys.stdin.isatty()):
            given[name] = _asked(properties[name])
    return given


def _asked(field: Schema) -> str:
    title = str(field["title"])
    if not field.get("secret"):
        say(field.get("description", ""), err=True, style="dim")
        return str(typer.prompt(title, err=True))
    if sys.stdin.isatty():
        return getpass(f"{title}: ")
    secret = sys.stdin.readline().strip()
    if not secret:
        refuse(words("The {field} is missing; write it to standard input, as its first line.", field=title.lower()))
    return secret
