"""What the connector asks of a store: the contract for a platform that keeps connections in a place of its own.

`zoom_connector.load(store=...)` takes anything that has these parts. `SqlStore` is ours; `tests/store/memory.py` is the
shortest one possible, and the tests in `tests/store` that take the fixture `store` are what every store must pass.

A store belongs to one tenant and shows nothing of another. Each method is one transaction: it happens as a whole or not
at all, also when other threads and processes call at the same moment, and what it has returned from is kept. Moments
carry their zone. A store encrypts what a value hides from its `repr`, and the outputs of runs. A failure of the store
itself is a `SettingsError`.
"""

from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from ..types import Outputs
from ..zoom.creates import Claims
from ..zoom.limits import Budget
from .feed_protocol import Deliveries, Events, Subscriptions, Webhooks
from .helping import Failures
from .serving import ApiKeys, Jobs
from .values import App, Connection, Grant, GrantState, Lease, Pending, Person, Tokens


class Apps(Protocol):
    """Apps at Zoom, one per client id; they come and go with their grants."""

    def refresh(self, app: App) -> None:
        """Take over the secret of an app that is already here; its owner may have renewed it."""


class Grants(Protocol):
    """Grants: one per app, Zoom account and Zoom user.

    A lease has a number (`fence`), higher than that of every lease and every sign-in of the grant before it. Tokens
    carry the number of what brought them.
    """

    def get(self, id: str) -> Grant | None:
        """Return a grant as it is now."""

    def idle(self, since: datetime) -> list[str]:
        """Name a connection of each active grant whose access token ended before a moment."""

    def may_look_after(self, every: timedelta) -> bool:
        """Say yes to one worker in so long, over all processes."""

    def turn(self, id: str) -> AbstractContextManager[None]:
        """Wait until no other thread of this process is renewing the grant; other processes are kept off by leases."""

    def lease(self, id: str) -> Lease | None:
        """Let one worker renew, for two minutes; None when another one is at it, or the grant is gone."""

    def save(self, lease: Lease, tokens: Tokens) -> bool:
        """Replace the tokens of a lower number and make the grant active; False when there are newer ones already."""

    def end(self, grant: Grant, state: GrantState) -> bool:
        """Mark a grant as over; False, and nothing changed, when its tokens have another number by now."""

    def release(self, lease: Lease) -> None:
        """End the lease, unless another worker has one by now."""

    def discard(self, id: str) -> None:
        """Delete a grant and its tokens, unless a connection uses it."""


class Connections(Protocol):
    """Names that people gave to grants; every list is sorted by name."""

    def all(self) -> list[Connection]:
        """Return every connection."""

    def get(self, name: str) -> Connection | None:
        """Return the connection of this name."""

    def of_grant(self, grant_id: str) -> list[Connection]:
        """Return the connections that share a grant."""

    def make(self, name: str, app: App, person: Person, tokens: Tokens) -> None:
        """Let a name mean the grant of a person who needs no sign-in; the grant as in `SignIns.settle`.

        When the name meant another grant, here as after a sign-in, its runs are forgotten.
        """

    def rename(self, old: str, new: str) -> bool:
        """Give a connection another name, which its runs follow; False when that name is in use."""

    def delete(self, name: str) -> None:
        """Delete a connection with its runs, and its grant with all tokens when no other connection uses it."""


class SignIns(Protocol):
    """Sign-ins under way, found by their state."""

    def put(self, state: str, pending: Pending, *, expires_at: datetime) -> None:
        """Remember a sign-in."""

    def take(self, state: str) -> Pending:
        """Return a sign-in, whose state is used up by that; one that was taken and not finished is returned again.

        Raises:
            SignInFailed: `state_unknown`, `state_expired` or `state_used`.
        """

    def keep(self, state: str, tokens: Tokens) -> None:
        """Save tokens that nobody is known to own yet."""

    def settle(self, state: str, pending: Pending, person: Person, tokens: Tokens) -> str:
        """Make the tokens the person's grant, and return its id.

        A grant that the person has for the app already is renewed, and leases of it are worth nothing any more.
        """

    def finish(self, state: str, name: str | None, grant_id: str) -> None:
        """Let a name mean the grant, or nothing when it is None; the sign-in is over."""


class Removals(Protocol):
    """Users who were forgotten."""

    def all(self) -> list[datetime]:
        """Return when, the latest first."""

    def grants_of(self, user: str) -> list[Grant]:
        """Return the grants of a user by id or e-mail address, those without a connection too."""

    def remove(self, grant_ids: Collection[str]) -> tuple[str, ...]:
        """Delete grants with their connections, runs and sign-ins; note when, and return the connections' names."""


class Runs(Protocol):
    """What runs with an idempotency key came to."""

    def begin(self, connection: str, key: str, action: str, fingerprint: str, *, creates: bool) -> Outputs | None:
        """Return the outputs stored under the key, or None when this run is to go ahead.

        Args:
            connection: name of the connection; each has keys of its own.
            key: what the caller calls this run.
            action: key of the action.
            fingerprint: tells the inputs of this run from others.
            creates: doing it twice would leave two things at Zoom.

        Raises:
            InvalidInputs: `idempotency_key_reused`, for another action or other inputs.
            NotReady: `idempotency_key_in_use`, a run with the key began less than ten minutes ago and goes on.
            OutcomeUnknown: `outcome_unknown`, a creating run with the key was cut off, or never got its answer.
        """

    def finish(self, connection: str, key: str, outputs: Outputs) -> None:
        """Store what the run came to."""

    def forget(self, connection: str, key: str) -> None:
        """Let the key be used again: the run changed nothing."""

    def unclear(self, connection: str, key: str) -> None:
        """Keep a creating run from being done again: it may have changed something."""


class Store(Protocol):
    """One tenant's part of what outlives the process. Threads share it."""

    @property
    def apps(self) -> Apps: ...
    @property
    def grants(self) -> Grants: ...
    @property
    def connections(self) -> Connections: ...
    @property
    def sign_ins(self) -> SignIns: ...
    @property
    def removals(self) -> Removals: ...
    @property
    def runs(self) -> Runs: ...
    @property
    def webhooks(self) -> Webhooks: ...
    @property
    def events(self) -> Events: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def api_keys(self) -> ApiKeys: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def failures(self) -> Failures: ...
    @property
    def claims(self) -> Claims: ...
    @property
    def budget(self) -> Budget: ...
