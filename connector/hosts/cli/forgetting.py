"""`forget`: delete everything about a Zoom user."""

import sys
from typing import Annotated

import typer

from .caller import load, words
from .output import AsJson, print_json, refuse, say


def forget(
    user: Annotated[
        str | None, typer.Argument(help="E-mail address or user ID at Zoom; left out, the removals so far are listed.")
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete a Zoom user's connections, tokens and stored results; only the moment is kept."""
    with load() as connector:
        if user is None:
            moments = connector.removals()
            if as_json:
                print_json([moment.isoformat() for moment in moments])
            for moment in () if as_json else moments:
                say(f"{moment.astimezone():%Y-%m-%d %H:%M}")
            if not moments and not as_json:
                say(words("Nobody was forgotten so far."))
            return
        if not yes:
            _ask(user)
        gone = connector.forget(user)
    if as_json:
        print_json({"connections": list(gone.connections), "unreached": gone.unreached})
        return
    deleted = gone.connections or words("none")
    say(words("{user} is forgotten. Deleted connections: {connections}.", user=user, connections=deleted))
    if gone.unreached:
        say(words("Zoom gave no answer, so the app may still have access there: remove it at marketplace.zoom.us."))


def _ask(user: str) -> None:
    if not sys.stdin.isatty():
        refuse(words("Nothing is deleted without a question; add --yes where nobody can answer it."))
    typer.confirm(words("Delete everything about {user}? It cannot be undone.", user=user), abort=True, err=True)
