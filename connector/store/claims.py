"""Which request made what at Zoom, so that no create is counted twice (`zoom/creates.py`)."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import Connection, delete, select

from . import holds, schema
from .vault import Vault, hashed

_LEASE = timedelta(minutes=5)
"""Longer than one create with its repeats; after a crash others wait this long."""
_POLL = 0.2
"""Seconds between two looks at a mark that another process holds."""


class Claims:
    """The claims of a tenant."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @contextmanager
    def hold(self, mark: str) -> Iterator[None]:
        """Be the only one, in any thread or process, who creates under this mark."""
        owner = uuid4().hex
        with self._vault.turns.at(f"create {mark}"):
            while not holds.take(self._vault, mark, owner, _LEASE):
                self._vault.clock.sleep(_POLL)
            try:
                yield
            finally:
                self._release(mark, owner)

    def claim(self, made: str) -> bool:
        """Say that a request of ours made this; False when another request has said so."""
        table, tenant, now = schema.claims, self._vault.tenant, self._vault.clock.now()

        def work(sql: Connection) -> bool:
            if sql.execute(select(table.c.made).where(table.c.tenant == tenant, table.c.made == made)).first():
                return False
            sql.execute(table.insert().values(tenant=tenant, made=made, claimed_at=now))
            return True

        return self._vault.database.write(work)

    def claimed(self, made: Collection[str]) -> set[str]:
        """Return those that some request has claimed."""
        table = schema.claims.c
        query = select(table.made).where(table.tenant == self._vault.tenant, table.made.in_(made))
        return self._vault.database.read(lambda sql: set(sql.execute(query).scalars()))

    def _release(self, mark: str, owner: str) -> None:
        table = schema.holds.c
        self._vault.database.write(
            lambda sql: sql.execute(
                delete(schema.holds).where(
                    table.tenant == self._vault.tenant, table.mark_hash == hashed(mark), table.owner == owner
                )
            )
        )
