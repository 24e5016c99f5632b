"""What the web service answers, as schemas; every host of the connector says the same things in the same shape."""

from typing import Any, get_args

from ..explain import Who

Shape = dict[str, Any]


def _object(**properties: Shape) -> Shape:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(of: Shape) -> Shape:
    return {"type": "array", "items": of}


def _or_null(kind: str, **more: Any) -> Shape:
    return {"type": [kind, "null"], **more}


def named(name: str) -> Shape:
    """Refer to one of `SHAPES`."""
    return {"$ref": f"#/components/schemas/{name}"}


_TEXT: Shape = {"type": "string"}
_COUNT: Shape = {"type": "integer"}
_FLAG: Shape = {"type": "boolean"}
_MOMENT: Shape = {"type": "string", "format": "date-time"}
_ANY_OBJECT: Shape = {"type": "object"}

_EXPLAINED = {
    "code": {"type": "string", "description": "Stable name of the failure; a program goes by this."},
    "title": _TEXT,
    "detail": _TEXT,
    "who": {"type": "string", "enum": list(get_args(Who)), "description": "Who can mend it."},
    "steps": {"type": "array", "items": _TEXT, "description": "What they do, in this order."},
    "retryable": {"type": "boolean", "description": "The same request may succeed later."},
    "retry_at": _or_null("string", format="date-time"),
    "candidates": {"type": "array", "items": _TEXT, "description": "Codes it may be instead."},
    "zoom": {
        "type": ["object", "null"],
        "description": "What Zoom said; its support asks for the tracking ID.",
        "properties": {
            "status": _or_null("integer"),
            "code": _or_null("integer"),
            "message": _TEXT,
            "tracking_id": _or_null("string"),
        },
    },
}
_THING = {"key": _TEXT, "resource": _TEXT, "title": _TEXT, "description": _TEXT}
_CONNECTION = {
    "name": _TEXT,
    "user": _TEXT,
    "account": _TEXT,
    "state": {"type": "string", "description": "`active`, or the code of the failure that ended it."},
    "scopes": _list(_TEXT),
    "since": _MOMENT,
}
_SUBSCRIPTION = {
    "id": _TEXT,
    "trigger": _TEXT,
    "connection": _TEXT,
    "filters": _ANY_OBJECT,
    "sink": _TEXT,
    "to": _TEXT,
    "since": _MOMENT,
    "ordered": _FLAG,
    "reveal": _list(_TEXT),
    "polls": _FLAG,
    "paused": _FLAG,
}

SHAPES: dict[str, Shape] = {
    "Explanation": _object(**_EXPLAINED),
    "Problem": {
        "description": "RFC 9457, with the explanation of the failure in it.",
        **_object(type=_TEXT, status=_COUNT, **_EXPLAINED),
    },
    "ActionSummary": _object(**_THING, effect=_TEXT),
    "Action": _object(**_THING, effect=_TEXT, inputs=_ANY_OBJECT, outputs=_ANY_OBJECT, sample=_ANY_OBJECT),
    "TriggerSummary": _object(**_THING),
    "Trigger": _object(**_THING, events=_list(_TEXT), filters=_ANY_OBJECT, outputs=_ANY_OBJECT, sample=_ANY_OBJECT),
    "Job": _object(
        id=_TEXT,
        action=_TEXT,
        connection=_TEXT,
        state={"type": "string", "enum": ["running", "done", "failed", "stopped"]},
        progress={
            "type": ["object", "null"],
            "description": "`done` of `total` of what `message` says; `total` is null while nobody knows it.",
            "properties": {"done": _COUNT, "total": _or_null("integer"), "message": _TEXT},
        },
        outputs=_or_null("object", description="What the action hands on, once it is done."),
        problem={"oneOf": [named("Problem"), {"type": "null"}]},
    ),
    "Choices": _object(
        choices=_list(_object(value={}, label=_TEXT)),
        more={"type": "boolean", "description": "There are more than these; search for one."},
    ),
    "Connection": _object(**_CONNECTION),
    "Connected": _object(**_CONNECTION, missing_scopes=_list(_TEXT), lost_scopes=_list(_TEXT), renewed=_list(_TEXT)),
    "SignIn": _object(
        authorize_url={"type": "string", "description": "Send the person's browser here within ten minutes."}
    ),
    "Tested": _object(
        name=_TEXT,
        user=_TEXT,
        account=_TEXT,
        scopes=_list(_TEXT),
        missing_scopes=_list(_TEXT),
        asked_zoom={"type": "boolean", "description": "False: the access token is over, and a test renews none."},
    ),
    "Disconnected": _object(name=_TEXT, still_connected=_list(_TEXT), revoked=_FLAG, unreached=_FLAG),
    "Subscription": _object(**_SUBSCRIPTION),
    "Subscribed": _object(
        **_SUBSCRIPTION,
        secret={"type": "string", "description": "Signs what is sent (Standard Webhooks); shown only now."},
        zoom={"type": "object", "description": "Whether Zoom sends the events already, or who has to see to it."},
    ),
    "Event": _object(
        id=_TEXT,
        name=_TEXT,
        happened_at=_MOMENT,
        received_at=_MOMENT,
        account=_TEXT,
        user=_TEXT,
        source={"type": "string", "enum": ["webhook", "poll"]},
        body=_ANY_OBJECT,
        data=_or_null("object", description="The outputs of the trigger, where a subscription was named."),
    ),
    "Replayed": _object(subscription=_TEXT, replayed=_COUNT),
    "Diagnosis": _object(
        healthy=_FLAG,
        first_failure={"type": ["object", "null"], "description": "The one to mend first."},
        findings=_list(_ANY_OBJECT),
    ),
    "App": _object(
        id=_TEXT,
        name=_TEXT,
        state={"type": "string", "enum": ["everybody", "some", "withdrawn", "not_approved"]},
        needs_admin=_FLAG,
        needs_approval=_FLAG,
        requests=_list(_object(id=_TEXT, name=_TEXT, email=_TEXT, asked=_TEXT, reason=_TEXT)),
    ),
    "Decision": _object(
        decision=_TEXT,
        app=_object(id=_TEXT, name=_TEXT),
        everybody=_FLAG,
        users=_list(_object(id=_TEXT, name=_TEXT, email=_TEXT)),
        groups=_list(_object(id=_TEXT, name=_TEXT, members=_COUNT)),
        narrows={"type": "boolean", "description": "Fewer people than before may add the app from then on."},
        done={"type": "boolean", "description": "False after a dry run."},
    ),
}


def listed(name: str, of: str) -> Shape:
    """Describe an answer that is a list, in an object so that it can grow."""
    return _object(**{name: _list(named(of))})
