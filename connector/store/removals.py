"""Forgetting a Zoom user: everything about them goes, and only the moment stays.

Whoever removes an app may demand it, and whoever runs the connector must be able to say when it was done.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, delete, func, or_, select

from . import events, grants, jobs, schema, subscriptions
from .values import Grant
from .vault import Vault


class Removals:
    """The users of a tenant who were forgotten."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def all(self) -> list[datetime]:
        """Return when users were forgotten, the latest first."""
        table = schema.removals.c
        query = select(table.removed_at).where(table.tenant == self._vault.tenant).order_by(table.removed_at.desc())
        return self._vault.database.read(lambda sql: list(sql.execute(query).scalars()))

    def grants_of(self, user: str) -> list[Grant]:
        """Return the grants of a Zoom user, those without a connection too.

        Args:
            user: e-mail address, in any case of letters, or user id.
        """
        table = schema.grants.c
        query = grants.rows().where(
            table.tenant == self._vault.tenant, or_(table.user_id == user, func.lower(table.email) == user.lower())
        )
        return self._vault.database.read(lambda sql: [grants.grant_of(self._vault, row) for row in sql.execute(query)])

    def remove(self, grant_ids: Collection[str]) -> tuple[str, ...]:
        """Delete grants with their connections, runs and sign-ins; note when, and return the connections' names."""
        vault = self._vault

        def work(sql: Connection) -> tuple[str, ...]:
            connections, runs, sign_ins = schema.connections.c, schema.runs.c, schema.sign_ins.c
            mine = (connections.tenant == vault.tenant, connections.grant_id.in_(grant_ids))
            names = sql.execute(select(connections.name).where(*mine).order_by(connections.name)).scalars().all()
            sql.execute(delete(schema.runs).where(runs.tenant == vault.tenant, runs.connection.in_(names)))
            theirs = or_(sign_ins.connection.in_(names), sign_ins.grant_id.in_(grant_ids))
            sql.execute(delete(schema.sign_ins).where(sign_ins.tenant == vault.tenant, theirs))
            for name in names:
                jobs.drop(vault, sql, name)
                subscriptions.drop(vault, sql, name)
            events.forget_grants(vault, sql, grant_ids)
            sql.execute(delete(schema.connections).where(*mine))
            grants.sweep(vault, sql, schema.grants.c.id.in_(grant_ids))
            sql.execute(
                schema.removals.insert().values(id=uuid4().hex, tenant=vault.tenant, removed_at=vault.clock.now())
            )
            return tuple(names)

        return vault.database.write(work)
