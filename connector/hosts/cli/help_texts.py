"""The help of the commands, and the words that typer puts around it, in the caller's language."""

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

from ...words import ENGLISH, worded
from .caller import catalogue

FRAME = {
    "ABORTED_TEXT": "Aborted.",
    "ARGUMENTS_PANEL_TITLE": "Arguments",
    "COMMANDS_PANEL_TITLE": "Commands",
    "DEFAULT_STRING": "[default: {}]",
    "ERRORS_PANEL_TITLE": "Error",
    "OPTIONS_PANEL_TITLE": "Options",
    "REQUIRED_LONG_STRING": "[required]",
    "RICH_HELP": "Try [blue]'{command_path} {help_option}'[/] for help.",
}
"""What typer writes around our texts, by the name of its constant in `typer.rich_utils`."""

WRONG_USAGE = (
    "Missing argument {name}.",
    "Missing option {name}. Choose from:{names}",
    "No such command {name}. Did you mean {names}?",
    "No such command {name}.",
    "No such option: {name} (Possible options: {names})",
    "No such option: {name}",
    "Invalid value for {name}: {reason}",
    "Got unexpected extra argument(s) ({names})",
    "Option {name} requires an argument.",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be less than or equal to {number}",
    "Input should be greater than or equal to {number}",
    "Value error, {value} is not one of {names}.",
)
"""What typer says when a command is written wrongly; of two that fit, the first."""


def translate(command: Any) -> None:
    """Put a command, all below it and the frame into the caller's language; typer makes commands anew for every run."""
    said = catalogue().words
    # Typer loads rich when it is about to show something; a command that shows no help should not pay for that.
    if said.language != ENGLISH or "typer.rich_utils" in sys.modules:
        from typer import rich_utils

        for name, english in FRAME.items():
            setattr(rich_utils, name, said.text(english))
        _writer()
        setattr(rich_utils, "rich_format_error", _write_wrong_usage)  # noqa: B010 - mypy refuses the plain form
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


@cache
def _writer() -> Callable[[Any], None]:
    from typer.rich_utils import rich_format_error

    return rich_format_error


def _write_wrong_usage(error: Any) -> None:
    told = _told(error.format_message())
    error.format_message = lambda: told
    _writer()(error)


def _told(message: str) -> str:
    for template in WRONG_USAGE:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(template))
        if found := re.fullmatch(pattern, message, re.DOTALL):
            values = {name: _told(text) for name, text in found.groupdict().items()}
            return worded(catalogue().words.text(template), values)
    return message
