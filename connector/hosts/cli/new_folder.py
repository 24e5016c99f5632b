"""Files that a command writes into a folder of their own."""

from collections.abc import Mapping
from pathlib import Path

from .caller import words
from .output import refuse


def write_new(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder that does not exist or is empty; end the command when there is no such folder.

    Args:
        folder: where they go.
        files: path inside of it, with slashes -> text.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            refuse(words("{folder} is not empty. Name a new folder.", folder=folder))
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        refuse(words("{folder} cannot be written: {reason}", folder=folder, reason=error.strerror))
