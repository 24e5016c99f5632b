from pathlib import Path

from sqlalchemy import Connection
from store.world import START

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
