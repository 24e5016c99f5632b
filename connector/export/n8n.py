"""A community package for n8n: one node with all actions, one with all triggers, and credentials of the web service.

What nodes do stands in `templates/n8n`; the manifests become their parameters.
https://docs.n8n.io/connect/create-nodes/overview
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from ..catalogue import Action, Catalogue
from ..reference import by_resource, title_of
from ..trigger import Trigger
from .fields import fields
from .n8n_parameters import CONNECTION, collection, named, options, parameter, secrets
from .n8n_words import described, sentence_case, singular, title_case
from .schemas import secrets_of
from .templates import filled, template
from .typescript import literal

_FOLDER = "n8n"
_ICON = "nodes/ZoomConnector/zoomConnector.svg"
_NODES = ("ZoomConnector", "ZoomConnectorTrigger")
_AS_THEY_ARE = (
    "credentials/ZoomConnectorApi.credentials.ts",
    "eslint.config.mjs",
    "nodes/ZoomConnector/ZoomConnector.node.ts",
    "nodes/ZoomConnector/filling.ts",
    "nodes/ZoomConnector/lists.ts",
    "nodes/ZoomConnector/service.ts",
    "nodes/ZoomConnectorTrigger/ZoomConnectorTrigger.node.ts",
    "nodes/ZoomConnectorTrigger/signature.ts",
    "tsconfig.json",
)


def files(catalogue: Catalogue) -> Mapping[str, str]:
    """Write the package; see `export.files`."""
    actions, triggers = catalogue.actions.values(), catalogue.triggers.values()
    numbers = {"ACTIONS": str(len(actions)), "TRIGGERS": str(len(triggers)), "VERSION": version("zoom-connector")}
    written = {path: template(_FOLDER, path) for path in _AS_THEY_ARE}
    written |= {f"nodes/{node}/zoomConnector.svg": template(_FOLDER, _ICON) for node in _NODES}
    written["README.md"] = filled(template(_FOLDER, "README.md"), numbers)
    written["package.json"] = f"{json.dumps(_package(), indent=2)}\n"

    parts = []
    for resource, there in by_resource(catalogue, actions).items():
        name = "".join(word.capitalize() for word in resource.split("_"))
        written[f"nodes/ZoomConnector/descriptions/{name}Description.ts"] = _properties(
            _of_resource(resource, there), name=f"{name[0].lower()}{name[1:]}"
        )
        parts.append(name)
    first = [_resource(catalogue, by_resource(catalogue, actions)), CONNECTION]
    written["nodes/ZoomConnector/properties.ts"] = _together(first, parts)
    written["nodes/ZoomConnector/forms.ts"] = _forms("ACTIONS", actions)
    written["nodes/ZoomConnectorTrigger/properties.ts"] = _properties(_of_triggers(triggers))
    written["nodes/ZoomConnectorTrigger/forms.ts"] = _forms("TRIGGERS", triggers)
    return written


def _package() -> dict[str, Any]:
    icons = " && ".join(f"cp nodes/{node}/*.svg dist/nodes/{node}/" for node in _NODES)
    return {
        "name": "n8n-nodes-zoom-connector",
        "version": version("zoom-connector"),
        "description": "Meetings, recordings and events of Zoom, by way of zoom-connector.",
        "keywords": ["n8n-community-node-package", "zoom"],
        "license": "Apache-2.0",
        "author": {"name": "The authors of zoom-connector", "email": "authors@example.com"},
        "repository": {"type": "git", "url": "https://example.com/zoom-connector.git"},
        "files": ["dist"],
        "scripts": {"build": f"tsc && {icons}", "lint": "eslint ."},
        "n8n": {
            "n8nNodesApiVersion": 1,
            "credentials": ["dist/credentials/ZoomConnectorApi.credentials.js"],
            "nodes": [f"dist/nodes/{node}/{node}.node.js" for node in _NODES],
        },
        "devDependencies": {
            "@types/node": "^24",
            "@typescript-eslint/parser": "^8",
            "eslint": "^9",
            "eslint-plugin-n8n-nodes-base": "^2",
            "n8n-workflow": "^2",
            "typescript": "^5",
        },
        "peerDependencies": {"n8n-workflow": "*"},
    }


def _resource(catalogue: Catalogue, there: Mapping[str, Sequence[Action]]) -> dict[str, Any]:
    choices = [(resource, title_case(singular(title_of(catalogue, resource)))) for resource in there]
    return {
        "displayName": "Resource",
        "name": "resource",
        "type": "options",
        "noDataExpression": True,
        "options": options(choices),
        "default": next(iter(there)),
    }


def _of_resource(resource: str, actions: Iterable[Action]) -> Iterable[dict[str, Any]]:
    actions = sorted(actions, key=lambda action: action.title)
    told = [
        {
            "name": title_case(action.title),
            "value": action.key,
            "description": described(action.description),
            "action": sentence_case(action.title),
        }
        for action in actions
    ]
    yield {
        "displayName": "Operation",
        "name": "operation",
        "type": "options",
        "noDataExpression": True,
        "displayOptions": {"show": {"resource": [resource]}},
        "options": named(told),
        "default": actions[0].key,
    }
    for action in actions:
        show = {"show": {"resource": [resource], "operation": [action.key]}}
        optional = []
        for field in fields(action.inputs):
            if field.required:
                yield parameter(field, show)
            else:
                optional.append(parameter(field))
        if revealed := secrets_of(action.outputs):
            optional.append(secrets(revealed))
        if optional:
            yield collection("Additional Fields", "additionalFields", optional, show)


def _of_triggers(triggers: Iterable[Trigger]) -> Iterable[dict[str, Any]]:
    triggers = sorted(triggers, key=lambda trigger: trigger.title)
    told = [
        {"name": title_case(each.title), "value": each.key, "description": described(each.description)}
        for each in triggers
    ]
    yield CONNECTION
    yield {
        "displayName": "Event",
        "name": "event",
        "type": "options",
        "noDataExpression": True,
        "options": named(told),
        "default": triggers[0].key,
    }
    for trigger in triggers:
        show = {"show": {"event": [trigger.key]}}
        optional = []
        for field in fields(trigger.filters):
            if field.required:
                yield parameter(field, show)
            else:
                optional.append(parameter(field))
        if optional:
            yield collection("Filters", "filters", optional, show)
        flags = [secrets(revealed)] if (revealed := secrets_of(trigger.outputs)) else []
        yield collection("Options", "options", [*_DELIVERY, *flags], show)


_DELIVERY = (
    {
        "displayName": "In Order",
        "name": "ordered",
        "type": "boolean",
        "default": False,
        "description": "Whether nothing is brought before what happened earlier has arrived",
    },
    {
        "displayName": "Safety Net",
        "name": "safety_net",
        "type": "boolean",
        "default": False,
        "description": "Whether Zoom is asked regularly as well, in case its message got lost",
    },
)


def _properties(parameters: Iterable[Mapping[str, Any]], name: str = "properties") -> str:
    written = ",\n".join(f"\t{literal(each, 1)}" for each in parameters)
    return (
        "import type { INodeProperties } from 'n8n-workflow';\n\n"
        f"export const {name}: INodeProperties[] = [\n{written},\n];\n"
    )


def _together(first: Sequence[Mapping[str, Any]], parts: Sequence[str]) -> str:
    names = {part: f"{part[0].lower()}{part[1:]}" for part in parts}
    imports = "".join(f"import {{ {name} }} from './descriptions/{part}Description';\n" for part, name in names.items())
    own = "".join(f"\t{literal(each, 1)},\n" for each in first)
    spread = "".join(f"\t...{name},\n" for name in names.values())
    return (
        "import type { INodeProperties } from 'n8n-workflow';\n"
        f"{imports}\nexport const properties: INodeProperties[] = [\n{own}{spread}];\n"
    )


def _forms(name: str, found: Iterable[Action] | Iterable[Trigger]) -> str:
    """Write what the nodes have to know of fields: what they hold, and which of them have values to choose from."""
    table: dict[str, Any] = {}
    searched: set[str] = set()
    listed: set[str] = set()
    for each in found:
        there = list(fields(each.inputs if isinstance(each, Action) else each.filters))
        searched.update(field.name for field in there if field.lookup and field.kind == "text")
        listed.update(field.name for field in there if field.lookup and field.kind == "texts")
        table[each.key] = {
            "changes": isinstance(each, Action) and each.effect != "read",
            "required": [field.name for field in there if field.required],
            "kinds": {field.name: field.kind for field in there},
        }
    where = "./filling" if name == "ACTIONS" else "../ZoomConnector/filling"
    return (
        f"import type {{ Form }} from '{where}';\n\n"
        f"export const {name}: Record<string, Form> = {literal(table)};\n\n"
        "/** Fields whose values are searched for. */\n"
        f"export const SEARCHED = {literal(sorted(searched))};\n\n"
        "/** Fields whose values are listed. */\n"
        f"export const LISTED = {literal(sorted(listed))};\n"
    )
