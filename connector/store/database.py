"""A database and its short transactions, with failures in the connector's own words."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from ..errors import SettingsError, ZoomConnectorError
from . import postgresql, sqlite

T = TypeVar("T")

_ATTEMPTS = 4
"""How often a transaction is run that keeps losing races."""


class Database:
    """An open database.

    Args:
        url: of SQLite or PostgreSQL, as SQLAlchemy writes it.
        patience: seconds to wait for another process to finish writing.
        read_only: change nothing, not even by opening it: a file that is not there is not made, and writing fails.

    Raises:
        SettingsError: the URL is wrong, its file cannot be made, or its driver is not installed.
    """

    def __init__(self, url: str, *, patience: float, read_only: bool = False) -> None:
        self.url = _parsed(url)
        self.file: Path | None = None
        self._engine: Engine
        if self.url.get_backend_name() == "sqlite":
            self.file = sqlite.file_of(self.url)
            self._engine = (sqlite.look_engine if read_only else sqlite.open_engine)(self.url, patience=patience)
        else:
            self._engine = postgresql.open_engine(self.url, patience=patience, read_only=read_only)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` finds in one transaction."""
        return self._run(work, writes=False)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Return what `work` comes to in one transaction, which is committed.

        Two transactions may both miss a row and both insert it, or wait for each other's rows; the one that loses is
        run again, and finds what the other did.
        """
        return self._run(work, writes=True)

    def alone(self, work: Callable[[Connection], T]) -> T:
        """Do as `write` does, while no other process does the same."""

        def locked(sql: Connection) -> T:
            if not self.file:  # a transaction that writes to SQLite is alone anyway
                postgresql.be_the_only_one(sql)
            return work(sql)

        return self.write(locked)

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], T], *, writes: bool) -> T:
        attempt = 1
        while True:
            try:
                with self._engine.connect().execution_options(**{sqlite.WRITES: writes}) as sql, sql.begin():
                    return work(sql)
            except NoConnectionFree as error:
                raise SettingsError("database_locked") from error
            except DBAPIError as error:
                lost = isinstance(error, IntegrityError) or (not self.file and postgresql.lost_a_race(error))
                if not lost or attempt == _ATTEMPTS:
                    raise self._failure(error) from error
            attempt += 1

    def _failure(self, error: DBAPIError) -> ZoomConnectorError:
        if isinstance(error, IntegrityError):
            return SettingsError("database_locked")
        if self.file and isinstance(error.orig, sqlite3.Error):
            return sqlite.failure(error.orig, self.file)
        return postgresql.failure(error, self.url)


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() not in ("sqlite", "postgresql"):
        # The URL may hold a password, so neither it nor a library's sentence about it is passed on.
        raise SettingsError("setting_invalid", setting="ZOOM_CONNECTOR_DATABASE_URL", fault="not_a_database")
    return parsed
