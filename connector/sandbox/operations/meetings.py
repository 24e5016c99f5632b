"""Operations on meetings.

https://developers.zoom.us/docs/api/meetings/#tag/meetings
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from .. import events
from ..answers import Refused, invalid_fields
from ..call import Call
from ..event_bodies import updated_meeting
from ..meeting import INSTANT, SCHEDULED, Meeting
from ..meeting_views import agenda_row, list_row, meeting_view
from ..people import User

_LISTED = ("scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings")
_SOON = timedelta(hours=24)


def create_meeting(call: Call) -> dict[str, Any]:
    """Answer `POST /users/{userId}/meetings`."""
    host = _host_to_schedule_for(call, call.user())
    call.require_host(host)
    call.world.limits.count_change(host.id, call.label)
    meeting = call.world.meetings.create(host, call.body)
    events.meeting_created(call.world, meeting, call.caller.user)
    return meeting_view(meeting, call.world.origin, call.world.clock.now())


def get_meeting(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}`."""
    meeting = call.meeting()
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
    meeting = call.meeting()
    call.world.limits.count_change(meeting.host.id, call.label)
    before = updated_meeting(meeting, call.world.origin)
    call.world.meetings.update(meeting, call.body, call.query.get("occurrence_id"))
    events.meeting_updated(call.world, meeting, before, call.caller.user)


def delete_meeting(call: Call) -> None:
    """Answer `DELETE /meetings/{meetingId}`."""
    meeting = call.meeting()
    if occurrence_id := call.query.get("occurrence_id"):
        meeting.occurrence(occurrence_id).deleted = True
    else:
        meeting.deleted = True
    events.meeting_deleted(call.world, meeting, call.caller.user, occurrence_id)


def update_meeting_status(call: Call) -> None:
    """Answer `PUT /meetings/{meetingId}/status`."""
    match call.body.get("action"):
        case "end":
            meeting = call.meeting()
            last = meeting.there
            events.meeting_ended(call.world, meeting, call.world.meetings.end(meeting), last)
        case "recover":
            deleted = call.world.meetings.find_deleted(call.path["meetingId"])
            if deleted is None or deleted.type == INSTANT:
                raise Refused(404, 3001, f"Meeting does not exist: {call.path['meetingId']}.")
            call.require_reach(deleted)
            deleted.deleted = False
        case _:
            raise invalid_fields("action")


def get_invitation(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/invitation`."""
    meeting = call.meeting()
    when = "" if meeting.start is None else f"\r\nTime: {meeting.start.astimezone(ZoneInfo(meeting.timezone)):%c}"
    text = (
        f"{meeting.host.email} is inviting you to a scheduled Zoom meeting.\r\n\r\nTopic: {meeting.topic}{when}\r\n\r\n"
        f"Join Zoom Meeting\r\n{call.world.origin}/j/{meeting.id}\r\n\r\n"
        f"Meeting ID: {meeting.id}\r\nPasscode: {meeting.extras['password']}\r\n"
    )
    return {"invitation": text, "sip_links": []}


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
