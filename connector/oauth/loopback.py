"""Receive the browser on this machine after a sign-in (RFC 8252, 7.3).

Only the browser that left from here may come back, and by way of Zoom: it carries a cookie. Otherwise any page that is
open in it could send a sign-in of somebody else's here, or end the one that is going on (RFC 6749, 10.12).
"""

import os
import queue
import secrets
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import ClassVar, Self
from urllib.parse import parse_qs, urlsplit

from ..errors import SignInFailed
from ..words import PLAIN, Words

PATH = "/oauth/callback"


class Loopback:
    """A web server on 127.0.0.1 for the moment of a sign-in; use it in a `with`.

    Args:
        port: the port that the app's redirect URL at Zoom names; any free one when 0.
        words: of whoever signs in.

    Raises:
        SignInFailed: `port_in_use`.
    """

    def __init__(self, port: int = 0, words: Words = PLAIN) -> None:
        self._callbacks: queue.SimpleQueue[str] = queue.SimpleQueue()
        try:
            self._server = _Server(("127.0.0.1", port), _Handler)
        except OSError as error:
            raise SignInFailed("port_in_use", port=port) from error
        self._server.callbacks = self._callbacks
        self._server.words = words
        self.redirect_uri = f"http://127.0.0.1:{self._server.server_port}{PATH}"
        self._server.redirect_uri = self.redirect_uri
        self._server.cookie = f"zoom_connector_{self._server.server_port}={secrets.token_urlsafe(16)}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def start(self, authorize_url: str) -> str:
        """Return the address to open in the browser: a page here that leads to the consent page."""
        self._server.authorize_url = authorize_url
        return f"http://127.0.0.1:{self._server.server_port}/"

    def wait(self, timeout: float) -> str:
        """Return the URL that the browser came back with.

        Args:
            timeout: seconds.

        Raises:
            SignInFailed: `sign_in_timeout`. Zoom tells nobody that it would not let a person through, so this is also
                what a missing approval looks like.
        """
        try:
            return self._callbacks.get(timeout=timeout)
        except queue.Empty:
            raise SignInFailed("sign_in_timeout", seconds=timeout) from None

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    # Browsers open connections in advance and send nothing on them; nobody waits for those.
    daemon_threads = True
    block_on_close = False
    # On Windows the option would let two servers share the port.
    allow_reuse_address = os.name != "nt"
    callbacks: queue.SimpleQueue[str]
    words: Words
    redirect_uri: str
    cookie: str
    authorize_url = ""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    server_version = "zoom-connector"
    sys_version = ""
    timeout = 10

    def do_GET(self) -> None:
        parts, words = urlsplit(self.path), self.server.words
        query = parse_qs(parts.query)
        if parts.path == "/" and self.server.authorize_url:
            self._leave()
        elif parts.path != PATH:
            self._page(
                HTTPStatus.NOT_FOUND, words("Nothing here"), words("This address only receives sign-ins from Zoom.")
            )
        elif "state" not in query:
            # Adding the app from Zoom's marketplace ends here too, with a code and without a state.
            self._page(HTTPStatus.OK, words("Almost there"), self._added())
        elif not self._left_from_here():
            self._page(
                HTTPStatus.FORBIDDEN,
                words("This sign-in began in another browser"),
                words(
                    "Open, in this one, the address that the program shows. If it asks for an address, paste that of "
                    "this page there."
                ),
            )
        elif "error" in query:
            back = words("Go back to the program that you started from; it says why.")
            self._page(HTTPStatus.OK, words("Zoom did not sign you in"), back)
            self.server.callbacks.put(f"{self.server.redirect_uri}?{parts.query}")
        else:
            back = words("Go back to the program that you started from. You can close this window.")
            self._page(HTTPStatus.OK, words("Zoom has answered"), back)
            self.server.callbacks.put(f"{self.server.redirect_uri}?{parts.query}")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the address of a request holds the authorization code."""

    def _leave(self) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", self.server.authorize_url)
        # Lax: the cookie comes back with a redirect from Zoom's site, and with nothing that a page loads by itself.
        self.send_header("Set-Cookie", f"{self.server.cookie}; Path={PATH}; HttpOnly; SameSite=Lax")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _left_from_here(self) -> bool:
        cookies = [cookie.strip() for cookie in self.headers.get("Cookie", "").split(";")]
        return self.server.cookie in cookies

    def _added(self) -> str:
        words = self.server.words
        if self.server.authorize_url:
            sign_in = f'<a href="/">{words("sign in with it")}</a>'
            return words("You added the app at Zoom. One step is left: {sign_in}.", sign_in=sign_in)
        return words(
            "You added the app at Zoom, but nothing here was waiting for it. Go to the program that is to be "
            "connected, or run: zoom-connector connect NAME"
        )

    def _page(self, status: HTTPStatus, title: str, text: str) -> None:
        page = _PAGE.format(language=self.server.words.language, title=title, text=text).encode()
        self.send_response(status)
        for name, value in {**self._HEADERS, "Content-Length": str(len(page))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(page)

    _HEADERS: ClassVar = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        # The address holds the authorization code.
        "Referrer-Policy": "no-referrer",
        "Content-Security-Policy": "default-src 'none'",
    }


_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1><p>{text}</p></body></html>
"""
