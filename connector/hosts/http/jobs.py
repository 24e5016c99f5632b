"""Runs, and what is told of those that take long: every server of one database can be asked about them."""

import logging
import secrets
import threading
from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from ...connection import Connection
from ...errors import InvalidInputs, ManifestError, RunStopped, ZoomConnectorError
from ...events.worker import Duty, Worker
from ...plugin import Connector
from ...store.serving import Job, JobState
from ...types import Inputs, Outputs
from .asking import Asked
from .problems import as_problem
from .service import Answers

_AT_ONCE = 32
"""Runs under way in one process; others wait for their turn."""
_KEPT_EVERY = 2.0
"""Seconds between two looks whether somebody wants a job to stop, and until others see how far it is."""

_log = logging.getLogger(__name__)


@dataclass
class Run:
    """A run of this process."""

    connection: Connection
    action: str
    id: str = field(default_factory=lambda: f"job_{secrets.token_hex(16)}")
    stop: threading.Event = field(default_factory=threading.Event)
    progress: Mapping[str, Any] | None = field(default=None, repr=False)
    future: "Future[Outputs]" = field(default_factory=Future, repr=False)
    handed_out: bool = False
    """Somebody knows its id."""

    def tell(self, done: int, total: int | None, message: str) -> None:
        """Note how far it is."""
        self.progress = {"done": done, "total": total, "message": message}

    def job(self, state: JobState = "running", **came_to: Any) -> Job:
        """Return it as it is stored."""
        return Job(self.id, self.connection.name, self.action, state, self.progress, **came_to)


class Jobs:
    """Runs actions in threads, and keeps those that somebody asks about later; start and stop it with the server."""

    def __init__(self, connector: Connector) -> None:
        self._jobs = connector.engine.store.jobs
        self._threads = ThreadPoolExecutor(_AT_ONCE, "run")
        self._runs: dict[str, Run] = {}
        self._keeper = Worker([Duty("keep jobs", lambda _: self._keep(), every=_KEPT_EVERY, wakes=False)])
        self._closing = False

    def start(self) -> None:
        """Begin to look whether somebody wants a job to stop."""
        self._keeper.start()

    def stop(self) -> None:
        """End every run where that does no harm, and return when they have ended."""
        self._closing = True
        for run in list(self._runs.values()):
            run.stop.set()
        self._threads.shutdown(cancel_futures=True)
        self._keeper.stop()

    def run(self, run: Run, inputs: Inputs, *, idempotency_key: str | None, reveal: Collection[str]) -> None:
        """Begin a run; its `future` is what it comes to."""
        self._runs[run.id] = run
        run.future = self._threads.submit(
            run.connection.run,
            run.action,
            inputs,
            idempotency_key=idempotency_key,
            reveal=reveal,
            progress=run.tell,
            stop=run.stop,
        )
        run.future.add_done_callback(lambda _: self._runs.pop(run.id, None))

    def hand_out(self, run: Run) -> dict[str, Any]:
        """Let everybody who knows its id ask about a run from now on, and say how it stands."""
        self._jobs.add(run.job())
        run.handed_out = True
        run.future.add_done_callback(lambda _: self._finish(run))
        return asdict(run.job())

    def answers(self) -> dict[str, Answers]:
        """Return who answers what."""
        return {"get_job": self._get, "stop_job": self._stop, "delete_job": self._delete}

    def _get(self, asked: Asked) -> dict[str, Any]:
        id = asked.parts["job"]
        job = self._jobs.get(id)
        if job is None:
            raise InvalidInputs("unknown_job", job=id)
        run = self._runs.get(id)
        if job.state == "lost":
            return asdict(replace(job, state="failed", problem=_problem(RunStopped("job_lost"), asked.connector)))
        return asdict(replace(job, progress=run.progress) if run else job)

    def _stop(self, asked: Asked) -> dict[str, Any]:
        self._jobs.stop(asked.parts["job"])
        if run := self._runs.get(asked.parts["job"]):
            run.stop.set()
        return self._get(asked)

    def _delete(self, asked: Asked) -> None:
        if not self._jobs.delete(asked.parts["job"]):
            raise InvalidInputs("unknown_job", job=asked.parts["job"])
        if run := self._runs.get(asked.parts["job"]):
            run.stop.set()

    def _keep(self) -> None:
        for run in [run for run in self._runs.values() if run.handed_out]:
            if not self._jobs.keep(run.id, run.progress):
                run.stop.set()

    def _finish(self, run: Run) -> None:
        self._jobs.finish(self._outcome(run))

    def _outcome(self, run: Run) -> Job:
        if run.future.cancelled():
            return run.job("failed", problem=_problem(RunStopped("job_lost"), run.connection.connector))
        failure = run.future.exception()
        if failure is None:
            return run.job("done", outputs=run.future.result())
        state: JobState = "failed"
        if isinstance(failure, RunStopped):
            state, failure = ("failed", RunStopped("job_lost")) if self._closing else ("stopped", failure)
        elif not isinstance(failure, ZoomConnectorError):
            _log.error("A run of %s failed.", run.action, exc_info=failure)
            failure = ManifestError("connector_failed")
        return run.job(state, problem=_problem(failure, run.connection.connector))


def _problem(failure: ZoomConnectorError, connector: Connector) -> dict[str, Any]:
    return as_problem(failure, connector.explain(failure))
