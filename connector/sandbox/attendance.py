"""Who was in a meeting, from when to when, and what they said there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from .people import User

_FIRST_NUMBER = 16_778_240
"""Zoom numbers those who come in one after the other, in steps."""
_STEP = 1_024


@dataclass(frozen=True)
class Visit:
    """Somebody was there for a while; who leaves and comes back makes several visits."""

    name: str
    email: str = ""
    """Of a user of the account, or of somebody from outside, of whom Zoom shows no address."""
    joined: float = 0
    """Minutes after the start."""
    left: float | None = None
    """Minutes after the start; None for the end of the meeting."""
    waiting: bool = False
    """In the waiting room, not in the meeting."""
    registrant_id: str = ""


@dataclass(eq=False)
class Attendance:
    """A visit as it happened."""

    number: int
    """Another one for each visit."""
    name: str
    email: str
    user: User | None
    join: datetime
    leave: datetime | None
    waiting: bool = False
    registrant_id: str = ""

    def seconds(self) -> int:
        """Tell how long it was; 0 while it goes on."""
        return 0 if self.leave is None else int((self.leave - self.join).total_seconds())

    @property
    def person(self) -> str:
        """What tells one person from another, as far as one can know."""
        return self.user.id if self.user is not None else self.email or self.name


@dataclass(frozen=True)
class PollAnswer:
    """What somebody answered to one question of a poll."""

    name: str
    email: str
    poll_id: str
    question: str
    answer: str
    moment: datetime


@dataclass(frozen=True)
class AskedQuestion:
    """What somebody asked in the Q&A, and what was answered."""

    name: str
    email: str
    question: str
    answer: str
    moment: datetime
    answered_by: User


def attend(
    present: list[Attendance], start: datetime, end: datetime | None, visits: Iterable[tuple[Visit, User | None]]
) -> None:
    """Write visits down, each with the user who made it, if it was one."""
    for visit, user in visits:
        present.append(
            Attendance(
                _FIRST_NUMBER + _STEP * len(present),
                visit.name,
                visit.email,
                user,
                start + timedelta(minutes=visit.joined),
                end if visit.left is None else start + timedelta(minutes=visit.left),
                visit.waiting,
                visit.registrant_id,
            )
        )


def count(present: Iterable[Attendance]) -> int:
    """Count the people who were in the meeting, each once."""
    return len({visit.person for visit in present if not visit.waiting})


def minutes(present: Iterable[Attendance]) -> int:
    """Add up the minutes of all who were in the meeting."""
    return sum(-(-visit.seconds() // 60) for visit in present if not visit.waiting)
