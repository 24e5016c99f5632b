"""What only a database server can do wrong."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
from postgres import PASSWORD, PostgresServer
from sqlalchemy import Connection, text
from store.world import APP, Signer

from zoom_connector.errors import SettingsError
from zoom_connector.store import SqlStore, Tokens
from zoom_connector.store.cipher import new_key
from zoom_connector.store.database import Database

KEY = new_key()


def refused(url: str, *keys: str) -> tuple[str, dict[str, object]]:
    with pytest.raises(SettingsError) as caught:
        SqlStore.open(url, keys=keys, patience=2.0)
    assert PASSWORD not in f"{caught.value} {caught.value.__cause__}"
    return caught.value.code, caught.value.params


@pytest.fixture
def url(postgres: PostgresServer) -> str:
    return postgres.new_database()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url, patience=1.0)
    yield database
    database.close()


def test_a_server_that_is_not_there_is_named_without_the_password() -> None:
    url = f"postgresql://jo:{PASSWORD}@127.0.0.1:1/zoom"

    assert refused(url, KEY) == ("database_unreachable", {"server": "127.0.0.1:1"})


def test_a_wrong_password_is_not_repeated(postgres: PostgresServer) -> None:
    assert refused(postgres.url("postgres", password="wrong"), KEY) == (
        "database_login_refused",
        {"server": str(postgres.folder)},
    )


def test_a_database_that_does_not_exist_is_named(postgres: PostgresServer) -> None:
    expected = {"server": str(postgres.folder), "database": "nowhere"}

    assert refused(postgres.url("nowhere"), KEY) == ("database_missing", expected)


def test_a_server_never_gets_a_key_that_was_made_by_itself(url: str) -> None:
    assert refused(url) == ("key_needed", {})


def test_a_server_whose_key_is_gone_asks_for_it(url: str) -> None:
    SqlStore.open(url, keys=[KEY]).close()

    assert (refused(url), refused(url, new_key())) == (("key_missing", {}), ("key_wrong", {}))


def test_a_missing_driver_names_what_to_install(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    assert refused(url, KEY) == ("database_driver_missing", {"extra": "postgres"})


def test_a_database_of_another_program_is_left_alone(postgres: PostgresServer, url: str) -> None:
    postgres.execute("CREATE TABLE invoices (id INTEGER)", url=url)

    assert refused(url, KEY) == ("database_foreign", {})
    assert postgres.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", url=url) == [("invoices",)]


def test_a_database_of_a_newer_version_is_left_alone(postgres: PostgresServer, url: str) -> None:
    SqlStore.open(url, keys=[KEY]).close()
    postgres.execute("UPDATE zoom_connector_version SET version_num = '9999'", url=url)

    assert refused(url, KEY) == ("database_newer", {})


def test_the_short_name_of_the_address_will_do(url: str) -> None:
    SqlStore.open(url.replace("postgresql://", "postgres://"), keys=[KEY]).close()


def test_workers_that_start_together_agree_on_tables_and_key(postgres: PostgresServer, url: str) -> None:
    with ThreadPoolExecutor(8) as workers:
        for store in workers.map(lambda _: SqlStore.open(url, keys=[KEY]), range(8)):
            store.close()

    assert postgres.execute("SELECT count(*) FROM store_keys", url=url) == [(1,)]


@pytest.mark.parametrize("state", ["40P01", "40001"])
def test_a_transaction_that_the_server_broke_off_in_favour_of_another_is_run_again(
    database: Database, state: str
) -> None:
    attempts: list[int] = []

    def lose_once(sql: Connection) -> str:
        attempts.append(len(attempts))
        if len(attempts) == 1:
            sql.execute(text(f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$"))
        return "written"

    outcome = database.write(lose_once)

    assert (outcome, attempts) == ("written", [0, 1])


def test_a_row_that_another_program_holds_too_long_counts_as_busy(
    postgres: PostgresServer, url: str, tokens: Tokens
) -> None:
    with SqlStore.open(url, keys=[KEY], patience=1.0) as store:
        Signer(store, tokens).connect("sales")
        with (
            psycopg.connect(url) as other,
            other.execute("SELECT * FROM apps FOR UPDATE"),
            pytest.raises(SettingsError) as caught,
        ):
            store.apps.refresh(replace(APP, client_secret="renewed-secret"))

    assert (caught.value.code, caught.value.params) == ("database_locked", {"server": str(postgres.folder)})


def test_a_server_that_was_restarted_meanwhile_is_no_failure(postgres: PostgresServer, url: str) -> None:
    with SqlStore.open(url, keys=[KEY]) as store:
        store.connections.all()
        postgres.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'zoom-connector'"
        )

        assert store.connections.all() == []
