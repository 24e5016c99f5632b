"""Who has registered for a meeting, and what they are asked."""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from .answers import Refused, invalid_fields
from .limits import too_many_today
from .rule import FLAG, LIST, TEXT, Rule, is_address, missing, refused

CAPACITY = 4_999
ADDS_A_DAY = 3
CHANGES_A_DAY = 10
_STATUS = {"approve": "approved", "deny": "denied", "cancel": "cancelled"}

DETAILS: Mapping[str, Rule] = {
    "first_name": Rule(str, least=1, most=64),
    "last_name": Rule(str, most=64),
    **dict.fromkeys(
        ("email", "address", "city", "state", "zip", "country", "phone", "comments", "industry", "job_title", "org"),
        TEXT,
    ),
    "custom_questions": LIST,
    "no_of_employees": TEXT,
    "purchasing_time_frame": TEXT,
    "role_in_purchase_process": TEXT,
}
_SENT = {**DETAILS, "auto_approve": FLAG, "language": TEXT}
QUESTIONS = tuple(name for name in DETAILS if name not in ("first_name", "email", "custom_questions"))


@dataclass(eq=False)
class Registrant:
    """Somebody who registered."""

    id: str
    details: dict[str, Any]
    created: datetime
    status: str
    occurrence_ids: tuple[str, ...] = ()
    """Dates of a series; empty for all of them."""
    adds: Counter[date] = field(default_factory=Counter)
    changes: Counter[date] = field(default_factory=Counter)

    @property
    def email(self) -> str:
        return str(self.details["email"])


class Registration:
    """The registrants of one meeting and their form. The caller holds the world's lock."""

    def __init__(self) -> None:
        self._all: dict[str, Registrant] = {}
        self.questions: list[dict[str, Any]] = [{"field_name": "last_name", "required": False}]
        self.custom_questions: list[dict[str, Any]] = []

    def refuse_wrong(self, body: object, now: datetime, label: str, prefix: str = "") -> None:
        """Look at what somebody wants to register with.

        Raises:
            Refused: a field is wrong, an answer is missing, or it was sent too often today.
        """
        if wrong := [*refused(body, _SENT, prefix), *self._missing(body, prefix)]:
            raise invalid_fields(*wrong)
        known = self._all.get(_key(body))
        if known is not None and known.adds[_day(now)] >= ADDS_A_DAY:
            raise too_many_today(label, ADDS_A_DAY, now)
        if known is None and len(self._all) >= CAPACITY:
            raise Refused(400, 3043, "Meeting has reached maximum attendee capacity.")

    def add(
        self, meeting_id: int, body: Mapping[str, Any], now: datetime, *, status: str, dates: tuple[str, ...] = ()
    ) -> Registrant:
        """Register somebody, or again; the address tells who it is."""
        details = {name: body[name] for name in DETAILS if name in body}
        known = self._all.get(_key(body))
        if known is None or known.status == "cancelled":
            adds = known.adds if known is not None else Counter()
            known = Registrant(_registrant_id(meeting_id, body), details, now, status, dates, adds)
            self._all[_key(body)] = known
        known.details |= details
        known.adds[_day(now)] += 1
        return known

    def find(self, reference: str) -> Registrant:
        """Find a registrant by id or address.

        Raises:
            Refused: there is none, or the registration was cancelled.
        """
        for registrant in self._all.values():
            if reference.lower() in (registrant.id.lower(), registrant.email.lower()) and (
                registrant.status != "cancelled"
            ):
                return registrant
        raise Refused(400, 3079, f"This registrant does not exist: {reference}.")

    def listed(self, status: str, occurrence_id: str | None) -> list[Registrant]:
        """List those of a status; with an occurrence those who come on that date."""
        return [
            registrant
            for registrant in self._all.values()
            if registrant.status == status
            and (not occurrence_id or not registrant.occurrence_ids or occurrence_id in registrant.occurrence_ids)
        ]

    def decide(self, action: str, references: list[str], now: datetime, label: str) -> None:
        """Approve, deny or cancel.

        Raises:
            Refused: one of them does not exist, or was changed too often today; nobody is changed.
        """
        found = [self.find(reference) for reference in references]
        if any(registrant.changes[_day(now)] >= CHANGES_A_DAY for registrant in found):
            raise too_many_today(label, CHANGES_A_DAY, now)
        for registrant in found:
            registrant.changes[_day(now)] += 1
            registrant.status = _STATUS[action]

    def _missing(self, body: object, prefix: str) -> Iterator[str]:
        required = [question["field_name"] for question in self.questions if question.get("required")]
        yield from missing(body, "email", "first_name", *required, prefix=prefix)
        values = body if isinstance(body, dict) else {}
        if values.get("email") and not is_address(values["email"]):
            yield f"{prefix}email"
        answered = {
            answer.get("title")
            for answer in values.get("custom_questions") or ()
            if isinstance(answer, dict) and answer.get("value")
        }
        if any(question.get("required") and question["title"] not in answered for question in self.custom_questions):
            yield f"{prefix}custom_questions"


def _key(body: object) -> str:
    return str(body.get("email", "")).lower() if isinstance(body, dict) else ""


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def _registrant_id(meeting_id: int, body: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(f"registrant {meeting_id} {_key(body)}".encode()).digest()[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
