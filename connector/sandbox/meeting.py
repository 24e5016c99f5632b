"""One meeting, its dates and the times that it was held."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from .answers import invalid_parameter
from .attendance import AskedQuestion, Attendance, PollAnswer
from .meeting_settings import WITHOUT_REGISTRATION
from .people import User
from .polls import Polls
from .registration import Registration
from .summaries import Summary

INSTANT, SCHEDULED, RECURRING_ANY_TIME, RECURRING = 1, 2, 3, 8
KEPT = timedelta(days=30)
"""How long the number of a meeting that does not recur stays good after its last use."""


@dataclass(eq=False)
class Occurrence:
    """One date of a recurring meeting. Its id is the start it was made with, in milliseconds, and stays."""

    id: str
    start: datetime
    duration: int
    deleted: bool = False
    agenda: str | None = None
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(eq=False)
class Instance:
    """One time that a meeting was held."""

    uuid: str
    start: datetime
    end: datetime | None = None
    present: list[Attendance] = field(default_factory=list)
    answers: list[PollAnswer] = field(default_factory=list)
    questions: list[AskedQuestion] = field(default_factory=list)
    summary: Summary | None = None


@dataclass(eq=False)
class Meeting:
    """A meeting, whatever its type."""

    id: int
    uuid: str
    host: User
    type: int
    topic: str
    duration: int
    timezone: str
    created: datetime
    start: datetime | None
    """None for a recurring meeting without fixed times."""
    settings: dict[str, Any]
    extras: dict[str, Any]
    """Fields that are handed back as they came."""
    occurrences: list[Occurrence] = field(default_factory=list)
    instances: list[Instance] = field(default_factory=list)
    deleted: bool = False
    registration: Registration = field(default_factory=Registration)
    polls: Polls = field(default_factory=Polls)
    survey: dict[str, Any] = field(default_factory=dict)
    live_stream: dict[str, str] = field(default_factory=dict)

    @property
    def needs_registration(self) -> bool:
        return bool(self.settings["approval_type"] != WITHOUT_REGISTRATION)

    @property
    def started(self) -> bool:
        return bool(self.instances) and self.instances[-1].end is None

    @property
    def there(self) -> list[Attendance]:
        """Who is in it now."""
        return [visit for visit in self.instances[-1].present if visit.leave is None] if self.started else []

    @property
    def end(self) -> datetime | None:
        """When it is planned to end, for good."""
        last = self.occurrences[-1] if self.occurrences else None
        if last is not None:
            return last.start + timedelta(minutes=last.duration)
        return None if self.start is None else self.start + timedelta(minutes=self.duration)

    def occurrence(self, occurrence_id: str) -> Occurrence:
        """Find one date.

        Raises:
            Refused: there is no such date.
        """
        for occurrence in self.occurrences:
            if occurrence.id == occurrence_id and not occurrence.deleted:
                return occurrence
        raise invalid_parameter("occurrence_id")

    def expired(self, now: datetime) -> bool:
        """Tell whether its number is no longer good."""
        if self.type != SCHEDULED or self.started or self.end is None:
            return False
        ends = [self.end, *(instance.end for instance in self.instances if instance.end)]
        return now > max(ends) + KEPT
