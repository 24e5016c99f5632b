"""How a meeting looks in an answer."""

from datetime import datetime, timedelta
from typing import Any

from .clock import zulu
from .meeting import Meeting


def meeting_view(
    meeting: Meeting,
    origin: str,
    now: datetime,
    *,
    occurrence_id: str | None = None,
    previous: bool = False,
    with_invited_users: bool = False,
) -> dict[str, Any]:
    """Show a meeting, or one date of it, in full."""
    view: dict[str, Any] = {
        "id": meeting.id,
        "uuid": meeting.uuid,
        "host_id": meeting.host.id,
        "host_email": meeting.host.email,
        "assistant_id": "",
        "topic": meeting.topic,
        "type": meeting.type,
        "status": "started" if meeting.started else "waiting",
        "duration": meeting.duration,
        "timezone": meeting.timezone,
        "created_at": zulu(meeting.created),
        "join_url": join_url(meeting, origin),
        "start_url": f"{origin}/s/{meeting.id}?zak=sandbox-zak",
        "settings": dict(meeting.settings),
        "pre_schedule": False,
        "creation_source": "open_api",
        **meeting.extras,
    }
    if meeting.start is not None:
        view["start_time"] = zulu(meeting.start)
    if meeting.needs_registration:
        view["registration_url"] = f"{origin}/meeting/register/{meeting.id}"
    if meeting.occurrences:
        view["occurrences"] = [
            {
                "occurrence_id": item.id,
                "start_time": zulu(item.start),
                "duration": item.duration,
                "status": "deleted" if item.deleted else "available",
            }
            for item in meeting.occurrences
            if previous or item.start + timedelta(minutes=item.duration) > now
        ]
    if with_invited_users and "meeting_invitees" in meeting.settings:
        view["settings"]["meeting_invitees"] = [
            {**invited, "internal_user": False} for invited in meeting.settings["meeting_invitees"]
        ]
    if occurrence_id:
        occurrence = meeting.occurrence(occurrence_id)
        view |= {"start_time": zulu(occurrence.start), "duration": occurrence.duration}
        view["settings"] |= occurrence.settings
        if occurrence.agenda is not None:
            view["agenda"] = occurrence.agenda
    return view


def list_row(meeting: Meeting, origin: str, now: datetime) -> dict[str, Any]:
    """Show a meeting as a row of the user's meetings; a series is shown with its next date."""
    start, duration = meeting.start, meeting.duration
    dates = [item for item in meeting.occurrences if not item.deleted]
    if dates:
        shown = next((item for item in dates if item.start + timedelta(minutes=item.duration) > now), dates[-1])
        start, duration = shown.start, shown.duration
    row = {
        "id": meeting.id,
        "uuid": meeting.uuid,
        "host_id": meeting.host.id,
        "topic": meeting.topic,
        "type": meeting.type,
        "duration": duration,
        "timezone": meeting.timezone,
        "created_at": zulu(meeting.created),
        "join_url": join_url(meeting, origin),
    }
    if start is not None:
        row["start_time"] = zulu(start)
    if agenda := meeting.extras.get("agenda"):
        row["agenda"] = agenda
    return row


def agenda_row(meeting: Meeting, start: datetime, duration: int, origin: str) -> dict[str, Any]:
    """Show one date of a meeting as a row of what is coming up."""
    return {
        "id": meeting.id,
        "topic": meeting.topic,
        "type": meeting.type,
        "start_time": zulu(start),
        "duration": duration,
        "timezone": meeting.timezone,
        "created_at": zulu(meeting.created),
        "join_url": join_url(meeting, origin),
        "passcode": meeting.extras["password"],
        "use_pmi": meeting.settings["use_pmi"],
        "is_host": True,
        "is_all_day": False,
    }


def join_url(meeting: Meeting, origin: str) -> str:
    """Return the link by which everybody joins."""
    return f"{origin}/j/{meeting.id}?pwd={meeting.extras['password']}"
