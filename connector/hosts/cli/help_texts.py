"""The help of the commands, and the words that typer puts around it, in the caller's language."""

from typing import Any

from typer import rich_utils

from .caller import catalogue

FRAME = {
    name: getattr(rich_utils, name)
    for name in (
        "ARGUMENTS_PANEL_TITLE",
        "DEFAULT_STRING",
        "ERRORS_PANEL_TITLE",
        "OPTIONS_PANEL_TITLE",
        "REQUIRED_LONG_STRING",
        "RICH_HELP",
    )
}
"""What typer writes around our texts, by the name of its constant."""


def translate(command: Any) -> None:
    """Put a command, all below it and the frame into the caller's language; typer makes commands anew for every run."""
    for name, english in FRAME.items():
        setattr(rich_utils, name, catalogue().words.text(english))
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
