"""What a store keeps for whoever serves the connector: the keys of callers, and runs that take long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

from ..types import Outputs

JobState = Literal["running", "done", "failed", "stopped", "lost"]
"""`lost`: the process that ran it has not been heard of for a minute; nobody knows how far it came."""


@dataclass(frozen=True)
class ApiKey:
    """What a caller shows; the key itself is known to nobody but the caller."""

    name: str
    digest: str
    """SHA-256 of the key, in hex."""
    since: datetime


@dataclass(frozen=True)
class Job:
    """A run that somebody asks about from time to time."""

    id: str
    connection: str
    action: str
    state: JobState = "running"
    progress: Mapping[str, Any] | None = field(default=None, repr=False)
    outputs: Outputs | None = field(default=None, repr=False)
    problem: Mapping[str, Any] | None = field(default=None, repr=False)


class ApiKeys(Protocol):
    """The keys of callers, by name."""

    def all(self) -> list[ApiKey]:
        """Return every key, by name."""

    def add(self, name: str, digest: str) -> bool:
        """Let a key count from now on; False when there is one of that name."""

    def delete(self, name: str) -> bool:
        """Let a key count no more; False when there is none of that name."""


class Jobs(Protocol):
    """Runs that take long, for a day; they follow the name of their connection, and go with it."""

    def add(self, job: Job) -> None:
        """Write down a run that is going on; whoever runs it keeps it, at least once a minute."""

    def get(self, id: str) -> Job | None:
        """Return a run as it was kept last; `lost` where that is too long ago."""

    def keep(self, id: str, progress: Mapping[str, Any] | None) -> bool:
        """Say that it goes on, and how far it is; False when somebody wants it to stop, or forgot it."""

    def stop(self, id: str) -> None:
        """Ask whoever runs it to stop."""

    def finish(self, job: Job) -> None:
        """Write down what a run came to, if it is still known."""

    def delete(self, id: str) -> bool:
        """Forget a run, which stops it as well; False when there is none."""
