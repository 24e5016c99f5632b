"""Who there is: accounts, their users, and the apps that ask for access."""

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from .groups import Groups
from .settings import SECURITY, USER_SETTINGS, Settings, account_settings
from .templates import Template
from .tracking import TrackingFields

WEBHOOK_SECRET = "sandbox-webhook-secret"  # noqa: S105 - signs only what the local Zoom sends
CREATED = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)
"""When everybody joined; a fixed moment, so that answers can be compared."""


@dataclass(eq=False)
class ApprovalRequest:
    """A user asked an admin to pre-approve an app."""

    client_id: str
    email: str
    reason: str
    asked: datetime = CREATED
    status: str = "pending"
    decided_by: "User | None" = None
    decided: datetime | None = None


@dataclass(frozen=True)
class Approval:
    """An admin decided about an app, for everybody or for some."""

    admin: "User"
    moment: datetime
    withdrawn: bool = False


@dataclass(eq=False)
class Account:
    """A Zoom account: the customer."""

    id: str
    paid: bool = True
    approval_needed: bool = False
    """Its admins want apps to be pre-approved before users may authorize them."""
    approved: set[str] = field(default_factory=set)
    """Client ids that an admin has pre-approved for everybody."""
    approved_for: set[tuple[str, str]] = field(default_factory=set)
    """Client id, and the id of a user or a group: pre-approved for that user, or the members of that group."""
    approvals: dict[str, Approval] = field(default_factory=dict)
    """The last decision about each app, by client id."""
    requests: list[ApprovalRequest] = field(default_factory=list)
    groups: Groups = field(default_factory=Groups)
    tracking_fields: TrackingFields = field(default_factory=TrackingFields)
    managed_domains: list[str] = field(default_factory=list)
    trusted_domains: list[str] = field(default_factory=list)
    settings: Settings = field(default_factory=account_settings)
    """What its users may switch on at all."""
    security: Settings = field(default_factory=lambda: copy.deepcopy(dict(SECURITY)))

    def allows(self, app: "App", user: "User") -> bool:
        """Tell whether a user may authorize an app."""
        if not self.approval_needed or app.client_id in self.approved:
            return True
        return any((app.client_id, who) in self.approved_for for who in (user.id, *self.groups.of(user.id)))


class Role(StrEnum):
    """What a user may do in the account."""

    ADMIN = "Admin"
    MEMBER = "Member"


@dataclass(eq=False)
class User:
    """A user of one account."""

    id: str
    email: str
    account: Account
    role: Role = Role.MEMBER
    licensed: bool = True
    timezone: str = "Europe/Amsterdam"
    pmi: int = 5550000001
    status: str = "active"
    shares_with: set[str] = field(default_factory=set)
    """Client ids for which this user ticked "Allow this app to use my shared access permissions"."""
    may_host: bool = True
    """Whether meetings may be scheduled and held by this user at all."""
    created: datetime = CREATED
    profile: dict[str, Any] = field(default_factory=dict)
    """Names, department and what else was given."""
    assistants: dict[str, bool] = field(default_factory=dict)
    """Ids of the users who may schedule for this one, and whether they see its private events."""
    settings: Settings = field(default_factory=lambda: copy.deepcopy(dict(USER_SETTINGS)))
    security: Settings = field(default_factory=lambda: copy.deepcopy(dict(SECURITY)))
    templates: list[Template] = field(default_factory=list)

    @property
    def type(self) -> int:
        """Zoom's number: 1 basic, 2 licensed, 99 none."""
        if not self.may_host:
            return 99
        return 2 if self.licensed else 1

    @property
    def name(self) -> str:
        """What others see."""
        return str(self.profile.get("display_name") or f"{self.first_name} {self.last_name}")

    @property
    def first_name(self) -> str:
        return str(self.profile.get("first_name", "Sandbox"))

    @property
    def last_name(self) -> str:
        return str(self.profile.get("last_name", self.email.partition("@")[0].capitalize()))

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN


class AppKind(StrEnum):
    """How Zoom lets an app be installed."""

    USER_MANAGED = "user"
    ADMIN_MANAGED = "admin"
    SERVER_TO_SERVER = "server"


OWN_SCOPES = frozenset(f"marketplace:{verb}:event_subscription" for verb in ("read", "write", "update", "delete"))
"""Every app has these for itself, and they need not be chosen.

https://devforum.zoom.us/t/enabling-event-subscriptions-programmatically/129108
"""


@dataclass(eq=False)
class App:
    """An app in Zoom's marketplace."""

    client_id: str
    client_secret: str = field(repr=False)
    name: str
    account: Account
    """The developer's account: until the app is published only its users may authorize it."""
    scopes: frozenset[str]
    redirects: tuple[str, ...] = ()
    kind: AppKind = AppKind.USER_MANAGED
    published: bool = False
    active: bool = True
    owner: User | None = None
    """As whom a server-to-server app acts."""
    webhook_secret: str = field(default=WEBHOOK_SECRET, repr=False)
    """Signs the events that it is told of."""
    own_scopes: frozenset[str] = OWN_SCOPES
    """What a token may do that the app has for itself (client credentials)."""

    @property
    def id(self) -> str:
        """What the marketplace calls the app; not its client id."""
        return f"app-{self.client_id}"

    @property
    def classic(self) -> bool:
        """Tell whether the app still has scopes of the older kind, such as `meeting:write:admin`."""
        return all(is_classic(scope) for scope in self.scopes)


def is_classic(scope: str) -> bool:
    """Tell `meeting:write` and `meeting:write:admin` from `meeting:write:meeting`."""
    parts = scope.split(":")
    return len(parts) < 3 or parts[2] in ("admin", "master")


class People:
    """Everybody and every app, found by the names that Zoom's clients use."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.users: dict[str, User] = {}
        self.apps: dict[str, App] = {}

    def add_account(self, account: Account) -> Account:
        """Add an account."""
        self.accounts[account.id] = account
        return account

    def add_user(self, user: User) -> User:
        """Add a user to an account that is here already."""
        self.users[user.id] = user
        return user

    def add_app(self, app: App) -> App:
        """Add an app."""
        self.apps[app.client_id] = app
        return app

    def user(self, reference: str) -> User | None:
        """Find a user by id or e-mail address."""
        return self.users.get(reference) or next(
            (user for user in self.users.values() if user.email == reference.lower()), None
        )
