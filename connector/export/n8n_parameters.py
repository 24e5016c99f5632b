"""Fields as parameters of n8n's forms.

https://docs.n8n.io/connect/create-nodes/build-your-node/reference/node-ui-elements
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .fields import Field, Kind
from .n8n_words import described, sentence_case, sort_key, title_case

Parameter = dict[str, Any]

_ALPHABETICAL = 5
"""Lists that are this long are sorted (https://github.com/ivov/eslint-plugin-n8n-nodes-base)."""
_EXPRESSION = '<a href="https://docs.n8n.io/code/expressions/">expression</a>'


def parameter(field: Field, show: Mapping[str, Any] | None = None) -> Parameter:
    """Write a parameter.

    Args:
        field: what people fill in.
        show: when it is shown; None: it is in a collection, where people add it.
    """
    if field.name == "limit":
        kind: Parameter = {"type": "number", "typeOptions": {"minValue": 1}, "default": 50}
        told: Parameter = {"description": "Max number of results to return"}
    else:
        kind, told = _KINDS[field.kind](field), _told(field)
    name = f"{title_case(field.title)}{' Names or IDs' if 'loadOptionsMethod' in kind.get('typeOptions', {}) else ''}"
    told = {word: text for word, text in told.items() if text and text != name}
    shown = {"required": True, "displayOptions": show} if show else {}
    return {"displayName": name, "name": field.name, **kind, **shown, **told}


def collection(title: str, name: str, optional: Iterable[Parameter], show: Mapping[str, Any]) -> Parameter:
    """Gather parameters that need not be filled in."""
    return {
        "displayName": title,
        "name": name,
        "type": "collection",
        "placeholder": f"Add {title.removesuffix('s').removeprefix('Additional ')}",
        "default": {},
        "displayOptions": show,
        "options": sorted(optional, key=lambda each: sort_key(each["displayName"])),
    }


def secrets(names: Sequence[str]) -> Parameter:
    """Ask which secret outputs are shown."""
    return {
        "displayName": "Show Secrets",
        "name": "reveal",
        "type": "multiOptions",
        "options": [{"name": title_case(name.replace("_", " ")), "value": name} for name in names],
        "default": [],
        "description": "Outputs that are masked unless they are named here",
    }


def options(choices: Iterable[tuple[Any, str]]) -> list[Parameter]:
    """Write choices with their titles."""
    return named([{"name": title, "value": value} for value, title in choices])


def named(choices: Sequence[Parameter]) -> list[Parameter]:
    """Order choices as n8n wants them."""
    if len(choices) < _ALPHABETICAL:
        return list(choices)
    return sorted(choices, key=lambda choice: sort_key(choice["name"]))


def _told(field: Field) -> Parameter:
    """Say how to fill a field in."""
    if field.kind == "flag":
        return {"hint": field.help}  # a description would have to begin with "Whether"
    if "{" in field.help:
        return {"hint": field.help}  # it tells of names that have to be written as they are
    if field.kind == "texts" and field.lookup:
        return {"description": f"Choose from the list, or specify IDs using an {_EXPRESSION}", "hint": field.help}
    if field.kind == "texts":
        return {"description": described(f"{field.help} Several are separated by commas.".strip())}
    if field.kind == "json":
        example = json.dumps(field.example, ensure_ascii=False)
        return {"description": described(field.help), "hint": f"Such as {example}"}
    return {"description": described(field.help)}


def _text(field: Field) -> Parameter:
    if field.lookup:
        return _searched(f"search_{field.name}", field.example)
    more: Parameter = {"password": True} if field.secret else {"rows": 4} if field.multiline else {}
    placeholder = {"placeholder": "name@email.com"} if "email" in field.name else {}
    return {"type": "string", **({"typeOptions": more} if more else {}), "default": "", **placeholder}


def _searched(method: str, example: Any) -> Parameter:
    by_hand = {"displayName": "By ID", "name": "id", "type": "string", "placeholder": f"e.g. {example}"}
    found = {
        "displayName": "From List",
        "name": "list",
        "type": "list",
        "typeOptions": {"searchListMethod": method, "searchable": True},
    }
    return {"type": "resourceLocator", "default": {"mode": "list", "value": ""}, "modes": [found, by_hand]}


def _choice(field: Field) -> Parameter:
    choices = options((value, title_case(label)) for value, label in field.choices)
    if field.name in ("action", "operation"):  # n8n takes it for what the node does
        choices = [{**choice, "action": sentence_case(choice["name"])} for choice in choices]
    return {"type": "options", "options": choices, "default": choices[0]["value"]}


def _choices(field: Field) -> Parameter:
    return {
        "type": "multiOptions",
        "options": options((value, title_case(label)) for value, label in field.choices),
        "default": [],
    }


def _texts(field: Field) -> Parameter:
    if field.lookup:
        depends = {"loadOptionsDependsOn": ["connection", *field.depends_on]}
        return {
            "type": "multiOptions",
            "typeOptions": {"loadOptionsMethod": f"list_{field.name}", **depends},
            "default": [],
        }
    return {"type": "string", "default": ""}


_KINDS: Mapping[Kind, Callable[[Field], Parameter]] = {
    "text": _text,
    "texts": _texts,
    "choice": _choice,
    "choices": _choices,
    "number": lambda _: {"type": "number", "default": 0},
    "flag": lambda _: {"type": "boolean", "default": False},
    "moment": lambda _: {"type": "dateTime", "default": ""},
    "day": lambda _: {"type": "dateTime", "default": ""},
    "json": lambda _: {"type": "json", "default": ""},
}

CONNECTION = {
    "displayName": "Connection",
    "name": "connection",
    **_searched("searchConnections", "sales"),
    "required": True,
    "description": "A sign-in at Zoom, by its name in the connector",
}
