"""`connect`: leave for Zoom's page, come back, and keep the connection."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...errors import InvalidInputs
from .. import facts
from .caller import load, words
from .connections import Name, say_missing
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
    refused: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="What Zoom's page said instead of letting you through: writes a request to your Zoom admin.",
        ),
    ] = None,
    app_name: Annotated[
        str, typer.Option(metavar="NAME", help="What Zoom's page calls the app; for the request to your Zoom admin.")
    ] = "",
    for_: Annotated[
        list[str] | None,
        typer.Option(
            "--for", metavar="KEY", help="An action or trigger that the request is to give reasons for; repeatable."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Connect to Zoom and keep the connection under a name."""
    from ...oauth.loopback import PATH, Loopback
    from .asking_admin import Letter, answer_report, answer_timeout

    with load() as connector:
        letter = Letter(connector, name, app_name, tuple(for_ or ()))
        if refused is not None:
            app = _app(connector, mode, client_id, fields or [])
            answer_report(letter, refused, app, f"http://127.0.0.1:{port}{PATH}", as_json=as_json)
        mode, inputs = _form(connector, mode, client_id, fields or [])
        if connector.catalogue.identity.auth[mode]["consent"]:
            with Loopback(port, words=connector.catalogue.words) as loopback:
                sign_in = connector.sign_in(name, redirect_uri=loopback.redirect_uri, mode=mode, inputs=inputs)
                page = sign_in.url if paste else loopback.start(sign_in.url)
                _prepare(connector, name, sign_in.redirect_uri, page)
                if not paste:
                    _open(page, browser=browser)
                with answer_timeout(letter, inputs, sign_in.redirect_uri, as_json=as_json):
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


def _app(connector: "Connector", mode: str | None, client_id: str | None, fields: list[str]) -> dict[str, Any]:
    """Return what was typed about the app; its secret is not needed to write about it."""
    from .fields import from_arguments

    form = connector.catalogue.identity.auth[mode or "oauth_byo_client"]["inputs"]
    return from_arguments(form, [*([f"client_id={client_id}"] if client_id else ()), *fields])


def _tell(connector: "Connector", connected: "Connected", *, as_json: bool) -> None:
    connection = connector.connection(connected.connection.name)
    if as_json:
        print_json(facts.connected(connection, connected))
        return
    person = {"connection": connection.name, "user": connection.user}
    say(words("{connection} is connected as {user}.", **person), style="bold green")
    say(words("Scopes: {scopes}", scopes=sorted(connection.scopes)))
    if connected.renewed:
        say(words("The same Zoom user is behind {others}; that works again as well.", others=connected.renewed))
    if connected.lost_scopes:
        names = [connection.name, *connected.renewed]
        gone = words("Gone since the last time, for {names}: {scopes}.", names=names, scopes=connected.lost_scopes)
        say(gone, style="bold red")
    say_missing(connected.missing_scopes)
    say(words("Try it:"))
    show_line(f"zoom-connector run get_my_user -c {connection.name}")


def _prepare(connector: "Connector", name: str, redirect_uri: str, page: str) -> None:
    from .asking_admin import say_pages

    say(words("Connecting {connection} to Zoom", connection=name) + "\n", err=True, style="bold")
    say("1. " + words('In your Zoom app, as "OAuth Redirect URL" and in "OAuth Allow List", put:'), err=True)
    show_line(redirect_uri, err=True)
    no_app = words("No app yet? This writes one to paste there: zoom-connector app-manifest --usage user")
    say(f"   {no_app}", err=True)
    say("2. " + words("This page opens, and leads to Zoom:"), err=True)
    show_line(page, err=True)
    say_pages(connector, name)


def _open(url: str, *, browser: bool) -> None:
    import webbrowser

    if browser and not webbrowser.open(url):
        say(words("No browser could be opened here; open the page yourself."), err=True)
    say(words("Waiting for you to come back from Zoom. Ctrl-C stops."), err=True)


def _pasted() -> str:
    say(words("The browser ends on an address that it cannot open. Paste the whole address here:"), err=True)
    address = sys.stdin.readline().strip()
    if "://" not in address:
        refuse(words("That is no address; copy all of it from the browser's address bar, beginning with http."))
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
        question = words("{connection} belongs to {user} so far. Let {new_user} take it over?", **taken.params)
        if sys.stdin.isatty() and typer.confirm(question, err=True):
            return attempt(True)
        if give_up is not None:
            give_up()
        raise
