"""A store in a folder of its own, and a clock that stands still until it is moved."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from store.memory import MemoryStore
from store.world import START, Signer, StillClock

from zoom_connector.store import SqlStore, Store, Tokens
from zoom_connector.store.cipher import new_key


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture(scope="session")
def key() -> str:
    return new_key()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "data" / "connections.db"


@pytest.fixture(params=["sqlite", "postgresql", "memory"])
def opened(
    request: pytest.FixtureRequest, new_database: Callable[[str], str], key: str, clock: StillClock
) -> Iterator[Callable[..., Store]]:
    """Opens every kind of store, more than once if need be: they all keep the same promises."""
    if request.param == "memory":
        tenants: defaultdict[str, Store] = defaultdict(lambda: MemoryStore(clock))
        yield lambda tenant="default": tenants[tenant]
    else:
        with opening(new_database(request.param), key, clock) as open_store:
            yield open_store


@pytest.fixture
def opened_sql(database_url: str, key: str, clock: StillClock) -> Iterator[Callable[..., Store]]:
    """Opens our own store, for what only a database has."""
    with opening(database_url, key, clock) as open_store:
        yield open_store


@contextmanager
def opening(url: str, key: str, clock: StillClock) -> Iterator[Callable[..., Store]]:
    with ExitStack() as stack:

        def open_store(tenant: str = "default") -> Store:
            return stack.enter_context(SqlStore.open(url, keys=[key], tenant=tenant, clock=clock, patience=30.0))

        yield open_store


@pytest.fixture
def store(opened: Callable[..., Store]) -> Store:
    return opened()


@pytest.fixture
def tokens() -> Tokens:
    return Tokens(
        access="access-1",
        refresh="refresh-1",
        expires_at=START + timedelta(hours=1),
        scopes=frozenset({"meeting:write", "user_info:read"}),
        api_url="https://api-eu.example.com",
    )


@pytest.fixture
def signer(store: Store, tokens: Tokens) -> Signer:
    return Signer(store, tokens)
