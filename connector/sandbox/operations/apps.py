"""Operations on the apps of an account: which there are, who may use them, and who has asked for them.

https://developers.zoom.us/docs/api/marketplace/#tag/app
"""

from typing import Any

from ..answers import Refused, invalid_fields
from ..approvals import approve, approve_for_all, is_approved, requests_for, withdraw, withdraw_from_all
from ..call import Call
from ..clock import zulu
from ..groups import Group
from ..manifest_rules import wrong_settings
from ..people import App, AppKind, ApprovalRequest, User

_MOST = 20
_FOR_USERS, _FOR_ADMINS = 2, 1


def list_apps(call: Call) -> dict[str, Any]:
    """Answer `GET /marketplace/apps`."""
    kind = call.query.get("type", "active_requests")
    rows = [_row(call, app, kind) for app in call.world.people.apps.values() if _is_listed(call, app, kind)]
    apps, page = call.world.paging.page(rows, f"{call.account.id} apps", call.query)
    return {"page_size": page["page_size"], "next_page_token": page["next_page_token"], "apps": apps}


def get_app(call: Call) -> dict[str, Any]:
    """Answer `GET /marketplace/apps/{appId}`."""
    app = app_of(call)
    return _head(app) | {
        "app_type": "OAuthApp",
        "app_description": f"{app.name} of the local Zoom.",
        "app_scopes": sorted(app.scopes),
        "app_requirements": {"user_role": "user" if app.kind is AppKind.USER_MANAGED else "admin"},
        "app_links": {"documentation_url": f"{call.world.origin}/apps/{app.id}"},
    }


def decide_app(call: Call) -> dict[str, Any]:
    """Answer `POST /marketplace/apps/{appId}/preApprove`."""
    app, account, admin, now = app_of(call), call.account, call.caller_user, call.world.clock.now()
    if not admin.is_admin:
        raise Refused(400, 1500, "User can not pre approve this app")
    if not account.approval_needed:
        raise Refused(400, 1404, "application_pre_approved_status_off")
    users, groups = users_of(call, "user_ids"), groups_of(call)
    match call.body.get("action"):
        case "approve_all":
            approve_for_all(account, app, admin, now)
        case "disapprove_all":
            withdraw_from_all(account, app, admin, now)
        case "approve_user" | "approve_group":
            approve(account, app, admin, now, [*users, *groups])
        case "disapprove_user" | "disapprove_group":
            withdraw(account, app, admin, now, [*users, *groups])
        case _:
            raise invalid_fields("action")
    call.world.tokens.end_what_is_not_allowed(app, account)
    return {
        "executed_at": zulu(now),
        "user_ids": [user.id for user in users],
        "group_ids": [group.id for group in groups],
    }


def list_user_requests(call: Call) -> dict[str, Any]:
    """Answer `GET /marketplace/users/{userId}/apps`."""
    user, pending = call.user(), call.query.get("type", "active_requests") == "active_requests"
    rows = [
        _head(call.world.people.apps[request.client_id])
        | {
            "app_type": "OAuthApp",
            "request_id": request_id(request),
            "request_date_time": zulu(request.asked),
            "request_status": request.status,
        }
        for request in call.account.requests
        if request.email == user.email and (request.status == "pending") is pending
    ]
    apps, page = call.world.paging.page(rows, f"{user.id} app requests", call.query)
    return {"page_size": page["page_size"], "next_page_token": page["next_page_token"], "apps": apps}


def validate_manifest(call: Call) -> dict[str, Any]:
    """Answer `POST /marketplace/apps/manifest/validate`; status 200 in any case."""
    manifest = call.body.get("manifest")
    if not isinstance(manifest, dict):
        raise invalid_fields("manifest")
    errors = [{"setting": setting, "message": message} for setting, message in wrong_settings(manifest)]
    return {"ok": False, "error": "invalid_manifest", "errors": errors} if errors else {"ok": True}


