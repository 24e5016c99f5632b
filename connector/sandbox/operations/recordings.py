"""Operations on cloud recordings.

https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording
"""

from datetime import UTC, timedelta
from typing import Any

from ..answers import Refused, invalid_parameter
from ..call import Call
from ..clock import zulu
from ..recordings import Recording, RecordingFile

_LONGEST_RANGE = timedelta(days=31)
_LONGEST_TTL = 604_800
_PASSCODE = "sandbox"


def list_recordings(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}/recordings`."""
    host, today = call.user(), call.world.clock.now().astimezone(UTC).date()
    first = call.day("from") or today
    last = call.day("to") or first + timedelta(days=1)
    # Zoom documents the longest range, not what happens beyond it; refusing lets a client's mistake be seen.
    if last < first or last - first > _LONGEST_RANGE:
        raise invalid_parameter("from")
    trashed = call.flag("trash")
    rows = [
        recording_view(recording, call.world.origin)
        for recording in call.world.recordings.of(host, trashed=trashed)
        if (trashed or first <= recording.start.astimezone(UTC).date() <= last)
        and call.query.get("meeting_id", str(recording.meeting_id)) == str(recording.meeting_id)
    ]
    meetings, page = call.world.paging.page(rows, f"{host.id} recordings", call.query)
    return {"from": first.isoformat(), "to": last.isoformat(), **page, "meetings": meetings}


def get_recordings(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/recordings`."""
    recording = _recording(call)
    view = recording_view(recording, call.world.origin) | {"password": _PASSCODE, "participant_audio_files": []}
    if "download_access_token" in call.query.get("include_fields", "").split(","):
        ttl = call.query.get("ttl", str(_LONGEST_TTL))
        if not ttl.isdecimal() or int(ttl) > _LONGEST_TTL:
            raise invalid_parameter("ttl")
        token = call.world.tokens.issue_download(recording.uuid, timedelta(seconds=int(ttl)))
        view["download_access_token"] = token
    return view


def delete_recordings(call: Call) -> None:
    """Answer `DELETE /meetings/{meetingId}/recordings`."""
    action = call.query.get("action", "trash")
    if action not in ("trash", "delete"):
        raise invalid_parameter("action")
    recording = _recording(call, trashed=action == "delete")
    if recording.processing:
        raise Refused(400, 3303, "You can not delete an uncompleted meeting.")
    call.world.recordings.remove(recording, for_good=action == "delete")


def get_transcript(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/transcript`."""
    try:
        recording = _recording(call, trashed=True)
    except Refused as refused:
        raise _no_transcript() if refused.code == 3301 else refused from None
    if recording.transcript is None:
        raise _no_transcript()
    restriction = "NOT_READY" if recording.processing else "DELETED_OR_TRASHED" if recording.trashed else None
    return {
        "meeting_id": recording.uuid,
        "account_id": recording.host.account.id,
        "meeting_topic": recording.topic,
        "host_id": recording.host.id,
        "transcript_created_time": zulu(recording.file_ends),
        "can_download": restriction is None,
        "auto_delete": False,
        "download_url": None if restriction else _download_url(recording.transcript, call.world.origin),
        "download_restriction_reason": restriction,
    }


def recording_view(recording: Recording, origin: str) -> dict[str, Any]:
    """Show a recording with its files."""
    return {
        "uuid": recording.uuid,
        "id": recording.meeting_id,
        "account_id": recording.host.account.id,
        "host_id": recording.host.id,
        "topic": recording.topic,
        # Zoom's schema wants the type as text here, unlike everywhere else.
        "type": str(recording.meeting_type),
        "start_time": zulu(recording.start),
        "duration": recording.duration,
        "total_size": sum(file.content.size for file in recording.files if file.detailed),
        "recording_count": len(recording.files),
        "recording_play_passcode": _PASSCODE,
        "auto_delete": False,
        "recording_files": [_file_view(recording, file, origin) for file in recording.files],
    }


def _file_view(recording: Recording, file: RecordingFile, origin: str) -> dict[str, Any]:
    view: dict[str, Any] = {
        "meeting_id": recording.uuid,
        "recording_start": zulu(recording.start),
        "recording_end": zulu(recording.file_ends),
        "file_type": file.type,
        "file_extension": file.extension,
        "download_url": _download_url(file, origin),
    }
    if file.detailed:
        view |= {
            "id": f"file-{file.key}",
            "file_size": file.content.size,
            "recording_type": file.recording_type,
            "status": "processing" if recording.processing else "completed",
            "play_url": f"{origin}/rec/play/{file.key}",
        }
    if recording.trashed is not None:
        view["deleted_time"] = zulu(recording.trashed)
    return view


def _download_url(file: RecordingFile, origin: str) -> str:
    return f"{origin}/rec/download/{file.key}"


def _recording(call: Call, *, trashed: bool = False) -> Recording:
    recording = call.world.recordings.find(call.path["meetingId"], trashed=trashed)
    if recording.host.account is not call.caller_user.account:
        raise Refused(404, 3301, "There is no recording for this meeting.")
    call.require_access(recording.host)
    return recording


def _no_transcript() -> Refused:
    return Refused(404, 3322, "This meeting transcript does not exist.")
