"""The server under measurement, in a process of its own: `server.py durable|bare DATABASE_URL SECRET_KEY`."""

import sys
from collections.abc import Sequence

import uvicorn

import zoom_connector
from zoom_connector.hosts.http.application import application
from zoom_connector.hosts.listening import listen
from zoom_connector.settings import Settings
from zoom_connector.store import SqlStore
from zoom_connector.store.feed import Event

APP, SECRET = "benchmark-client", "benchmark-webhook-secret"


class Nothing:
    """Works beside the server without working."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def wake(self) -> None: ...


class Forgetful:
    """Takes events and keeps none: everything else on their way is the same."""

    def add(self, events: Sequence[Event]) -> int:
        return len(events)


def main(kind: str, database_url: str, secret_key: str) -> None:
    settings = Settings.load(
        database_url=database_url, secret_key=secret_key, client_id=APP, client_secret="unused", webhook_secret=SECRET
    )
    with SqlStore.open(database_url, keys=settings.secret_keys) as store:
        if kind == "bare":
            store.events = Forgetful()  # type: ignore[assignment]  # less than a store's part: nothing else is asked
        with (
            zoom_connector.load(settings=settings, store=store) as connector,
            listen("127.0.0.1", 0) as listening,
        ):
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            served = application(connector, address=address, background=Nothing())
            sys.stdout.write(f"{address}\n")
            sys.stdout.flush()
            uvicorn.Server(uvicorn.Config(served, log_level="warning", access_log=False, ws="none")).run(
                sockets=[listening]
            )


if __name__ == "__main__":
    main(*sys.argv[1:])
