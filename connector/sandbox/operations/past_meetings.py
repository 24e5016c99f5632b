"""Operations on meetings that were held.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from ..attendance import AskedQuestion, Attendance, count, minutes
from ..call import Call
from ..clock import zulu
from ..meeting import Instance, Meeting

_FIFTEEN_MONTHS = timedelta(days=456)


def get_past_meeting(call: Call) -> dict[str, Any]:
    """Answer `GET /past_meetings/{meetingId}`."""
    call.require_paid(f"Only available for Paid account: {call.account.id}.")
    meeting, instance = call.held()
    return overview(meeting, instance) | {
        "host_id": meeting.host.id,
        "source": "Zoom",
        "has_meeting_summary": instance.summary is not None and not instance.summary.trashed,
    }


def list_instances(call: Call) -> dict[str, Any]:
    """Answer `GET /past_meetings/{meetingId}/instances`."""
    meeting = call.world.meetings.find_instance(call.path["meetingId"])[0]
    call.require_reach(meeting)
    first, last, now = call.day("from"), call.day("to"), call.world.clock.now()
    rows = [
        {"uuid": instance.uuid, "start_time": zulu(instance.start)}
        for instance in meeting.instances
        if instance.end is not None
        and now - instance.end <= _FIFTEEN_MONTHS
        and (first is None or first <= instance.start.astimezone(UTC).date())
        and (last is None or instance.start.astimezone(UTC).date() <= last)
    ]
    return {"meetings": rows}


def list_participants(call: Call) -> dict[str, Any]:
    """Answer `GET /past_meetings/{meetingId}/participants`."""
    call.require_paid(f"Only available for paid account: {call.account.id}")
    meeting, instance = call.held(_FIFTEEN_MONTHS)
    rows = [
        participant(meeting, visit)
        | {"registrant_id": visit.registrant_id, "internal_user": is_internal(meeting, visit)}
        for visit in shown(instance)
    ]
    participants, page = call.world.paging.page(rows, f"{instance.uuid} participants", call.query)
    return page | {"participants": participants}


def list_poll_results(call: Call) -> dict[str, Any]:
    """Answer `GET /past_meetings/{meetingId}/polls`."""
    meeting, instance = call.held()
    return head(meeting, instance) | {"questions": poll_results(instance)}


def list_questions(call: Call) -> dict[str, Any]:
    """Answer `GET /past_meetings/{meetingId}/qa`."""
    meeting, instance = call.held()
    rows: dict[tuple[str, str], list[AskedQuestion]] = {}
    for asked in instance.questions:
        rows.setdefault((asked.name, asked.email), []).append(asked)
    questions = [
        {
            "name": name,
            "email": email,
            "question_details": [{"question": item.question, "answer": item.answer} for item in asked],
        }
        for (name, email), asked in rows.items()
    ]
    return head(meeting, instance) | {"questions": questions}


def overview(meeting: Meeting, instance: Instance) -> dict[str, Any]:
    """Show what the past meeting and its report have in common."""
    end = instance.end or instance.start
    return head(meeting, instance) | {
        "topic": meeting.topic,
        "type": meeting.type,
        "user_name": meeting.host.name,
        "user_email": meeting.host.email,
        "end_time": zulu(end),
        "duration": length(instance.start, end),
        "total_minutes": minutes(instance.present),
        "participants_count": count(instance.present),
        "dept": meeting.host.profile.get("dept", ""),
    }


def head(meeting: Meeting, instance: Instance) -> dict[str, Any]:
    """Show which time of which meeting it is."""
    return {"id": meeting.id, "uuid": instance.uuid, "start_time": zulu(instance.start)}


def shown(instance: Instance) -> list[Attendance]:
    """List the visits that Zoom shows; of a meeting with one participant it shows nothing."""
    return instance.present if count(instance.present) > 1 else []


def participant(meeting: Meeting, visit: Attendance) -> dict[str, Any]:
    """Show a visit; somebody from outside the host's account has no address."""
    internal = is_internal(meeting, visit)
    return {
        "id": visit.user.id if visit.user is not None and internal else "",
        "user_id": str(visit.number),
        "name": visit.name,
        "user_email": visit.email if internal else "",
        "join_time": zulu(visit.join),
        "leave_time": zulu(visit.leave or visit.join),
        "duration": visit.seconds(),
        "failover": False,
        "status": "in_waiting_room" if visit.waiting else "in_meeting",
    }


def is_internal(meeting: Meeting, visit: Attendance) -> bool:
    """Tell whether it was a user of the host's account."""
    return visit.user is not None and visit.user.account is meeting.host.account


def poll_results(instance: Instance) -> list[dict[str, Any]]:
    """Show the answers, together for each person."""
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for answer in instance.answers:
        rows.setdefault((answer.name, answer.email), []).append(
            {
                "answer": answer.answer,
                "date_time": zulu(answer.moment),
                "polling_id": answer.poll_id,
                "question": answer.question,
            }
        )
    return [{"name": name, "email": email, "question_details": details} for (name, email), details in rows.items()]


def length(start: datetime, end: datetime) -> int:
    """Count minutes, as Zoom does: at least one."""
    return max(1, round((end - start).total_seconds() / 60))
