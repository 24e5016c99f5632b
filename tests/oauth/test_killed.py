"""A worker that is killed, or sleeps, in the middle of a renewal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection as Pipe
from multiprocessing.context import ForkServerProcess

import pytest
from oauth import renewing
from oauth.world import World
from processes import OTHERS

from zoom_connector.errors import ReconnectRequired
from zoom_connector.settings import Settings
from zoom_connector.store import GrantState

NONE, LONG = timedelta(0), timedelta(hours=1)
"""How long a refresh token goes on working after it was used; what Zoom grants is not documented."""


@pytest.fixture
def expired(world: World) -> World:
    """A connection whose token has run out in real time, which other processes live in."""
    world.zoom.clock.move(hours=-2)
    world.connect("sales")
    world.zoom.clock.move(hours=2)
    return world


@dataclass(frozen=True)
class Worker:
    """Another process, and what it and we say to each other."""

    process: ForkServerProcess
    pipe: "Pipe[str, str]"

    def kill(self) -> None:
        self.process.kill()
        self.process.join()


@contextmanager
def stopped(step: str, world: World, settings: Settings) -> Iterator[Worker]:
    """Let another process renew up to a step."""
    database, key = settings.database_url.get_secret_value(), settings.secret_keys[0]
    ours, theirs = OTHERS.Pipe()
    process = OTHERS.Process(target=renewing.with_a_stop, args=(step, database, key, world.zoom.url, theirs))
    process.start()
    theirs.close()
    worker = Worker(process, ours)
    try:
        assert ours.recv() == "stopped"
        yield worker
    finally:
        worker.kill()
        ours.close()


@pytest.mark.parametrize(
    ("step", "grace", "renewals"),
    [
        (renewing.BEFORE_THE_CALL, NONE, 1),
        (renewing.AFTER_THE_CALL, LONG, 2),
        (renewing.AFTER_THE_SAVE, NONE, 1),
    ],
)
def test_a_worker_killed_while_renewing_leaves_a_connection_that_works(
    expired: World, settings: Settings, step: str, grace: timedelta, renewals: int
) -> None:
    expired.zoom.refresh_grace = grace

    with stopped(step, expired, settings) as worker:
        worker.kill()
    expired.zoom.clock.move(minutes=2)  # its lease is over

    assert (expired.works("sales"), expired.renewals()) == (True, renewals)


def test_a_worker_killed_with_the_only_new_tokens_leaves_an_honest_end(expired: World, settings: Settings) -> None:
    expired.zoom.refresh_grace = NONE

    with stopped(renewing.AFTER_THE_CALL, expired, settings) as worker:
        worker.kill()
    expired.zoom.clock.move(minutes=2)

    with pytest.raises(ReconnectRequired) as caught:
        expired.connections.access("sales").token()
    assert (caught.value.code, caught.value.params) == ("grant_dead", {"connection": "sales"})
    assert expired.connections.get("sales").grant.state is GrantState.DEAD


def test_a_worker_that_slept_through_its_lease_does_not_overwrite_the_newer_tokens(
    expired: World, settings: Settings
) -> None:
    expired.zoom.refresh_grace = LONG

    with stopped(renewing.AFTER_THE_CALL, expired, settings) as worker:
        expired.zoom.clock.move(minutes=2)
        newer = expired.connections.access("sales").token()
        worker.pipe.send("go on")
        done = worker.pipe.recv()
        worker.process.join(60)

    assert (done, worker.process.exitcode, expired.renewals()) == ("done", 0, 2)
    assert expired.connections.get("sales").grant.tokens.access == newer.value
    assert expired.works("sales")
