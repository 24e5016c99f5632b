"""`show`: one connection, as it is stored and as Zoom sees it now."""

from typing import TYPE_CHECKING

import typer

from ...errors import ZoomConnectorError
from .. import facts
from .caller import load, words
from .connections import Name, state_of
from .explanations import show_failure
from .output import AsJson, console, print_json, printable, say, table

if TYPE_CHECKING:
    from ...connection import Connection
    from ...portrait import Portrait


def show(name: Name, as_json: AsJson = False) -> None:
    """Show whose connection it is, what it may do, and which meetings come next."""
    with load() as connector:
        try:
            portrait = connector.connection(name).show()
        except ZoomConnectorError as failure:
            if as_json or failure.code == "unknown_connection":
                raise
            _print(connector.connection(name), None)
            say()
            raise typer.Exit(show_failure(failure, as_json=False)) from failure
        connection = connector.connection(name)
    if not as_json:
        _print(connection, portrait)
        return
    meetings = (
        None
        if portrait.meetings is None
        else [{"id": each.id, "topic": each.topic, "start_time": each.start.isoformat()} for each in portrait.meetings]
    )
    print_json(
        {
            **facts.connection(connection),
            "display_name": portrait.name,
            "licence": portrait.licence,
            "timezone": portrait.timezone,
            "meetings": meetings,
        }
    )


def _print(connection: "Connection", portrait: "Portrait | None") -> None:
    lines = table(["", ""])
    lines.show_header = False
    known = {
        words("Connection"): connection.name,
        words("State"): state_of(connection),
        words("Zoom user"): f"{connection.user} ({portrait.name})" if portrait else connection.user,
        words("Account"): connection.account,
        words("Licence"): _licence(portrait.licence) if portrait else "",
        words("Time zone"): portrait.timezone if portrait else "",
        words("Signed in"): f"{connection.since.astimezone():%Y-%m-%d %H:%M}",
        words("Scopes"): ", ".join(sorted(connection.scopes)),
    }
    for title, text in known.items():
        if text:
            lines.add_row(title, printable(text))
    console().print(lines)
    if portrait is None:
        return
    if portrait.meetings is None:
        say(words("It may not list meetings, so the next ones are not shown."))
    elif portrait.meetings:
        rows = [(f"{each.start.astimezone():%Y-%m-%d %H:%M}", each.topic, each.id) for each in portrait.meetings]
        console().print(table([words("Next meetings"), words("Topic"), words("ID")], rows))
    else:
        say(words("No meeting is scheduled."))


def _licence(name: str) -> str:
    said = {"basic": words("basic"), "licensed": words("licensed"), "unassigned": words("unassigned")}
    return said.get(name, name)
