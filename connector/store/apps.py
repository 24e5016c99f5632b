"""Apps: one per client id."""

from uuid import uuid4

from sqlalchemy import Connection, select, update

from . import schema
from .values import App
from .vault import Vault


class Apps:
    """The apps that grants belong to."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def refresh(self, app: App) -> None:
        """Take over the secret of an app that is already here; its owner may have renewed it."""
        known = self._vault.database.read(lambda sql: _row(self._vault, sql, app))
        if known is None or self._vault.cipher.open(known[1]) == app.client_secret:
            return
        sealed = self._vault.cipher.seal(app.client_secret)
        renewed = update(schema.apps).where(schema.apps.c.id == known[0]).values(client_secret=sealed)
        self._vault.database.write(lambda sql: sql.execute(renewed))


def save(vault: Vault, sql: Connection, app: App) -> str:
    """Write an app and return its id."""
    values = {"client_secret": vault.cipher.seal(app.client_secret), "app_kind": app.kind}
    known = _row(vault, sql, app)
    if known is None:
        made = uuid4().hex
        sql.execute(schema.apps.insert().values(id=made, tenant=vault.tenant, client_id=app.client_id, **values))
        return made
    sql.execute(update(schema.apps).where(schema.apps.c.id == known[0]).values(values))
    return known[0]


def _row(vault: Vault, sql: Connection, app: App) -> tuple[str, str] | None:
    found = sql.execute(
        select(schema.apps.c.id, schema.apps.c.client_secret).where(
            schema.apps.c.tenant == vault.tenant, schema.apps.c.client_id == app.client_id
        )
    ).one_or_none()
    return (found.id, found.client_secret) if found else None
