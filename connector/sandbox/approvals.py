"""What an account's admins decide about apps; the consent page and the marketplace's API share it.

https://developers.zoom.us/docs/api/marketplace/
"""

from collections.abc import Iterable
from datetime import datetime

from .groups import Group
from .people import Account, App, Approval, ApprovalRequest, User


def approve_for_all(account: Account, app: App, admin: User, now: datetime) -> None:
    """Let every user authorize an app."""
    account.approved.add(app.client_id)
    account.approvals[app.client_id] = Approval(admin, now)
    for request in requests_for(account, app, "pending"):
        decide(request, "approved", admin, now)


def withdraw_from_all(account: Account, app: App, admin: User, now: datetime) -> None:
    """Let nobody authorize an app any more."""
    account.approved.discard(app.client_id)
    account.approved_for = {pair for pair in account.approved_for if pair[0] != app.client_id}
    account.approvals[app.client_id] = Approval(admin, now, withdrawn=True)


def approve(account: Account, app: App, admin: User, now: datetime, chosen: Iterable[User | Group]) -> None:
    """Let these users, and the members of these groups, authorize an app."""
    account.approved_for |= {(app.client_id, who.id) for who in chosen}
    account.approvals[app.client_id] = Approval(admin, now)


def withdraw(account: Account, app: App, admin: User, now: datetime, chosen: Iterable[User | Group]) -> None:
    """Take it back from these users and groups."""
    account.approved_for -= {(app.client_id, who.id) for who in chosen}
    account.approvals[app.client_id] = Approval(admin, now, withdrawn=not is_approved(account, app))


def is_approved(account: Account, app: App) -> bool:
    """Tell whether anybody may authorize an app because an admin said so."""
    return app.client_id in account.approved or any(client_id == app.client_id for client_id, _ in account.approved_for)


def requests_for(account: Account, app: App, status: str | None = None) -> list[ApprovalRequest]:
    """List who has asked for an app."""
    return [
        request
        for request in account.requests
        if request.client_id == app.client_id and status in (None, request.status)
    ]


def decide(request: ApprovalRequest, status: str, admin: User, now: datetime) -> None:
    """Answer a request."""
    request.status, request.decided_by, request.decided = status, admin, now
