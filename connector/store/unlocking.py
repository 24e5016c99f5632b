"""Bring a database to where a store can work: its tables, and the keys that fit it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from ..clock import Clock
from ..errors import ZoomConnectorError
from . import schema
from .cipher import Cipher
from .database import Database
from .keys import KeySource
from .migrate import is_current, migrate


@dataclass(frozen=True)
class UsedKey:
    """A key that may have sealed something in a store."""

    fingerprint: str
    added_at: datetime


@contextmanager
def named(database: Database) -> Iterator[None]:
    """Close the database after a failure, and let the failure name its file."""
    try:
        yield
    except ZoomConnectorError as error:
        database.close()
        if database.file:
            error.params.setdefault("path", str(database.file))
        raise


def bring_up(database: Database) -> None:
    """Make the tables of this version, or say why not; see `migrate`."""
    if not database.read(is_current):
        database.alone(migrate)


def unlock(database: Database, source: KeySource, clock: Clock) -> Cipher:
    """Make or bring up the tables, find the keys, and write down the newest as used."""
    bring_up(database)
    cipher = _known(database.read(used_keys), source)
    if cipher is not None:
        return cipher

    def add_key(sql: Connection) -> Cipher:
        # Looked at again: another process may have made the store's first key meanwhile.
        used = fingerprints(used_keys(sql))
        cipher = source.find(used)
        if cipher.fingerprints[0] not in used:
            note(cipher.fingerprints[0], clock, sql)
        return cipher

    return database.alone(add_key)


def unlock_to_look(database: Database, source: KeySource) -> Cipher | None:
    """Find the keys of a store whose tables are those of this version, and write nothing down.

    Returns:
        None for a store that nothing was sealed in yet.

    Raises:
        SettingsError: as `KeySource.find`.
    """
    used = fingerprints(database.read(used_keys))
    return source.find(used) if used else None


def used_keys(sql: Connection) -> list[UsedKey]:
    """Return the keys of a store, newest first."""
    query = select(schema.store_keys).order_by(schema.store_keys.c.added_at.desc())
    return [UsedKey(row.fingerprint, row.added_at) for row in sql.execute(query)]


def note(fingerprint: str, clock: Clock, sql: Connection) -> None:
    """Write down that a key is used from now on."""
    sql.execute(schema.store_keys.insert().values(fingerprint=fingerprint, added_at=clock.now()))


def fingerprints(keys: Sequence[UsedKey]) -> list[str]:
    """Return their names."""
    return [key.fingerprint for key in keys]


def _known(used: Sequence[UsedKey], source: KeySource) -> Cipher | None:
    """Return the store's cipher, or None when its first or newest key is not written down yet."""
    if not used:
        return None
    cipher = source.find(fingerprints(used))
    return cipher if cipher.fingerprints[0] in fingerprints(used) else None
