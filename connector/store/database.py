"""A database and its short transactions, with failures in the connector's own words."""

import sqlite3
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError

from ..errors import SettingsError, ZoomConnectorError
from . import sqlite

T = TypeVar("T")


class Database:
    """An open database.

    Args:
        url: an SQLAlchemy URL.
        patience: seconds to wait for another process to finish writing.

    Raises:
        SettingsError: the URL is wrong, or its file cannot be made.
    """

    def __init__(self, url: str, *, patience: float) -> None:
        try:
            parsed = make_url(url)
            self.file = sqlite.file_of(parsed) if parsed.get_backend_name() == "sqlite" else None
            self._engine: Engine = (
                sqlite.open_engine(parsed, patience=patience)
                if self.file
                else create_engine(parsed, hide_parameters=True)
            )
        except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
            # The URL may hold a password, so no library's sentence about it is passed on.
            reason = "no database driver of this name is installed"
            if isinstance(error, ArgumentError) and not isinstance(error, NoSuchModuleError):
                reason = "not an address of a database, such as sqlite:////folder/file.db"
            raise SettingsError("setting_invalid", setting="ZOOM_CONNECTOR_DATABASE_URL", reason=reason) from None

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` finds in one transaction."""
        return self._run(work, writes=False)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` comes to in one transaction, which is committed.

        Two transactions may both miss a row and both insert it; the one that loses is run once more and finds it.
        """
        try:
            return self._run(work, writes=True)
        except IntegrityError:
            return self._run(work, writes=True)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        try:
            with self._engine.connect().execution_options(**{sqlite.WRITES: writes}) as sql, sql.begin():
                return work(sql)
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise self._failure(error) from error

    def _failure(self, error: DBAPIError) -> ZoomConnectorError:
        if self.file and isinstance(error.orig, sqlite3.Error):
            return sqlite.failure(error.orig, self.file)
        return SettingsError("database_unusable", reason=type(error.orig).__name__)
