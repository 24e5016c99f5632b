"""SQLite files with the tables in them: copying one is quicker than migrating each time."""

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from zoom_connector.store.database import Database
from zoom_connector.store.migrate import migrate


def new_database(file: Path) -> str:
    """Make a database that holds nothing, as the connector would, and return its URL."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    with open(file, "xb", opener=_for_its_owner) as new:
        new.write(_migrated())
    return f"sqlite:///{file}"


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "connections.db"
        database = Database(f"sqlite:///{file}", patience=10)
        database.alone(migrate)
        database.close()
        return file.read_bytes()


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
