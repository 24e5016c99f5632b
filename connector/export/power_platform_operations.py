"""Actions, triggers and other operations of the web service, as Power Platform shows them.

https://learn.microsoft.com/en-us/connectors/custom-connectors/create-webhook-trigger
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..catalogue import Action, Catalogue
from ..reference import title_of
from ..trigger import Trigger
from .answers import Shape, named
from .openapi import IDEMPOTENCY_KEY, RUN
from .operation import TEXT, Operation
from .power_platform_schemas import Lookups, form, found, shown
from .schemas import secrets_of

_SUBSCRIBE = "/subscriptions"
_INTERNAL = {"x-ms-visibility": "internal"}
_ADVANCED = {"x-ms-visibility": "advanced"}
_LONGEST_WAIT = "wait=60"
"""The longest that the web service has a caller wait; the platform itself waits for two minutes."""


def run(catalogue: Catalogue, action: Action) -> dict[str, Any]:
    """Write what running an action takes and gives: a path and what is there."""
    secret = secrets_of(action.outputs)
    shared = ("connection", "wait") if action.effect == "read" else ("connection", "wait", "once")
    lookups = Lookups("list_choices_of_action", action.key, "connection")
    post = {
        "operationId": action.key,
        "summary": action.title,
        "description": action.description,
        "tags": [title_of(catalogue, action.resource)],
        "parameters": [
            *({"$ref": f"#/parameters/{name}"} for name in shared),
            *([_query("reveal", {**_reveal(secret), "collectionFormat": "multi"})] if secret else []),
            {"name": "body", "in": "body", "required": True, "schema": form(action.inputs, lookups)},
        ],
        "responses": {
            "200": {"description": "What the action hands on.", "schema": shown(action.outputs, masked=True)},
            "202": {"$ref": "#/responses/later"},
            "default": {"$ref": "#/responses/problem"},
        },
    }
    return {RUN.replace("{key}", action.key): {"post": post}}


def subscribe(catalogue: Catalogue, trigger: Trigger) -> dict[str, Any]:
    """Write what starting a flow takes and gives: a path of its own, which `routed` leads to the one there is."""
    secret = secrets_of(trigger.outputs)
    lookups = Lookups("list_choices_of_trigger", trigger.key, "body/connection")
    fields = {
        "trigger": {"type": "string", "enum": [trigger.key], "default": trigger.key, **_INTERNAL},
        "connection": _CONNECTION,
        "to": {"type": "string", "x-ms-notification-url": True, **_INTERNAL},
        "filters": {**form(trigger.filters, lookups), "x-ms-summary": "Filters"},
        "ordered": {"$ref": "#/definitions/Ordered"},
        "safety_net": {"$ref": "#/definitions/SafetyNet"},
        **({"reveal": {**_reveal(secret), **_ADVANCED}} if secret else {}),
    }
    needed = ["trigger", "connection", "to", *(["filters"] if "required" in trigger.filters else [])]
    sent = {
        "type": {**TEXT, "title": "Trigger"},
        "timestamp": {**TEXT, "format": "date-time", "title": "Happened at"},
        "data": trigger.outputs,
        "subscription": {**TEXT, "title": "Subscription"},
        "connection": {**TEXT, "title": "Connection"},
    }
    post = {
        "operationId": f"on_{trigger.key}",
        "summary": trigger.title,
        "description": trigger.description,
        "tags": [title_of(catalogue, trigger.resource)],
        "x-ms-trigger": "single",
        "parameters": [
            {
                "name": "body",
                "in": "body",
                "required": True,
                "schema": {"type": "object", "required": needed, "properties": fields},
            }
        ],
        "responses": {
            "201": {"description": "From now on events start the flow."},
            "default": {"$ref": "#/responses/problem"},
        },
    }
    content = {
        "description": trigger.description,
        "schema": shown({"type": "object", "properties": sent}, masked=True),
    }
    return {f"/triggers/{trigger.key}{_SUBSCRIBE}": {"x-ms-notification-content": content, "post": post}}


def routed(triggers: Iterable[str]) -> dict[str, Any]:
    """Write the policy that has all triggers subscribe in one place: no two operations may have the same path."""
    return {
        "templateId": "routerequesttoendpoint",
        "title": "Subscribe in one place",
        "parameters": {
            "x-ms-apimTemplate-operationName": [f"on_{key}" for key in triggers],
            "x-ms-apimTemplateParameter.newPath": _SUBSCRIBE,
            "x-ms-apimTemplateParameter.httpMethod": "@Request.OriginalHTTPMethod",
        },
    }


def other(operation: Operation, query: Sequence[str] = (), *, behind: bool = False) -> dict[str, Any]:
    """Write another operation of the service.

    Args:
        operation: one without a body.
        query: fields of forms that it may be given.
        behind: only forms and flows ask for it; nobody puts it into a flow.
    """
    said = {
        "operationId": operation.id,
        "summary": operation.summary,
        "description": f"{operation.summary}.",
        "tags": [operation.tag],
        **(_INTERNAL if behind else {}),
        "parameters": [
            *map(_part, re.findall(r"{(\w+)}", operation.path)),
            *(_query(name, {**TEXT, "x-ms-summary": name}) for name in query),
        ],
        "responses": {
            str(operation.status): {
                "description": operation.summary,
                **({"schema": shown(operation.answer)} if operation.answer else {}),
            },
            "default": {"$ref": "#/responses/problem"},
        },
    }
    return {operation.path: {operation.method.lower(): said}}


def _part(name: str) -> dict[str, Any]:
    if name == "connection":
        return {"$ref": "#/parameters/connection"}
    return {"name": name, "in": "path", "required": True, **TEXT, **_SINGLE, "x-ms-summary": name.capitalize()}


def _query(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", **schema, **_ADVANCED}


def _reveal(names: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"type": "string", "enum": list(names)},
        "x-ms-summary": "Show secrets",
        "description": "Outputs that are masked unless they are named here.",
    }


_SINGLE = {"x-ms-url-encoding": "single"}
_CONNECTION: Mapping[str, Any] = {
    "type": "string",
    "x-ms-summary": "Connection",
    "description": "A sign-in at Zoom, by its name in the connector.",
    "x-ms-visibility": "important",
    **found("list_connections", ("connections", "name", "name")),
}
DELIVERY: Mapping[str, Shape] = {
    "Ordered": {
        "type": "boolean",
        "title": "In order",
        "description": "Bring nothing before what happened earlier has arrived.",
        "advanced": True,
    },
    "SafetyNet": {
        "type": "boolean",
        "title": "Safety net",
        "description": "Ask Zoom regularly as well, in case its message got lost.",
        "advanced": True,
    },
}
"""How events are brought, for all triggers alike."""
PARAMETERS: Mapping[str, Any] = {
    "connection": {"name": "connection", "in": "path", "required": True, **_CONNECTION, **_SINGLE},
    "wait": {
        "name": "Prefer",
        "in": "header",
        "required": True,
        "type": "string",
        "default": _LONGEST_WAIT,
        "x-ms-summary": "Wait",
        **_INTERNAL,
    },
    "once": {
        "name": "Idempotency-Key",
        "in": "header",
        **shown(IDEMPOTENCY_KEY),
        "x-ms-summary": "Only once",
        "description": "The same text gives the stored outputs of the first run instead of a second one. Flows repeat "
        "what failed: workflow()['run']['name'] and the name of the step keep it from being done twice.",
        **_ADVANCED,
    },
}
RESPONSES: Mapping[str, Any] = {
    "later": {"description": "It is not done yet; ask for the job.", "schema": shown(named("Job"))},
    "problem": {"description": "What happened, who can mend it and how.", "schema": shown(named("Problem"))},
}
