"""A local Zoom, and a connector pointed at it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlite

from zoom_connector import Connection, Connector
from zoom_connector.oauth.loopback import Loopback
from zoom_connector.sandbox import MovableClock, Person, Sandbox
from zoom_connector.settings import Settings

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class SandboxTime:
    """The sandbox's clock, as the engine sees it: waiting moves it, so that no test waits."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._clock.now()

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._clock.move(seconds=seconds)


@dataclass(frozen=True)
class World:
    """A sandbox and settings that point at it."""

    zoom: Sandbox
    settings: Settings

    def connect(self, connector: Connector, name: str, user: str = "host@example.com") -> Connection:
        """Sign a user in as a browser would."""
        with Loopback() as loopback, ThreadPoolExecutor(1) as browser:
            sign_in = connector.sign_in(name, redirect_uri=loopback.redirect_uri)
            clicked = browser.submit(Person(self.zoom.url, user).authorize, loopback.start(sign_in.url))
            callback = loopback.wait(20)
            clicked.result()
        connector.complete(callback)
        return connector.connection(name)


def settings_for(zoom: Sandbox, folder: Path, **more: str) -> Settings:
    return Settings.load(**settings_from(zoom, sqlite.new_database(folder / "connections.db"), **more))


def settings_from(zoom: Sandbox, database_url: str, **more: str) -> dict[str, str]:
    """Return settings in a form that another process can be handed."""
    return {
        "database_url": database_url,
        "client_id": "sandbox-client",
        "client_secret": "sandbox-secret",
        "zoom_url": zoom.url,
        "api_url": zoom.url,
        **more,
    }
