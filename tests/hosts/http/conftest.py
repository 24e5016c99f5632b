"""A local Zoom, and a connector that is served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.world import START, SandboxTime, World, settings_for
from events.signed import SECRET
from hosts.http.serving import Served, Service, serving

import zoom_connector
from zoom_connector import Connector
from zoom_connector.sandbox import MovableClock, Sandbox


@pytest.fixture
def zoom() -> Iterator[Sandbox]:
    with Sandbox(clock=MovableClock(START)) as zoom:
        yield zoom


@pytest.fixture
def connector(zoom: Sandbox, tmp_path: Path) -> Iterator[Connector]:
    settings = settings_for(zoom, tmp_path, webhook_secret=SECRET)
    with zoom_connector.load(settings=settings, clock=SandboxTime(zoom.clock)) as connector:
        yield connector


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service with a connection `sales`; whoever takes it leaves it as it was."""
    with Sandbox(clock=MovableClock(START)) as zoom:
        settings = settings_for(zoom, tmp_path_factory.mktemp("service"), webhook_secret=SECRET)
        with zoom_connector.load(settings=settings, clock=SandboxTime(zoom.clock)) as connector:
            World(zoom, settings).connect(connector, "sales")
            with serving(connector) as served:
                yield Service(zoom, served)


@pytest.fixture
def served(connector: Connector) -> Iterator[Served]:
    with serving(connector) as served:
        yield served
