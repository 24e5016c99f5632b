"""The web server that the application runs in."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from ...plugin import Connector
from ..listening import listen
from .application import application


def server(served: FastAPI) -> uvicorn.Server:
    """Make the server; `run` it with sockets to listen on."""
    # No access log: the address of a callback holds an authorization code.
    return uvicorn.Server(
        uvicorn.Config(
            served,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=10,
        )
    )


@contextmanager
def serving(connector: Connector) -> Iterator[str]:
    """Serve a connector to this machine, beside whatever the process does, and give the address."""
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        running = server(application(connector, address=address, background=connector.feed.worker()))
        thread = threading.Thread(target=running.run, args=([listening],), name="web server")
        thread.start()
        try:
            yield address
        finally:
            running.should_exit = True
            thread.join()
