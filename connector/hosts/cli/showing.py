"""`show`: one connection, as it is stored and as Zoom sees it now."""

from typing import TYPE_CHECKING

import typer

from ...errors import ZoomConnectorError
from .connections import Name, facts
from .explanations import show_failure
from .output import AsJson, console, print_json, printable, say, table

if TYPE_CHECKING:
    from ...connection import Connection
    from ...portrait import Portrait


def show(name: Name, as_json: AsJson = False) -> None:
    """Show whose connection it is, what it may do, and which meetings come next."""
    from ...plugin import load

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
            **facts(connection),
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
        "Connection": connection.name,
        "State": connection.state,
        "Zoom user": f"{connection.user} ({portrait.name})" if portrait else connection.user,
        "Account": connection.account,
        "Licence": portrait.licence if portrait else "",
        "Time zone": portrait.timezone if portrait else "",
        "Signed in": f"{connection.since.astimezone():%Y-%m-%d %H:%M}",
        "Scopes": ", ".join(sorted(connection.scopes)),
    }
    for title, text in known.items():
        if text:
            lines.add_row(title, printable(text))
    console().print(lines)
    if portrait is None:
        return
    if portrait.meetings is None:
        say("It may not list meetings, so the next ones are not shown.")
    elif portrait.meetings:
        rows = [(f"{each.start.astimezone():%Y-%m-%d %H:%M}", each.topic, each.id) for each in portrait.meetings]
        console().print(table(["Next meetings", "Topic", "ID"], rows))
    else:
        say("No meeting is scheduled.")
