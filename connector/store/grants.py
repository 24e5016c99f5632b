"""Grants: their tokens, and the lease under which one worker renews them.

A lease has a number, higher than that of every lease before it. Tokens carry the number of the lease that brought them,
and are replaced only by those of a higher one: a worker that slept through its lease may still save what Zoom gave it,
but not over something newer.
"""

from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, exists, func, or_, select, update

from . import apps, holds, schema
from .values import App, AppKind, Grant, GrantState, Lease, Person, Tokens
from .vault import Vault

_LEASE = timedelta(seconds=120)
"""Longer than two requests to the token endpoint with all their timeouts."""

_table = schema.grants.c


class Grants:
    """The grants of a tenant."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def get(self, id: str) -> Grant | None:
        """Return a grant as it is now."""
        return self._vault.database.read(lambda sql: self._find(sql, id))

    def idle(self, since: datetime) -> list[str]:
        """Name a connection of each living grant whose access token ended before a moment; nothing is decrypted."""
        table = schema.connections.c
        query = (
            select(func.min(table.name))
            .join(schema.grants, table.grant_id == _table.id)
            .where(_table.tenant == self._vault.tenant, _table.state == GrantState.ACTIVE, _table.expires_at < since)
            .group_by(_table.id)
        )
        return self._vault.database.read(lambda sql: sorted(sql.execute(query).scalars()))

    def may_look_after(self, every: timedelta) -> bool:
        """Say yes to one worker in so long, who then renews the idle grants for all of them."""
        return holds.take(self._vault, "look after idle grants", uuid4().hex, every)

    def turn(self, id: str) -> AbstractContextManager[None]:
        """Wait until no other thread of this process is renewing the grant."""
        return self._vault.turns.at(f"renew {id}")

    def lease(self, id: str) -> Lease | None:
        """Begin a renewal; None when another worker is at it, or the grant is gone."""
        now, owner = self._vault.clock.now(), uuid4().hex

        def work(sql: Connection) -> Lease | None:
            taken = sql.execute(
                update(schema.grants)
                .where(self._is(id), or_(_table.lease_until.is_(None), _table.lease_until <= now))
                .values(lease_owner=owner, lease_until=now + _LEASE, lease_fence=_table.lease_fence + 1)
            )
            grant = self._find(sql, id) if taken.rowcount else None
            if grant is None:
                return None
            return Lease(grant, sql.execute(select(_table.lease_fence).where(self._is(id))).scalar_one(), owner)

        return self._vault.database.write(work)

    def save(self, lease: Lease, tokens: Tokens) -> bool:
        """Replace the tokens; False, and nothing changed, when newer ones are there already."""
        values = {**_sealed(self._vault, tokens), "tokens_fence": lease.fence, "state": GrantState.ACTIVE}
        return self._change(lease.grant.id, _table.tokens_fence < lease.fence, values)

    def end(self, grant: Grant, state: GrantState) -> bool:
        """Mark a grant as over; False, and nothing changed, when it has other tokens by now."""
        return self._change(grant.id, _table.tokens_fence == grant.fence, {"state": state})

    def release(self, lease: Lease) -> None:
        """End the lease, if it is still ours."""
        self._vault.database.write(
            lambda sql: sql.execute(
                update(schema.grants)
                .where(self._is(lease.grant.id), _table.lease_owner == lease.owner)
                .values(lease_owner=None, lease_until=None)
            )
        )

    def discard(self, id: str) -> None:
        """Delete a grant and its tokens, unless a connection uses it."""
        self._vault.database.write(lambda sql: sweep(self._vault, sql, _table.id == id))

    def _change(self, id: str, where: ColumnElement[bool], values: dict[str, Any]) -> bool:
        change = update(schema.grants).where(self._is(id), where).values(values)
        return self._vault.database.write(lambda sql: sql.execute(change).rowcount == 1)

    def _find(self, sql: Connection, id: str) -> Grant | None:
        row = sql.execute(rows().where(self._is(id))).one_or_none()
        return grant_of(self._vault, row) if row else None

    def _is(self, id: str) -> ColumnElement[bool]:
        return and_(_table.tenant == self._vault.tenant, _table.id == id)


def rows(*more: ColumnElement[Any]) -> Select[Any]:
    """Select what `grant_of` reads, and more."""
    return select(
        schema.grants, schema.apps.c.client_id, schema.apps.c.client_secret, schema.apps.c.app_kind, *more
    ).join(schema.apps, schema.apps.c.id == _table.app_id)


def grant_of(vault: Vault, row: Row[Any]) -> Grant:
    """Make the value of a row."""
    open_ = vault.cipher.open
    return Grant(
        id=row.id,
        app=App(row.client_id, open_(row.client_secret), AppKind(row.app_kind)),
        person=Person(row.account_id, row.user_id, row.email, row.name),
        tokens=Tokens(
            access=open_(row.access_token),
            refresh=open_(row.refresh_token),
            expires_at=row.expires_at,
            scopes=frozenset(row.scopes.split()),
            api_url=row.api_url,
        ),
        state=GrantState(row.state),
        since=row.since,
        fence=row.tokens_fence,
    )


def sign_in(vault: Vault, sql: Connection, app: App, person: Person, tokens: Tokens) -> str:
    """Write the grant of a person who has just signed in, and return its id.

    A grant that the person already had for the app is renewed for all its connections, since Zoom ended the old one.
    Renewals under way are fenced off: what they bring belongs to the old one.
    """
    app_id = apps.save(vault, sql, app)
    values = {
        **_sealed(vault, tokens),
        "email": person.email,
        "name": person.name,
        "state": GrantState.ACTIVE,
        "since": vault.clock.now(),
    }
    known = sql.execute(
        select(_table.id).where(
            _table.tenant == vault.tenant,
            _table.app_id == app_id,
            _table.account_id == person.account_id,
            _table.user_id == person.user_id,
        )
    ).scalar_one_or_none()
    if known is not None:
        fence = _table.lease_fence + 1
        sql.execute(
            update(schema.grants)
            .where(_table.id == known)
            .values(**values, lease_fence=fence, tokens_fence=fence, lease_owner=None, lease_until=None)
        )
        return str(known)
    made = uuid4().hex
    keys = {"id": made, "tenant": vault.tenant, "app_id": app_id}
    who = {"account_id": person.account_id, "user_id": person.user_id}
    sql.execute(schema.grants.insert().values(**keys, **who, **values, lease_fence=1, tokens_fence=1))
    return made


def sweep(vault: Vault, sql: Connection, which: ColumnElement[bool]) -> None:
    """Delete the grants among `which` that no connection points at, and apps left without a grant."""
    used = exists().where(schema.connections.c.grant_id == _table.id)
    sql.execute(delete(schema.grants).where(_table.tenant == vault.tenant, which, ~used))
    granted = exists().where(_table.app_id == schema.apps.c.id)
    sql.execute(delete(schema.apps).where(schema.apps.c.tenant == vault.tenant, ~granted))


def _sealed(vault: Vault, tokens: Tokens) -> dict[str, Any]:
    return {
        "access_token": vault.cipher.seal(tokens.access),
        "refresh_token": vault.cipher.seal(tokens.refresh),
        "expires_at": tokens.expires_at,
        "scopes": " ".join(sorted(tokens.scopes)),
        "api_url": tokens.api_url,
    }
