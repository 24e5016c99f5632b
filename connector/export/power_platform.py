"""Custom connectors for Microsoft's Power Platform, one with all actions and one with all triggers.

It takes no definition of a megabyte or more, which is why there are two.
https://learn.microsoft.com/en-us/connectors/custom-connectors/define-openapi-definition
"""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from ..catalogue import Catalogue
from .answers import SHAPES
from .operations import operations
from .power_platform_operations import DELIVERY, PARAMETERS, RESPONSES, other, routed, run, subscribe
from .power_platform_schemas import references
from .templates import filled, template

_FOLDER = "power_platform"
_HOST = "zoom-connector.example.com"
"""The format asks for one; whoever imports the files puts that of the service in its place."""
_KEY = "api_key"
_WIDTH = 240


def files(catalogue: Catalogue) -> Mapping[str, str]:
    """Write both connectors; see `export.files`."""
    numbers = {"ACTIONS": str(len(catalogue.actions)), "TRIGGERS": str(len(catalogue.triggers))}
    written = {"README.md": filled(template(_FOLDER, "README.md"), {**numbers, "VERSION": version("zoom-connector")})}
    for name, paths, policies in (
        ("actions", _actions(catalogue), []),
        ("triggers", _triggers(catalogue), [routed(catalogue.triggers)]),
    ):
        written[f"{name}/apiDefinition.swagger.json"] = f"{_laid_out(_definition(catalogue, name, paths))}\n"
        written[f"{name}/apiProperties.json"] = f"{_laid_out(_properties(name, policies))}\n"
    return written


def _actions(catalogue: Catalogue) -> dict[str, Any]:
    lookups = [
        field.get("lookup", {}) for each in catalogue.actions.values() for field in each.inputs["properties"].values()
    ]
    depended_on = sorted({name for lookup in lookups for name in lookup.get("depends_on", ())})
    by_id = {operation.id: operation for operation in operations(catalogue)}
    paths = other(by_id["list_connections"], behind=True)
    paths |= other(by_id["list_choices_of_action"], depended_on, behind=True)
    paths |= other(by_id["get_job"])
    for action in catalogue.actions.values():
        paths |= run(catalogue, action)
    return paths


def _triggers(catalogue: Catalogue) -> dict[str, Any]:
    by_id = {operation.id: operation for operation in operations(catalogue)}
    paths: dict[str, Any] = {}
    for id in ("list_connections", "list_choices_of_trigger", "delete_subscription"):
        paths |= other(by_id[id], behind=True)
    for trigger in catalogue.triggers.values():
        paths |= subscribe(catalogue, trigger)
    return paths


def _definition(catalogue: Catalogue, name: str, paths: Mapping[str, Any]) -> dict[str, Any]:
    """Write what a connector can do (https://swagger.io/specification/v2/)."""
    used = ("connection", "wait", "once") if name == "actions" else ("connection",)
    return {
        "swagger": "2.0",
        "info": {
            "title": f"{catalogue.identity.title} {name}",
            "description": catalogue.identity.description,
            "version": version("zoom-connector"),
        },
        "host": _HOST,
        "basePath": "/",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "securityDefinitions": {_KEY: {"type": "apiKey", "in": "header", "name": "Authorization"}},
        "security": [{_KEY: []}],
        "paths": paths,
        "parameters": {each: said for each, said in PARAMETERS.items() if each in used},
        "responses": RESPONSES,
        "definitions": references([paths, RESPONSES], {**SHAPES, **DELIVERY}),
    }


def _properties(name: str, policies: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Write how people sign in to the service, and what is changed in a request on its way."""
    told = "zoom-connector api-keys create makes one."
    ask = {"displayName": "Key", "description": told, "tooltip": told, "constraints": {"required": "true"}}
    show = {
        "templateId": "setheader",
        "title": "Show the key",
        "parameters": {
            "x-ms-apimTemplateParameter.name": "Authorization",
            "x-ms-apimTemplateParameter.value": f"Bearer @connectionParameters('{_KEY}')",
            "x-ms-apimTemplateParameter.existsAction": "override",
            "x-ms-apimTemplate-policySection": "Request",
        },
    }
    return {
        "properties": {
            "connectionParameters": {_KEY: {"type": "securestring", "uiDefinition": ask}},
            "iconBrandColor": "#2d6cdf",
            "capabilities": [name],
            "publisher": "The authors of zoom-connector",
            "policyTemplateInstances": [show, *policies],
        }
    }


def _laid_out(value: Any, depth: int = 0) -> str:
    """Write JSON so that differences can be read line by line, in less room than one line for each value takes."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + depth <= _WIDTH or not isinstance(value, dict | list):
        return line
    indent = " " * (depth + 1)
    if isinstance(value, dict):
        members = [f"{json.dumps(name)}: {_laid_out(each, depth + 1)}" for name, each in value.items()]
        opening, closing = "{", "}"
    else:
        members = [_laid_out(each, depth + 1) for each in value]
        opening, closing = "[", "]"
    inside = ",\n".join(f"{indent}{member}" for member in members)
    return f"{opening}\n{inside}\n{indent[1:]}{closing}"
