"""`support-bundle`: one archive to send to whoever is asked for help."""

from pathlib import Path
from typing import Annotated

import typer

from .caller import load, words
from .output import AsJson, print_json, refuse, say, show_line


def support_bundle(
    file: Annotated[
        Path, typer.Argument(metavar="[FILE]", help="Where the archive goes; there must not be such a file yet.")
    ] = Path("zoom-connector-support.zip"),
    as_json: AsJson = False,
) -> None:
    """Write what helps somebody else to help: versions, the doctor's findings and recent failures, and no secrets."""
    with load() as connector:
        archive = connector.support_bundle()
    try:
        with file.open("xb") as opened:
            opened.write(archive)
    except FileExistsError:
        refuse(words("There is a file {file} already. Name another.", file=file))
    except OSError as error:
        refuse(words("{file} cannot be written: {reason}", file=file, reason=error.strerror))
    if as_json:
        print_json({"file": str(file)})
        return
    say(words("Nothing secret or personal is in this archive; look into it before you send it:"), style="bold green")
    show_line(str(file))
