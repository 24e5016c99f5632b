"""Change the key of a store while others work with it.

Whoever works with it has the new key and the old one. What the old one sealed is sealed again in small transactions,
and only where nobody has changed it meanwhile; when nothing is left, the old key is struck off. An interrupted rotation
is taken up again by the next.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    RowMapping,
    Select,
    Table,
    Update,
    delete,
    func,
    literal,
    select,
    tuple_,
    update,
)

from ..clock import Clock, SystemClock
from ..zoom.progress import Progress, silent
from . import schema
from .cipher import Cipher
from .columns import Sealed
from .database import Database
from .keys import Keyring, KeySource, SystemKeyring
from .unlocking import fingerprints, named, note, unlock, used_keys

_BATCH = 100
"""Rows per transaction: a few milliseconds, so that nobody waits for a rotation."""


@dataclass(frozen=True)
class KeyUse:
    """A key of a store, by its name."""

    fingerprint: str
    added_at: datetime
    seals: int
    """Values in the store that need this key."""


def rotate(
    url: str,
    *,
    keys: Sequence[str] = (),
    clock: Clock | None = None,
    keyring: Keyring | None = None,
    progress: Progress = silent,
) -> int:
    """Seal everything with the newest key, and let the store refuse the older ones from then on.

    Args:
        url: of the database, as for `SqlStore.open`.
        keys: newest first, as for `SqlStore.open`; without, a new one is made where the store has made its own.
        clock: the computer's when left out.
        keyring: the operating system's when left out.
        progress: told after every hundred rows.

    Returns:
        How many rows were sealed again.

    Raises:
        SettingsError: as `SqlStore.open`.
    """
    clock = clock or SystemClock()
    database = Database(url, patience=10.0)
    source = KeySource(keys, database.file, keyring or SystemKeyring())
    with closing(database), named(database):
        unlock(database, source, clock)
        used = fingerprints(database.read(used_keys))
        if len(used) == 1 and (made := source.add(used)):  # otherwise a rotation was interrupted, and its key is there
            database.write(partial(note, made, clock))
        cipher = unlock(database, source, clock)
        sealed = 0
        while again := _reseal_all(database, cipher, progress):
            sealed += again
        database.alone(partial(_strike_off, cipher))
        return sealed


def keys_in_use(
    url: str, *, keys: Sequence[str] = (), clock: Clock | None = None, keyring: Keyring | None = None
) -> list[KeyUse]:
    """Return the keys of a store, newest first, with what they are needed for; the arguments are those of `rotate`.

    Raises:
        SettingsError: as `SqlStore.open`.
    """
    database = Database(url, patience=10.0)
    source = KeySource(keys, database.file, keyring or SystemKeyring())
    with closing(database), named(database):
        cipher = unlock(database, source, clock or SystemClock())
        seals = Counter(
            cipher.sealer(row[column])
            for table in _tables()
            for rows in _rows(database, table)
            for row in rows
            for column in _sealed(table)
            if row[column] is not None
        )
        used = database.read(used_keys)
    return [KeyUse(key.fingerprint, key.added_at, seals[key.fingerprint]) for key in used]


def _reseal_all(database: Database, cipher: Cipher, progress: Progress) -> int:
    """Go through all tables once, and return how many values an older key had sealed."""
    total = database.read(lambda sql: sum(_count(sql, table) for table in _tables()))
    done = found = 0
    for table in _tables():
        for rows in _rows(database, table):
            changes = [change for row in rows if (change := _reseal(row, table, cipher)) is not None]
            if changes:
                database.write(partial(_execute, changes))
            found += len(changes)
            done += len(rows)
            progress(done, total, "Encrypting again")
    return found


def _reseal(row: RowMapping, table: Table, cipher: Cipher) -> Update | None:
    """Return what seals a row with the newest key, or None when that key has sealed it."""
    stale = [
        column
        for column in _sealed(table)
        if row[column] is not None and cipher.sealer(row[column]) != cipher.fingerprints[0]
    ]
    if not stale:
        return None
    # Where somebody writes something newer meanwhile, that stays; it is looked at in the next round.
    unchanged = [column == row[column] for column in (*table.primary_key.columns, *stale)]
    return update(table).where(*unchanged).values({column: cipher.seal(cipher.open(row[column])) for column in stale})


def _execute(changes: Sequence[Update], sql: Connection) -> None:
    for change in changes:
        sql.execute(change)


def _strike_off(cipher: Cipher, sql: Connection) -> None:
    sql.execute(delete(schema.store_keys).where(schema.store_keys.c.fingerprint != cipher.fingerprints[0]))


def _tables() -> list[Table]:
    return [table for table in schema.metadata.sorted_tables if _sealed(table)]


def _sealed(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if isinstance(column.type, Sealed)]


def _count(sql: Connection, table: Table) -> int:
    return sql.execute(select(func.count()).select_from(table)).scalar_one()


def _rows(database: Database, table: Table) -> Iterator[Sequence[RowMapping]]:
    """Yield the keys and sealed values of a table, a batch at a time."""
    keys = list(table.primary_key.columns)
    first = select(*keys, *_sealed(table)).order_by(*keys).limit(_BATCH)
    rows = database.read(partial(_all, first))
    while rows:
        yield rows
        last = tuple_(*(literal(rows[-1][key], key.type) for key in keys))
        rows = database.read(partial(_all, first.where(tuple_(*keys) > last)))


def _all(query: Select[Any], sql: Connection) -> Sequence[RowMapping]:
    return sql.execute(query).mappings().all()
