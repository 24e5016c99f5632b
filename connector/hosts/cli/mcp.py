"""`mcp`: actions as tools for an agent."""

from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import InvalidInputs
from .caller import load, words
from .output import refuse, say, show_line
from .sockets import is_this_machine, listen_on, origin

if TYPE_CHECKING:
    from ...plugin import Connector

_PORT = 8979
_INSTALL = "pip install 'zoom-connector[mcp]'"


def mcp(
    connection: Annotated[
        str | None,
        typer.Option("--connection", "-c", metavar="NAME", help="The connection; not needed if it is the only one."),
    ] = None,
    *,
    resource: Annotated[
        list[str] | None,
        typer.Option(metavar="RESOURCE", help="Offer these, such as meetings, or all; may be repeated."),
    ] = None,
    action: Annotated[
        list[str] | None, typer.Option(metavar="ACTION", help="Offer this one too; may be repeated.")
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Offer nothing that changes anything.")] = False,
    http: Annotated[bool, typer.Option("--http", help="Serve over HTTP instead of standard input and output.")] = False,
    host: Annotated[str, typer.Option(help="Address to listen on; others than this machine's own need an API_KEY.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = _PORT,
) -> None:
    """Offer actions to an agent as tools, by the Model Context Protocol, until it goes or Ctrl-C."""
    try:
        from ..mcp.http import run_http
        from ..mcp.server import mcp_server, run_stdio
        from ..mcp.tools import Choice
    except ModuleNotFoundError as error:
        if error.name not in ("mcp", "mcp_types", "uvicorn", "starlette"):
            raise
        refuse(words("Agents need more packages; install them with: {command}", command=_INSTALL))
    from ...api_keys import ApiKeys

    with load() as connector:
        keys = ApiKeys(connector.engine.store.api_keys, connector.settings.api_key)
        if http and keys.none and not is_this_machine(host):
            refuse(
                words(
                    "Without ZOOM_CONNECTOR_API_KEY only this machine is served; {host} would let others in.", host=host
                )
            )
        used = connector.connection(connection or _only(connector))
        choice = Choice(resource or (), action or (), read_only)
        server = mcp_server(used, choice.of(connector.actions, used.scopes))
        if not http:
            run_stdio(server)
            return
        with listen_on(host, port) as listening:
            say(words("Serving {connection} to agents at", connection=used.name), style="bold green", err=True)
            show_line(f"{origin(host, listening)}/mcp", err=True)
            refusal = connector.explain(InvalidInputs("api_key_missing"))
            run_http(server, listening, lambda shown: keys.none or keys.admit(shown), refusal)


def _only(connector: "Connector") -> str:
    names = [each.name for each in connector.connections()]
    if len(names) != 1:
        raise InvalidInputs("connection_not_named", known=names)
    return names[0]
