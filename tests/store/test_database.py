from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from store.world import START

from zoom_connector.errors import SettingsError
from zoom_connector.store.database import Database
from zoom_connector.store.migrate import migrate
from zoom_connector.store.schema import store_keys


def test_a_transaction_that_loses_a_race_for_a_row_is_run_once_more(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'connections.db'}", patience=1.0)
    database.write(migrate)
    attempts: list[int] = []

    def insert(sql: Connection) -> str:
        attempts.append(len(attempts))
        sql.execute(store_keys.insert().values(fingerprint="one", added_at=START))
        if len(attempts) == 1:
            sql.execute(store_keys.insert().values(fingerprint="one", added_at=START))
        return "inserted"

    outcome = database.write(insert)
    database.close()

    assert (outcome, attempts) == ("inserted", [0, 1])


@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("secure_delete", 1)]
)
def test_sqlite_is_safe_from_a_power_cut_and_keeps_no_traces(tmp_path: Path, pragma: str, value: object) -> None:
    database = Database(f"sqlite:///{tmp_path / 'connections.db'}", patience=1.0)

    found = database.read(lambda sql: sql.execute(text(f"PRAGMA {pragma}")).scalar_one())
    database.close()

    assert found == value


def test_a_transaction_that_loses_every_race_counts_as_busy(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'connections.db'}", patience=1.0)
    database.write(migrate)

    def collide(sql: Connection) -> None:
        for _ in range(2):
            sql.execute(store_keys.insert().values(fingerprint="one", added_at=START))

    with pytest.raises(SettingsError) as caught:
        database.write(collide)
    database.close()

    assert caught.value.code == "database_locked"
