"""`serve`: take in what Zoom sends, and hand it on."""

from typing import Annotated

import typer

from .caller import load, words
from .output import refuse, say, show_line
from .sockets import is_this_machine, listen_on, origin

_PORT = 8978
_INSTALL = "pip install 'zoom-connector[http]'"


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; others than this machine's own need an API_KEY.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = _PORT,
) -> None:
    """Serve webhooks and sign-ins, and deliver events, until Ctrl-C."""
    try:
        from ..http.application import application
        from ..http.server import server
    except ModuleNotFoundError as error:
        if error.name not in ("uvicorn", "fastapi", "prometheus_client"):
            raise
        refuse(words("The server needs more packages; install them with: {command}", command=_INSTALL))
    from ...api_keys import ApiKeys

    with load() as connector:
        settings = connector.settings
        if not is_this_machine(host) and ApiKeys(connector.engine.store.api_keys, settings.api_key).none:
            refuse(
                words(
                    "Without ZOOM_CONNECTOR_API_KEY only this machine is served; {host} would let others in.", host=host
                )
            )

        with listen_on(host, port) as listening:
            local = origin(host, listening)
            address = settings.public_url or local
            served = application(connector, address=address, background=connector.feed.worker())
            _tell(local, address, settings.client_id)
            server(served).run(sockets=[listening])


def _tell(local: str, address: str, client_id: str | None) -> None:
    say(words("Serving at {address}", address=local), style="bold green")
    say(words("Event notification endpoint URL, for Zoom's form:"))
    show_line(f"{address}/webhooks/zoom/{client_id or 'CLIENT_ID'}")
    say(words("Redirect URL, and the page to connect from:"))
    show_line(f"{address}/oauth/callback")
    show_line(f"{address}/oauth/start")
    say(words("Ctrl-C stops it."))
