"""The local Zoom as a server on this machine, and the handles by which a test moves it."""

import threading
import time
from datetime import timedelta
from types import TracebackType
from typing import NoReturn, Self

from .clock import MovableClock
from .faults import Faults
from .limits import Limits
from .listener import Listener
from .meeting import Instance, Meeting
from .people import Account, App, User
from .received import Received
from .recordings import VIDEO_SIZE, Recording
from .seed import ACCOUNT_ID, HOST, hold, plant
from .tokens import Ended
from .world import Behaviour, Plan, new_world

_POLL = 0.02
"""Seconds between two looks at whether the server should end."""
_HOUR = 3600.0


class Sandbox:
    """A local Zoom on 127.0.0.1: sign-in, API and downloads under one origin, `url`.

    Use it in a `with` statement, where it serves from a thread of its own, or call `serve_forever`. What is in it at
    the start is described in `zoom_connector.sandbox.seed`.

    Args:
        port: 0 takes a free one.
        clock: the time that the server lives in; by default this computer's, to be moved with `clock.move`.
        plan: decides the rate limits, and with `free` also what the account may do.
        limits: whether rate limits are enforced.
        refresh_grace: seconds for which a refresh token goes on working after it was used.

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
    ) -> None:
        self.clock = clock or MovableClock()
        self.behaviour = Behaviour(classic_write_reads=classic_write_reads)
        self._world = new_world(
            self.clock,
            plan=plan,
            limits=limits,
            refresh_grace=timedelta(seconds=refresh_grace),
            behaviour=self.behaviour,
        )
        plant(self._world)
        self._server = Listener(port, self._world)
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

    @property
    def account(self) -> Account:
        """The account that is here from the start."""
        return self._world.people.accounts[ACCOUNT_ID]

    def app(self, client_id: str) -> App:
        """Return an app, which may be changed."""
        return self._world.people.apps[client_id]

    def user(self, reference: str) -> User:
        """Return a user by id or e-mail address, who may be changed."""
        user = self._world.people.user(reference)
        if user is None:
            raise KeyError(reference)
        return user

    def add_account(self, account: Account) -> Account:
        """Let there be another customer."""
        with self._world.lock:
            return self._world.people.add_account(account)

    def add_user(self, user: User) -> User:
        """Let there be another user."""
        with self._world.lock:
            return self._world.people.add_user(user)

    def add_app(self, app: App) -> App:
        """Let there be another app."""
        with self._world.lock:
            return self._world.people.add_app(app)

    def start_meeting(self, meeting_id: int | str) -> Instance:
        """Let the host start a meeting."""
        with self._world.lock:
            return self._world.meetings.start(self._world.meetings.find(str(meeting_id)))

    def end_meeting(self, meeting_id: int | str) -> Instance:
        """Let the host end a meeting."""
        with self._world.lock:
            return self._world.meetings.end(self._world.meetings.find(str(meeting_id)))

    def add_recording(
        self,
        topic: str = "Recorded",
        *,
        host: str = HOST,
        days_ago: float = 1,
        uuid: str | None = None,
        size: int = VIDEO_SIZE,
        processing: bool = False,
    ) -> Recording:
        """Let a meeting have been held and recorded, with a video of `size` bytes.

        With `processing`, Zoom is still working on it until `recording.processing` is set to False.
        """
        with self._world.lock:
            uuid = uuid or self._world.meetings.new_uuid()
            recording = hold(self._world, self.user(host), topic, days_ago=days_ago, uuid=uuid, size=size)
            recording.processing = processing
            return recording

    def remove_app(self, client_id: str, user: str) -> None:
        """Let a user remove an app: its tokens are unknown from now on."""
        self._end(client_id, user, Ended.REMOVED)

    def revoke(self, client_id: str, user: str) -> None:
        """End a user's grant as a sign-in elsewhere does."""
        self._end(client_id, user, Ended.REVOKED)

    def withdraw_approval(self, client_id: str) -> None:
        """Let an admin switch an app off for the account: its grants end and nobody may authorize it."""
        with self._world.lock:
            self.account.approval_needed = True
            self.account.approved.discard(client_id)
            for grant in self._world.tokens.grants:
                if grant.app.client_id == client_id and grant.user.account is self.account and grant.ended is None:
                    grant.ended = Ended.WITHDRAWN

    def _end(self, client_id: str, user: str, why: Ended) -> None:
        with self._world.lock:
            self._world.tokens.end(self.app(client_id), self.user(user), why)
