"""What the store in memory remembers, and its lock."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import RLock
from typing import ParamSpec, TypeVar
from uuid import uuid4

from store.memory_feed_data import Feed

from zoom_connector.clock import Clock
from zoom_connector.store import App, Grant, GrantState, Pending, Person, Tokens
from zoom_connector.store.helping import Failed
from zoom_connector.store.serving import ApiKey, Job
from zoom_connector.store.turns import Turns
from zoom_connector.types import Outputs

P = ParamSpec("P")
T = TypeVar("T")
_LOCK = RLock()


def at_once(method: Callable[P, T]) -> Callable[P, T]:
    """Make a method happen as a whole."""

    def alone(*arguments: P.args, **named: P.kwargs) -> T:
        with _LOCK:
            return method(*arguments, **named)

    return alone


@dataclass
class Leased:
    number: int
    owner: str = ""
    until: datetime | None = None


@dataclass
class Run:
    action: str
    fingerprint: str
    until: datetime
    outputs: Outputs | None = None


@dataclass
class KeptJob:
    job: Job
    since: datetime
    until: datetime
    stopping: bool = False


@dataclass
class SignIn:
    pending: Pending
    expires_at: datetime
    used: bool = False


@dataclass
class Data:
    """What a tenant has."""

    clock: Clock
    grants: dict[str, Grant] = field(default_factory=dict)
    leases: dict[str, Leased] = field(default_factory=dict)
    names: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    sign_ins: dict[str, SignIn] = field(default_factory=dict)
    runs: dict[tuple[str, str], Run] = field(default_factory=dict)
    holds: dict[str, datetime] = field(default_factory=dict)
    claims: set[str] = field(default_factory=set)
    removals: list[datetime] = field(default_factory=list)
    turns: Turns = field(default_factory=Turns)
    feed: Feed = field(default_factory=Feed)
    api_keys: dict[str, ApiKey] = field(default_factory=dict)
    jobs: dict[str, KeptJob] = field(default_factory=dict)
    failures: list[Failed] = field(default_factory=list)

    def put(self, app: App, person: Person, tokens: Tokens) -> str:
        """Write the grant of a person who has signed in."""
        self.refresh(app)
        who = (app.client_id, person.account_id, person.user_id)
        known = (grant.id for grant in self.grants.values() if _who(grant) == who)
        id = next(known, uuid4().hex)
        number = self.leases[id].number + 1 if id in self.leases else 1
        self.leases[id] = Leased(number)
        self.grants[id] = Grant(id, app, person, tokens, GrantState.ACTIVE, self.clock.now(), number)
        return id

    @at_once
    def refresh(self, app: App) -> None:
        for grant in self.grants.values():
            if grant.app.client_id == app.client_id:
                self.grants[grant.id] = replace(grant, app=replace(grant.app, client_secret=app.client_secret))

    def point(self, name: str, grant_id: str) -> None:
        before, since = self.names.get(name, ("", self.clock.now()))
        if before != grant_id:
            self.forget_runs(name)
            self.feed.restart(name, self.clock.now())
        self.names[name] = (grant_id, since)

    def forget_runs(self, name: str) -> None:
        self.runs = {at: run for at, run in self.runs.items() if at[0] != name}
        self.jobs = {id: kept for id, kept in self.jobs.items() if kept.job.connection != name}

    def sweep(self, id: str) -> None:
        """Delete a grant that no connection uses."""
        if id not in [used for used, _ in self.names.values()]:
            self.grants.pop(id, None)
            self.leases.pop(id, None)

    def hold(self, mark: str, life: timedelta) -> bool:
        free = self.holds.get(mark, self.clock.now()) <= self.clock.now()
        if free:
            self.holds[mark] = self.clock.now() + life
        return free


def _who(grant: Grant) -> tuple[str, str, str]:
    return grant.app.client_id, grant.person.account_id, grant.person.user_id


def is_idle(grant: Grant, since: datetime) -> bool:
    return grant.state is GrantState.ACTIVE and grant.tokens.expires_at < since
