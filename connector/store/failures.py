"""What failed lately: codes and Zoom's tracking ids, and nothing that says who did what with which meeting."""

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import Connection, and_, delete, or_, select

from . import schema
from .helping import Failed
from .vault import Vault

_KEPT = timedelta(days=30)
_MOST = 200

_table = schema.failures.c


class Failures:
    """The failures of a tenant, the latest 200 of the last 30 days."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def note(self, failed: Failed) -> None:
        """Keep a failure, and let go of those that are too old or too many."""
        vault = self._vault
        mine = _table.tenant == vault.tenant
        latest = select(_table.id).where(mine).order_by(_table.at.desc(), _table.id).limit(_MOST)

        def work(sql: Connection) -> None:
            sql.execute(schema.failures.insert().values(tenant=vault.tenant, id=uuid4().hex, **vars(failed)))
            kept = sql.execute(latest).scalars().all()
            too_much = or_(_table.at < failed.at - _KEPT, _table.id.not_in(kept))
            sql.execute(delete(schema.failures).where(and_(mine, too_much)))

        vault.database.write(work)

    def recent(self) -> list[Failed]:
        """Return what is kept, the latest first."""
        names = list(Failed.__dataclass_fields__)
        query = select(*(_table[name] for name in names)).where(_table.tenant == self._vault.tenant)
        rows = self._vault.database.read(lambda sql: sql.execute(query.order_by(_table.at.desc(), _table.id)).all())
        return [Failed(**dict(zip(names, row, strict=True))) for row in rows]
