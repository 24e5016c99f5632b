"""Workers in processes of their own that renew a grant; a process that is started has to find this by its name.

One stops at a step of it until it is told to go on, from outside our code: in the HTTP library and in the database
library.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection as Pipe
from multiprocessing.synchronize import Barrier
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from sqlalchemy import event
from sqlalchemy.engine import Engine

from zoom_connector.catalogue import Catalogue
from zoom_connector.clock import SystemClock
from zoom_connector.oauth.connections import Connections
from zoom_connector.oauth.server import AuthorizationServer, Endpoints
from zoom_connector.settings import Settings
from zoom_connector.store import SqlStore

STEPS = BEFORE_THE_CALL, AFTER_THE_CALL, AFTER_THE_SAVE = "before the call", "after the call", "after the save"
_RELEASE = "UPDATE grants SET lease_owner"


@contextmanager
def connected(database: str, key: str, zoom: str, session: requests.Session | None = None) -> Iterator[Connections]:
    clock, identity = SystemClock(), Catalogue().identity
    with SqlStore.open(database, keys=[key], clock=clock) as store:
        server = AuthorizationServer(Endpoints.of(identity, Settings.load(zoom_url=zoom)), clock, session)
        yield Connections(store, server, identity, clock)


def with_threads(database: str, key: str, zoom: str, together: Barrier) -> None:
    """Use the connection "sales", whose token has expired, in eight threads."""
    with connected(database, key, zoom) as connections, ThreadPoolExecutor(8) as workers:
        together.wait(60)
        list(workers.map(lambda _: connections.access("sales").token(), range(8)))


def with_a_stop(step: str, database: str, key: str, zoom: str, told: "Pipe[str, str]") -> None:
    """Use the connection "sales", whose token has expired; at the step, say "stopped" and wait for a word."""

    def stop() -> None:
        told.send("stopped")
        told.recv()

    class Stopping(HTTPAdapter):
        def send(self, *arguments: Any, **options: Any) -> requests.Response:
            if step == BEFORE_THE_CALL:
                stop()
            answer = super().send(*arguments, **options)
            if step == AFTER_THE_CALL:
                stop()
            return answer

    def look(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if step == AFTER_THE_SAVE and statement.startswith(_RELEASE):
            stop()

    event.listen(Engine, "before_cursor_execute", look)
    with requests.Session() as session:
        session.mount("http://", Stopping())
        with connected(database, key, zoom, session) as connections:
            connections.access("sales").token()
    told.send("done")
