"""`export`: the connector for platforms that do not load Python."""

from pathlib import Path
from typing import Annotated

import typer

from ...export import FORMATS, files
from .caller import words
from .new_folder import write_new
from .output import AsJson, print_json, refuse, say, show_line


def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="Such as openapi, n8n or node-red.")],
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the files go; it must not exist, or be empty.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Write the connector in the format of another platform; the same version always writes the same files."""
    if format not in FORMATS:
        refuse(words("There is no format {format}. There are: {formats}.", format=format, formats=list(FORMATS)))
    from ...catalogue import Catalogue

    # In English whoever asks: two versions can be compared only in one language.
    written = files(format, Catalogue())
    write_new(folder, written)
    if as_json:
        print_json({"format": format, "folder": str(folder), "files": sorted(written)})
        return
    say(words("Files written: {number}, to this folder:", number=len(written)), style="bold green")
    show_line(str(folder))
