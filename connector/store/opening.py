"""Open a store: find the database, its tables and its key."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select

from ..clock import Clock, SystemClock
from ..errors import ZoomConnectorError
from . import keys as key_search
from . import schema
from .apps import Apps
from .budgets import SharedBudget
from .cipher import Cipher
from .claims import Claims
from .connections import Connections
from .database import Database
from .grants import Grants
from .keys import Keyring, SystemKeyring
from .migrate import is_current, migrate
from .runs import Runs
from .sign_ins import SignIns
from .vault import Vault


class Store:
    """One tenant's part of what outlives the process. Threads may share it; use it in a `with`, or close it.

    Use `open`.
    """

    def __init__(self, vault: Vault) -> None:
        self._database = vault.database
        self.apps = Apps(vault)
        self.grants = Grants(vault)
        self.connections = Connections(vault)
        self.sign_ins = SignIns(vault)
        self.claims = Claims(vault)
        self.budget = SharedBudget(vault)
        self.runs = Runs(vault)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        keys: Sequence[str] = (),
        tenant: str = "default",
        clock: Clock | None = None,
        keyring: Keyring | None = None,
        patience: float = 10.0,
    ) -> Self:
        """Open the database, make or bring up its tables, and find its key.

        Args:
            url: an SQLAlchemy URL; an SQLite file and its folder are made when they are missing.
            keys: Fernet keys, newest first; see `store.keys` for what happens without.
            tenant: whose things to see; nothing of other tenants can be reached.
            clock: the computer's when left out.
            keyring: the operating system's when left out.
            patience: seconds to wait for another process that is writing.

        Raises:
            SettingsError: `database_locked`, `database_unusable`, `database_corrupted`, `database_foreign`,
                `database_newer`, `key_missing`, `key_wrong`, `key_invalid`, `key_unusable` or `setting_invalid`.
            FileFailed: `disk_full`.
        """
        clock = clock or SystemClock()
        database = Database(url, patience=patience)
        try:
            cipher = _prepare(database, keys, clock, keyring or SystemKeyring())
        except ZoomConnectorError as error:
            database.close()
            if database.file:
                error.params.setdefault("path", str(database.file))
            raise
        return cls(Vault(database, cipher, tenant, clock))

    def close(self) -> None:
        """Give the database connections back."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _prepare(database: Database, given: Sequence[str], clock: Clock, keyring: Keyring) -> Cipher:
    if not database.read(is_current):
        database.write(migrate)
    cipher = _cipher(database.read(_fingerprints), given, database, keyring)
    if cipher is not None:
        return cipher

    def add_key(sql: Connection) -> Cipher:
        # Looked at again: another process may have made the store's first key meanwhile.
        used = _fingerprints(sql)
        cipher = key_search.find(given, used, database.file, keyring)
        if cipher.fingerprints[0] not in used:
            sql.execute(schema.store_keys.insert().values(fingerprint=cipher.fingerprints[0], added_at=clock.now()))
        return cipher

    return database.write(add_key)


def _cipher(used: set[str], given: Sequence[str], database: Database, keyring: Keyring) -> Cipher | None:
    """Return the store's cipher, or None when its first or newest key is not written down yet."""
    if not used:
        return None
    cipher = key_search.find(given, used, database.file, keyring)
    return cipher if cipher.fingerprints[0] in used else None


def _fingerprints(sql: Connection) -> set[str]:
    return set(sql.execute(select(schema.store_keys.c.fingerprint)).scalars())
