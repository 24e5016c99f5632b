"""`connect`: leave for Zoom's page, come back, and keep the connection."""

import sys
from getpass import getpass
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import InvalidInputs
from .connections import Name, facts, say_missing
from .output import AsJson, print_json, refuse, say, show_line

if TYPE_CHECKING:
    from ...oauth.sign_in import Connected, SignIn
    from ...plugin import Connector

_PORT = 8976
"""Always the same one, because the app at Zoom names the whole address."""


def connect(
    name: Name,
    *,
    client_id: Annotated[
        str | None, typer.Option(metavar="ID", help="Your own Zoom app; its secret is asked for, never typed here.")
    ] = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port that Zoom sends the browser back to.")] = _PORT,
    timeout: Annotated[int, typer.Option(min=1, metavar="SECONDS", help="How long to wait for you.")] = 300,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser on this machine.")] = True,
    paste: Annotated[
        bool, typer.Option("--paste", help="The browser is on another machine: paste the address it ends on.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Let another Zoom user take over the name.")] = False,
    as_json: AsJson = False,
) -> None:
    """Sign in to Zoom and keep the connection under a name."""
    from ...oauth.loopback import Loopback
    from ...plugin import load

    with load() as connector:
        client = _client(connector, client_id)
        with Loopback(port) as loopback:
            sign_in = connector.sign_in(name, redirect_uri=loopback.redirect_uri, client=client)
            _prepare(name, client_id or connector.settings.client_id or "", sign_in)
            if not paste:
                _open(sign_in.url, browser=browser)
            callback = _pasted() if paste else loopback.wait(timeout)
        connected = _complete(connector, callback, replace=replace)
        connection = connector.connection(connected.connection.name)
    if as_json:
        missing, renewed = list(connected.missing_scopes), list(connected.renewed)
        print_json({**facts(connection), "missing_scopes": missing, "renewed": renewed})
        return
    say(f"{connection.name} is connected as {connection.user}.", style="bold green")
    say(f"Scopes: {', '.join(sorted(connection.scopes))}")
    if connected.renewed:
        say(f"The same Zoom user is behind {', '.join(connected.renewed)}; that works again as well.")
    say_missing(connected.missing_scopes)
    say("Try it:")
    show_line(f"zoom-connector run get_my_user -c {connection.name}")


def _client(connector: "Connector", client_id: str | None) -> tuple[str, str] | None:
    """Return the app to sign in with; None stands for the one in the settings."""
    settings = connector.settings
    if client_id is None or (settings.client_id == client_id and settings.client_secret):
        return None
    return client_id, _secret()


def _secret() -> str:
    if sys.stdin.isatty():
        return getpass("Client secret: ")
    secret = sys.stdin.readline().strip()
    if not secret:
        refuse("The client secret is missing; write it to standard input, as its first line.")
    return secret


def _prepare(name: str, client_id: str, sign_in: "SignIn") -> None:
    """Say what Zoom may show: when an admin has to act first, no error ever comes back from there."""
    say(f"Connecting {name} to Zoom\n", err=True, style="bold")
    say('1. In your Zoom app, as "OAuth Redirect URL" and in "OAuth Allow List", put:', err=True)
    show_line(sign_in.redirect_uri, err=True)
    say("2. This page opens at Zoom:", err=True)
    show_line(sign_in.url, err=True)
    say(
        "3. It is one of three:\n"
        '   - "Authorize" or "Allow": click it.\n'
        '   - "Pre-approve", if you are an admin: switch it on, then click "Authorize".\n'
        '   - "Request pre-approval", or "You cannot authorize": an admin must act first.\n'
        "     Ask for it there, and tell your Zoom admin:",
        err=True,
    )
    show_line(f"  Please approve the app with client ID {client_id} at marketplace.zoom.us,", err=True)
    show_line("  under Manage, App Requests, so that I can connect it to my Zoom user.", err=True)
    say("     Then run this command again.\n", err=True)


def _open(url: str, *, browser: bool) -> None:
    import webbrowser

    if browser and not webbrowser.open(url):
        say("No browser could be opened here; open the page yourself.", err=True)
    say("Waiting for you to come back from Zoom. Ctrl-C stops.", err=True)


def _pasted() -> str:
    say("The browser ends on an address that it cannot open. Paste the whole address here:", err=True)
    address = sys.stdin.readline().strip()
    if "://" not in address:
        refuse("That is no address; copy all of it from the browser's address bar, beginning with http.")
    return address


def _complete(connector: "Connector", callback: str, *, replace: bool) -> "Connected":
    try:
        return connector.complete(callback, replace=replace)
    except InvalidInputs as taken:
        if taken.code != "connection_exists":
            raise
        question = "{connection} belongs to {user} so far. Let {new_user} take it over?".format(**taken.params)
        if sys.stdin.isatty() and typer.confirm(question, err=True):
            return connector.complete(callback, replace=True)
        connector.abandon(callback)
        raise
