import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from processes import exit_codes
from store import elsewhere
from store.world import FakeKeyring

from zoom_connector.errors import SettingsError
from zoom_connector.store import SqlStore
from zoom_connector.store.cipher import new_key

HEADLESS = FakeKeyring()


def open_store(database: Path, *keys: str, keyring: FakeKeyring = HEADLESS, patience: float = 30.0) -> None:
    SqlStore.open(f"sqlite:///{database}", keys=keys, keyring=keyring, patience=patience).close()


def refused(database: Path, *keys: str, keyring: FakeKeyring = HEADLESS) -> tuple[str, dict[str, object]]:
    with pytest.raises(SettingsError) as caught:
        open_store(database, *keys, keyring=keyring, patience=0.0)
    return caught.value.code, caught.value.params


@contextmanager
def plain(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database)) as connection:
        yield connection
        connection.commit()


def test_without_a_keyring_the_first_key_goes_into_a_file_for_its_owner_only(database: Path) -> None:
    open_store(database)

    key_file = database.with_name("connections.db.key")
    assert [stat.S_IMODE(file.stat().st_mode) for file in (database, key_file)] == [0o600, 0o600]
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_a_key_in_its_file_opens_the_store_again(database: Path) -> None:
    open_store(database)
    key = database.with_name("connections.db.key").read_text()

    open_store(database)

    assert database.with_name("connections.db.key").read_text() == key


def test_with_a_keyring_no_key_lies_beside_the_database(database: Path) -> None:
    keyring = FakeKeyring(keeps=True)

    open_store(database, keyring=keyring)
    open_store(database, keyring=keyring)

    assert len(keyring.secrets) == 1
    assert not database.with_name("connections.db.key").exists()


def test_a_store_whose_key_is_gone_asks_for_it(database: Path) -> None:
    open_store(database)
    database.with_name("connections.db.key").unlink()

    assert refused(database) == ("key_missing", {"path": str(database)})


def test_a_key_of_another_store_is_named_as_wrong(database: Path) -> None:
    open_store(database, new_key())

    assert refused(database, new_key()) == ("key_wrong", {"path": str(database)})


def test_a_key_that_is_none_is_not_repeated(database: Path) -> None:
    assert refused(database, "correct horse") == ("key_invalid", {"path": str(database)})


def test_a_new_key_opens_the_store_only_together_with_the_old_one(database: Path) -> None:
    old, new = new_key(), new_key()
    open_store(database, old)

    open_store(database, new, old)

    assert refused(database, new)[0] == "key_wrong"
    assert refused(database, old)[0] == "key_wrong"


def test_a_key_file_that_cannot_be_read_is_named(database: Path) -> None:
    key_file = database.with_name("connections.db.key")
    key_file.mkdir(parents=True)

    assert refused(database) == ("key_unusable", {"path": str(key_file)})


def test_a_database_that_another_program_holds_is_named_as_locked(database: Path) -> None:
    open_store(database)
    with plain(database) as other:
        other.execute("DELETE FROM store_keys")
        other.commit()
        other.execute("BEGIN IMMEDIATE")

        assert refused(database, new_key()) == ("database_locked", {"path": str(database)})


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    database = tmp_path / "file" / "data" / "connections.db"

    assert refused(database) == ("database_unusable", {"path": str(database), "reason": "Not a directory"})


def test_a_file_that_is_no_database_is_left_alone(database: Path) -> None:
    database.parent.mkdir()
    database.write_bytes(b"Minutes of the meeting, not a database at all. " * 100)

    assert refused(database) == ("database_corrupted", {"path": str(database)})
    assert database.read_bytes().startswith(b"Minutes of the meeting")


def test_a_database_of_another_program_is_left_alone(database: Path) -> None:
    database.parent.mkdir()
    with plain(database) as other:
        other.execute("CREATE TABLE invoices (id INTEGER)")

    assert refused(database) == ("database_foreign", {"path": str(database)})
    with plain(database) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("invoices",)]


def test_a_database_of_a_newer_version_is_left_alone(database: Path) -> None:
    open_store(database)
    with plain(database) as other:
        other.execute("UPDATE zoom_connector_version SET version_num = '9999'")

    assert refused(database) == ("database_newer", {"path": str(database)})


@pytest.mark.parametrize("url", ["no address", "unheardof://jo:hunter2@db.example.com/zoom"])
def test_an_address_that_cannot_be_used_is_not_repeated(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        SqlStore.open(url)

    expected = {"setting": "ZOOM_CONNECTOR_DATABASE_URL", "fault": "not_a_database"}
    assert (caught.value.code, caught.value.params) == ("setting_invalid", expected)


def test_processes_that_start_together_agree_on_tables_and_key(database: Path) -> None:
    ended = exit_codes(4, elsewhere.open_store, f"sqlite:///{database}")

    assert ended == [0] * 4
    with plain(database) as other:
        assert other.execute("SELECT count(*) FROM store_keys").fetchone() == (1,)
