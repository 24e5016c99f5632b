"""Who there is: accounts, their users, and the apps that ask for access."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

CREATED = datetime(2025, 1, 6, 9, 0, tzinfo=UTC)
"""When everybody joined; a fixed moment, so that answers can be compared."""


@dataclass(frozen=True)
class ApprovalRequest:
    """A user asked an admin to pre-approve an app."""

    client_id: str
    email: str
    reason: str


@dataclass(eq=False)
class Account:
    """A Zoom account: the customer."""

    id: str
    paid: bool = True
    approval_needed: bool = False
    """Its admins want apps to be pre-approved before users may authorize them."""
    approved: set[str] = field(default_factory=set)
    """Client ids that an admin has pre-approved."""
    requests: list[ApprovalRequest] = field(default_factory=list)

    def allows(self, app: "App") -> bool:
        """Tell whether its users may authorize the app."""
        return not self.approval_needed or app.client_id in self.approved


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

    @property
    def is_admin(self) -> bool:
        return self.role is Role.ADMIN


class AppKind(StrEnum):
    """How Zoom lets an app be installed."""

    USER_MANAGED = "user"
    ADMIN_MANAGED = "admin"
    SERVER_TO_SERVER = "server"


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
