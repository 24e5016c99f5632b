"""Operations on event subscriptions; the app itself makes them, with a token of its own.

https://developers.zoom.us/docs/api/marketplace/#tag/app/POST/marketplace/app/event_subscription
"""

from collections.abc import Iterable
from typing import Any

from ..answers import Refused
from ..call import Call
from ..people import User
from ..subscriptions import SCOPES, EventSubscription


def list_subscriptions(call: Call) -> dict[str, Any]:
    """Answer `GET /marketplace/app/event_subscription`."""
    _require_scope(call, "read")
    _require_account(call, call.query.get("account_id"))
    scope, wanted = call.query.get("subscription_scope"), _users(call, [call.query.get("user_id", "")])
    if scope not in (None, *SCOPES):
        raise Refused(400, 1500, "The subscription scope is invalid.")
    rows = [
        {
            "event_subscription_id": item.id,
            "event_subscription_name": item.name,
            "event_webhook_url": item.url,
            "events": item.events,
            "subscription_scope": item.scope,
            "created_source": "openapi",
            "subscriber_id": wanted[0].id if item.scope == "user" else call.account.id,
            "custom_header": {"custom_header_type": item.header},
        }
        for item in call.world.subscriptions.of(call.caller.app)
        if scope in (None, item.scope) and (item.scope != "user" or wanted[0] in item.users)
    ]
    shown, page = call.world.paging.page(rows, f"{call.caller.app.id} subscriptions", call.query)
    return {"page_size": page["page_size"], "next_page_token": page["next_page_token"], "event_subscriptions": shown}


def create_subscription(call: Call) -> dict[str, Any]:
    """Answer `POST /marketplace/app/event_subscription`."""
    _require_scope(call, "write")
    _require_account(call, call.body.get("account_id", call.account.id))
    users = _signed_in(call, _users(call, call.body.get("user_ids") or []))
    app = call.caller.app
    made = call.world.subscriptions.add(app, call.body, users)
    if made.is_here:
        secret, wanted = app.webhook_secret, made.receivers
        made.endpoint = call.world.webhooks.add(app, made.url, secret, events=made.events, users=wanted)
    return {"event_subscription_id": made.id}


def subscribe(call: Call) -> None:
    """Answer `PATCH /marketplace/app/event_subscription/{eventSubscriptionId}`."""
    _require_scope(call, "update")
    _require_account(call, call.body.get("account_id"))
    found = call.world.subscriptions.find(call.caller.app, call.path["eventSubscriptionId"])
    joining = _signed_in(call, _users(call, call.body.get("user_ids") or []))
    found.users += [user for user in joining if user not in found.users]
    _let_know(found)


def unsubscribe(call: Call) -> None:
    """Answer `DELETE /marketplace/app/event_subscription`."""
    _require_scope(call, "update")
    _require_account(call, call.query.get("account_id"))
    found = call.world.subscriptions.find(call.caller.app, call.query.get("event_subscription_id", ""))
    leaving = _users(call, filter(None, call.query.get("user_ids", "").split(",")))
    found.users = [user for user in found.users if user not in leaving]
    _let_know(found)


def delete_subscription(call: Call) -> None:
    """Answer `DELETE /marketplace/app/event_subscription/{eventSubscriptionId}`."""
    _require_scope(call, "delete")
    found = call.world.subscriptions.find(call.caller.app, call.path["eventSubscriptionId"])
    call.world.subscriptions.remove(call.caller.app, found.id)
    if found.endpoint is not None:
        call.world.webhooks.remove(found.endpoint)


def _let_know(subscription: EventSubscription) -> None:
    if subscription.endpoint is not None:
        subscription.endpoint.users = subscription.receivers


def _require_scope(call: Call, verb: str) -> None:
    """Refuse an app's own token that is not for this; Zoom publishes no scopes that a user's would need."""
    needed = f"marketplace:{verb}:event_subscription"
    if call.caller.user is None and needed not in call.caller.scopes:
        status, code = call.world.behaviour.scope_error
        raise Refused(status, code, f"Invalid access token, does not contain scopes:[{needed}].")


def _signed_in(call: Call, users: list[User]) -> list[User]:
    living = [grant.user for grant in call.world.tokens.grants if grant.app is call.caller.app and grant.ended is None]
    for user in users:
        if user not in living:
            raise Refused(400, 1002, f"The user don't authorize the app: {user.id}.")
    return users


def _require_account(call: Call, account_id: object) -> None:
    if account_id != call.account.id:
        raise Refused(404, 1001, "Account does not exist or does not belong to this app.")


def _users(call: Call, references: Iterable[str]) -> list[User]:
    found = []
    for reference in references:
        user = call.world.people.user(str(reference))
        if user is None or user.account is not call.account:
            raise Refused(404, 1001, f"User does not exist or does not belong to this account: {reference}.")
        found.append(user)
    return found
