"""What only one worker at a time may do, by name: a row that says until when it is taken."""

from datetime import timedelta

from sqlalchemy import Connection, and_, select, update

from . import schema
from .vault import Vault, hashed

_table = schema.holds.c


def take(vault: Vault, mark: str, owner: str, life: timedelta) -> bool:
    """Take a mark until `life` is over; False while somebody else has it."""
    now = vault.clock.now()
    mine = and_(_table.tenant == vault.tenant, _table.mark_hash == hashed(mark))

    def work(sql: Connection) -> bool:
        if sql.execute(select(_table.until).where(mine)).first() is None:
            values = {"tenant": vault.tenant, "mark_hash": hashed(mark), "owner": owner, "until": now + life}
            sql.execute(schema.holds.insert().values(values))
            return True
        taken = update(schema.holds).where(mine, _table.until <= now).values(owner=owner, until=now + life)
        return sql.execute(taken).rowcount == 1

    return vault.database.write(work)
