"""What runs with an idempotency key came to."""

from datetime import timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from ..errors import InvalidInputs, NotReady, OutcomeUnknown
from ..types import Outputs
from . import schema
from .vault import Vault, hashed

_LEASE = timedelta(minutes=10)
"""A run that takes longer counts as cut off."""

_RUNNING, _DONE, _UNCLEAR = "running", "done", "unclear"

_table = schema.runs.c


class Runs:
    """The runs of a tenant, by connection and key."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def begin(self, connection: str, key: str, action: str, fingerprint: str, *, creates: bool) -> Outputs | None:
        """Return the outputs stored under the key, or None when this run is to go ahead.

        Args:
            connection: name of the connection.
            key: what the caller calls this run.
            action: key of the action.
            fingerprint: tells the inputs of this run from others.
            creates: doing it twice would leave two things at Zoom.

        Raises:
            InvalidInputs: `idempotency_key_reused`, for another action or other inputs.
            NotReady: `idempotency_key_in_use`, a run with the key is still going on.
            OutcomeUnknown: `outcome_unknown`, a creating run with the key was cut off, or never got its answer.
        """
        now, mine = self._vault.clock.now(), self._is(connection, key)
        running = {"state": _RUNNING, "until": now + _LEASE}

        def work(sql: Connection) -> Outputs | None:
            row = sql.execute(select(schema.runs).where(mine).with_for_update()).one_or_none()
            if row is None:
                keys = {"tenant": self._vault.tenant, "connection": connection, "key_hash": hashed(key)}
                sql.execute(schema.runs.insert().values(**keys, action=action, fingerprint=fingerprint, **running))
                return None
            if (row.action, row.fingerprint) != (action, fingerprint):
                raise InvalidInputs("idempotency_key_reused", key=key, action=row.action)
            if row.state == _DONE:
                outputs: Outputs = self._vault.cipher.open_json(row.outputs)
                return outputs
            if row.state == _RUNNING and row.until > now:
                raise NotReady("idempotency_key_in_use", key=key, retry_in_seconds=5)
            if creates:
                raise OutcomeUnknown("outcome_unknown", key=key, action=action)
            sql.execute(update(schema.runs).where(mine).values(running))
            return None

        return self._vault.database.write(work)

    def finish(self, connection: str, key: str, outputs: Outputs) -> None:
        """Store what the run came to."""
        self._set(connection, key, _DONE, self._vault.cipher.seal_json(outputs))

    def unclear(self, connection: str, key: str) -> None:
        """Keep a creating run from being done again: it may have changed something."""
        self._set(connection, key, _UNCLEAR, None)

    def forget(self, connection: str, key: str) -> None:
        """Let the key be used again: the run changed nothing."""
        mine = self._is(connection, key)
        self._vault.database.write(lambda sql: sql.execute(delete(schema.runs).where(mine)))

    def _set(self, connection: str, key: str, state: str, outputs: str | None) -> None:
        changed = update(schema.runs).where(self._is(connection, key)).values(state=state, outputs=outputs)
        self._vault.database.write(lambda sql: sql.execute(changed))

    def _is(self, connection: str, key: str) -> ColumnElement[bool]:
        return and_(
            _table.tenant == self._vault.tenant, _table.connection == connection, _table.key_hash == hashed(key)
        )
