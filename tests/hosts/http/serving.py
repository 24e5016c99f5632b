"""The real web server on this machine, in a thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
import uvicorn
from events.signed import CLIENT, headers

from zoom_connector import Connector
from zoom_connector.hosts.http.application import application
from zoom_connector.hosts.listening import listen
from zoom_connector.sandbox import Sandbox


@dataclass
class Beside:
    """Works beside a server, without working."""

    log: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.log.append("start")

    def stop(self) -> None:
        self.log.append("stop")

    def wake(self) -> None:
        self.log.append("wake")


@dataclass(frozen=True)
class Served:
    """A connector that is served, and a browser without a proxy."""

    address: str
    connector: Connector
    browser: requests.Session

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.browser.get(f"{self.address}{path}", timeout=30, allow_redirects=False, **more)

    def post(self, path: str, **more: Any) -> requests.Response:
        return self.browser.post(f"{self.address}{path}", timeout=30, allow_redirects=False, **more)

    def delete(self, path: str, **more: Any) -> requests.Response:
        return self.browser.delete(f"{self.address}{path}", timeout=30, allow_redirects=False, **more)

    def webhook(self, raw: bytes, *, app: str = CLIENT, **more: str) -> requests.Response:
        sent = headers(raw, self.connector.engine.clock.now())
        return self.post(f"/webhooks/zoom/{app}", data=raw, headers={**sent, **more})

    def break_database(self) -> None:
        """Write over the files of SQLite."""
        database = Path(self.connector.settings.database_url.get_secret_value().removeprefix("sqlite:///"))
        for suffix in ("", "-wal", "-shm"):
            database.with_name(database.name + suffix).write_bytes(b"no database " * 1000)


@dataclass(frozen=True)
class Service:
    """A server, and the local Zoom behind it."""

    zoom: Sandbox
    served: Served

    def run(self, key: str, inputs: Any, *, on: str = "sales", query: str = "", **headers: str) -> requests.Response:
        """Run an action."""
        return self.served.post(f"/connections/{on}/actions/{key}{query}", json=inputs, headers=headers)

    def settled(self, job: str) -> dict[str, Any]:
        """Ask about a job until it is over."""
        while (told := self.served.get(job).json())["state"] == "running":
            pass
        return dict(told)


def code(answer: requests.Response) -> tuple[int, str]:
    """Return what a program goes by, of an answer that is a problem."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    return answer.status_code, answer.json()["code"]


@contextmanager
def serving(connector: Connector, *, address: str = "", beside: Beside | None = None) -> Iterator[Served]:
    with listen("127.0.0.1", 0) as listening, requests.Session() as browser:
        browser.trust_env = False
        local = f"http://127.0.0.1:{listening.getsockname()[1]}"
        served = application(connector, address=address or local, background=beside or Beside())
        server = uvicorn.Server(uvicorn.Config(served, log_config=None, access_log=False, ws="none"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield Served(local, connector, browser)
        finally:
            browser.close()  # the server waits for connections that are kept open
            server.should_exit = True
            thread.join()
