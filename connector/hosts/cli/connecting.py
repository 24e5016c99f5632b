"""`connect`: leave for Zoom's page, come back, and keep the connection."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...errors import InvalidInputs
from .connections import Name, facts, say_missing
from .output import AsJson, print_json, refuse, say, show_line

if TYPE_CHECKING:
    from ...oauth.names import Connected
    from ...plugin import Connector

_PORT = 8976
"""Always the same one, because the app at Zoom names the whole address."""


def connect(
    name: Name,
    fields: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FIELD=VALUE]...", help="What the mode asks for; what you leave out you are asked for."
        ),
    ] = None,
    *,
    mode: Annotated[
        str | None,
        typer.Option(help="oauth_authorization_code (the app in the settings), oauth_byo_client or server_to_server."),
    ] = None,
    client_id: Annotated[
        str | None, typer.Option(metavar="ID", help="Short for: --mode oauth_byo_client client_id=ID")
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
    """Connect to Zoom and keep the connection under a name."""
    from ...oauth.loopback import Loopback
    from ...plugin import load

    with load() as connector:
        mode, inputs = _form(connector, mode, client_id, fields or [])
        if connector.catalogue.identity.auth[mode]["consent"]:
            with Loopback(port) as loopback:
                sign_in = connector.sign_in(name, redirect_uri=loopback.redirect_uri, mode=mode, inputs=inputs)
                page = sign_in.url if paste else loopback.start(sign_in.url)
                shown = inputs.get("client_id") or connector.settings.client_id or ""
                _prepare(name, str(shown), sign_in.redirect_uri, page)
                if not paste:
                    _open(page, browser=browser)
                callback = _pasted() if paste else loopback.wait(timeout)
            connected = _asking(
                lambda replace: connector.complete(callback, replace=replace),
                replace=replace,
                give_up=lambda: connector.abandon(callback),
            )
        else:
            connected = _asking(lambda replace: connector.connect(name, mode, inputs, replace=replace), replace=replace)
        _tell(connector, connected, as_json=as_json)


def _form(
    connector: "Connector", mode: str | None, client_id: str | None, fields: list[str]
) -> tuple[str, dict[str, Any]]:
    from .form import fill_in

    settings, modes = connector.settings, connector.catalogue.identity.auth
    if client_id is not None and not (settings.client_id == client_id and settings.client_secret):
        mode, fields = mode or "oauth_byo_client", [f"client_id={client_id}", *fields]
    mode = mode or "oauth_authorization_code"
    if mode not in modes:
        raise InvalidInputs("mode_unknown", mode=mode, known=sorted(modes))
    return mode, fill_in(modes[mode]["inputs"], fields)


def _tell(connector: "Connector", connected: "Connected", *, as_json: bool) -> None:
    connection = connector.connection(connected.connection.name)
    if as_json:
        lists = ("missing_scopes", "lost_scopes", "renewed")
        print_json({**facts(connection), **{name: list(getattr(connected, name)) for name in lists}})
        return
    say(f"{connection.name} is connected as {connection.user}.", style="bold green")
    say(f"Scopes: {', '.join(sorted(connection.scopes))}")
    if connected.renewed:
        say(f"The same Zoom user is behind {', '.join(connected.renewed)}; that works again as well.")
    if connected.lost_scopes:
        names = ", ".join([connection.name, *connected.renewed])
        say(f"Gone since the last time, for {names}: {', '.join(connected.lost_scopes)}.", style="bold red")
    say_missing(connected.missing_scopes)
    say("Try it:")
    show_line(f"zoom-connector run get_my_user -c {connection.name}")


def _prepare(name: str, client_id: str, redirect_uri: str, page: str) -> None:
    """Say what Zoom may show: when an admin has to act first, no error ever comes back from there."""
    say(f"Connecting {name} to Zoom\n", err=True, style="bold")
    say('1. In your Zoom app, as "OAuth Redirect URL" and in "OAuth Allow List", put:', err=True)
    show_line(redirect_uri, err=True)
    say("   No app yet? This writes one to paste there: zoom-connector app-manifest --usage user", err=True)
    say("2. This page opens, and leads to Zoom:", err=True)
    show_line(page, err=True)
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


def _asking(
    attempt: "Callable[[bool], Connected]", *, replace: bool, give_up: Callable[[], None] | None = None
) -> "Connected":
    """Connect, and ask when the name belongs to another Zoom user so far."""
    try:
        return attempt(replace)
    except InvalidInputs as taken:
        if taken.code != "connection_exists":
            raise
        question = "{connection} belongs to {user} so far. Let {new_user} take it over?".format(**taken.params)
        if sys.stdin.isatty() and typer.confirm(question, err=True):
            return attempt(True)
        if give_up is not None:
            give_up()
        raise
