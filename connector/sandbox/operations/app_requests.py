"""Operations on the requests of users that an admin pre-approve an app.

https://developers.zoom.us/docs/api/marketplace/#tag/app/GET/marketplace/apps/{appId}/requests
"""

from typing import Any

from ..answers import invalid_fields
from ..approvals import approve, decide, requests_for
from ..call import Call
from ..clock import zulu
from ..people import ApprovalRequest, User
from .apps import app_of, groups_of, users_of


def list_requests(call: Call) -> dict[str, Any]:
    """Answer `GET /marketplace/apps/{appId}/requests`."""
    app, status = app_of(call), call.query.get("status", "pending")
    rows = [_view(request, _user(call, request)) for request in requests_for(call.account, app, status)]
    requests, page = call.world.paging.page(rows, f"{app.id} requests", call.query)
    return {"page_size": page["page_size"], "next_page_token": page["next_page_token"], "requests": requests}


def add_requests(call: Call) -> dict[str, Any]:
    """Answer `POST /marketplace/apps/{appId}/requests`."""
    app, now = app_of(call), call.world.clock.now()
    users, groups = users_of(call, "user_ids"), groups_of(call)
    match call.body.get("action"):
        case "add_user":
            asking = users
        case "add_group":
            asking = [call.world.people.users[user_id] for group in groups for user_id in group.members]
        case "add_all":
            asking = [user for user in call.world.people.users.values() if user.account is call.account]
        case _:
            raise invalid_fields("action")
    waiting = {request.email for request in requests_for(call.account, app, "pending")}
    call.account.requests += [
        ApprovalRequest(app.client_id, user.email, "", now)
        for user in dict.fromkeys(asking)
        if user.email not in waiting
    ]
    return {
        "added_at": zulu(now),
        "user_ids": [user.id for user in users],
        "group_ids": [group.id for group in groups],
    }


def decide_requests(call: Call) -> None:
    """Answer `PATCH /marketplace/apps/{appId}/requests`."""
    call.require_admin()
    app, admin, now = app_of(call), call.caller_user, call.world.clock.now()
    action, named = call.body.get("action"), users_of(call, "request_user_ids")
    if action not in ("approve_all", "approve", "decline_all", "decline", "cancel"):
        raise invalid_fields("action")
    for request in requests_for(call.account, app, "pending"):
        user = _user(call, request)
        if user not in named and not action.endswith("_all"):
            continue
        if action.startswith("approve"):
            approve(call.account, app, admin, now, [user])
        if action == "cancel":
            call.account.requests.remove(request)
        decide(request, "approved" if action.startswith("approve") else "rejected", admin, now)


def _user(call: Call, request: ApprovalRequest) -> User:
    return call.user_of(request.email)


def _view(request: ApprovalRequest, user: User) -> dict[str, Any]:
    return {
        "request_user_id": user.id,
        "request_user_name": user.name,
        "request_user_email": user.email,
        "request_user_department": user.profile.get("dept", ""),
        "request_date_time": zulu(request.asked),
        "reason": request.reason,
        "status": request.status,
    }
