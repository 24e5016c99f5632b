"""A package of nodes for Node-RED: one for the actions of each resource, one for triggers.

What nodes do stands in `templates/node_red`; the manifests become the forms that they show and fill in.
https://nodered.org/docs/creating-nodes/
"""

import json
from collections.abc import Iterable, Mapping
from html import escape
from importlib.metadata import version
from typing import Any

from ..catalogue import Action, Catalogue
from ..reference import by_resource, title_of
from ..trigger import Trigger
from ..types import Schema
from .fields import Field, fields
from .schemas import secrets_of
from .templates import filled, template

_NAME = "node-red-contrib-zoom-connector"
_FOLDER = "node_red"
_AS_THEY_ARE = (
    "lib/action.js",
    "lib/bytes.js",
    "lib/client.js",
    "lib/filling.js",
    "lib/signature.js",
    "lib/subscriptions.js",
    "nodes/service.html",
    "nodes/service.js",
    "nodes/trigger.html",
    "nodes/trigger.js",
    "resources/editor.js",
)


def files(catalogue: Catalogue) -> Mapping[str, str]:
    """Write the package; see `export.files`."""
    there = by_resource(catalogue, catalogue.actions.values())
    written = {path: template(_FOLDER, path) for path in _AS_THEY_ARE}
    for resource, actions in there.items():
        title = title_of(catalogue, resource)
        places = {
            "TYPE": _type(resource),
            "RESOURCE": resource,
            "LABEL": title,
            "HELP": "\n".join(map(_helped, actions)),
        }
        for ending in ("html", "js"):
            written[f"nodes/{resource}.{ending}"] = filled(template(_FOLDER, f"nodes/action.{ending}"), places)
        forms = {action.key: _form(action, action.inputs) for action in actions}
        written[f"resources/forms/{resource}.json"] = _json(forms)
    forms = {
        trigger.key: _form(trigger, trigger.filters, title_of(catalogue, resource))
        for resource, triggers in by_resource(catalogue, catalogue.triggers.values()).items()
        for trigger in triggers
    }
    written["resources/forms/triggers.json"] = _json(forms)
    numbers = {"ACTIONS": str(len(catalogue.actions)), "TRIGGERS": str(len(catalogue.triggers))}
    written["README.md"] = filled(template(_FOLDER, "README.md"), {**numbers, "VERSION": version("zoom-connector")})
    written["package.json"] = _json(_package(there))
    return written


def _package(there: Iterable[str]) -> dict[str, Any]:
    nodes = {"zoom-connector": "nodes/service.js", "zoom-trigger": "nodes/trigger.js"}
    nodes.update({_type(resource): f"nodes/{resource}.js" for resource in there})
    return {
        "name": _NAME,
        "version": version("zoom-connector"),
        "description": "Meetings, recordings and events of Zoom, by way of zoom-connector.",
        "keywords": ["node-red", "zoom"],
        "license": "Apache-2.0",
        "engines": {"node": ">=22"},
        "node-red": {"version": ">=4", "nodes": nodes},
    }


def _form(found: Action | Trigger, schema: Schema, group: str = "") -> dict[str, Any]:
    return {
        "title": found.title,
        "group": group,
        "description": found.description,
        "fields": [_field(field) for field in fields(schema)],
        "secrets": secrets_of(found.outputs),
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "title": field.title,
        "help": _help(field),
        "kind": field.kind,
        "required": field.required,
        "group": field.group,
        "advanced": field.advanced,
        "secret": field.secret,
        "choices": [{"value": value, "label": label} for value, label in field.choices],
        "lookup": field.lookup,
        "depends_on": list(field.depends_on),
    }


def _help(field: Field) -> str:
    if field.kind != "json":
        return field.help
    return f"{field.help} Such as {json.dumps(field.example, ensure_ascii=False)}".strip()


def _helped(action: Action) -> str:
    return f"        <dt>{escape(action.title)}</dt><dd>{escape(action.description)}</dd>"


def _type(resource: str) -> str:
    return f"zoom-{resource.replace('_', '-')}"


def _json(value: Any) -> str:
    return f"{json.dumps(value, indent=2, ensure_ascii=False)}\n"
