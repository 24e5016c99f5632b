"""Downloads in a process of its own; a process that is started has to find this by its name."""

import tracemalloc
from pathlib import Path

import zoom_connector
from zoom_connector.settings import Settings


def peaks_of_downloads(given: dict[str, str], days: list[str], folder: str) -> list[int]:
    """Download the recordings of one day after the other, and return how many bytes of memory each needed at most."""
    peaks = []
    with zoom_connector.load(settings=Settings.load(**given)) as connector:
        sales = connector.connection("sales")
        tracemalloc.start()
        for day in days:
            into = Path(folder) / day
            into.mkdir()
            before, _ = tracemalloc.get_traced_memory()
            tracemalloc.reset_peak()
            saved = sales.run("download_recordings", {"from": day, "to": day, "folder": str(into)})
            assert saved["complete"], saved
            peaks.append(tracemalloc.get_traced_memory()[1] - before)
    return peaks


def is_interrupted(given: dict[str, str], inputs: dict[str, str]) -> bool:
    """Download, and say whether somebody interrupted it."""
    with zoom_connector.load(settings=Settings.load(**given)) as connector:
        try:
            connector.connection("sales").run("download_recordings", inputs)
        except KeyboardInterrupt:
            return True
    return False
