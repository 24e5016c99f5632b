"""Subscriptions and events over HTTP."""

from datetime import datetime
from typing import Any

from fastapi.responses import JSONResponse

from ...events.messages import masked, outputs
from ...store.feed import Again, Event, Subscription
from .. import facts
from .asking import Asked, fault
from .service import Answers


def answers() -> dict[str, Answers]:
    """Return who answers what."""
    return {
        "list_subscriptions": _list,
        "create_subscription": _create,
        "get_subscription": lambda asked: facts.subscription(_named(asked)),
        "delete_subscription": lambda asked: asked.connector.feed.delete(asked.parts["subscription"]),
        "pause_subscription": _pause,
        "resume_subscription": _resume,
        "list_events": _events,
        "replay_event": _replay,
    }


def _named(asked: Asked) -> Subscription:
    return asked.connector.feed.subscription(asked.parts["subscription"])


def _list(asked: Asked) -> dict[str, Any]:
    return {"subscriptions": [*map(facts.subscription, asked.connector.feed.subscriptions())]}


def _create(asked: Asked) -> JSONResponse:
    body = asked.body
    connection = asked.connector.connection(body["connection"])
    wish = {name: body[name] for name in ("ordered", "reveal", "safety_net") if name in body}
    made = connection.subscribe(body["trigger"], body.get("filters"), to=body["to"], **wish)
    told = facts.subscribed(made, connection.arrange_events(made.trigger, made.filters))
    return JSONResponse(told, 201, {"Location": f"/subscriptions/{made.id}"})


def _pause(asked: Asked) -> dict[str, Any]:
    asked.connector.feed.pause(asked.parts["subscription"])
    return facts.subscription(_named(asked))


def _resume(asked: Asked) -> dict[str, Any]:
    asked.connector.feed.resume(asked.parts["subscription"])
    return facts.subscription(_named(asked))


def _events(asked: Asked) -> dict[str, Any]:
    feed, query = asked.connector.feed, asked.query
    after = datetime.fromisoformat(query["after"]) if query["after"] else None
    if after is not None and after.tzinfo is None:
        raise fault("/after", "zone_missing", query["after"])
    found = feed.events(since=after, name=query["name"], subscription=query["subscription"], limit=query["limit"])
    if query["subscription"] is None:
        return {"events": [{**facts.event(one), "data": None} for one in found]}
    subscription = feed.subscription(query["subscription"])
    return {"events": [{**facts.event(one), "data": _data(asked, one, subscription)} for one in found]}


def _data(asked: Asked, event: Event, subscription: Subscription) -> dict[str, Any] | None:
    trigger = asked.connector.triggers.get(subscription.trigger)
    if trigger is None or not event.body:  # of a trigger of another version, or expired
        return None
    return masked(trigger, outputs(trigger, event.body), subscription.reveal)


def _replay(asked: Asked) -> dict[str, Any]:
    subscription = asked.body["subscription"]
    replayed = asked.connector.feed.replay(subscription, Again(event=asked.parts["event"]))
    return {"subscription": subscription, "replayed": replayed}
