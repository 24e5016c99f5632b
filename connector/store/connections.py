"""Connections: the names that people gave to grants."""

from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update
from sqlalchemy import Connection as Sql

from . import grants, jobs, schema, subscriptions
from .values import App, Connection, Person, Tokens
from .vault import Vault

_table = schema.connections.c


class Connections:
    """The connections of a tenant."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def all(self) -> list[Connection]:
        """Return every connection, by name."""
        return self._select()

    def get(self, name: str) -> Connection | None:
        """Return the connection of this name."""
        return next(iter(self._select(_table.name == name)), None)

    def of_grant(self, grant_id: str) -> list[Connection]:
        """Return the connections that share a grant, by name."""
        return self._select(_table.grant_id == grant_id)

    def make(self, name: str, app: App, person: Person, tokens: Tokens) -> None:
        """Let a name mean the grant of a person who needs no sign-in; see `grants.sign_in`."""
        self._vault.database.write(
            lambda sql: point(self._vault, sql, name, grants.sign_in(self._vault, sql, app, person, tokens))
        )

    def rename(self, old: str, new: str) -> bool:
        """Give a connection another name, which its idempotency keys follow; False when that name is in use."""
        mine = (_table.tenant == self._vault.tenant, _table.name == old)
        runs = schema.runs.c

        def work(sql: Sql) -> bool:
            taken = select(_table.name).where(_table.tenant == self._vault.tenant, _table.name == new)
            if sql.execute(taken).first():
                return False
            sql.execute(update(schema.connections).where(*mine).values(name=new))
            _forget_runs(self._vault, sql, new)
            sql.execute(
                update(schema.runs)
                .where(runs.tenant == self._vault.tenant, runs.connection == old)
                .values(connection=new)
            )
            jobs.follow(self._vault, sql, old, new)
            subscriptions.follow(self._vault, sql, old, new)
            return True

        return self._vault.database.write(work)

    def delete(self, name: str) -> None:
        """Delete a connection with its runs, and its grant with all tokens when no other connection uses it."""

        def work(sql: Sql) -> None:
            mine = (_table.tenant == self._vault.tenant, _table.name == name)
            grant_id = sql.execute(select(_table.grant_id).where(*mine)).scalar_one_or_none()
            sql.execute(delete(schema.connections).where(*mine))
            _forget_runs(self._vault, sql, name)
            subscriptions.drop(self._vault, sql, name)
            grants.sweep(self._vault, sql, schema.grants.c.id == grant_id)

        self._vault.database.write(work)

    def _select(self, *which: ColumnElement[bool]) -> list[Connection]:
        query = (
            grants.rows(_table.name.label("connection"), _table.since.label("connected_at"))
            .join(schema.connections, _table.grant_id == schema.grants.c.id)
            .where(_table.tenant == self._vault.tenant, *which)
        )
        found = self._vault.database.read(lambda sql: [self._connection(row) for row in sql.execute(query)])
        # Not by the database, because each sorts in its own way.
        return sorted(found, key=lambda connection: connection.name)

    def _connection(self, row: Row[Any]) -> Connection:
        return Connection(row.connection, grants.grant_of(self._vault, row), row.connected_at)


def point(vault: Vault, sql: Sql, name: str, grant_id: str) -> None:
    """Let a name mean a grant; what was run under the name for another one is forgotten."""
    mine = (_table.tenant == vault.tenant, _table.name == name)
    before = sql.execute(select(_table.grant_id).where(*mine)).scalar_one_or_none()
    if before == grant_id:
        return
    _forget_runs(vault, sql, name)
    if before is not None:
        subscriptions.restart(vault, sql, name)
        sql.execute(update(schema.connections).where(*mine).values(grant_id=grant_id))
    else:
        sql.execute(
            schema.connections.insert().values(
                tenant=vault.tenant, name=name, grant_id=grant_id, since=vault.clock.now()
            )
        )


def _forget_runs(vault: Vault, sql: Sql, name: str) -> None:
    # The results hold what Zoom gave to one user; whoever has the name next must not be handed them.
    runs = schema.runs.c
    sql.execute(delete(schema.runs).where(runs.tenant == vault.tenant, runs.connection == name))
    jobs.drop(vault, sql, name)
