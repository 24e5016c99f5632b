"""The whole connector, signed in to a local Zoom through its real pages and endpoints."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.world import START, SandboxTime, World, settings_for

import zoom_connector
from zoom_connector import Connection, Connector
from zoom_connector.sandbox import MovableClock, Sandbox


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with Sandbox(clock=MovableClock(START)) as zoom:
        yield World(zoom, settings_for(zoom, tmp_path))


@pytest.fixture
def connector(world: World) -> Iterator[Connector]:
    with zoom_connector.load(settings=world.settings, clock=SandboxTime(world.zoom.clock)) as connector:
        yield connector


@pytest.fixture
def sales(world: World, connector: Connector) -> Connection:
    return world.connect(connector, "sales")
