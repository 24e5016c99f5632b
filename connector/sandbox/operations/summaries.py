"""Operations on the summaries that AI Companion writes.

https://developers.zoom.us/docs/api/meetings/#tag/summaries
"""

from datetime import datetime
from typing import Any

from ..answers import Refused, invalid_parameter
from ..call import Call
from ..clock import zulu
from ..meeting import Instance, Meeting
from ..summaries import Summary


def list_summaries(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/meeting_summaries`."""
    call.require_paid("Only available for Paid account.")
    first, last = _moment(call, "from"), _moment(call, "to")
    by_creation = call.query.get("time_filter_field") == "summary_created_time"
    rows = []
    for meeting in call.world.meetings:
        for instance in meeting.instances:
            summary = instance.summary
            if meeting.host.account is not call.account or summary is None or summary.trashed:
                continue
            moment = summary.created if by_creation else instance.start
            if (first is None or first <= moment) and (last is None or moment <= last):
                rows.append(_head(meeting, instance, summary))
    summaries, page = call.world.paging.page(rows, f"{call.account.id} summaries", call.query)
    return {
        "page_size": page["page_size"],
        "next_page_token": page["next_page_token"],
        "summaries": summaries,
        **{name: call.query[name] for name in ("from", "to") if name in call.query},
    }


def get_summary(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/meeting_summary`."""
    meeting, instance, summary = _summary(call)
    details = [{"label": label, "summary": text} for label, text in summary.details.items()]
    content = "\n\n".join([summary.overview, *(f"## {label}\n\n{text}" for label, text in summary.details.items())])
    return _head(meeting, instance, summary) | {
        "summary_title": meeting.topic,
        "summary_overview": summary.overview,
        "summary_details": details,
        "next_steps": summary.next_steps,
        "summary_content": content,
        "summary_last_modified_user_id": meeting.host.id,
        "summary_last_modified_user_email": meeting.host.email,
    }


def delete_summary(call: Call) -> None:
    """Answer `DELETE /meetings/{meetingId}/meeting_summary`."""
    _summary(call)[2].trashed = True


def _summary(call: Call) -> tuple[Meeting, Instance, Summary]:
    call.require_paid("Only available for Paid account.")
    meeting, instance = call.world.meetings.find_instance(call.path["meetingId"])
    call.require_reach(meeting)
    if instance.summary is None:
        raise Refused(404, 3001, f"Meeting does not exist: {call.path['meetingId']}.")
    if instance.summary.trashed:
        raise Refused(403, 2305, "This meeting summary is in the trash and cannot be viewed.")
    return meeting, instance, instance.summary


def _head(meeting: Meeting, instance: Instance, summary: Summary) -> dict[str, Any]:
    return {
        "meeting_host_id": meeting.host.id,
        "meeting_host_email": meeting.host.email,
        "meeting_uuid": instance.uuid,
        "meeting_id": meeting.id,
        "meeting_topic": meeting.topic,
        "meeting_start_time": zulu(instance.start),
        "meeting_end_time": zulu(instance.end or instance.start),
        "summary_start_time": zulu(instance.start),
        "summary_end_time": zulu(instance.end or instance.start),
        "summary_created_time": zulu(summary.created),
        "summary_last_modified_time": zulu(summary.created),
    }


def _moment(call: Call, name: str) -> datetime | None:
    text = call.query.get(name)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise invalid_parameter(name) from None
    if moment.tzinfo is None:
        raise invalid_parameter(name)
    return moment
