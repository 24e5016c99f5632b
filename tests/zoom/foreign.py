"""A foreign server on this machine, and everything a client needs to talk to it."""

import json
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests

from zoom_connector.calls import Call
from zoom_connector.catalogue import Catalogue
from zoom_connector.errors import ReconnectRequired
from zoom_connector.explain import explain
from zoom_connector.zoom.access import Token
from zoom_connector.zoom.client import ZoomClient
from zoom_connector.zoom.limits import Limits, MemoryBudget
from zoom_connector.zoom.progress import Progress, silent
from zoom_connector.zoom.sending import Sender
from zoom_connector.zoom.transport import Timeout

ERRORS = Catalogue().errors
START = datetime(2030, 1, 7, 9, 0, tzinfo=UTC)


class MovableClock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._now = START
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self._now += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Reply:
    """What to answer; with `cut`, only so many bytes of the body before the connection breaks; -1: nothing at all."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: int | None = None


LOST = Reply(cut=-1)


def reply(value: Any, status: int = 200, **headers: str) -> Reply:
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json", **headers})


Answer = Callable[[Seen], Reply]


class Server(ThreadingHTTPServer):
    """Answers every request with what `answer` returns; its clock is the tests' clock."""

    daemon_threads = True

    def __init__(self, clock: MovableClock) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.clock = clock
        self.ahead = timedelta(0)
        self.seen: list[Seen] = []
        self.answer: Answer = lambda seen: reply({})

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # clients hang up on purpose here
            super().handle_error(request, client_address)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def script(self, *replies: Reply) -> None:
        """Give these answers one after the other."""
        rest = iter(replies)
        self.answer = lambda seen: next(rest)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def handle_any(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        seen = Seen(self.command, parts.path, query, json.loads(body) if body else None, dict(self.headers))
        self.server.seen.append(seen)
        answer = self.server.answer(seen)
        if answer.cut == -1:
            self.close_connection = True
            return
        self.send_response_only(answer.status)
        if "Date" not in answer.headers:
            self.send_header("Date", format_datetime(self.server.clock.now() + self.server.ahead, usegmt=True))
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body)))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body[: answer.cut])
        if answer.cut is not None:
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any  # noqa: N815 (http.server looks for these names)


@contextmanager
def running(clock: MovableClock) -> Iterator[Server]:
    with Server(clock) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


class Grant:
    """A grant that has as many tokens as are asked for: `token-1`, `token-2`, …"""

    account = "account-1"
    user = "me"
    connection = "sales"

    def __init__(self, api_url: str) -> None:
        self.api_url = api_url
        self.rejected: list[str] = []
        self.scopes: frozenset[str] = frozenset()

    def token(self) -> Token:
        return Token(f"token-{len(self.rejected) + 1}", self.api_url, self.scopes)

    def ended(self, refused: Token, error: ReconnectRequired) -> Token:
        raise error

    def renew(self, rejected: Token) -> Token:
        self.rejected.append(rejected.value)
        return self.token()


class MemoryClaims:
    """Claims of one process."""

    def __init__(self) -> None:
        self.made: set[str] = set()
        self._lock = threading.Lock()
        self._marks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    @contextmanager
    def hold(self, mark: str) -> Iterator[None]:
        with self._lock:
            lock = self._marks[mark]
        with lock:
            yield

    def claim(self, made: str) -> bool:
        with self._lock:
            new = made not in self.made
            self.made.add(made)
        return new

    def claimed(self, made: Collection[str]) -> set[str]:
        with self._lock:
            return self.made.intersection(made)


@dataclass
class Clients:
    """Makes clients of one grant."""

    grant: Grant
    session: requests.Session
    clock: MovableClock
    server: Server
    claims: MemoryClaims

    def __call__(
        self, *calls: Call, progress: Progress = silent, any_operation: bool = False, timeout: Timeout = (2, 2)
    ) -> ZoomClient:
        limits = Limits("business", MemoryBudget(), self.clock)
        return ZoomClient(
            Sender(self.grant, self.session, self.clock, limits, ("zoom.us", self.server.host), timeout),
            calls,
            claims=self.claims,
            explain=partial(explain, errors=ERRORS),
            progress=progress,
            any_operation=any_operation,
        )
