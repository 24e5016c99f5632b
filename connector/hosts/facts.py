"""What every host says of a thing, in JSON types."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ..catalogue import Action
from ..scope_sets import calls_of
from ..trigger import Trigger

if TYPE_CHECKING:
    from ..approvals import Decision
    from ..connection import Connection
    from ..events.arranging import Arrangement
    from ..oauth.connections import Disconnected, Tested
    from ..oauth.names import Connected
    from ..store.feed import Event, Subscription


def summary(found: Action | Trigger) -> dict[str, Any]:
    """Say what a listing says of one action or trigger."""
    about = {"key": found.key, "resource": found.resource, "title": found.title, "description": found.description}
    return {**about, "effect": found.effect} if isinstance(found, Action) else about


def description(found: Action | Trigger) -> dict[str, Any]:
    """Say everything about one action or trigger that is of use to who fills it in."""
    says = {**summary(found), "requires": found.requires, "data": found.data}
    if isinstance(found, Trigger):
        events = {"events": found.events, "filters": found.filters, "polls": bool(found.calls)}
        return {**says, **events, "outputs": found.outputs, "sample": found.sample}
    return {
        **says,
        "inputs": found.inputs,
        "outputs": found.outputs,
        "sample": found.sample,
        "calls": [
            {
                "method": call.method,
                "path": call.path,
                "optional": call.optional,
                "scopes": {"classic": call.scopes.classic, "granular": call.scopes.granular},
            }
            for call in calls_of(found)
        ],
    }


def connection(found: "Connection") -> dict[str, Any]:
    """Say what a connection is."""
    return {
        "name": found.name,
        "user": found.user,
        "account": found.account,
        "state": found.state,
        "scopes": sorted(found.scopes),
        "since": found.since.isoformat(),
    }


def connected(made: "Connection", outcome: "Connected") -> dict[str, Any]:
    """Say what connecting came to."""
    lists = ("missing_scopes", "lost_scopes", "renewed")
    return {**connection(made), **{name: list(getattr(outcome, name)) for name in lists}}


def tested(found: "Tested") -> dict[str, Any]:
    """Say what a test of a connection found out."""
    return {
        "name": found.connection,
        "user": found.person.email,
        "account": found.person.account_id,
        "scopes": sorted(found.scopes),
        "missing_scopes": list(found.missing_scopes),
        "asked_zoom": found.asked,
    }


def disconnected(gone: "Disconnected") -> dict[str, Any]:
    """Say what became of a connection that is gone."""
    outcome = {"revoked": gone.revoked, "unreached": gone.unreached}
    return {"name": gone.connection, "still_connected": list(gone.others), **outcome}


def subscription(found: "Subscription") -> dict[str, Any]:
    """Say what a subscription is, without its secret."""
    return {
        "id": found.id,
        "trigger": found.trigger,
        "connection": found.connection,
        "filters": dict(found.filters),
        "sink": found.sink.kind,
        "to": found.sink.target.partition("?")[0],  # there may be a key behind the path
        "since": found.since.isoformat(),
        "ordered": found.ordered,
        "reveal": list(found.reveal),
        "polls": found.polls,
        "paused": found.paused,
    }


def subscribed(made: "Subscription", arranged: "Arrangement") -> dict[str, Any]:
    """Say what was subscribed to: its secret, shown only now, and how Zoom is brought to send it."""
    return {**subscription(made), "secret": made.sink.secret, "zoom": arrangement(arranged)}


def arrangement(found: "Arrangement") -> dict[str, Any]:
    """Say how Zoom is brought to send what fires a trigger."""
    return {
        "way": found.way,
        "app": found.app,
        "address": found.address or None,
        "events": list(found.events),
        "whole_account": found.whole_account,
        "secret_known": found.secret_known,
        "failure": found.failure.code if found.failure else None,
    }


def event(found: "Event") -> dict[str, Any]:
    """Say what happened; what Zoom calls a secret is masked."""
    from ..outputs import mask_known

    return {
        "id": found.id,
        "name": found.name,
        "happened_at": found.happened_at.isoformat(),
        "received_at": found.received_at.isoformat(),
        "account": found.account_id,
        "user": found.user_id,
        "source": found.source,
        "body": mask_known(found.body),
    }


def decision(taken: "Decision") -> Mapping[str, Any]:
    """Say what is decided about an app, down to every name."""
    return {
        "decision": taken.verb,
        "app": {"id": taken.app.id, "name": taken.app.name},
        "everybody": taken.everybody,
        "users": [{"id": each.id, "name": each.name, "email": each.email} for each in taken.people],
        "groups": [asdict(each) for each in taken.groups],
        "narrows": taken.narrows,
    }
