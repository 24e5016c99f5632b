"""The web service as an OpenAPI 3.1 document, made of nothing but the manifests: two versions can be compared.

https://spec.openapis.org/oas/v3.1.1
"""

import json
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from ..catalogue import Action, Catalogue
from ..reference import by_resource, title_of
from ..trigger import Trigger
from ..types import Schema
from .answers import SHAPES, Shape, named
from .operation import Operation
from .operations import operations
from .schemas import described, secrets_of

RUN = "/connections/{connection}/actions/{key}"
"""Where an action is run."""
IDEMPOTENCY_KEY: Schema = {"type": "string", "minLength": 1, "maxLength": 200}


def openapi(catalogue: Catalogue, *, address: str = "http://127.0.0.1:8978", key: bool = True) -> dict[str, Any]:
    """Write the document.

    Args:
        catalogue: what there is, in the language that it is to be described in.
        address: where the service is.
        key: callers have to show a key.
    """
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations(catalogue):
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    for there in by_resource(catalogue, catalogue.actions.values()).values():
        for action in there:
            paths[RUN.replace("{key}", action.key)] = {"post": _run(catalogue, action)}
    components: dict[str, Any] = {"schemas": SHAPES, "responses": _PROBLEMS}
    if key:
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": catalogue.identity.title,
            "description": catalogue.identity.description,
            "version": version("zoom-connector"),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address}],
        "tags": [{"name": name} for name in _tags(catalogue)],
        **({"security": [{"key": []}]} if key else {}),
        "paths": paths,
        "webhooks": {trigger.key: {"post": _delivery(trigger)} for trigger in catalogue.triggers.values()},
        "components": components,
    }


def files(catalogue: Catalogue) -> Mapping[str, str]:
    """Write it as a file; see `export.files`."""
    return {"openapi.json": f"{json.dumps(openapi(catalogue), indent=2, ensure_ascii=False)}\n"}


def _tags(catalogue: Catalogue) -> Iterable[str]:
    fixed = (operation.tag for operation in operations(catalogue))
    resources = by_resource(catalogue, catalogue.actions.values())
    return dict.fromkeys([*fixed, *(title_of(catalogue, resource) for resource in resources)])


def _operation(operation: Operation) -> dict[str, Any]:
    success: dict[str, Any] = {"description": operation.summary}
    if operation.answer is not None:
        success["content"] = {"application/json": {"schema": operation.answer}}
    return {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": operation.summary,
        **({"description": operation.description} if operation.description else {}),
        **({"security": []} if operation.open else {}),
        "parameters": [
            *map(_part, re.findall(r"{(\w+)}", operation.path)),
            *(_asked(name, schema, name in operation.needs) for name, schema in operation.query.items()),
        ],
        **({"requestBody": _body(operation.body)} if operation.body is not None else {}),
        "responses": {str(operation.status): success, **_refusals(body=operation.body is not None)},
    }


def _run(catalogue: Catalogue, action: Action) -> dict[str, Any]:
    secret = secrets_of(action.outputs)
    examples = {name: field["examples"][0] for name, field in action.inputs["properties"].items() if name != "limit"}
    reveal: Schema = {
        "type": "array",
        "items": {"type": "string", "enum": secret},
        "description": "Secret outputs to hand out as they are; the others are masked.",
    }
    return {
        "operationId": action.key,
        "tags": [title_of(catalogue, action.resource)],
        "summary": action.title,
        "description": " ".join([action.description, *_needed(catalogue, action)]),
        "x-effect": action.effect,
        "parameters": [
            _part("connection"),
            *([_asked("reveal", reveal, required=False)] if secret else []),
            *({"name": name, "in": "header", **header} for name, header in _HEADERS.items()),
        ],
        "requestBody": _body(action.inputs, examples),
        "responses": {
            "200": {
                "description": "What the action hands on.",
                "content": {
                    "application/json": {"schema": described(action.outputs, masked=True), "example": action.sample}
                },
            },
            "202": {
                "description": "It is not done yet; ask for the job that Location names.",
                "headers": {"Location": {"schema": {"type": "string"}}},
                "content": {"application/json": {"schema": named("Job")}},
            },
            **_refusals(body=True),
        },
    }


def _needed(catalogue: Catalogue, action: Action) -> list[str]:
    return [catalogue.identity.requirements[word]["description"] for word in action.requires]


def _delivery(trigger: Trigger) -> dict[str, Any]:
    """Describe what a subscription to a trigger is sent (https://www.standardwebhooks.com/)."""
    sent = {
        "type": {"const": trigger.key},
        "timestamp": {"type": "string", "format": "date-time"},
        "data": described(trigger.outputs, masked=True),
        "subscription": {"type": "string"},
        "connection": {"type": "string"},
    }
    signed = ("webhook-id", "webhook-timestamp", "webhook-signature")
    return {
        "operationId": f"on_{trigger.key}",
        "tags": ["Events"],
        "summary": trigger.title,
        "description": trigger.description,
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in signed
        ],
        "requestBody": _body({"type": "object", "required": list(sent), "properties": sent}),
        "responses": {"2XX": {"description": "It was taken; anything else has it sent again later."}},
        "x-filters": described(trigger.filters),
    }


def _part(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _asked(name: str, schema: Schema, required: bool) -> dict[str, Any]:
    return {"name": name, "in": "query", **({"required": True} if required else {}), "schema": schema}


def _body(schema: Schema, example: Mapping[str, Any] | None = None) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": _forms(schema)}
    if example:
        content["example"] = example
    return {"required": True, "content": {"application/json": content}}


def _forms(schema: Schema) -> dict[str, Any]:
    return {"anyOf": [described(form) for form in schema["anyOf"]]} if "anyOf" in schema else described(schema)


def _refusals(*, body: bool) -> dict[str, Any]:
    statuses = [status for status in _PROBLEMS if body or status not in ("400", "413", "415")]
    return {status: {"$ref": f"#/components/responses/{status}"} for status in statuses}


def _problem(description: str) -> Shape:
    return {"description": description, "content": {"application/problem+json": {"schema": named("Problem")}}}


_PROBLEMS: Mapping[str, Shape] = {
    "400": _problem("The body is not JSON."),
    "401": _problem("No key was shown, or one that does not count."),
    "403": _problem("The connection may not do this, or has to be made anew."),
    "404": _problem("There is no such thing, here or at Zoom."),
    "409": _problem(
        "It is asked for as described, but what the fields say together, or what is at Zoom, does not allow it. "
        "Nothing is to be repeated unless `retryable` says so."
    ),
    "413": _problem("The body is too long."),
    "415": _problem("The body is said to be something else than JSON."),
    "422": _problem("What was sent does not follow this document."),
    "429": _problem("Zoom's limit is used up; Retry-After says for how long."),
    "500": _problem("The connector or its installation has to be mended."),
    "503": _problem("Zoom or the database gives no answer; the same request may succeed later."),
}
_HEADERS: Mapping[str, Mapping[str, Any]] = {
    "Idempotency-Key": {
        "schema": IDEMPOTENCY_KEY,
        "description": "The same key gives the stored outputs of the first run instead of a second one.",
    },
    "Prefer": {
        "schema": {"type": "string", "examples": ["respond-async", "wait=5"]},
        "description": "How long to wait for the outputs (RFC 7240): `wait=SECONDS`, `respond-async` not at all.",
    },
}
