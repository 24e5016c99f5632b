"""What the store keeps about accounts: apps, grants and connections, three things kept apart."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True)
class App:
    """An OAuth app at Zoom; whose it is makes no difference after a sign-in has begun."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True)
class Tokens:
    """What the token endpoint handed out."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
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
    WITHDRAWN = "approval_withdrawn"
    REPLACED = "grant_replaced"


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


@dataclass(frozen=True)
class Connection:
    """A name that a person chose, pointing at a grant; several may share one."""

    name: str
    grant: Grant
    since: datetime
