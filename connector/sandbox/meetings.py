"""All the meetings there are: made, changed, started, ended, deleted."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from .answers import Refused, invalid_fields
from .attendance import Visit, attend
from .clock import Clock
from .meeting import INSTANT, RECURRING, RECURRING_ANY_TIME, SCHEDULED, Instance, Meeting, Occurrence
from .meeting_fields import DEFAULT_SETTINGS, SETTINGS, parse_start, wrong_fields
from .meeting_settings import usable
from .people import People, User
from .recurrence import starts

_KEPT_AS_GIVEN = ("agenda", "password", "pre_schedule", "recurrence", "template_id", "tracking_fields")
_OF_AN_OCCURRENCE = ("agenda", "duration")


class Meetings:
    """Every meeting of every account. The caller holds the world's lock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all: dict[int, Meeting] = {}
        self._uuids = 0

    def __iter__(self) -> Iterator[Meeting]:
        return iter(self._all.values())

    def create(self, host: User, body: Mapping[str, Any], *, uuid: str | None = None) -> Meeting:
        """Make a meeting from the body of a request.

        Raises:
            Refused: a field is wrong.
        """
        _refuse_wrong(body)
        now = self._clock.now()
        kind = body.get("type", SCHEDULED)
        zone = body.get("timezone") or host.timezone
        if kind == RECURRING and "recurrence" not in body:
            raise invalid_fields("recurrence")
        start = parse_start(body["start_time"], zone) if body.get("start_time") and kind != INSTANT else now
        meeting = Meeting(
            id=97_000_000_001 + len(self._all),
            uuid=uuid or self.new_uuid(),
            host=host,
            type=kind,
            topic=body.get("topic") or "Zoom Meeting",
            duration=body.get("duration", 60),
            timezone=zone,
            created=now,
            start=None if kind == RECURRING_ANY_TIME else start,
            settings={**DEFAULT_SETTINGS, **_of_template(host, body), **_settings(host, body)},
            extras={name: body[name] for name in _KEPT_AS_GIVEN if name in body},
        )
        meeting.extras.setdefault("password", f"p{meeting.id % 1_000_000}")
        _expand(meeting)
        self._all[meeting.id] = meeting
        return meeting

    def add_held(self, host: User, topic: str, start: datetime, uuid: str, minutes: int = 30) -> Meeting:
        """Add a meeting that was scheduled in the past, to be held."""
        meeting = self.create(host, {"topic": topic, "duration": minutes}, uuid=uuid)
        meeting.start = meeting.created = start
        return meeting

    def hold(self, meeting: Meeting, instance: Instance, guests: Iterable[Visit], people: People) -> Instance:
        """Let a meeting have been held, with its host all the time and guests for as long as they were there."""
        visits = [Visit(meeting.host.name, meeting.host.email), *guests]
        attend(instance.present, instance.start, instance.end, [(visit, people.user(visit.email)) for visit in visits])
        meeting.instances.append(instance)
        return instance

    def update(self, meeting: Meeting, body: Mapping[str, Any], occurrence_id: str | None) -> None:
        """Change what the body names; a start in the past is ignored without a word.

        Raises:
            Refused: a field is wrong, or there is no such occurrence.
        """
        _refuse_wrong(body)
        if (
            body.get("type", meeting.type) == RECURRING
            and "recurrence" not in body
            and "recurrence" not in meeting.extras
        ):
            raise invalid_fields("recurrence")
        occurrence = meeting.occurrence(occurrence_id) if occurrence_id else None
        zone = body.get("timezone") or meeting.timezone
        start = parse_start(body["start_time"], zone) if body.get("start_time") else None
        if start is not None and start < self._clock.now():
            start = None
        if occurrence is not None:
            occurrence.start = start or occurrence.start
            occurrence.settings |= _settings(meeting.host, body)
            for name in _OF_AN_OCCURRENCE:
                setattr(occurrence, name, body.get(name, getattr(occurrence, name)))
            return
        meeting.timezone = zone
        meeting.topic = body.get("topic", meeting.topic)
        meeting.duration = body.get("duration", meeting.duration)
        meeting.type = body.get("type", meeting.type)
        meeting.settings |= _settings(meeting.host, body)
        meeting.extras |= {name: body[name] for name in _KEPT_AS_GIVEN if name in body}
        if start is not None:
            meeting.start = start
        if start is not None or {"recurrence", "type"} & body.keys():
            _expand(meeting)
        elif "duration" in body:
            for occurrence in meeting.occurrences:
                occurrence.duration = meeting.duration

    def find(self, number: str) -> Meeting:
        """Find a meeting that is not deleted by its number.

        Raises:
            Refused: there is none, or it has expired.
        """
        meeting = self._all.get(int(number)) if number.isdecimal() else None
        if meeting is None or meeting.deleted:
            raise Refused(404, 3001, f"Meeting does not exist: {number}.")
        if meeting.expired(self._clock.now()):
            raise Refused(404, 3001, f"Meeting {number} is not found or has expired.")
        return meeting

    def find_deleted(self, number: str) -> Meeting | None:
        """Find a meeting that is deleted and may be recovered."""
        meeting = self._all.get(int(number)) if number.isdecimal() else None
        return meeting if meeting is not None and meeting.deleted else None

    def find_instance(self, reference: str) -> tuple[Meeting, Instance]:
        """Find the latest time that a meeting was held (by number), or one time (by UUID).

        Raises:
            Refused: it was never held.
        """
        for meeting in self._all.values():
            ended = [instance for instance in meeting.instances if instance.end is not None]
            for instance in reversed(ended):
                if reference in (str(meeting.id), instance.uuid):
                    return meeting, instance
        raise Refused(404, 3001, f"Meeting does not exist: {reference}.")

    def start(self, meeting: Meeting) -> Instance:
        """Let the host come in; every time has a UUID of its own."""
        meeting.uuid = meeting.uuid if not meeting.instances else self.new_uuid()
        instance = Instance(meeting.uuid, self._clock.now())
        attend(instance.present, instance.start, None, [(Visit(meeting.host.name, meeting.host.email), meeting.host)])
        meeting.instances.append(instance)
        return instance

    def end(self, meeting: Meeting) -> Instance:
        """Let everybody leave.

        Raises:
            Refused: nobody is in it.
        """
        if not meeting.started:
            raise Refused(400, 3000, f"Meeting {meeting.id} has not started.")
        instance = meeting.instances[-1]
        instance.end = self._clock.now()
        for visit in instance.present:
            visit.leave = visit.leave or instance.end
        # The number of an instant meeting is not used again.
        meeting.deleted = meeting.deleted or meeting.type == INSTANT
        return instance

    def new_uuid(self) -> str:
        """Make a UUID that looks like Zoom's; the same sequence in every local Zoom."""
        self._uuids += 1
        return base64.b64encode(hashlib.sha256(f"meeting {self._uuids}".encode()).digest()[:16]).decode()


def _refuse_wrong(body: Mapping[str, Any]) -> None:
    if wrong := wrong_fields(body):
        raise invalid_fields(*wrong)


def _of_template(host: User, body: Mapping[str, Any]) -> dict[str, Any]:
    for template in host.templates:
        if template.id == body.get("template_id"):
            return dict(template.settings)
    return {}


def _settings(host: User, body: Mapping[str, Any]) -> dict[str, Any]:
    known = usable({name: value for name, value in body.get("settings", {}).items() if name in SETTINGS}, host)
    if known.get("waiting_room"):
        known["join_before_host"] = False
    return known


def _expand(meeting: Meeting) -> None:
    meeting.occurrences = []
    if meeting.type == RECURRING and meeting.start is not None:
        for start in starts(meeting.extras["recurrence"], meeting.start, meeting.timezone):
            number = str(int(start.timestamp()) * 1000)
            meeting.occurrences.append(Occurrence(number, start, meeting.duration))
