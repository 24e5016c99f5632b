"""Polls of a meeting."""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .answers import Refused, invalid_fields
from .rule import FLAG, LIST, Rule, missing, refused

MOST = 50
_CHOICES = ("single", "multiple", "rank_order", "matching")
_ADVANCED = ("matching", "rank_order", "short_answer", "long_answer", "fill_in_the_blank", "rating_scale")
_POLL = {
    "anonymous": FLAG,
    "poll_type": Rule(int, choices=(1, 2, 3)),
    "questions": Rule(list, least=1),
    "title": Rule(str, most=64),
}
_QUESTION = {
    "answer_max_character": Rule(int),
    "answer_min_character": Rule(int, least=1),
    "answer_required": FLAG,
    "answers": Rule(list, least=2),
    "case_sensitive": FLAG,
    "name": Rule(str, least=1, most=1024),
    "prompts": LIST,
    "rating_max_label": Rule(str),
    "rating_max_value": Rule(int, most=10),
    "rating_min_label": Rule(str),
    "rating_min_value": Rule(int, least=0),
    "right_answers": Rule(list, least=1),
    "show_as_dropdown": FLAG,
    "type": Rule(str, choices=("single", "multiple", *_ADVANCED)),
}


@dataclass(eq=False)
class Poll:
    """One poll, with what it was made of."""

    id: str
    fields: dict[str, Any]
    status: str = "notstart"


class Polls:
    """The polls of one meeting. The caller holds the world's lock."""

    def __init__(self) -> None:
        self._all: dict[str, Poll] = {}
        self._made = 0

    def add(self, meeting_id: int, bodies: list[Mapping[str, Any]], prefix: str = "") -> list[Poll]:
        """Make polls.

        Raises:
            Refused: a field is wrong, or there would be too many; none is made.
        """
        for number, body in enumerate(bodies):
            refuse_wrong(body, prefix and f"{prefix}[{number}].")
        if len(self._all) + len(bodies) > MOST:
            raise Refused(400, 4400, f"You can only add a maximum of {MOST} polls.")
        return [self._add(meeting_id, body) for body in bodies]

    def find(self, poll_id: str) -> Poll:
        """Find a poll.

        Raises:
            Refused: there is none.
        """
        if poll_id not in self._all:
            raise Refused(404, 404, "Meeting Poll not found")
        return self._all[poll_id]

    def replace(self, poll_id: str, body: Mapping[str, Any]) -> None:
        """Put other content in place of a poll's.

        Raises:
            Refused: a field is wrong, or there is no such poll.
        """
        poll = self.find(poll_id)
        refuse_wrong(body, "")
        poll.fields = _kept(body)

    def remove(self, poll_id: str) -> None:
        """Delete a poll.

        Raises:
            Refused: there is none.
        """
        del self._all[self.find(poll_id).id]

    def listed(self, *, anonymous: bool) -> list[Poll]:
        """List all of them, or the anonymous ones."""
        return [poll for poll in self._all.values() if not anonymous or poll.fields["anonymous"]]

    def _add(self, meeting_id: int, body: Mapping[str, Any]) -> Poll:
        self._made += 1
        digest = hashlib.sha256(f"poll {meeting_id} {self._made}".encode()).digest()[:16]
        poll = Poll(base64.urlsafe_b64encode(digest).decode().rstrip("="), _kept(body))
        self._all[poll.id] = poll
        return poll


def is_advanced(body: Mapping[str, Any]) -> bool:
    """Tell whether the account must allow advanced polls for this one."""
    types = [question.get("type") for question in body.get("questions") or () if isinstance(question, dict)]
    return body.get("poll_type", 1) != 1 or any(kind in _ADVANCED for kind in types)


def refuse_wrong(body: Mapping[str, Any], prefix: str) -> None:
    """Look at the content of a poll.

    Raises:
        Refused: a field is wrong.
    """
    if wrong := list(_wrong(body, prefix)):
        raise invalid_fields(*wrong)


def _wrong(body: Mapping[str, Any], prefix: str) -> Iterator[str]:
    yield from refused(body, _POLL, prefix)
    questions = body.get("questions")
    for number, question in enumerate(questions if isinstance(questions, list) else ()):
        place = f"{prefix}questions[{number}]."
        yield from refused(question, _QUESTION, place)
        choices = ("answers",) if isinstance(question, dict) and question.get("type") in _CHOICES else ()
        yield from missing(question, "name", "type", *choices, prefix=place)


def _kept(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"title": "", "poll_type": 1, "anonymous": False} | {name: body[name] for name in _POLL if name in body}
