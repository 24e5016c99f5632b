"""How what happens looks in an event; Zoom shows less there than the API does, and not always under the same names.

https://developers.zoom.us/docs/api/meetings/events/
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from .attendance import Attendance
from .clock import zulu
from .event_fields import CREATED_SETTINGS, RECURRENCE, UPDATED_SETTINGS
from .meeting import Instance, Meeting
from .meeting_views import join_url
from .people import App, AppKind, User
from .recordings import Recording, RecordingFile
from .registration import Registrant

_PASSCODE = "sandbox"


def created_meeting(meeting: Meeting, origin: str) -> dict[str, Any]:
    """Show a new meeting."""
    return (
        _scheduled(meeting)
        | _extras(meeting)
        | {
            "join_url": join_url(meeting, origin),
            "creation_source": "open_api",
            "settings": _chosen(meeting.settings, CREATED_SETTINGS),
        }
    )


def updated_meeting(meeting: Meeting, origin: str) -> dict[str, Any]:
    """Show everything of a meeting whose change Zoom reports."""
    view = _scheduled(meeting) | _extras(meeting) | {"join_url": join_url(meeting, origin)}
    view["agenda"] = meeting.extras.get("agenda", "")
    view["settings"] = _chosen(meeting.settings, UPDATED_SETTINGS)
    return view


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a meeting was like before and is like now, as far as it changed."""
    old: dict[str, Any] = {"id": before["id"]}
    new: dict[str, Any] = {"id": after["id"]}
    for name in before.keys() | after.keys():
        was, now = before.get(name), after.get(name)
        if name == "settings" and was != now:
            changed = [key for key in now or () if (was or {}).get(key) != (now or {}).get(key)]
            was, now = _chosen(was or {}, changed), _chosen(now or {}, changed)
        if was != now:
            old |= {} if was is None else {name: was}
            new |= {} if now is None else {name: now}
    return old, new


def deleted_meeting(meeting: Meeting, date: str | None) -> dict[str, Any]:
    """Show a meeting that is gone, or of which one date is."""
    view = _scheduled(meeting)
    dates = [item for item in meeting.occurrences if date in (None, item.id)]
    view.pop("occurrences", None)
    if dates:
        view["occurrences"] = [{"occurrence_id": item.id, "start_time": zulu(item.start)} for item in dates]
    return view


def held_meeting(meeting: Meeting, instance: Instance) -> dict[str, Any]:
    """Show one time that a meeting is held; its number is text here."""
    view: dict[str, Any] = {
        "id": str(meeting.id),
        "uuid": instance.uuid,
        "host_id": meeting.host.id,
        "host_email": meeting.host.email,
        "topic": meeting.topic,
        "type": meeting.type,
        "start_time": zulu(instance.start),
        "timezone": meeting.timezone,
        "duration": meeting.duration,
    }
    return view if instance.end is None else view | {"end_time": zulu(instance.end)}


def visit(meeting: Meeting, instance: Instance, attendance: Attendance) -> dict[str, Any]:
    """Show that somebody came or left; of somebody from outside Zoom shows no address."""
    view = held_meeting(meeting, instance)
    del view["host_email"]
    view.pop("end_time", None)
    internal = attendance.user is not None and attendance.user.account is meeting.host.account
    participant = {
        "user_id": str(attendance.number),
        "user_name": attendance.name,
        "id": attendance.user.id if attendance.user is not None and internal else "",
        "participant_uuid": f"{instance.uuid[:12]}{attendance.number}",
        "email": attendance.email if internal else "",
        "registrant_id": attendance.registrant_id,
    }
    if attendance.leave is None:
        participant["join_time"] = zulu(attendance.join)
    else:
        participant |= {"leave_time": zulu(attendance.leave), "leave_reason": "left the meeting."}
    return view | {"participant": participant}


