"""An app's webhook endpoint that is none of ours: it writes down what it gets, and answers as a test wants it."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from zoom_connector.sandbox import seed


@dataclass(frozen=True)
class Got:
    """One request."""

    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.raw)

    @property
    def event(self) -> str:
        return str(self.body["event"])

    @property
    def thing(self) -> Any:
        return self.body["payload"]["object"]

    def is_signed(self, secret: str = seed.WEBHOOK_SECRET) -> bool:
        message = b"v0:" + self.headers["x-zm-request-timestamp"].encode() + b":" + self.raw
        expected = "v0=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected, self.headers["x-zm-signature"])


@dataclass
class Listening:
    """What came so far, and what is answered."""

    url: str = ""
    secret: str = seed.WEBHOOK_SECRET
    statuses: list[int] = field(default_factory=list)
    """For the next events; 200 when there are no more."""
    challenges: list[Got] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    """Cleared, nothing is answered."""
    arrived: threading.Event = field(default_factory=threading.Event)
    """Set as soon as an event is here."""

    @property
    def events(self) -> list[str]:
        return [one.event for one in self.got]

    def answer(self, one: Got) -> tuple[int, dict[str, str]]:
        if one.event != "endpoint.url_validation":
            self.got.append(one)
            self.arrived.set()
            return (self.statuses.pop(0) if self.statuses else 200), {}
        self.challenges.append(one)
        token = one.body["payload"]["plainToken"]
        encrypted = hmac.new(self.secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        return 200, {"plainToken": token, "encryptedToken": encrypted}


@contextmanager
def listening() -> Iterator[Listening]:
    """Listen on this machine."""
    app = Listening()
    app.gate.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"]))
            one = Got({name.lower(): value for name, value in self.headers.items()}, raw)
            status, answer = app.answer(one)
            app.gate.wait(30)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    app.url = f"http://127.0.0.1:{server.server_port}/webhooks"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield app
    finally:
        app.gate.set()
        server.shutdown()
        thread.join()
        server.server_close()
