"""Everything that is true of SQLite only.

https://www.sqlite.org/wal.html, https://docs.sqlalchemy.org/en/21/dialects/sqlite.html
"""

import os
import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from ..errors import FileFailed, SettingsError, ZoomConnectorError

WRITES = "zoom_connector_writes"
"""Execution option of a connection whose transaction will write."""


def file_of(url: URL) -> Path:
    """Return the database file that a URL names."""
    return Path(url.database or "").expanduser().absolute()


def open_engine(url: URL, *, patience: float) -> Engine:
    """Make the file, for its owner only, and an engine on it.

    Args:
        url: an SQLite URL with a file.
        patience: seconds to wait for another process to finish writing.

    Raises:
        SettingsError: `database_unusable`.
    """
    file = file_of(url)
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # SQLite itself would make a file that everybody may read.
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise SettingsError("database_unusable", path=str(file), reason=error.strerror) from error
    engine = create_engine(
        url.set(database=str(file)), connect_args={"timeout": patience}, hide_parameters=True, echo=False
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def look_engine(url: URL, *, patience: float) -> Engine:
    """Make an engine that changes nothing: the file is not made, and its journal stays what it is."""
    uri = f"{file_of(url).as_uri()}?mode=rw"
    engine = create_engine(
        url.set(database=uri).update_query_dict({"uri": "true"}),
        connect_args={"timeout": patience},
        hide_parameters=True,
        echo=False,
    )
    event.listen(engine, "connect", _only_look)
    event.listen(engine, "begin", _begin)
    return engine


def _only_look(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # With `mode=ro` SQLite cannot tidy up behind itself and leaves files beside the database.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    # The driver's own habit of beginning transactions late would let two readers both decide to write.
    connection.isolation_level = None
    cursor = connection.cursor()
    # `secure_delete`: what an old key has sealed is not left in pages that are free now.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def failure(error: sqlite3.Error, file: Path) -> ZoomConnectorError:
    """Name what SQLite could not do."""
    path = str(file)
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return SettingsError("database_locked", path=path)
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return SettingsError("database_corrupted", path=path)
    if name.startswith("SQLITE_FULL"):
        return FileFailed("disk_full", path=path)
    return SettingsError("database_unusable", path=path, reason=str(error))
