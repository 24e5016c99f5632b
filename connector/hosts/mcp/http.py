"""The server over HTTP: `/mcp`, for clients that do not start it themselves."""

import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from mcp.server.lowlevel import Server
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


def run_http(server: Server[Any], listening: socket.socket, admits: Callable[[str], bool]) -> None:
    """Serve until Ctrl-C.

    Args:
        server: made by `mcp_server`.
        listening: where.
        admits: says whether the key of a client opens; asked with "" where it shows none.
    """
    # The SDK lets only browsers of this machine's own pages in where it knows that this machine is all it serves.
    app = server.streamable_http_app(host=listening.getsockname()[0])
    app.add_middleware(_Keyed, admits=admits)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none")
    uvicorn.Server(config).run(sockets=[listening])


class _Keyed:
    """Answers 401 to whoever shows no key that opens."""

    def __init__(self, app: ASGIApp, admits: Callable[[str], bool]) -> None:
        self._app = app
        self._admits = admits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            kind, _, key = Headers(scope=scope).get("authorization", "").partition(" ")
            if not self._admits(key.strip() if kind.lower() == "bearer" else ""):
                answer = PlainTextResponse(
                    "Send the key as Authorization: Bearer.", 401, {"WWW-Authenticate": "Bearer"}
                )
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)
