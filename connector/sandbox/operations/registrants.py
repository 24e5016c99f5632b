"""Operations on those who register for meetings.

https://developers.zoom.us/docs/api/meetings/#tag/invitation--registration
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from .. import events
from ..answers import Refused, invalid_fields
from ..call import Call
from ..clock import zulu
from ..meeting import RECURRING, SCHEDULED, Meeting
from ..registration import QUESTIONS, Registrant
from ..rule import FLAG, LIST, Rule, missing, refused

_BATCH = 30
_FIRST_PIN = 100_000
_ACTION = {"action": Rule(str, choices=("approve", "cancel", "deny")), "registrants": Rule(list, most=_BATCH)}
_QUESTION = {"field_name": Rule(str, choices=QUESTIONS), "required": FLAG}
_CUSTOM = {
    "title": Rule(str, least=1),
    "type": Rule(str, choices=("short", "single")),
    "required": FLAG,
    "answers": LIST,
}
_LINKS = {"attendees": Rule(list, least=1, most=500), "ttl": Rule(int, least=0, most=7_776_000)}
_ATTENDEE = {"name": Rule(str, least=1, most=64), "disable_video": FLAG, "disable_audio": FLAG}


def list_registrants(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/registrants`."""
    meeting = call.meeting()
    status = call.query.get("status", "approved")
    found = meeting.registration.listed(status, call.query.get("occurrence_id"))
    rows = [_view(call, meeting, registrant) for registrant in found]
    registrants, page = call.world.paging.page(rows, f"{meeting.id} registrants", call.query)
    return page | {"page_number": 1, "registrants": registrants}


def add_registrant(call: Call) -> dict[str, Any]:
    """Answer `POST /meetings/{meetingId}/registrants`."""
    meeting, now = _with_registration(call), call.world.clock.now()
    meeting.registration.refuse_wrong(call.body, now, call.label)
    _refuse_host(meeting, call.body)
    dates = tuple(filter(None, call.query.get("occurrence_ids", "").split(",")))
    for date in dates:
        meeting.occurrence(date)
    status = _first_status(call, meeting)
    registrant = meeting.registration.add(meeting.id, call.body, now, status=status, dates=dates)
    events.registrant_added(call.world, meeting, registrant)
    answer = _made(call, meeting, registrant) | {"id": meeting.id, "topic": meeting.topic}
    if meeting.start is not None:
        answer["start_time"] = zulu(meeting.start)
    if meeting.type == RECURRING:
        answer["occurrences"] = [
            {
                "occurrence_id": item.id,
                "start_time": zulu(item.start),
                "duration": item.duration,
                "status": "available",
            }
            for item in meeting.occurrences
            if not item.deleted and (not dates or item.id in dates)
        ]
    return answer


def add_registrants(call: Call) -> dict[str, Any]:
    """Answer `POST /meetings/{meetingId}/batch_registrants`."""
    meeting, now = _with_registration(call), call.world.clock.now()
    if meeting.type != SCHEDULED:
        raise Refused(
            400,
            303,
            "This API can only be used for scheduled meeting(meeting type: 2). "
            "Batch registration is not supported for other meeting types.",
        )
    rows = call.body.get("registrants")
    if not isinstance(rows, list) or not 1 <= len(rows) <= _BATCH:
        raise invalid_fields("registrants")
    for number, row in enumerate(rows):
        meeting.registration.refuse_wrong(row, now, call.label, f"registrants[{number}].")
        _refuse_host(meeting, row)
    status = _first_status(call, meeting)
    added = [meeting.registration.add(meeting.id, row, now, status=status) for row in rows]
    for registrant in added:
        events.registrant_added(call.world, meeting, registrant)
    made = [_made(call, meeting, registrant) | {"email": registrant.email} for registrant in added]
    return {"registrants": made}


