"""What the exported packages stand on: a local Zoom, a connector signed in to it, and its web service with a worker."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from e2e.world import World, settings_for

import zoom_connector
from zoom_connector import Connection
from zoom_connector.catalogue import Catalogue
from zoom_connector.export import files
from zoom_connector.hosts.http.server import serving
from zoom_connector.sandbox import Sandbox, seed
from zoom_connector.store.cipher import new_key


@dataclass(frozen=True)
class Stage:
    """Everything between Zoom and the platform, in real time: platforms bring their own clock."""

    zoom: Sandbox
    sales: Connection
    address: str
    """Of the web service."""


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    with Sandbox() as zoom:
        more = {"webhook_secret": seed.WEBHOOK_SECRET, "allow_private_sinks": "true", "secret_key": new_key()}
        settings = settings_for(zoom, folder, **more)
        with zoom_connector.load(settings=settings) as connector, serving(connector) as address:
            sales = World(zoom, settings).connect(connector, "sales")
            zoom.webhook(f"{address}/webhooks/zoom/{seed.CLIENT_ID}")
            yield Stage(zoom, sales, address)


def written(folder: Path, format: str) -> Path:
    """Export to a folder, as the command does."""
    for name, text in files(format, Catalogue()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
