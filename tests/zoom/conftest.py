"""What the tests of Zoom's protocol share."""

from collections.abc import Iterator

import pytest
import requests

from zoom_connector.zoom.transport import new_session

from .foreign import Clients, Grant, MemoryClaims, MovableClock, Server, running


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def server(clock: MovableClock) -> Iterator[Server]:
    with running(clock) as server:
        yield server


@pytest.fixture
def elsewhere(clock: MovableClock) -> Iterator[Server]:
    """Another host, which is not trusted with tokens."""
    with running(clock) as server:
        yield server


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with new_session() as session:
        yield session


@pytest.fixture
def grant(server: Server) -> Grant:
    return Grant(server.url)


@pytest.fixture
def claims() -> MemoryClaims:
    return MemoryClaims()


@pytest.fixture
def client(
    grant: Grant, session: requests.Session, clock: MovableClock, server: Server, claims: MemoryClaims
) -> Clients:
    return Clients(grant, session, clock, server, claims)
