"""The shortest store there can be: everything in one process, under one lock. It shows what the parts have to do."""

from collections.abc import Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from store.memory_data import Data, Leased, SignIn, at_once, is_idle
from store.memory_deliveries import Deliveries
from store.memory_feed import Events, Subscriptions, Webhooks
from store.memory_helping import Failures
from store.memory_runs import Claims, Runs
from store.memory_serving import ApiKeys, Jobs

from zoom_connector.clock import Clock
from zoom_connector.errors import SignInFailed
from zoom_connector.store import App, Connection, Grant, GrantState, Lease, Pending, Person, Tokens
from zoom_connector.zoom.limits import MemoryBudget


@dataclass
class Grants:
    data: Data

    @at_once
    def get(self, id: str) -> Grant | None:
        return self.data.grants.get(id)

    @at_once
    def idle(self, since: datetime) -> list[str]:
        first = {id: name for name, (id, _) in sorted(self.data.names.items(), reverse=True)}
        return sorted(name for id, name in first.items() if is_idle(self.data.grants[id], since))

    @at_once
    def may_look_after(self, every: timedelta) -> bool:
        return self.data.hold("look after idle grants", every)

    def turn(self, id: str) -> AbstractContextManager[None]:
        return self.data.turns.at(f"renew {id}")

    @at_once
    def lease(self, id: str) -> Lease | None:
        lease, now = self.data.leases.get(id), self.data.clock.now()
        if lease is None or (lease.until and lease.until > now):
            return None
        taken = Leased(lease.number + 1, uuid4().hex, now + timedelta(minutes=2))
        self.data.leases[id] = taken
        return Lease(self.data.grants[id], taken.number, taken.owner)

    @at_once
    def save(self, lease: Lease, tokens: Tokens) -> bool:
        grant = self.data.grants.get(lease.grant.id)
        newer = grant is not None and grant.fence < lease.fence
        if grant and newer:
            self.data.grants[grant.id] = replace(grant, tokens=tokens, fence=lease.fence, state=GrantState.ACTIVE)
        return newer

    @at_once
    def end(self, grant: Grant, state: GrantState) -> bool:
        now = self.data.grants.get(grant.id)
        same = now is not None and now.fence == grant.fence
        if now and same:
            self.data.grants[grant.id] = replace(now, state=state)
        return same

    @at_once
    def release(self, lease: Lease) -> None:
        held = self.data.leases.get(lease.grant.id)
        if held and held.owner == lease.owner:
            self.data.leases[lease.grant.id] = Leased(held.number)

    @at_once
    def discard(self, id: str) -> None:
        self.data.sweep(id)


@dataclass
class Connections:
    data: Data

    @at_once
    def all(self) -> list[Connection]:
        data = self.data
        return [Connection(name, data.grants[id], since) for name, (id, since) in sorted(data.names.items())]

    def get(self, name: str) -> Connection | None:
        return next((one for one in self.all() if one.name == name), None)

    def of_grant(self, grant_id: str) -> list[Connection]:
        return [one for one in self.all() if one.grant.id == grant_id]

    @at_once
    def make(self, name: str, app: App, person: Person, tokens: Tokens) -> None:
        self.data.point(name, self.data.put(app, person, tokens))

    @at_once
    def rename(self, old: str, new: str) -> bool:
        if new in self.data.names:
            return False
        if old in self.data.names:
            self.data.names[new] = self.data.names.pop(old)
        self.data.forget_runs(new)
        self.data.runs = {(new if name == old else name, key): run for (name, key), run in self.data.runs.items()}
        for kept in self.data.jobs.values():
            if kept.job.connection == old:
                kept.job = replace(kept.job, connection=new)
        self.data.feed.follow(old, new)
        return True

    @at_once
    def delete(self, name: str) -> None:
        id, _ = self.data.names.pop(name, ("", None))
        self.data.forget_runs(name)
        self.data.feed.drop(name)
        self.data.sweep(id)


@dataclass
class SignIns:
    data: Data

    @at_once
    def put(self, state: str, pending: Pending, *, expires_at: datetime) -> None:
        self.data.sign_ins[state] = SignIn(pending, expires_at)

    @at_once
    def take(self, state: str) -> Pending:
        sign_in = self.data.sign_ins.get(state)
        if sign_in is None:
            raise SignInFailed("state_unknown")
        pending = sign_in.pending
        if not sign_in.used and sign_in.expires_at <= self.data.clock.now():
            raise SignInFailed("state_expired", connection=pending.connection)
        if sign_in.used and pending.tokens is None and pending.grant_id is None:
            raise SignInFailed("state_used", connection=pending.connection)
        sign_in.used = True
        return pending

    @at_once
    def keep(self, state: str, tokens: Tokens) -> None:
        self._change(state, tokens, None)

    @at_once
    def settle(self, state: str, pending: Pending, person: Person, tokens: Tokens) -> str:
        id = self.data.put(pending.app, person, tokens)
        self._change(state, None, id)
        return id

    @at_once
    def finish(self, state: str, name: str | None, grant_id: str) -> None:
        if name is not None:
            self.data.point(name, grant_id)
        self._change(state, None, None)

    def _change(self, state: str, tokens: Tokens | None, grant_id: str | None) -> None:
        sign_in = self.data.sign_ins[state]
        sign_in.pending = replace(sign_in.pending, tokens=tokens, grant_id=grant_id)


@dataclass
class Removals:
    data: Data

    @at_once
    def all(self) -> list[datetime]:
        return sorted(self.data.removals, reverse=True)

    @at_once
    def grants_of(self, user: str) -> list[Grant]:
        found = self.data.grants.values()
        return [one for one in found if one.person.user_id == user or one.person.email.lower() == user.lower()]

    @at_once
    def remove(self, grant_ids: Collection[str]) -> tuple[str, ...]:
        data = self.data
        names = tuple(sorted(name for name, (id, _) in data.names.items() if id in grant_ids))
        data.sign_ins = {
            state: one
            for state, one in data.sign_ins.items()
            if one.pending.connection not in names and one.pending.grant_id not in grant_ids
        }
        for name in names:
            del data.names[name]
            data.forget_runs(name)
            data.feed.drop(name)
        data.feed.forget([grant for grant in data.grants.values() if grant.id in grant_ids], data.grants.values())
        for id in grant_ids:
            data.sweep(id)
        data.removals.append(data.clock.now())
        return names


class MemoryStore:
    """A tenant's things, as long as the process lives."""

    def __init__(self, clock: Clock) -> None:
        data = Data(clock)
        self.apps = data
        self.grants = Grants(data)
        self.connections = Connections(data)
        self.sign_ins = SignIns(data)
        self.removals = Removals(data)
        self.runs = Runs(data)
        self.claims = Claims(data)
        self.budget = MemoryBudget()
        self.webhooks = Webhooks(data)
        self.events = Events(data)
        self.subscriptions = Subscriptions(data)
        self.deliveries = Deliveries(data)
        self.api_keys = ApiKeys(data)
        self.jobs = Jobs(data)
        self.failures = Failures(data)
