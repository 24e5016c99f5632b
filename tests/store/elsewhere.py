"""What other processes do with a store; a process that is started has to find this by its name."""

from multiprocessing.synchronize import Barrier
from pathlib import Path

from store.world import FakeKeyring

from zoom_connector.store import SqlStore


def open_store(url: str, together: Barrier) -> None:
    """Open a store for which nobody has a key yet."""
    together.wait(60)
    SqlStore.open(url, keyring=FakeKeyring(), patience=60.0).close()


def count_up(url: str, key: str, file: Path, together: Barrier) -> None:
    """Add one to the number in a file, five times, while nobody else may."""
    with SqlStore.open(url, keys=[key], patience=60.0) as store:
        together.wait(60)
        for _ in range(5):
            with store.claims.hold("Kick-off"):
                before = int(file.read_text())
                file.write_text(str(before + 1))
