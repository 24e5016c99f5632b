"""Operations on meetings.

https://developers.zoom.us/docs/api/meetings/#tag/meetings
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ..answers import Refused, invalid_fields
from ..call import Call
from ..clock import zulu
from ..meeting import INSTANT, SCHEDULED, Meeting
from ..meeting_views import agenda_row, list_row, meeting_view
from ..people import User

_LISTED = ("scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings")
_SOON = timedelta(hours=24)


def create_meeting(call: Call) -> dict[str, Any]:
    """Answer `POST /users/{userId}/meetings`."""
    host = _host_to_schedule_for(call, call.user())
    call.world.limits.count_change(host.id, call.label)
    meeting = call.world.meetings.create(host, call.body)
    return meeting_view(meeting, call.world.origin, call.world.clock.now())


def get_meeting(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}`."""
    meeting = _meeting(call)
    return meeting_view(
        meeting,
        call.world.origin,
        call.world.clock.now(),
        occurrence_id=call.query.get("occurrence_id"),
        previous=call.flag("show_previous_occurrences"),
        with_invited_users=True,
    )


def list_meetings(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}/meetings`."""
    host, now = call.user(), call.world.clock.now()
    kind = call.query.get("type", "scheduled")
    if kind not in _LISTED:
        kind = "scheduled"
    first, last = call.day("from"), call.day("to")
    zone = call.zone("timezone")
    rows = [
        list_row(meeting, call.world.origin, now)
        for meeting in call.world.meetings
        if meeting.host is host and _is_listed(meeting, kind, now) and _is_within(meeting, first, last, zone)
    ]
    meetings, page = call.world.paging.page(rows, f"{host.id} meetings", call.query)
    return page | {"page_number": 1, "meetings": meetings}


def list_upcoming_meetings(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}/upcoming_meetings`."""
    host, now = call.user(), call.world.clock.now()
    rows = [
        agenda_row(meeting, start, duration, call.world.origin)
        for meeting in call.world.meetings
        if meeting.host is host and not meeting.deleted
        for start, duration in _dates(meeting)
        if meeting.started or (now < start + timedelta(minutes=duration) and start <= now + _SOON)
    ]
    return {"total_records": len(rows), "meetings": rows}


def update_meeting(call: Call) -> None:
    """Answer `PATCH /meetings/{meetingId}`."""
    meeting = _meeting(call)
    call.world.limits.count_change(meeting.host.id, call.label)
    call.world.meetings.update(meeting, call.body, call.query.get("occurrence_id"))


def delete_meeting(call: Call) -> None:
    """Answer `DELETE /meetings/{meetingId}`."""
    meeting = _meeting(call)
    if occurrence_id := call.query.get("occurrence_id"):
        meeting.occurrence(occurrence_id).deleted = True
    else:
        meeting.deleted = True


def update_meeting_status(call: Call) -> None:
    """Answer `PUT /meetings/{meetingId}/status`."""
    match call.body.get("action"):
        case "end":
            call.world.meetings.end(_meeting(call))
        case "recover":
            meeting = call.world.meetings.find_deleted(call.path["meetingId"])
            if meeting is None or meeting.type == INSTANT:
                raise Refused(404, 3001, f"Meeting does not exist: {call.path['meetingId']}.")
            _require_reach(call, meeting)
            meeting.deleted = False
        case _:
            raise invalid_fields("action")


def get_invitation(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/invitation`."""
    meeting = _meeting(call)
    when = "" if meeting.start is None else f"\r\nTime: {meeting.start.astimezone(ZoneInfo(meeting.timezone)):%c}"
    text = (
        f"{meeting.host.email} is inviting you to a scheduled Zoom meeting.\r\n\r\nTopic: {meeting.topic}{when}\r\n\r\n"
        f"Join Zoom Meeting\r\n{call.world.origin}/j/{meeting.id}\r\n\r\n"
        f"Meeting ID: {meeting.id}\r\nPasscode: {meeting.extras['password']}\r\n"
    )
    return {"invitation": text, "sip_links": []}


def get_past_meeting(call: Call) -> dict[str, Any]:
    """Answer `GET /past_meetings/{meetingId}`."""
    if not call.caller_user.account.paid:
        raise Refused(400, 200, f"Only available for Paid account: {call.caller_user.account.id}.")
    meeting, instance = call.world.meetings.find_instance(call.path["meetingId"])
    _require_reach(call, meeting)
    end = instance.end or instance.start
    if call.world.clock.now() - end > timedelta(days=365):
        raise Refused(400, 12702, "Can not access a meeting a year ago.")
    minutes = max(1, round((end - instance.start).total_seconds() / 60))
    return {
        "id": meeting.id,
        "uuid": instance.uuid,
        "host_id": meeting.host.id,
        "topic": meeting.topic,
        "type": meeting.type,
        "user_name": meeting.host.email,
        "user_email": meeting.host.email,
        "start_time": zulu(instance.start),
        "end_time": zulu(end),
        "duration": minutes,
        "total_minutes": minutes * 2,
        "participants_count": 2,
        "dept": "",
        "source": "Zoom",
        "has_meeting_summary": False,
    }


def _meeting(call: Call) -> Meeting:
    meeting = call.world.meetings.find(call.path["meetingId"])
    _require_reach(call, meeting)
    return meeting


def _require_reach(call: Call, meeting: Meeting) -> None:
    if meeting.host.account is not call.caller_user.account:
        raise Refused(404, 3001, f"Meeting does not exist: {call.path['meetingId']}.")
    call.require_access(meeting.host)


def _host_to_schedule_for(call: Call, user: User) -> User:
    reference = call.body.get("schedule_for")
    if not isinstance(reference, str) or not reference:
        return user
    if call.body.get("type") == INSTANT:
        raise Refused(400, 3000, "Instant meetings do not support the schedule_for parameter.")
    host = call.world.people.user(reference)
    if host is None or host.account is not user.account:
        raise Refused(
            400,
            300,
            "The value that you entered in the schedule_for field is invalid. Enter a valid value and try again.",
        )
    if host is not user and not call.whole_account and call.caller.app.client_id not in host.shares_with:
        raise Refused(400, 3000, f"You cannot schedule a meeting for {reference}")
    return host


def _is_listed(meeting: Meeting, kind: str, now: datetime) -> bool:
    if meeting.deleted or meeting.expired(now):
        return False
    if kind == "live":
        return meeting.started
    if meeting.type == INSTANT:
        return False
    over = meeting.end is not None and meeting.end <= now and not meeting.started
    if kind == "previous_meetings":
        return over
    return kind == "scheduled" or not over


def _is_within(meeting: Meeting, first: date | None, last: date | None, zone: ZoneInfo) -> bool:
    if first is None and last is None:
        return True
    days = [start.astimezone(zone).date() for start, _ in _dates(meeting)]
    return any((first is None or first <= day) and (last is None or day <= last) for day in days)


def _dates(meeting: Meeting) -> list[tuple[datetime, int]]:
    if meeting.occurrences:
        return [(item.start, item.duration) for item in meeting.occurrences if not item.deleted]
    return (
        [] if meeting.start is None or meeting.type not in (INSTANT, SCHEDULED) else [(meeting.start, meeting.duration)]
    )
