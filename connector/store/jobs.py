"""Runs that take long, where every server of one database finds them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from . import schema
from .serving import Job
from .vault import Vault

_LEASE = timedelta(minutes=1)
"""How long it is believed that a run goes on of which nothing is heard."""
_LIFE = timedelta(days=1)

_RUNNING = "running"

_table = schema.jobs.c


class Jobs:
    """The jobs of a tenant."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def add(self, job: Job) -> None:
        """Write down a run that is going on; those of yesterday are forgotten."""
        vault, now = self._vault, self._vault.clock.now()
        old = delete(schema.jobs).where(_table.tenant == vault.tenant, _table.since < now - _LIFE)
        values = {
            "id": job.id,
            "tenant": vault.tenant,
            "connection": job.connection,
            "action": job.action,
            "state": _RUNNING,
            "stopping": False,
            "since": now,
            "until": now + _LEASE,
        }

        def work(sql: Connection) -> None:
            sql.execute(old)
            sql.execute(schema.jobs.insert().values(values))

        vault.database.write(work)

    def get(self, id: str) -> Job | None:
        """Return a run as it was kept last; `lost` where that is too long ago."""
        row = self._vault.database.read(lambda sql: sql.execute(select(schema.jobs).where(self._is(id))).one_or_none())
        if row is None:
            return None
        lost = row.state == _RUNNING and row.until <= self._vault.clock.now()
        told = (row.progress, row.outputs, row.problem)
        opened = (None if sealed is None else self._vault.cipher.open_json(sealed) for sealed in told)
        return Job(row.id, row.connection, row.action, "lost" if lost else row.state, *opened)

    def keep(self, id: str, progress: Mapping[str, Any] | None) -> bool:
        """Say that it goes on, and how far it is; False when somebody wants it to stop, or forgot it."""
        until = self._vault.clock.now() + _LEASE
        kept = update(schema.jobs).where(self._is(id)).values(until=until, progress=self._sealed(progress))

        def work(sql: Connection) -> bool:
            sql.execute(kept)
            return sql.execute(select(_table.stopping).where(self._is(id))).scalar_one_or_none() is False

        return self._vault.database.write(work)

    def stop(self, id: str) -> None:
        """Ask whoever runs it to stop."""
        asked = update(schema.jobs).where(self._is(id)).values(stopping=True)
        self._vault.database.write(lambda sql: sql.execute(asked))

    def finish(self, job: Job) -> None:
        """Write down what a run came to, if it is still known."""
        told = {name: self._sealed(getattr(job, name)) for name in ("progress", "outputs", "problem")}
        over = update(schema.jobs).where(self._is(job.id)).values(state=job.state, **told)
        self._vault.database.write(lambda sql: sql.execute(over))

    def delete(self, id: str) -> bool:
        """Forget a run, which stops it as well; False when there is none."""
        gone = delete(schema.jobs).where(self._is(id))
        return bool(self._vault.database.write(lambda sql: sql.execute(gone).rowcount))

    def _sealed(self, value: Mapping[str, Any] | None) -> str | None:
        return None if value is None else self._vault.cipher.seal_json(dict(value))

    def _is(self, id: str) -> ColumnElement[bool]:
        return and_(_table.tenant == self._vault.tenant, _table.id == id)


def follow(vault: Vault, sql: Connection, old: str, new: str) -> None:
    """Let the jobs of a connection know its new name."""
    mine = (_table.tenant == vault.tenant, _table.connection == old)
    sql.execute(update(schema.jobs).where(*mine).values(connection=new))


def drop(vault: Vault, sql: Connection, connection: str) -> None:
    """Forget the jobs of a connection: what they came to is one Zoom user's."""
    mine = (_table.tenant == vault.tenant, _table.connection == connection)
    sql.execute(delete(schema.jobs).where(*mine))
