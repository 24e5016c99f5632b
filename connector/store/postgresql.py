"""Everything that is true of PostgreSQL only.

https://www.postgresql.org/docs/current/errcodes-appendix.html, https://www.psycopg.org/psycopg3/docs/
"""

import math

from sqlalchemy import URL, Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from ..errors import FileFailed, SettingsError, ZoomConnectorError

_POOL = 5
"""Connections per process: transactions are short, and a server hands out about a hundred to everybody together."""
_ONLY_ONE = 0x7A6F6F6D
"""Number of the advisory lock ("zoom") that changes of the whole database take; other programs choose other numbers."""
_LOST_RACE = ("40001", "40P01")  # serialization_failure, deadlock_detected
_BUSY = (*_LOST_RACE, "55P03", "57014", "53300")  # lock_not_available, query_canceled, too_many_connections
_STOPPING = ("57P01", "57P02", "57P03")  # admin_shutdown, crash_shutdown, cannot_connect_now


def open_engine(url: URL, *, patience: float, read_only: bool = False) -> Engine:
    """Make an engine on a server; nothing is connected yet.

    Args:
        url: any URL of a PostgreSQL database, whatever driver it names.
        patience: seconds to wait for the server, and for another process to finish writing.
        read_only: let the server refuse whatever writes.

    Raises:
        SettingsError: `database_driver_missing`.
    """
    limit = max(1, math.ceil(patience))
    # A server cleans up by itself after a worker that died or slept in the middle of a transaction.
    limits = f"-c lock_timeout={limit}s -c statement_timeout={2 * limit}s"
    limits += f" -c idle_in_transaction_session_timeout={2 * limit}s"
    if read_only:
        limits += " -c default_transaction_read_only=on"
    options = " ".join(filter(None, [limits, *_listed(url.query.get("options"))]))
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg").difference_update_query(["options"]),
            connect_args={"connect_timeout": max(2, limit), "options": options, "application_name": "zoom-connector"},
            pool_size=_POOL,
            max_overflow=0,
            pool_timeout=limit,
            pool_pre_ping=True,  # a server that was restarted meanwhile is no failure
            hide_parameters=True,
        )
    except ModuleNotFoundError as error:
        raise SettingsError("database_driver_missing", extra="postgres") from error


def be_the_only_one(connection: Connection) -> None:
    """Wait until no other process changes the database as a whole, for the rest of the transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONLY_ONE})


def count_on(connection: Connection, *, table: str, column: str) -> None:
    """Let a column that counts by itself go on after the rows that were copied into it."""
    last = f"(SELECT max({column}) FROM {table})"  # noqa: S608 (names of our own)
    connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), {last})"))


def lost_a_race(error: DBAPIError) -> bool:
    """Say whether the same transaction would succeed when it is run once more."""
    return _state(error) in _LOST_RACE


def failure(error: DBAPIError, url: URL) -> ZoomConnectorError:
    """Name what PostgreSQL could not do. Its own sentences are not passed on: they may quote what was to be stored."""
    server = f"{url.host or url.query.get('host') or 'localhost'}{f':{url.port}' if url.port else ''}"
    state = _state(error)
    if not state or state in _STOPPING or state.startswith("08") or error.connection_invalidated:
        return _not_connected(str(error.orig), server, url)
    if state in _BUSY:
        return SettingsError("database_locked", server=server)
    if state == "53100":
        return FileFailed("disk_full", server=server)
    return SettingsError("database_unusable", server=server, reason=f"{type(error.orig).__name__}, {state}")


def _not_connected(sentence: str, server: str, url: URL) -> ZoomConnectorError:
    # A connection that was refused carries no code, so its English sentence has to do.
    # https://github.com/psycopg/psycopg/issues/1155
    if f'database "{url.database}" does not exist' in sentence:
        return SettingsError("database_missing", server=server, database=url.database)
    if any(part in sentence for part in ("authentication failed", "no password supplied", "role", "pg_hba.conf")):
        return SettingsError("database_login_refused", server=server)
    return SettingsError("database_unreachable", server=server)


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _listed(value: "str | tuple[str, ...] | None") -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value
