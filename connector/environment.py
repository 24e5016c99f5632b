"""The environment, as far as it is no setting; quick to import, because it is asked before anything else is known."""

import os
from pathlib import Path


def chosen_language() -> str:
    """Return the language that the installation speaks, from `ZOOM_CONNECTOR_LANG`; empty where it says none."""
    return os.environ.get("ZOOM_CONNECTOR_LANG", "")


def callers_language() -> str:
    """Return the language of whoever types: the installation's, or else that of their system (POSIX, 8.2)."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return chosen_language() or next((value for value in named if value), "")


def zoom_spec_dir() -> Path | None:
    """Return the folder with Zoom's published OpenAPI files, which developers name in `ZOOM_SPEC_DIR`."""
    folder = os.environ.get("ZOOM_SPEC_DIR")
    return Path(folder) if folder else None
