"""What the web service can be asked when something does not work."""

from typing import get_args

from ..approvals import Verb
from .answers import listed, named
from .operation import FLAG, NAME, TEXTS, Operation

MENDING = (
    Operation(
        "explain",
        "POST",
        "/explain",
        "Help",
        "What a failure means, who can mend it and how",
        named("Explanation"),
        body={
            "type": "object",
            "additionalProperties": False,
            "required": ["text"],
            "properties": {
                "text": {
                    "type": "string",
                    "minLength": 1,
                    "maxLength": 20000,
                    "description": "A text, number, body or address that Zoom showed.",
                    "examples": ["You cannot authorize the app"],
                }
            },
        },
    ),
    Operation(
        "examine",
        "GET",
        "/doctor",
        "Help",
        "What keeps things from working, and who can mend it; changes nothing",
        named("Diagnosis"),
        query={"connection": {"type": "string", "description": "Only this one; else the app and all of them."}},
    ),
    Operation(
        "list_approvals",
        "GET",
        "/approvals",
        "Approvals",
        "Apps of the Zoom account, whether they are approved, and who asks for them",
        listed("apps", "App"),
        query={"connection": {"type": "string", "description": "A connection of an admin of the Zoom account."}},
        needs=("connection",),
    ),
    Operation(
        "decide_approval",
        "POST",
        "/approvals",
        "Approvals",
        "Decide who may use which app",
        named("Decision"),
        description="A dry run says who would get what, down to every name; then the same request without it does so.",
        body={
            "type": "object",
            "additionalProperties": False,
            "required": ["do", "connection", "app"],
            "properties": {
                "do": {"type": "string", "enum": list(get_args(Verb))},
                "connection": {**NAME, "description": "A connection of an admin of the Zoom account."},
                "app": {"type": "string", "minLength": 1, "description": "Its name, or its app ID at Zoom."},
                "everybody": {**FLAG, "description": "Everybody in the account; of requests, all that wait now."},
                "users": {**TEXTS, "description": "Mail addresses."},
                "groups": {**TEXTS, "description": "Names of groups; not for answers to requests."},
                "dry_run": {**FLAG, "description": "Only say what would be done."},
            },
        },
    ),
)
