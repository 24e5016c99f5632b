"""A local Zoom, settings that point at it, and a doctor."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlite
from e2e.world import SandboxTime

from zoom_connector import load
from zoom_connector.clock import Clock
from zoom_connector.doctor.findings import Diagnosis, Finding
from zoom_connector.plugin import Connector
from zoom_connector.sandbox import MovableClock, Person, Sandbox, seed
from zoom_connector.settings import Settings

KEY = "c3ludGhldGljLWtleS1vbmx5LWZvci10ZXN0cy0wMDE="
REDIRECT = "https://platform.example.com/oauth/callback"
ADMIN_APP = {"client_id": "sandbox-admin-client", "client_secret": "sandbox-admin-secret", "usage": "admin"}
SERVER_APP = {
    "account_id": seed.ACCOUNT_ID,
    "client_id": "sandbox-server-client",
    "client_secret": "sandbox-server-secret",
    "default_user": seed.HOST,
}


@dataclass(frozen=True)
class Surgery:
    """Somebody's installation, and a local Zoom that can be made to go wrong."""

    zoom: Sandbox
    folder: Path

    def settings(self, **other: Any) -> Settings:
        usual = {
            "database_url": f"sqlite:///{self.folder}/connections.db",
            "secret_key": KEY,
            "client_id": seed.CLIENT_ID,
            "client_secret": seed.CLIENT_SECRET,
            "zoom_url": self.zoom.url,
            "api_url": self.zoom.url,
        }
        return Settings.load(**{**usual, **other})

    def load(self, clock: Clock | None = None, **settings: Any) -> Connector:
        return load(settings=self.settings(**settings), clock=clock or SandboxTime(self.zoom.clock))

    def connect(self, name: str = "sales", user: str = seed.HOST, **inputs: str) -> None:
        """Sign a user in, with an app of their own where `inputs` names one."""
        self._with_tables()
        with self.load() as connector:
            mode = "oauth_byo_client" if inputs else "oauth_authorization_code"
            sign_in = connector.sign_in(name, redirect_uri=REDIRECT, mode=mode, inputs=inputs)
            connector.complete(Person(self.zoom.url, user).authorize(sign_in.url))

    def connect_account(self, name: str = "account") -> None:
        """Connect a server-to-server app."""
        self._with_tables()
        with self.load() as connector:
            connector.connect(name, "server_to_server", SERVER_APP)

    def _with_tables(self) -> None:
        file = self.folder / "connections.db"
        if not file.exists():
            sqlite.new_database(file)

    def look(self, name: str | None = None, *keys: str, clock: Clock | None = None, **settings: Any) -> Diagnosis:
        with self.load(clock, **settings) as connector:
            return connector.doctor(name, *keys)


@pytest.fixture
def surgery(tmp_path: Path) -> Iterator[Surgery]:
    with Sandbox(clock=MovableClock()) as zoom:
        yield Surgery(zoom, tmp_path)


def finding(diagnosis: Diagnosis, check: str) -> Finding:
    """Return the one finding of a check."""
    (found,) = (each for each in diagnosis.findings if each.check == check)
    return found


def outcomes(diagnosis: Diagnosis) -> dict[str, str]:
    """Return what each check came to."""
    return {each.check: each.status.value for each in diagnosis.findings}
