"""An action as a keyword: what it takes, in which types, and what is said about it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from robot.api.types import Secret

from ...catalogue import Action, Identity
from ...inputs import parse
from ...outputs import secret_outputs
from ...types import Schema


@dataclass(frozen=True)
class Keyword:
    """What Robot asks about a keyword."""

    arguments: Sequence[Any]
    types: Mapping[str, Any]
    documentation: str
    tags: Sequence[str]


def keyword(action: Action, identity: Identity) -> Keyword:
    """Describe an action."""
    fields: Mapping[str, Schema] = action.inputs["properties"]
    required = action.inputs.get("required", ())
    own = _own_options(action)
    # By name only: a field more, which any new version may bring, must not move the others.
    optional = [(name, None) for name in (*(each for each in fields if each not in required), *own)]
    return Keyword(
        (*required, "*", *optional) if optional else required,
        {**{name: _hint(field) for name, field in fields.items()}, **{name: own[name][0] for name in own}},
        "\n".join(_documentation(action, identity, {name: text for name, (_, text) in own.items()})),
        (action.resource, action.effect),
    )


_IDEMPOTENCY_KEY = "Runs once: the same key again returns what the first run returned."
_REVEAL = "Secrets to return instead of masking them, as Secret values: {names}."


def _own_options(action: Action) -> dict[str, tuple[Any, str]]:
    """What every host offers beside the fields, where it is of use."""
    own: dict[str, tuple[Any, str]] = {}
    if action.effect != "read":
        own["idempotency_key"] = (str, _IDEMPOTENCY_KEY)
    if names := secret_outputs(action.outputs):
        own["reveal"] = ((list, str), _REVEAL.format(names=", ".join(names)))
    return own


_TYPES = {"string": str, "integer": int, "number": float, "boolean": bool, "array": (list, str), "object": (dict, str)}
"""Type in JSON -> type in Python; rows and settings may be given as text too, as on the command line."""


def _hint(field: Schema) -> Any:
    return (Secret, str) if field.get("secret") else _TYPES[field["type"]]


def _documentation(action: Action, identity: Identity, own: Mapping[str, str]) -> Iterator[str]:
    """Write it in the sections that Robot looks for in a docstring."""
    yield action.description
    yield from (f"\n{identity.requirements[word]['description']}" for word in action.requires)
    fields = {**{name: _field(field) for name, field in action.inputs["properties"].items()}, **own}
    if fields:
        yield "\nArgs:"
        yield from (f"    {name}: {text}" for name, text in fields.items())
    if outputs := action.outputs.get("properties"):
        yield "\nReturns:"
        yield from (f"    - ``{name}``: {field['title']}" for name, field in outputs.items() if "title" in field)


def _field(field: Schema) -> str:
    choices = ", ".join(f"{choice['const']} ({choice['title']})" for choice in field.get("oneOf", ()))
    said = [f"{field['title']}.", field.get("description", ""), f"One of {choices}." if choices else ""]
    return " ".join(filter(None, said))


_MISSPELT = re.compile(r"([a-z_]+)=(.*)", re.DOTALL)


def taken(action: Action, positional: Sequence[Any], named: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs of an action out of what a keyword was called with."""
    fields: Mapping[str, Schema] = action.inputs["properties"]
    given = {name: value for name, value in named.items() if name in fields}
    for name, value in zip(action.inputs.get("required", ()), positional, strict=False):
        # Robot takes what follows a name that nobody knows for a value: `topik=Kick-off` would become the topic.
        misspelt = _MISSPELT.fullmatch(value) if isinstance(value, str) else None
        given[misspelt[1] if misspelt else name] = misspelt[2] if misspelt else value
    return {name: as_declared(fields.get(name, {}), value) for name, value in given.items()}


def as_declared(field: Schema, value: Any) -> Any:
    """Return what a field was called with in its type, a secret as its text."""
    if isinstance(value, Secret):
        return value.value
    return parse(field, value) if isinstance(value, str) else value


def options(named: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a keyword was called with beside the inputs."""
    reveal = named.get("reveal") or ()
    names = [name.strip() for name in reveal.split(",")] if isinstance(reveal, str) else reveal
    return {"idempotency_key": named.get("idempotency_key"), "reveal": names}


def in_secrets(value: Any, names: Collection[str]) -> Any:
    """Wrap revealed secrets, so that Robot writes them into no log."""
    if isinstance(value, Mapping):
        return {
            name: Secret(inner) if name in names and isinstance(inner, str) else in_secrets(inner, names)
            for name, inner in value.items()
        }
    return [in_secrets(inner, names) for inner in value] if isinstance(value, list) else value
