"""The command line, `zoom-connector`."""

import io
import sys


def main() -> None:
    """Run the command that the arguments name, and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter must not end a command
    try:
        from .commands import app
    except ModuleNotFoundError as error:
        if error.name not in ("typer", "rich"):
            raise
        from .caller import words

        install = "pip install 'zoom-connector[cli]'"
        told = words("The command line needs more packages; install them with: {command}", command=install)
        sys.stderr.write(f"{told}\n")
        sys.exit(2)
    app(prog_name="zoom-connector")
