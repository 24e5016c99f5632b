"""The listening socket: HTTP on loopback, in the local Zoom's own time, with real resets."""

import socket
from datetime import UTC
from email.utils import format_datetime
from typing import TYPE_CHECKING

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from .application import Application
from .clock import Clock
from .samples import Samples
from .world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_LINGER_SIZE = 8


class Listener(ThreadedWSGIServer):
    """Serves on loopback only, and closes a connection without ceremony when a reset was asked for."""

    def __init__(self, port: int, world: World, samples: Samples) -> None:
        class Handler(_Handler):
            clock = world.clock

        # werkzeug would end the whole process if the port were taken; a socket of our own raises OSError.
        with socket.create_server(("127.0.0.1", port)) as bound:
            super().__init__("127.0.0.1", port, Application(world, samples), Handler, fd=bound.fileno())

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        if isinstance(request, socket.socket) and any(
            request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_SIZE)[:4]
        ):
            self.close_request(request)
        else:
            super().shutdown_request(request)


class _Handler(WSGIRequestHandler):
    """Writes no log, and lives in the server's own time."""

    protocol_version = "HTTP/1.1"
    clock: Clock

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing: what was asked is in `Sandbox.requests`."""

    def connection_dropped(self, error: BaseException, environ: "WSGIEnvironment | None" = None) -> None:
        """Read no further request from a connection that was reset."""
        self.close_connection = True

    def date_time_string(self, timestamp: float | None = None) -> str:
        """Return the `Date` header."""
        return format_datetime(self.clock.now().astimezone(UTC), usegmt=True)
