"""Files for other platforms that no manifest changes, and how the others are filled in."""

from collections.abc import Mapping
from importlib.resources import files


def template(folder: str, path: str) -> str:
    """Read a file of a platform's folder."""
    return files(__package__).joinpath(folder, path).read_text("utf-8")


def filled(text: str, places: Mapping[str, str]) -> str:
    """Put values into the `@PLACES@` of a template."""
    for name, value in places.items():
        text = text.replace(f"@{name}@", value)
    return text
