"""What the web service can be asked besides running an action."""

from collections.abc import Mapping
from typing import Any

from ..catalogue import Catalogue
from ..types import Schema
from .answers import listed, named
from .events import EVENTS
from .mending import MENDING
from .operation import FLAG, NAME, Operation

LOOKUP_QUERY: Mapping[str, Schema] = {
    "search": {"type": "string", "description": "Only choices with this in their label."},
    "given": {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "description": "Fields that are filled in already, each as a parameter of its own; those that the lookup "
        "depends on matter.",
    },
}


def operations(catalogue: Catalogue) -> tuple[Operation, ...]:
    """Return what the service can be asked, in the order in which people read it."""
    return (*_CATALOGUE, *_JOBS, *_connections(catalogue), *EVENTS, *MENDING)


_CATALOGUE = (
    Operation("get_openapi", "GET", "/openapi.json", "Catalogue", "This document", {"type": "object"}, open=True),
    Operation(
        "list_actions", "GET", "/actions", "Catalogue", "What a workflow can do", listed("actions", "ActionSummary")
    ),
    Operation("describe_action", "GET", "/actions/{key}", "Catalogue", "One action", named("Action")),
    Operation(
        "list_triggers",
        "GET",
        "/triggers",
        "Catalogue",
        "What can start a workflow",
        listed("triggers", "TriggerSummary"),
    ),
    Operation("describe_trigger", "GET", "/triggers/{key}", "Catalogue", "One trigger", named("Trigger")),
    Operation(
        "list_choices_of_action",
        "GET",
        "/connections/{connection}/actions/{key}/lookups/{field}",
        "Catalogue",
        "Values to choose from for a field of an action",
        named("Choices"),
        query=LOOKUP_QUERY,
    ),
    Operation(
        "list_choices_of_trigger",
        "GET",
        "/connections/{connection}/triggers/{key}/lookups/{field}",
        "Catalogue",
        "Values to choose from for a filter of a trigger",
        named("Choices"),
        query=LOOKUP_QUERY,
    ),
)
_JOBS = (
    Operation("get_job", "GET", "/jobs/{job}", "Jobs", "How far a run is, and what it came to", named("Job")),
    Operation("stop_job", "POST", "/jobs/{job}/stop", "Jobs", "Stop a run where that does no harm", named("Job")),
    Operation("delete_job", "DELETE", "/jobs/{job}", "Jobs", "Stop a run and forget it", status=204),
)


def _connections(catalogue: Catalogue) -> tuple[Operation, ...]:
    return (
        Operation(
            "list_connections",
            "GET",
            "/connections",
            "Connections",
            "The connections, in the state they were last known in",
            listed("connections", "Connection"),
        ),
        Operation(
            "create_connection",
            "POST",
            "/connections",
            "Connections",
            "Connect to Zoom under a name",
            {"anyOf": [named("SignIn"), named("Connected")]},
            201,
            body={"anyOf": [_form(mode, way) for mode, way in catalogue.identity.auth.items()]},
            description="Where somebody has to sign in, the answer says where to send their browser.",
        ),
        Operation(
            "get_connection", "GET", "/connections/{connection}", "Connections", "One connection", named("Connection")
        ),
        Operation(
            "delete_connection",
            "DELETE",
            "/connections/{connection}",
            "Connections",
            "Forget a connection; the last one of a Zoom user also ends the app's access at Zoom",
            named("Disconnected"),
            query={"anyway": {**FLAG, "description": "Forget it even where Zoom gives no answer."}},
        ),
        Operation(
            "test_connection",
            "POST",
            "/connections/{connection}/test",
            "Connections",
            "Ask Zoom who is signed in; spends no refresh token",
            named("Tested"),
        ),
    )


def _form(mode: str, way: Mapping[str, Any]) -> Schema:
    replace = {} if way["consent"] else {"replace": {**FLAG, "description": "Let the name mean another user."}}
    inputs: Schema = way["inputs"]
    return {
        "type": "object",
        "title": way["title"],
        "description": way["description"],
        "additionalProperties": False,
        "required": ["name", "mode", *(["inputs"] if inputs.get("required") else [])],
        "properties": {"name": {**NAME, "examples": ["sales"]}, "mode": {"const": mode}, "inputs": inputs, **replace},
    }
