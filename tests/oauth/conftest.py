"""A local Zoom, a store, and the parts that sign in and renew; they live in one time, which a test moves."""

from collections.abc import Iterator

import pytest
from oauth.world import SharedClock, World

from zoom_connector.catalogue import Catalogue, Identity
from zoom_connector.oauth.connections import Connections
from zoom_connector.oauth.modes import own_app
from zoom_connector.oauth.server import AuthorizationServer, Endpoints
from zoom_connector.oauth.sign_in import SignIns
from zoom_connector.sandbox import Sandbox
from zoom_connector.settings import Settings
from zoom_connector.store import SqlStore
from zoom_connector.store.cipher import new_key
from zoom_connector.zoom.transport import new_session


@pytest.fixture(scope="session")
def identity() -> Identity:
    return Catalogue().identity


@pytest.fixture
def zoom() -> Iterator[Sandbox]:
    with Sandbox() as zoom:
        yield zoom


@pytest.fixture
def settings(zoom: Sandbox, database_url: str) -> Settings:
    return Settings.load(
        database_url=database_url,
        secret_key=new_key(),
        client_id="sandbox-client",
        client_secret="sandbox-secret",
        zoom_url=zoom.url,
    )


@pytest.fixture
def world(zoom: Sandbox, settings: Settings, identity: Identity) -> Iterator[World]:
    clock = SharedClock(zoom.clock)
    session = new_session()
    server = AuthorizationServer(Endpoints.of(identity, settings), clock, session)
    app = own_app(settings)
    assert app is not None
    with SqlStore.open(settings.database_url.get_secret_value(), keys=settings.secret_keys, clock=clock) as store:
        yield World(
            zoom,
            clock,
            store,
            server,
            SignIns(store, server, identity, clock),
            Connections(store, server, identity, clock),
            app,
        )
    session.close()
