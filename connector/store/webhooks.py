"""Webhook endpoints: the secrets that Zoom signs with, one set for each app, and when Zoom was last heard of."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, select, update

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
        query = select(schema.webhooks).where(self._is(app))
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

        def work(sql: Connection) -> None:
            if not sql.execute(update(schema.webhooks).where(self._is(app)).values(secrets=sealed)).rowcount:
                sql.execute(schema.webhooks.insert().values(tenant=self._vault.tenant, app=app, secrets=sealed))

        self._vault.database.write(work)

    def challenged(self, app: str) -> None:
        """Note that Zoom has just checked the endpoint."""
        changed = update(schema.webhooks).where(self._is(app)).values(last_challenge_at=self._vault.clock.now())
        self._vault.database.write(lambda sql: sql.execute(changed))

    def _is(self, app: str) -> ColumnElement[bool]:
        return and_(_table.tenant == self._vault.tenant, _table.app == app)
