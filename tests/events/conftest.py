"""A store of each kind with two accounts and two users on one app, and an intake in front of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from events.signed import CLIENT, SECRET
from events.triggers import catalogue_in
from events.world import World
from store.world import StillClock

from zoom_connector.catalogue import Catalogue
from zoom_connector.events.endpoints import Secrets
from zoom_connector.events.happening import Happenings
from zoom_connector.events.intake import Intake
from zoom_connector.settings import Settings
from zoom_connector.store import SqlStore
from zoom_connector.store.cipher import new_key


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return catalogue_in(tmp_path / "manifests")


@pytest.fixture
def world(database_url: str, clock: StillClock, catalogue: Catalogue) -> Iterator[World]:
    settings = Settings.load(client_id=CLIENT, client_secret="example-client-secret", webhook_secret=SECRET)
    with SqlStore.open(database_url, keys=[new_key()], clock=clock) as store:
        intake = Intake(store, Secrets(store.webhooks, settings, clock).of, Happenings(catalogue), clock)
        yield World(store, clock, intake, catalogue)
        intake.close()