def app_of(call: Call) -> App:
    """Find the app that the path names.

    Raises:
        Refused: there is none that this account can see.
    """
    for app in call.world.people.apps.values():
        if app.id == call.path["appId"] and (app.published or app.account is call.account):
            return app
    raise Refused(404, 1401, f"App ID does not exist: {call.path['appId']}")


def users_of(call: Call, name: str) -> list[User]:
    """Find the users whom the body names.

    Raises:
        Refused: there are too many, or one of them is nobody here.
    """
    references = call.body.get(name) or []
    if not isinstance(references, list) or len(references) > _MOST:
        raise invalid_fields(name)
    return [call.user_of(str(reference)) for reference in references]


def groups_of(call: Call) -> list[Group]:
    """Find the groups that the body names.

    Raises:
        Refused: there are too many, or one of them does not exist.
    """
    references = call.body.get("group_ids") or []
    if not isinstance(references, list) or len(references) > _MOST:
        raise invalid_fields("group_ids")
    return [call.account.groups.find(str(reference)) for reference in references]


def request_id(request: ApprovalRequest) -> str:
    """Name a request; Zoom has one for each user and app."""
    return f"request-{request.client_id}-{request.email.partition('@')[0]}"


def _is_listed(call: Call, app: App, kind: str) -> bool:
    account = call.account
    if not app.published and app.account is not account:
        return False
    requests = requests_for(account, app)
    match kind:
        case "public":
            return app.published
        case "account_created":
            return app.account is account
        case "approved_apps":
            return is_approved(account, app)
        case "restricted_apps":
            return app.client_id in account.approvals and account.approvals[app.client_id].withdrawn
        case "account_added":
            grants = call.world.tokens.grants
            return any(g.app is app and g.user.account is account and g.ended is None for g in grants)
        case "past_requests":
            return any(request.status != "pending" for request in requests)
        case _:
            return any(request.status == "pending" for request in requests)


def _row(call: Call, app: App, kind: str) -> dict[str, Any]:
    account, requests = call.account, requests_for(call.account, app)
    row = _head(app) | {
        "app_type": "GeneralApp",
        "app_developer_type": "INTERNAL" if app.account is account else "THIRD_PARTY",
        "app_description": f"{app.name} of the local Zoom.",
        "scopes": [{"scope_name": scope, "scope_description": ""} for scope in sorted(app.scopes)],
    }
    if kind in ("active_requests", "past_requests"):
        shown = [request for request in requests if (request.status == "pending") is (kind == "active_requests")]
        counts = {
            status: sum(item.status == status for item in requests) for status in ("pending", "approved", "rejected")
        }
        row |= {
            "request_id": request_id(shown[-1]),
            "request_total_number": len(requests),
            "request_pending_number": counts["pending"],
            "request_approved_number": counts["approved"],
            "request_declined_number": counts["rejected"],
            "latest_request_date_time": zulu(requests[-1].asked),
        }
        decided = shown[-1]
        if decided.decided_by is not None and decided.decided is not None:
            row |= {"reviewer_name": decided.decided_by.name, "review_date_time": zulu(decided.decided)}
    approval = account.approvals.get(app.client_id)
    if approval is not None and approval.withdrawn:
        row["restricted_time"] = zulu(approval.moment)
    elif approval is not None:
        row["approval_info"] = {
            "approved_type": "forAllUser" if app.client_id in account.approved else "forSpecificUser",
            "approver_id": approval.admin.id,
            "approved_time": zulu(approval.moment),
            "app_approval_closed": not account.approval_needed,
        }
    return row


def _head(app: App) -> dict[str, Any]:
    return {
        "app_id": app.id,
        "app_name": app.name,
        "app_usage": _FOR_USERS if app.kind is AppKind.USER_MANAGED else _FOR_ADMINS,
        "app_status": "PUBLISHED" if app.published else "UNPUBLISHED",
    }
