"""What a store keeps about accounts: apps, grants and connections, three things kept apart."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class AppKind(StrEnum):
    """For whom an app at Zoom acts, which decides the level of its scopes and how its tokens are had.

    https://developers.zoom.us/docs/build-flow/basic-info/app-mgmt/
    """

    USER = "user"
    """User-managed: each user signs in for their own things."""
    ADMIN = "admin"
    """Admin-managed: an admin signs in for the account."""
    SERVER = "server"
    """Server-to-server: nobody signs in; the account's own credentials are enough."""


@dataclass(frozen=True)
class App:
    """An OAuth app at Zoom; whose it is makes no difference after a sign-in has begun."""

    client_id: str
    client_secret: str = field(repr=False)
    kind: AppKind = AppKind.USER


@dataclass(frozen=True)
class Tokens:
    """What the token endpoint handed out."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    """Empty for a server-to-server app, whose credentials mint the next token."""
    expires_at: datetime
    """When the access token ends, with its zone."""
    scopes: frozenset[str]
    api_url: str
    """Origin of the API of the account's region."""


@dataclass(frozen=True)
class Person:
    """The Zoom user who signed in."""

    account_id: str
    user_id: str
    email: str
    name: str


class GrantState(StrEnum):
    """Whether a grant works; each ended state is also the code of the failure that its use raises."""

    ACTIVE = "active"
    DEAD = "grant_dead"
    """Zoom knows neither half of the tokens any more, and nothing says why."""
    WITHDRAWN = "approval_withdrawn"
    REPLACED = "grant_replaced"
    REMOVED = "grant_removed"
    """The user took the app off the list of added apps."""
    EXPIRED = "grant_expired"
    """Nobody renewed it in time."""
    LOST = "renewal_lost"
    """Zoom renewed it, and the answer with the new tokens got lost."""
    OWNER_GONE = "token_owner_gone"
    SCOPES_CHANGED = "grant_scopes_changed"
    LIMIT_REACHED = "token_limit_reached"


@dataclass(frozen=True)
class Grant:
    """One Zoom user's permission for one app, of which Zoom keeps exactly one alive.

    https://developers.zoom.us/docs/integrations/oauth-error-messages/ (4741)
    """

    id: str
    app: App
    person: Person
    tokens: Tokens
    state: GrantState
    since: datetime
    """When the user signed in last."""
    fence: int
    """Rises with every pair of tokens; two grants with the same fence hold the same tokens."""

    @property
    def acts_as(self) -> str:
        """Who a call without a `user_id` is for, in Zoom's path.

        To a server-to-server token `me` is the owner of the app, not the user whom the connection stands for.
        """
        return self.person.user_id if self.app.kind is AppKind.SERVER else "me"


@dataclass(frozen=True)
class Connection:
    """A name that a person chose, pointing at a grant; several may share one."""

    name: str
    grant: Grant
    since: datetime


@dataclass(frozen=True)
class Lease:
    """The right to renew a grant."""

    grant: Grant
    """The grant as it was when the lease began."""
    fence: int
    owner: str


@dataclass(frozen=True)
class Pending:
    """One sign-in under way."""

    connection: str
    app: App
    redirect_uri: str
    verifier: str = field(repr=False)
    tokens: Tokens | None = None
    """Set when the code was exchanged before, and it was not found out yet who signed in."""
    grant_id: str | None = None
    """Set when it was found out, and the connection's name turned out to mean somebody else."""
