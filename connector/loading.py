"""Load the connector; what it was told is kept until settings, database and network are first needed."""

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .catalogue import Catalogue
from .clock import Clock, SystemClock
from .environment import chosen_language
from .plugin import Connector
from .words import ENGLISH

if TYPE_CHECKING:
    import requests

    from .engine import Engine
    from .settings import Settings
    from .store import Store


def load(
    *,
    settings: "Settings | None" = None,
    tenant: str = "default",
    language: str | None = None,
    manifests: Path | None = None,
    clock: Clock | None = None,
    session: "requests.Session | None" = None,
    store: "Store | None" = None,
) -> Connector:
    """Load the connector. Nothing is read but the names of the manifests; no network, no database.

    Args:
        settings: instead of what the environment says.
        tenant: whose connections to see; nothing crosses tenants.
        language: of titles, help and failures, as in the header Accept-Language; that of the settings when left out.
        manifests: a folder laid out like `manifests/`, instead of the connector's own.
        clock: instead of the computer's.
        session: a session of requests that calls to Zoom share, such as one with a proxy.
        store: where connections are kept, instead of the database of the settings; it decides the tenant itself.
    """
    chosen = settings.lang if settings else chosen_language()
    catalogue = Catalogue(manifests, language or chosen or ENGLISH)
    return Connector(catalogue, Loaded(catalogue, settings, tenant, clock or SystemClock(), session, store))


@dataclass
class Loaded:
    """What `load` was told, and what was opened since; connectors in several languages share it."""

    catalogue: Catalogue
    given: "Settings | None"
    tenant: str
    clock: Clock
    session: "requests.Session | None"
    store: "Store | None"
    _engine: "Engine | None" = field(default=None, init=False)
    _opening: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    @property
    def settings(self) -> "Settings":
        """The settings that were given, or what the environment says.

        Raises:
            SettingsError: `setting_invalid`.
        """
        from .settings import Settings

        self.given = self.given or Settings.load()
        return self.given

    @property
    def engine(self) -> "Engine":
        """What works with Zoom; opens the database when it is first asked for.

        Raises:
            SettingsError: the settings, the key or the database are missing or wrong.
        """
        from .engine import Engine

        with self._opening:
            if self._engine is None:
                self._engine = Engine(
                    self.catalogue, self.settings, self.tenant, self.clock, session=self.session, store=self.store
                )
            return self._engine

    def close(self) -> None:
        """Give back what was opened."""
        if self._engine is not None:
            self._engine.close()
