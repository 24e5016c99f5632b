"""Keys that callers show, of which the database knows only what they hash to."""

from sqlalchemy import Connection, delete, select

from . import schema
from .serving import ApiKey
from .vault import Vault

_table = schema.api_keys.c


class ApiKeys:
    """The keys of a tenant's callers."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def all(self) -> list[ApiKey]:
        """Return every key, by name."""
        query = select(schema.api_keys).where(_table.tenant == self._vault.tenant)
        rows = self._vault.database.read(lambda sql: sql.execute(query).all())
        # Not by the database, because each sorts in its own way.
        return sorted((ApiKey(row.name, row.digest, row.since) for row in rows), key=lambda key: key.name)

    def add(self, name: str, digest: str) -> bool:
        """Let a key count from now on; False when there is one of that name."""
        tenant, now = self._vault.tenant, self._vault.clock.now()

        def work(sql: Connection) -> bool:
            if sql.execute(select(_table.name).where(_table.tenant == tenant, _table.name == name)).first():
                return False
            sql.execute(schema.api_keys.insert().values(tenant=tenant, name=name, digest=digest, since=now))
            return True

        return self._vault.database.write(work)

    def delete(self, name: str) -> bool:
        """Let a key count no more; False when there is none of that name."""
        gone = delete(schema.api_keys).where(_table.tenant == self._vault.tenant, _table.name == name)
        return bool(self._vault.database.write(lambda sql: sql.execute(gone).rowcount))
