"""A store in a folder of its own, and a clock that stands still until it is moved."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from store.world import START, Signer, StillClock

from zoom_connector.store import Store, Tokens
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


@pytest.fixture
def opened(database: Path, key: str, clock: StillClock) -> Iterator[Callable[..., Store]]:
    """Opens the store, more than once if need be."""
    stores: list[Store] = []

    def open_store(tenant: str = "default") -> Store:
        stores.append(Store.open(f"sqlite:///{database}", keys=[key], tenant=tenant, clock=clock, patience=30.0))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


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
