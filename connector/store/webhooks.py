"""Webhook endpoints: the secrets that Zoom signs with, one set for each app, and when Zoom was last heard of."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from . import schema
from .feed import Webhook
from .vault import Vault

_table = schema.webhooks.c


class Webhooks:
    """The webhook endpoints of a tenant."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def get(self, app: str) -> Webhook | None:
        """Return the endpoint of an app, by client id."""
        query = select(schema.webhooks).where(_table.tenant == self._vault.tenant, _table.app == app)
        row = self._vault.database.read(lambda sql: sql.execute(query).one_or_none())
        if row is None:
            return None
        secrets = self._vault.cipher.open_json(row.secrets) if row.secrets is not None else []
        return Webhook(row.app, tuple(secrets), row.last_event_at, row.last_challenge_at)

    def all(self) -> list[Webhook]:
        """Return every endpoint, by client id."""
        query = select(_table.app).where(_table.tenant == self._vault.tenant)
        apps = self._vault.database.read(lambda sql: sorted(sql.execute(query).scalars()))
        return [webhook for app in apps if (webhook := self.get(app)) is not None]

    def put(self, app: str, secrets: Sequence[str]) -> None:
        """Take over the secrets of an app, newest first; the endpoint is made if there is none."""
        sealed = self._vault.cipher.seal_json(list(secrets))

        self._vault.database.write(lambda sql: note(self._vault, sql, app, secrets=sealed))

    def challenged(self, app: str) -> None:
        """Note that Zoom has just checked the endpoint, which is made if there is none."""
        now = self._vault.clock.now()
        self._vault.database.write(lambda sql: note(self._vault, sql, app, last_challenge_at=now))


def note(vault: Vault, sql: Connection, app: str, **values: Any) -> None:
    """Write something down about the endpoint of an app, which is made if there is none."""
    mine = (_table.tenant == vault.tenant, _table.app == app)
    if not sql.execute(update(schema.webhooks).where(*mine).values(**values)).rowcount:
        sql.execute(schema.webhooks.insert().values(tenant=vault.tenant, app=app, **values))
