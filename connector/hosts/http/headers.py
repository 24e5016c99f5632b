"""Headers that every answer has, whatever it is.

Zoom's review asks for the first four on what its client shows:
https://developers.zoom.us/docs/zoom-apps/security/owasp/
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    # The address of a page may hold an authorization code. With `no-referrer` a form would come without its origin.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class EveryAnswer:
    """Adds the headers that an answer has not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, sent)
