"""`zoom-connector serve` as a program that is killed again and again, and a receiver of what it delivers."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_PROGRAM = "from zoom_connector.hosts.cli import main; main()"
_UNTIL_CLOSED = '"$@" </dev/null & cat >/dev/null; kill -9 $!'
"""The program ends with our end of this shell's standard input, so it outlives no tests, not even those that die."""
_START = 120.0
"""Seconds that the program may take until it is ready."""


class Killed:
    """A server that is killed with -9 so many seconds after it has become ready, and started again, until `spare`."""

    def __init__(self, settings: Mapping[str, str], log: Path, *, after: float) -> None:
        self.port = free_port()
        self.kills = 0
        self._after = after
        self._log = log
        self._env = {**os.environ, **{f"ZOOM_CONNECTOR_{name.upper()}": value for name, value in settings.items()}}
        self._spared, self._over = threading.Event(), threading.Event()
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="killer")

    def __enter__(self) -> "Killed":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._spared.set()
        self._over.set()
        self._thread.join()
        if self._failure is not None:
            raise self._failure

    @property
    def is_well(self) -> bool:
        """Whether it still does what it should."""
        return self._failure is None

    def spare(self) -> None:
        """Kill it no more: from its next start on it lives until the end."""
        self._spared.set()

    def _run(self) -> None:
        try:
            while not self._over.is_set():
                self._live()
        except (AssertionError, OSError) as failure:  # for whoever waits for this thread
            self._failure = failure

    def _live(self) -> None:
        program = [sys.executable, "-c", _PROGRAM, "serve", "--port", str(self.port)]
        with (
            self._log.open("ab") as log,
            subprocess.Popen(
                ["/bin/sh", "-c", _UNTIL_CLOSED, "sh", *program],
                env=self._env,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=log,
            ),
        ):
            self._await_ready()
            if self._spared.wait(self._after):
                self._over.wait()
            else:
                self.kills += 1

    def _await_ready(self) -> None:
        end = time.monotonic() + _START
        while not self._over.is_set() and not is_ready(self.port):
            if time.monotonic() > end:
                raise AssertionError(f"serve does not get ready: {self._log.read_text()[-2000:]}")
            time.sleep(0.02)


class Subscriber:
    """Takes deliveries and keeps their ids, but for some seconds after so many requests it fails."""

    def __init__(self, fails_after: int, seconds: float) -> None:
        self.ids: defaultdict[str, set[str]] = defaultdict(set)
        """By meeting's session: under which ids it came."""
        self.requests = 0
        self.refused = 0
        self._fails_after = fails_after
        self._seconds = seconds
        self._well_at = 0.0
        self._guard = threading.Lock()

    @property
    def fails(self) -> bool:
        return time.monotonic() < self._well_at

    def take(self, id: str, session: str) -> int:
        """Return the status to answer with."""
        with self._guard:
            self.requests += 1
            if self.requests == self._fails_after:
                self._well_at = time.monotonic() + self._seconds
            if self.fails:
                self.refused += 1
                return 503
            self.ids[session].add(id)
            return 200


@contextmanager
def subscribed(subscriber: Subscriber) -> Iterator[str]:
    """Let somebody receive deliveries on this machine; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = subscriber.take(self.headers["webhook-id"], message["data"]["uuid"])
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 256

        def handle_error(self, *_: object) -> None:
            """A server that is killed leaves connections in the middle."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/events"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def is_ready(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