def get_registrant(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/registrants/{registrantId}`."""
    meeting = call.meeting()
    return _view(call, meeting, meeting.registration.find(call.path["registrantId"]))


def delete_registrant(call: Call) -> None:
    """Answer `DELETE /meetings/{meetingId}/registrants/{registrantId}`."""
    meeting = call.meeting()
    if not meeting.needs_registration:
        raise Refused(400, 300, f"Registration has not been enabled for this meeting: {meeting.id}.")
    meeting.registration.decide("cancel", [call.path["registrantId"]], call.world.clock.now(), call.label)


def decide_registrants(call: Call) -> None:
    """Answer `PUT /meetings/{meetingId}/registrants/status`."""
    meeting = _with_registration(call)
    if wrong := [*refused(call.body, _ACTION), *missing(call.body, "action", "registrants")]:
        raise invalid_fields(*wrong)
    rows = call.body["registrants"]
    references = [row.get("id") or row.get("email") or "" for row in rows if isinstance(row, dict)]
    meeting.registration.decide(call.body["action"], references, call.world.clock.now(), call.label)


def get_questions(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/registrants/questions`."""
    registration = call.meeting().registration
    return {"questions": registration.questions, "custom_questions": registration.custom_questions}


def update_questions(call: Call) -> None:
    """Answer `PATCH /meetings/{meetingId}/registrants/questions`."""
    registration = call.meeting().registration
    if wrong := list(_wrong_questions(call.body)):
        raise invalid_fields(*wrong)
    registration.questions = call.body.get("questions", registration.questions)
    registration.custom_questions = call.body.get("custom_questions", registration.custom_questions)


def create_invite_links(call: Call) -> dict[str, Any]:
    """Answer `POST /meetings/{meetingId}/invite_links`."""
    meeting = call.meeting()
    wrong = [*refused(call.body, _LINKS), *missing(call.body, "attendees")]
    attendees = call.body.get("attendees")
    for number, attendee in enumerate(attendees if isinstance(attendees, list) else ()):
        place = f"attendees[{number}]."
        wrong += [*refused(attendee, _ATTENDEE, place), *missing(attendee, "name", prefix=place)]
    if wrong:
        raise invalid_fields(*wrong)
    link = f"{call.world.origin}/w/{meeting.id}?tk=sandbox-invited"
    links = [
        {"name": attendee["name"], "join_url": f"{link}-{number}"}
        for number, attendee in enumerate(call.body["attendees"], 1)
    ]
    return {"attendees": links}


def _with_registration(call: Call) -> Meeting:
    meeting = call.meeting()
    if not meeting.host.licensed:
        raise Refused(400, 200, f"Only available for paid users: {meeting.host.id}.")
    if not meeting.needs_registration:
        raise Refused(400, 404, f"Registration has not been enabled for this meeting: {meeting.id}.")
    if _is_over(meeting, call.world.clock.now()):
        raise Refused(
            400,
            3038,
            "Meeting is over, you can not register now. If you have any questions, please contact the Meeting host.",
        )
    return meeting


def _is_over(meeting: Meeting, now: datetime) -> bool:
    return meeting.end is not None and meeting.end < now and not meeting.started


def _refuse_host(meeting: Meeting, body: dict[str, Any]) -> None:
    if body["email"].lower() == meeting.host.email:
        raise Refused(400, 3027, "Host cannot register.")


def _first_status(call: Call, meeting: Meeting) -> str:
    return "approved" if meeting.settings["approval_type"] == 0 or call.body.get("auto_approve") else "pending"


def _made(call: Call, meeting: Meeting, registrant: Registrant) -> dict[str, Any]:
    made: dict[str, Any] = {"registrant_id": registrant.id}
    if registrant.status == "approved":
        made |= {"join_url": _join_url(call, meeting, registrant), "participant_pin_code": _pin(registrant)}
    return made


def _view(call: Call, meeting: Meeting, registrant: Registrant) -> dict[str, Any]:
    view = {
        **registrant.details,
        "id": registrant.id,
        "status": registrant.status,
        "create_time": zulu(registrant.created),
    }
    if registrant.status == "approved":
        view |= {"join_url": _join_url(call, meeting, registrant), "participant_pin_code": _pin(registrant)}
    return view


def _join_url(call: Call, meeting: Meeting, registrant: Registrant) -> str:
    return f"{call.world.origin}/w/{meeting.id}?tk=sandbox-registered-{registrant.id}"


def _pin(registrant: Registrant) -> int:
    return _FIRST_PIN + sum(registrant.id.encode())


def _wrong_questions(body: dict[str, Any]) -> Iterator[str]:
    for name, rules, needed in (("questions", _QUESTION, "field_name"), ("custom_questions", _CUSTOM, "title")):
        rows = body.get(name, [])
        if not isinstance(rows, list):
            yield name
            continue
        for number, row in enumerate(rows):
            place = f"{name}[{number}]."
            yield from refused(row, rules, place)
            yield from missing(row, needed, prefix=place)
