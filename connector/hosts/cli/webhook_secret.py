"""`webhook-secret`: what Zoom signs the events of somebody's own app with."""

import sys
from getpass import getpass
from typing import Annotated

import typer

from .caller import load, words
from .output import AsJson, print_json, refuse, say


def webhook_secret(
    client_id: Annotated[str, typer.Argument(help="Client ID of the app at Zoom.")],
    *,
    only: Annotated[
        bool, typer.Option("--only", help="Forget older ones, which else hold until Zoom uses the new one.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take the secret token of an app; asked for, or the first line of standard input."""
    from ...events.endpoints import address_of, remember_secret

    secret = getpass(words("Secret Token:") + " ") if sys.stdin.isatty() else sys.stdin.readline()
    if not secret.strip():
        refuse(words("The secret token is missing; write it to standard input, as its first line."))
    with load() as connector:
        settings = connector.settings
        known = remember_secret(connector.engine.store.webhooks, settings, client_id, secret.strip(), only=only)
    if as_json:
        print_json({"app": client_id, "secrets": known, "address": address_of(settings, client_id) or None})
        return
    older = " " + words("Older secrets still hold.") if known > 1 else ""
    say(words("Events that Zoom signs with it are taken from now on.") + older)
