"""Reports; only an admin may see them.

https://developers.zoom.us/docs/api/meetings/#tag/reports
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, timedelta
from typing import Any

from ..answers import Refused, invalid_parameter
from ..attendance import AskedQuestion, count, minutes
from ..call import Call
from ..clock import zulu
from ..meeting import Instance, Meeting
from ..people import User
from .past_meetings import head, length, overview, participant, poll_results, shown

_LONGEST = timedelta(days=31)
_MONTHS = 6


def report_meeting(call: Call) -> dict[str, Any]:
    """Answer `GET /report/meetings/{meetingId}`."""
    meeting, instance = _held(call)
    tracked = [{"field": item["field"], "value": item["value"]} for item in meeting.extras.get("tracking_fields", ())]
    return overview(meeting, instance) | {"tracking_fields": tracked, "custom_keys": []}


def report_participants(call: Call) -> dict[str, Any]:
    """Answer `GET /report/meetings/{meetingId}/participants`."""
    meeting, instance = _held(call)
    with_registrant = call.query.get("include_fields") == "registrant_id"
    rows = [
        participant(meeting, visit)
        | {"customer_key": ""}
        | ({"registrant_id": visit.registrant_id} if with_registrant else {})
        for visit in shown(instance)
    ]
    participants, page = call.world.paging.page(rows, f"{instance.uuid} report", call.query)
    return page | {"participants": participants}


def report_polls(call: Call) -> dict[str, Any]:
    """Answer `GET /report/meetings/{meetingId}/polls`."""
    meeting, instance = _held(call)
    return head(meeting, instance) | {"questions": [_named(row) for row in poll_results(instance)]}


def report_questions(call: Call) -> dict[str, Any]:
    """Answer `GET /report/meetings/{meetingId}/qa`."""
    meeting, instance = _held(call)
    rows = [
        {"name": asked.name, "email": asked.email, "user_id": "", "question_details": [_question(number, asked)]}
        for number, asked in enumerate(instance.questions, 1)
    ]
    return head(meeting, instance) | {"questions": rows}


def report_user_meetings(call: Call) -> dict[str, Any]:
    """Answer `GET /report/users/{userId}/meetings`."""
    call.require_admin()
    call.require_paid(f"This is only available for paid account: {call.account.id}")
    user, (first, last) = call.user(), _range(call)
    kind = call.query.get("type", "past")
    rows = [
        overview(meeting, instance) | {"source": "Zoom", "custom_keys": []}
        for meeting, instance in _between(call, first, last)
        if (_was_there(instance, user) if kind == "pastJoined" else meeting.host is user)
        and (count(instance.present) == 1) is (kind == "pastOne")
    ]
    for row in rows:
        del row["dept"]
    meetings, page = call.world.paging.page(rows, f"{user.id} report", call.query)
    return page | {"page_number": 1, "from": first.isoformat(), "to": last.isoformat(), "meetings": meetings}


def report_hosts(call: Call) -> dict[str, Any]:
    """Answer `GET /report/users`."""
    call.require_admin()
    first, last = _range(call)
    wanted_active = call.query.get("type", "active") == "active"
    rows = []
    for user in call.world.people.users.values():
        held = [instance for meeting, instance in _between(call, first, last) if meeting.host is user]
        if user.account is call.account and bool(held) is wanted_active:
            rows.append(_host_row(user, held))
    users, page = call.world.paging.page(rows, f"{call.account.id} hosts", call.query)
    totals = {
        "total_meetings": sum(row["meetings"] for row in rows),
        "total_meeting_minutes": sum(row["meeting_minutes"] for row in rows),
        "total_participants": sum(row["participants"] for row in rows),
    }
    return page | totals | {"page_number": 1, "from": first.isoformat(), "to": last.isoformat(), "users": users}


def report_daily(call: Call) -> dict[str, Any]:
    """Answer `GET /report/daily`."""
    call.require_admin()
    today = call.world.clock.now().astimezone(UTC).date()
    year, month = _number(call, "year", today.year), _number(call, "month", today.month)
    if not 1 <= month <= 12:
        raise invalid_parameter("month")
    if not 0 <= (today.year - year) * 12 + today.month - month <= _MONTHS:
        raise Refused(400, 300, "Daily report can only be provided for a month that falls within the recent 6 months.")
    days = [date(year, month, number) for number in range(1, monthrange(year, month)[1] + 1)]
    return {"year": year, "month": month, "dates": [_day_row(call, day) for day in days if day <= today]}


def _held(call: Call) -> tuple[Meeting, Instance]:
    call.require_admin()
    try:
        return call.held()
    except Refused as refusal:
        if refusal.code != 3001:
            raise
        raise Refused(404, 3001, f"Meeting {call.path['meetingId']} not found or has expired.") from None


def _range(call: Call) -> tuple[date, date]:
    first, last = call.day("from"), call.day("to")
    if first is None or last is None:
        raise invalid_parameter("from" if first is None else "to")
    today = call.world.clock.now().astimezone(UTC).date()
    # Zoom documents one month of the last six, not what happens beyond it; refusing lets a client's mistake be seen.
    if last < first or last - first > _LONGEST or (today.year - first.year) * 12 + today.month - first.month > _MONTHS:
        raise invalid_parameter("from")
    return first, last


def _between(call: Call, first: date, last: date) -> Iterator[tuple[Meeting, Instance]]:
    for meeting in call.world.meetings:
        for instance in meeting.instances:
            day = instance.start.astimezone(UTC).date()
            if meeting.host.account is call.account and instance.end is not None and first <= day <= last:
                yield meeting, instance


def _was_there(instance: Instance, user: User) -> bool:
    return any(visit.user is user for visit in instance.present)


def _host_row(user: User, held: list[Instance]) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "user_name": user.name,
        "type": user.type,
        "dept": user.profile.get("dept", ""),
        "meetings": len(held),
        "meeting_minutes": sum(length(instance.start, instance.end) for instance in held if instance.end),
        "participants": sum(count(instance.present) for instance in held),
        "custom_attributes": [],
    }


def _day_row(call: Call, day: date) -> dict[str, Any]:
    held = [instance for _, instance in _between(call, day, day)]
    users = call.world.people.users.values()
    return {
        "date": day.isoformat(),
        "new_users": sum(user.account is call.account and user.created.date() == day for user in users),
        "meetings": len(held),
        "participants": sum(count(instance.present) for instance in held),
        "meeting_minutes": sum(minutes(instance.present) for instance in held),
    }


def _named(row: dict[str, Any]) -> dict[str, Any]:
    first, _, last = row["name"].partition(" ")
    return row | {"first_name": first, "last_name": last}


def _question(number: int, asked: AskedQuestion) -> dict[str, Any]:
    return {
        "question_id": f"sandbox-question-{number}",
        "question": asked.question,
        "answer": asked.answer,
        "create_time": zulu(asked.moment),
        "question_status": "answered" if asked.answer else "open",
        "answer_details": [
            {
                "user_id": asked.answered_by.id,
                "name": asked.answered_by.name,
                "email": asked.answered_by.email,
                "content": asked.answer,
                "create_time": zulu(asked.moment),
                "type": "host_answered_publicly",
            }
        ]
        if asked.answer
        else [],
    }


def _number(call: Call, name: str, otherwise: int) -> int:
    text = call.query.get(name, str(otherwise))
    if not text.isdecimal():
        raise invalid_parameter(name)
    return int(text)
