"""Sign-ins under way: what has to be remembered between leaving for Zoom and coming back."""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, select, update

from ..errors import SignInFailed
from . import connections, grants, schema
from .values import App, AppKind, Pending, Person, Tokens
from .vault import Vault, hashed

_KEPT = timedelta(days=1)
"""How long a used or expired state can still be told from one that never was."""

_table = schema.sign_ins.c


class SignIns:
    """The sign-ins of a tenant, found by their state; only its hash is stored."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def put(self, state: str, pending: Pending, *, expires_at: datetime) -> None:
        """Remember a sign-in, and forget those of yesterday."""
        vault, long_ago = self._vault, self._vault.clock.now() - _KEPT

        def work(sql: Connection) -> None:
            sql.execute(delete(schema.sign_ins).where(_table.tenant == vault.tenant, _table.expires_at < long_ago))
            grants.sweep(vault, sql, schema.grants.c.since < long_ago)
            sql.execute(
                schema.sign_ins.insert().values(
                    tenant=vault.tenant,
                    state_hash=hashed(state),
                    connection=pending.connection,
                    client_id=pending.app.client_id,
                    client_secret=vault.cipher.seal(pending.app.client_secret),
                    app_kind=pending.app.kind,
                    redirect_uri=pending.redirect_uri,
                    verifier=vault.cipher.seal(pending.verifier),
                    expires_at=expires_at,
                )
            )

        vault.database.write(work)

    def take(self, state: str) -> Pending:
        """Return a sign-in, whose state is used up by that; one that was taken and not finished is returned again.

        Raises:
            SignInFailed: `state_unknown`, `state_expired` or `state_used`.
        """
        now = self._vault.clock.now()

        def work(sql: Connection) -> Pending:
            # Of two callbacks with one state, only one finds the row unused.
            fresh = sql.execute(
                update(schema.sign_ins)
                .where(self._is(state), _table.used_at.is_(None), _table.expires_at > now)
                .values(used_at=now)
            )
            row = sql.execute(select(schema.sign_ins).where(self._is(state))).one_or_none()
            if row is None:
                raise SignInFailed("state_unknown")
            if row.used_at is None:
                raise SignInFailed("state_expired", connection=row.connection)
            if not fresh.rowcount and row.tokens is None and row.grant_id is None:
                raise SignInFailed("state_used", connection=row.connection)
            return self._pending(row)

        return self._vault.database.write(work)

    def keep(self, state: str, tokens: Tokens) -> None:
        """Save tokens that nobody is known to own yet."""
        sealed = self._vault.cipher.seal_json(_plain(tokens))
        self._vault.database.write(
            lambda sql: sql.execute(update(schema.sign_ins).where(self._is(state)).values(tokens=sealed))
        )

    def settle(self, state: str, pending: Pending, person: Person, tokens: Tokens) -> str:
        """Make the tokens the person's grant, and return its id."""

        def work(sql: Connection) -> str:
            grant_id = grants.sign_in(self._vault, sql, pending.app, person, tokens)
            sql.execute(update(schema.sign_ins).where(self._is(state)).values(tokens=None, grant_id=grant_id))
            return grant_id

        return self._vault.database.write(work)

    def finish(self, state: str, name: str | None, grant_id: str) -> None:
        """Let a name mean the grant, or nothing when it is None; the sign-in is over."""

        def work(sql: Connection) -> None:
            if name is not None:
                connections.point(self._vault, sql, name, grant_id)
            sql.execute(update(schema.sign_ins).where(self._is(state)).values(tokens=None, grant_id=None))

        self._vault.database.write(work)

    def _pending(self, row: Row[Any]) -> Pending:
        cipher = self._vault.cipher
        return Pending(
            connection=row.connection,
            app=App(row.client_id, cipher.open(row.client_secret), AppKind(row.app_kind)),
            redirect_uri=row.redirect_uri,
            verifier=cipher.open(row.verifier),
            tokens=_tokens(cipher.open_json(row.tokens)) if row.tokens else None,
            grant_id=row.grant_id,
        )

    def _is(self, state: str) -> ColumnElement[bool]:
        return and_(_table.tenant == self._vault.tenant, _table.state_hash == hashed(state))


def _plain(tokens: Tokens) -> dict[str, Any]:
    return {**asdict(tokens), "expires_at": tokens.expires_at.isoformat(), "scopes": sorted(tokens.scopes)}


def _tokens(plain: dict[str, Any]) -> Tokens:
    return Tokens(
        **{**plain, "expires_at": datetime.fromisoformat(plain["expires_at"]), "scopes": frozenset(plain["scopes"])}
    )
