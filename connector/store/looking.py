"""Look at a store without changing anything: no table is made or brought up, no key is made or written down."""

from collections.abc import Sequence

from ..clock import Clock
from .database import Database
from .keys import KeySource, SystemKeyring
from .migrate import check
from .opening import SqlStore
from .unlocking import named, unlock_to_look
from .vault import Vault


def find_database(url: str, *, patience: float = 10.0) -> Database | None:
    """Return the database, if it is there and its tables are those of this version; writing to it fails.

    Raises:
        SettingsError: a code that begins with `database_`, among them `database_behind`.
    """
    database = Database(url, patience=patience, read_only=True)
    if database.file and not database.file.exists():
        return None
    with named(database):
        database.read(check)
    return database


def open_to_look(database: Database, *, keys: Sequence[str], tenant: str, clock: Clock) -> SqlStore | None:
    """Return the store in a database, which is closed with the store or after a failure.

    Returns:
        None for a store that nothing was sealed in yet.

    Raises:
        SettingsError: a code that begins with `key_`.
    """
    with named(database):
        cipher = unlock_to_look(database, KeySource(keys, database.file, SystemKeyring()))
    if cipher is None:
        database.close()
        return None
    return SqlStore(Vault(database, cipher, tenant, clock))
