"""The help of the commands, and the words that typer puts around it, in the caller's language."""

import sys
from typing import Any

from ...words import ENGLISH
from .caller import catalogue

FRAME = {
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "DEFAULT_STRING": "[default: {}]",
    "ERRORS_PANEL_TITLE": "Error",
    "OPTIONS_PANEL_TITLE": "Options",
    "REQUIRED_LONG_STRING": "[required]",
    "RICH_HELP": "Try [blue]'{command_path} {help_option}'[/] for help.",
}
"""What typer writes around our texts, by the name of its constant in `typer.rich_utils`."""


def translate(command: Any) -> None:
    """Put a command, all below it and the frame into the caller's language; typer makes commands anew for every run."""
    said = catalogue().words
    # Typer loads rich when it is about to show something; a command that shows no help should not pay for that.
    if said.language != ENGLISH or "typer.rich_utils" in sys.modules:
        from typer import rich_utils

        for name, english in FRAME.items():
            setattr(rich_utils, name, said.text(english))
    _translate(command)


def _translate(command: Any) -> None:
    said = catalogue().words
    for name in ("help", "short_help", "epilog", "rich_help_panel"):
        if isinstance(text := getattr(command, name, None), str):
            setattr(command, name, said.text(text))
    for parameter in command.params:
        if isinstance(text := getattr(parameter, "help", None), str):
            parameter.help = said.text(text)
    for each in getattr(command, "commands", {}).values():
        _translate(each)
