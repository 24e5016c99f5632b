"""A worker in a process of its own that renews a grant, and stops at a step of it until it is told to go on.

It is stopped from outside our code: in the HTTP library and in the database library.
"""

import sys
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


def main(step: str, database: str, key: str, zoom: str) -> None:
    """Use the connection "sales", whose token has expired."""

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
    clock, identity = SystemClock(), Catalogue().identity
    with requests.Session() as session, SqlStore.open(database, keys=[key], clock=clock) as store:
        session.mount("http://", Stopping())
        server = AuthorizationServer(Endpoints.of(identity, Settings.load(zoom_url=zoom)), clock, session)
        Connections(store, server, identity, clock).access("sales").token()
    say("done")


def stop() -> None:
    say("stopped")
    sys.stdin.readline()


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
