"""What every test shares."""

import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from functools import partial, wraps
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
import sqlite
from hypothesis import HealthCheck, settings
from postgres import PostgresServer, started

import zoom_connector
from zoom_connector import ZoomConnectorError
from zoom_connector.store.database import Database
from zoom_connector.store.migrate import migrate

# Machines differ in speed; only what is found counts, not how long finding it took.
profile = partial(settings, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("default", profile(max_examples=100, derandomize=True))
settings.register_profile("fuzz", profile(max_examples=5_000))
settings.load_profile("default")
# Everything is on this machine; without this, requests reads the whole environment twice before every request.
os.environ["no_proxy"] = "127.0.0.1"
# What is said is compared with English, whatever the system speaks that the tests run on.
os.environ["ZOOM_CONNECTOR_LANG"] = "en"


_SECRETS = (
    "sandbox-token-",
    "sandbox-secret",
    "sandbox-granular-secret",
    "sandbox-admin-secret",
    "sandbox-server-secret",
    "sandbox-webhook-secret",
)
"""How the local Zoom's tokens begin, and its apps' secrets."""


_shown: list[str] = []
"""What values of ours look like that hold a secret and show it."""


@pytest.fixture(scope="session", autouse=True)
def every_value_is_looked_at() -> None:
    """From now on every value of ours that is made in this process is written as a log or a debugger would write it."""
    names = [each.name for each in walk_packages(zoom_connector.__path__, "zoom_connector.")]
    # Alembic runs the modules of migrations by itself, in a context of its own.
    modules = [import_module(name) for name in names if ".migrations" not in name]
    kinds = {
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and is_dataclass(kind) and kind.__module__ == module.__name__
    }
    for kind in kinds - {each for each in kinds if each.__module__.startswith("zoom_connector.sandbox")}:
        setattr(kind, "__init__", _looked_at(vars(kind)["__init__"]))  # noqa: B010 - mypy refuses the plain form


def _looked_at(init: Callable[..., None]) -> Callable[..., None]:
    @wraps(init)
    def made(self: object, *arguments: Any, **options: Any) -> None:
        init(self, *arguments, **options)
        text = repr(self)
        if any(secret in text for secret in _SECRETS):
            _shown.append(text)

    return made


@pytest.fixture(autouse=True)
def no_secret_is_written_down(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """After every test: no token and no secret in the log, the database files, a failure or the `repr` of a value."""
    failures: list[ZoomConnectorError] = []
    as_ever = ZoomConnectorError.__init__

    def noted(self: ZoomConnectorError, *arguments: Any, **options: Any) -> None:
        as_ever(self, *arguments, **options)
        failures.append(self)

    monkeypatch.setattr(ZoomConnectorError, "__init__", noted)
    caplog.set_level(logging.DEBUG)
    yield
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    written = [f"{record.getMessage()} {record.exc_text}" for record in records]
    written += [f"{failure} {failure!r} {vars(failure)}" for failure in failures]
    folder = request.node.funcargs.get("tmp_path")
    if folder is not None:
        written += [file.read_bytes().decode("latin-1") for file in folder.rglob("*.db*") if file.is_file()]
    assert [secret for secret in _SECRETS for text in written if secret in text] == []
    shown = [*_shown]
    _shown.clear()
    assert shown == []


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server, one for each process that runs tests."""
    with started() as server:
        yield server


@pytest.fixture(scope="session")
def with_tables(postgres: PostgresServer) -> str:
    """Name of a database with the tables in it: copying it is quicker than migrating each time."""
    url = postgres.new_database()
    database = Database(url, patience=10)
    database.alone(migrate)
    database.close()
    return url.removeprefix("postgresql://").partition("/")[2].partition("?")[0]


@pytest.fixture(scope="session")
def used_databases() -> list[str]:
    """Addresses of PostgreSQL databases that earlier tests are done with, empty again."""
    return []


@pytest.fixture
def new_database(
    request: pytest.FixtureRequest, used_databases: list[str], tmp_path: Path
) -> Iterator[Callable[[str], str]]:
    """Makes a database of a kind that holds nothing and returns its URL."""
    in_use: list[str] = []

    def make(kind: str) -> str:
        if kind == "sqlite":
            return sqlite.new_database(tmp_path / "data" / "connections.db")
        server: PostgresServer = request.getfixturevalue("postgres")
        tables = request.getfixturevalue("with_tables")
        in_use.append(used_databases.pop() if used_databases else server.new_database(like=tables))
        return in_use[-1]

    yield make
    for url in in_use:
        request.getfixturevalue("postgres").empty(url)
        used_databases.append(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, new_database: Callable[[str], str]) -> str:
    """An empty database of each kind."""
    return new_database(request.param)
