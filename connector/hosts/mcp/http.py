"""The server over HTTP: `/mcp`, for clients that do not start it themselves."""

import socket
from collections.abc import Callable
from typing import Any

import uvicorn
from mcp.server.lowlevel import Server
from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ...explain import Explanation


def run_http(
    server: Server[Any], listening: socket.socket, admits: Callable[[str], bool], refusal: Explanation
) -> None:
    """Serve until Ctrl-C.

    Args:
        server: made by `mcp_server`.
        listening: where.
        admits: says whether the key of a client opens; asked with "" where it shows none.
        refusal: what a client is told whose key does not.
    """
    # The SDK lets only browsers of this machine's own pages in where it knows that this machine is all it serves.
    app = server.streamable_http_app(host=listening.getsockname()[0])
    app.add_middleware(_Keyed, admits=admits, refusal=refusal)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, ws="none")
    uvicorn.Server(config).run(sockets=[listening])


class _Keyed:
    """Answers whoever shows no key that opens with a problem (RFC 9457)."""

    def __init__(self, app: ASGIApp, admits: Callable[[str], bool], refusal: Explanation) -> None:
        self._app = app
        self._admits = admits
        self._problem = {"type": "about:blank", "status": 401, **refusal.as_dict()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            kind, _, key = Headers(scope=scope).get("authorization", "").partition(" ")
            if not self._admits(key.strip() if kind.lower() == "bearer" else ""):
                headers = {"WWW-Authenticate": "Bearer"}
                answer = JSONResponse(self._problem, 401, headers, media_type="application/problem+json")
                await answer(scope, receive, send)
                return
        await self._app(scope, receive, send)
