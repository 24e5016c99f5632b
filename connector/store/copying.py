"""Move a store to another database, for example from SQLite to PostgreSQL."""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, select

from ..clock import Clock, SystemClock
from ..errors import SettingsError
from . import postgresql, schema
from .cipher import Cipher
from .columns import Sealed
from .database import Database
from .keys import Keyring, KeySource, SystemKeyring
from .unlocking import bring_up, fingerprints, named, unlock, used_keys

_TABLES = [table for table in schema.metadata.sorted_tables if table is not schema.store_keys]

Rows = dict[Table, list[dict[str, Any]]]


def copy(
    source_url: str,
    target_url: str,
    *,
    keys: Sequence[str] = (),
    clock: Clock | None = None,
    keyring: Keyring | None = None,
) -> int:
    """Copy everything, of all tenants, into an empty store, and seal it with that one's newest key.

    Nobody may work with the source meanwhile, nor afterwards: what is renewed in one would be dead in the other.

    Args:
        source_url: of the database to copy from, as for `SqlStore.open`.
        target_url: of the database to copy to.
        keys: of the target, and of a source that has made none itself, newest first.
        clock: the computer's when left out.
        keyring: the operating system's when left out.

    Returns:
        How many connections were copied.

    Raises:
        SettingsError: `database_missing`, there is nothing to copy; `store_not_empty`, the target has connections or
            traces of work; or as `SqlStore.open`.
    """
    clock, keyring = clock or SystemClock(), keyring or SystemKeyring()
    source = Database(source_url, patience=10.0)
    with closing(source), named(source):
        if source.file and not source.file.stat().st_size:
            source.file.unlink()  # opening has made it
            raise SettingsError("database_missing", database=str(source.file))
        bring_up(source)
        cipher = _cipher(source, keys, keyring)
        rows = _changed(source.read(_all), cipher.open)
    target = Database(target_url, patience=10.0)
    with closing(target), named(target):
        cipher = unlock(target, KeySource(keys, target.file, keyring), clock)
        target.alone(partial(_fill, _changed(rows, cipher.seal)))
    return len(rows[schema.connections])


def _cipher(source: Database, keys: Sequence[str], keyring: Keyring) -> Cipher:
    used = fingerprints(source.read(used_keys))
    try:
        return KeySource((), source.file, keyring).find(used)
    except SettingsError as error:
        if error.code != "key_missing":
            raise
        return KeySource(keys, source.file, keyring).find(used)


def _all(sql: Connection) -> Rows:
    return {table: [dict(row) for row in sql.execute(select(table)).mappings()] for table in _TABLES}


def _fill(rows: Rows, sql: Connection) -> None:
    if any(sql.execute(select(table).limit(1)).first() for table in _TABLES):
        raise SettingsError("store_not_empty")
    for table in _TABLES:
        if rows[table]:
            sql.execute(table.insert(), rows[table])
    if sql.dialect.name == "postgresql":
        postgresql.count_on(sql, table=schema.events.name, column=schema.events.c.position.name)


def _changed(rows: Rows, change: Callable[[str], str]) -> Rows:
    """Return the rows with every sealed value opened, or the other way round."""
    return {
        table: [
            {
                name: change(value) if isinstance(table.c[name].type, Sealed) and value is not None else value
                for name, value in row.items()
            }
            for row in found
        ]
        for table, found in rows.items()
    }
