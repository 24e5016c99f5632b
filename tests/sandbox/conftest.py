"""A local Zoom whose time stands still."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sandbox.client import Client

from zoom_connector.sandbox import MovableClock, Sandbox

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def zoom() -> Iterator[Sandbox]:
    with Sandbox(clock=MovableClock(NOW)) as zoom:
        yield zoom


@pytest.fixture
def host(zoom: Sandbox) -> Client:
    return Client.of(zoom)


@pytest.fixture(autouse=True)
def no_secret_is_written_down() -> None:
    """These tests ask the local Zoom themselves, with tokens in addresses, too, to see them refused."""
