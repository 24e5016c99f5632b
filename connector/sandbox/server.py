"""The local Zoom as a server on this machine, and the handles by which a test moves it."""

import threading
import time
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from .clock import MovableClock
from .faults import Faults
from .limits import Limits
from .listener import Listener
from .meeting import Meeting
from .received import Received
from .recordings import Recording
from .samples import Samples, own_samples
from .seed import plant
from .stage import Stage
from .webhooks import Webhooks
from .world import Behaviour, Plan, new_world

_POLL = 0.02
"""Seconds between two looks at whether the server should end."""
_HOUR = 3600.0


class Sandbox(Stage):
    """A local Zoom on 127.0.0.1: sign-in, API and downloads under one origin, `url`.

    Use it in a `with` statement, where it serves from a thread of its own, or call `serve_forever`. What is in it at
    the start is described in `zoom_connector.sandbox.seed`.

    Args:
        port: 0 takes a free one.
        clock: the time that the server lives in; by default this computer's, to be moved with `clock.move`.
        plan: decides the rate limits, and with `free` also what the account may do.
        limits: whether rate limits are enforced.
        refresh_grace: seconds for which a refresh token goes on working after it was used.
        manifests: where the examples come from that answer what is not played; the connector's own when left out.
        senders: how many events are sent at once; more than one does not keep the order.

    Raises:
        OSError: the port is taken.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        clock: MovableClock | None = None,
        plan: Plan = "pro",
        limits: bool = False,
        classic_write_reads: bool = True,
        refresh_grace: float = 60.0,
        manifests: Path | None = None,
        senders: int = 1,
    ) -> None:
        self.clock = clock or MovableClock()
        self.behaviour = Behaviour(classic_write_reads=classic_write_reads)
        world = new_world(
            self.clock,
            plan=plan,
            limits=limits,
            refresh_grace=timedelta(seconds=refresh_grace),
            behaviour=self.behaviour,
            senders=senders,
        )
        super().__init__(world)
        plant(self._world)
        self._server = Listener(port, self._world, Samples(manifests) if manifests else own_samples())
        self._world.origin = self.url
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """Origin of everything: pages, tokens, API and files."""
        return f"http://127.0.0.1:{self._server.port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name="local Zoom", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._world.faults.clear()
        self._world.webhooks.close()
        self._server.shutdown()
        if self._thread is not None:
            self._thread.join()
        self._server.server_close()

    def serve_forever(self) -> NoReturn:
        """Serve until this thread is interrupted.

        It only waits: an interrupt in the thread that serves can hit the server in the middle of a connection.
        """
        with self:
            while True:
                time.sleep(_HOUR)

    @property
    def requests(self) -> list[Received]:
        """What was asked so far, in the order in which it was answered."""
        with self._world.lock:
            return list(self._world.requests)

    @property
    def meetings(self) -> list[Meeting]:
        """The meetings that are not deleted."""
        with self._world.lock:
            return [meeting for meeting in self._world.meetings if not meeting.deleted]

    @property
    def recordings(self) -> list[Recording]:
        """The recordings that are neither deleted nor in the trash."""
        with self._world.lock:
            return [item for item in self._world.recordings if not item.deleted and item.trashed is None]

    @property
    def webhooks(self) -> Webhooks:
        """The endpoints that are told what happens, and what was sent to them."""
        return self._world.webhooks

    @property
    def faults(self) -> Faults:
        """What goes wrong."""
        return self._world.faults

    @property
    def refresh_grace(self) -> timedelta:
        """How long a refresh token goes on working after it was used."""
        return self._world.tokens.refresh_grace

    @refresh_grace.setter
    def refresh_grace(self, grace: timedelta) -> None:
        self._world.tokens.refresh_grace = grace

    @property
    def limits(self) -> Limits:
        """The rate limits, whose figures may be changed."""
        return self._world.limits