def recorded(recording: Recording, files: Collection[RecordingFile], origin: str) -> dict[str, Any]:
    """Show a recording with those of its files that are ready; unlike in the API each of them has an id."""
    return {
        "id": recording.meeting_id,
        "uuid": recording.uuid,
        "host_id": recording.host.id,
        "account_id": recording.host.account.id,
        "host_email": recording.host.email,
        "topic": recording.topic,
        "type": recording.meeting_type,
        "start_time": zulu(recording.start),
        "timezone": recording.host.timezone,
        "password": _PASSCODE,
        "duration": recording.duration,
        "share_url": f"{origin}/rec/share/{recording.files[0].key}" if recording.files else f"{origin}/rec/share/",
        "total_size": sum(file.content.size for file in files),
        "recording_count": len(files),
        "recording_files": [
            {
                "id": file.id,
                "meeting_id": recording.uuid,
                "recording_start": zulu(recording.start),
                "recording_end": zulu(recording.file_ends),
                "recording_type": file.recording_type,
                "file_type": file.type,
                "file_size": file.content.size,
                "file_extension": file.extension,
                "play_url": f"{origin}/rec/play/{file.key}",
                "download_url": f"{origin}/rec/download/{file.key}",
                "status": "completed",
            }
            for file in files
        ],
    }


def registered(meeting: Meeting, registrant: Registrant, origin: str) -> dict[str, Any]:
    """Show that somebody registered."""
    view = _scheduled(meeting)
    view["start_time"] = view.get("start_time", zulu(meeting.created))
    view.pop("occurrences", None)
    dates = [item for item in meeting.occurrences if item.id in registrant.occurrence_ids]
    if dates:
        view["occurrences"] = [{"occurrence_id": item.id, "start_time": zulu(item.start)} for item in dates]
    link = f"{origin}/w/{meeting.id}?tk=sandbox-registered-{registrant.id}"
    about = {"id": registrant.id, "status": registrant.status, "join_url": link}
    return view | {"registrant": {**registrant.details, **about}}


def user(new: User) -> dict[str, Any]:
    """Show a user."""
    return {
        "id": new.id,
        "first_name": new.first_name,
        "last_name": new.last_name,
        "display_name": new.name,
        "email": new.email,
        "type": new.type,
    }


def wanted_app(app: App, requester: User, reason: str, groups: Collection[str]) -> dict[str, Any]:
    """Show that somebody asks for an app; Zoom does not say of which account."""
    return {
        "app_name": app.name,
        "app_type": "General app",
        "app_status": "published" if app.published else "development",
        "app_description": f"{app.name}.",
        "app_link": {},
        "app_permissions": {},
        "install_requirements": {"user_role": "Any User" if app.kind is AppKind.USER_MANAGED else "Account Admin"},
        "app_scopes": sorted(app.scopes),
        "requester_name": requester.name,
        "requester_department": str(requester.profile.get("dept", "")),
        "requester_user_groups": list(groups),
        "request_reason": reason,
    }


def deauthorization(app: App, remover: User, now: datetime) -> dict[str, Any]:
    """Show that a user removed an app."""
    return {
        "account_id": remover.account.id,
        "user_id": remover.id,
        "signature": "sandbox-signature",
        "deauthorization_time": f"{now.isoformat(timespec='milliseconds').removesuffix('+00:00')}Z",
        "client_id": app.client_id,
        "event_ts": milliseconds(now),
    }


def milliseconds(moment: datetime) -> int:
    """Write a moment as events do."""
    return (moment - datetime.fromtimestamp(0, moment.tzinfo)) // timedelta(milliseconds=1)


def _scheduled(meeting: Meeting) -> dict[str, Any]:
    view: dict[str, Any] = {
        "uuid": meeting.uuid,
        "id": meeting.id,
        "host_id": meeting.host.id,
        "topic": meeting.topic,
        "type": meeting.type,
        "duration": meeting.duration,
        "timezone": meeting.timezone,
    }
    if meeting.start is not None:
        view["start_time"] = zulu(meeting.start)
    if meeting.occurrences:
        view["occurrences"] = [
            {
                "occurrence_id": item.id,
                "start_time": zulu(item.start),
                "duration": item.duration,
                "status": "deleted" if item.deleted else "available",
            }
            for item in meeting.occurrences
        ]
    return view


def _extras(meeting: Meeting) -> dict[str, Any]:
    extras = _chosen(meeting.extras, ("password", "tracking_fields"))
    if "recurrence" in meeting.extras:
        extras["recurrence"] = _chosen(meeting.extras["recurrence"], RECURRENCE)
    return extras


def _chosen(values: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}
