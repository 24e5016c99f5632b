"""`serve`: take in what Zoom sends, and hand it on."""

import socket
from ipaddress import ip_address
from typing import Annotated

import typer

from .output import refuse, say, show_line

_PORT = 8978


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
        refuse("The server needs more packages; install them with: pip install 'zoom-connector[http]'")
    from ...plugin import load

    with load() as connector:
        settings = connector.settings
        if not settings.api_key and not _is_this_machine(host):
            refuse(f"Without ZOOM_CONNECTOR_API_KEY only this machine is served; {host} would let others in.")

        with _listen(host, port) as listening:
            shown = f"[{host}]" if ":" in host else host
            local = f"http://{shown}:{listening.getsockname()[1]}"
            address = settings.public_url or local
            served = application(connector, address=address, background=connector.feed.worker())
            _tell(local, address, settings.client_id)
            server(served).run(sockets=[listening])


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError:
        refuse(f"Port {port} of {host} cannot be used here; name another one with --port.")


def _tell(local: str, address: str, client_id: str | None) -> None:
    say(f"Serving at {local}", style="bold green")
    say("Event notification endpoint URL, for Zoom's form:")
    show_line(f"{address}/webhooks/zoom/{client_id or 'CLIENT_ID'}")
    say("Redirect URL, and the page to connect from:")
    show_line(f"{address}/oauth/callback")
    show_line(f"{address}/oauth/start")
    say("Ctrl-C stops it.")
