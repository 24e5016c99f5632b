"""How the demo tells what it does."""

from typing import TYPE_CHECKING, Any

import typer

from .caller import words
from .output import say, show_command
from .progress import ProgressBar

if TYPE_CHECKING:
    from ...connection import Connection

PATIENCE = 30.0
"""Seconds for what nobody has to think about."""


def step(title: str, meaning: str) -> None:
    """Begin a step."""
    say(f"\n{title}", style="bold cyan")
    say(meaning)


def outcome(text: str) -> None:
    """Say what came of it."""
    say(text, style="green")


def check(holds: bool, what: str) -> None:
    """Stop the demo when something did not come out as it should."""
    if not holds:
        say(words("The demo stops: {what} did not come out as it should.", what=what), err=True, style="bold red")
        raise typer.Exit(1)


def run(connection: "Connection", action: str, inputs: dict[str, Any]) -> dict[str, Any]:
    """Show the command that runs an action, and run it."""
    fields = (f"{name}={value}" for name, value in inputs.items())
    show_command(["zoom-connector", "run", action, "-c", connection.name, *fields])
    with ProgressBar() as progress:
        return connection.run(action, inputs, progress=progress)
