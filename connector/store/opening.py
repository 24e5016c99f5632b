"""Open a store: find the database, its tables and its key."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from ..clock import Clock, SystemClock
from .api_keys import ApiKeys
from .apps import Apps
from .budgets import SharedBudget
from .claims import Claims
from .connections import Connections
from .database import Database
from .deliveries import Deliveries
from .events import Events
from .failures import Failures
from .grants import Grants
from .jobs import Jobs
from .keys import Keyring, KeySource, SystemKeyring
from .removals import Removals
from .runs import Runs
from .sign_ins import SignIns
from .subscriptions import Subscriptions
from .unlocking import named, unlock
from .vault import Vault
from .webhooks import Webhooks


class SqlStore:
    """A store in SQLite or PostgreSQL (`protocol.Store`). Threads may share it; use it in a `with`, or close it.

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
        self.removals = Removals(vault)
        self.webhooks = Webhooks(vault)
        self.events = Events(vault)
        self.subscriptions = Subscriptions(vault)
        self.deliveries = Deliveries(vault)
        self.api_keys = ApiKeys(vault)
        self.jobs = Jobs(vault)
        self.failures = Failures(vault)

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
            url: `sqlite:///file` or `postgresql://user:password@host/database`; an SQLite file and its folder are made
                when they are missing, a database on a server is not.
            keys: Fernet keys, newest first; see `store.keys` for what happens without.
            tenant: whose things to see; nothing of other tenants can be reached.
            clock: the computer's when left out.
            keyring: the operating system's when left out.
            patience: seconds to wait for another process that is writing.

        Raises:
            SettingsError: a code that begins with `database_` or `key_`, or `setting_invalid`.
            FileFailed: `disk_full`.
        """
        clock = clock or SystemClock()
        database = Database(url, patience=patience)
        with named(database):
            cipher = unlock(database, KeySource(keys, database.file, keyring or SystemKeyring()), clock)
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
