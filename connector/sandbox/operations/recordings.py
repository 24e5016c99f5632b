"""Operations on cloud recordings.

https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording
"""

from datetime import UTC, timedelta
from typing import Any

from ..answers import Refused, invalid_fields, invalid_parameter
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
    of_trash, single_files = call.flag("trash"), call.query.get("trash_type") == "recording_file"
    if of_trash:
        found = call.world.recordings.trash_of(host, single_files=single_files)
    else:
        recordings = call.world.recordings.of(host)
        found = [item for item in recordings if first <= item.start.astimezone(UTC).date() <= last]
    if "meeting_id" in call.query:
        found = [item for item in found if str(item.meeting_id) == call.query["meeting_id"]]
    rows, page = call.world.paging.page(found, f"{host.id} recordings", call.query)
    meetings = [recording_view(row, call.world.origin, trashed_files=of_trash and single_files) for row in rows]
    return {"from": first.isoformat(), "to": last.isoformat(), **page, "meetings": meetings}


def get_recordings(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/recordings`."""
    recording = recording_of(call)
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
    for_good = _for_good(call)
    recording = recording_of(call, trashed=for_good)
    if recording.processing:
        raise Refused(400, 3303, "You can not delete an uncompleted meeting.")
    call.world.recordings.remove(recording, for_good=for_good)


def delete_recording_file(call: Call) -> None:
    """Answer `DELETE /meetings/{meetingId}/recordings/{recordingId}`."""
    for_good = _for_good(call)
    recording = recording_of(call)
    if recording.processing:
        raise Refused(400, 3303, "You can not delete an uncompleted meeting.")
    file = _file(recording, call.path["recordingId"])
    if file.deleted or (file.trashed and not for_good):
        raise _no_recording()
    call.world.recordings.remove(file, for_good=for_good)


def recover_recordings(call: Call) -> None:
    """Answer `PUT /meetings/{meetingUUID}/recordings/status`."""
    _require_recover(call)
    recording = recording_of(call, trashed=True, name="meetingUUID")
    # The number of a meeting does not tell which of its sessions is meant.
    if not call.world.recordings.in_trash(recording) or recording.uuid != call.path["meetingUUID"]:
        raise _no_recording()
    recording.trashed = None


def recover_recording_file(call: Call) -> None:
    """Answer `PUT /meetings/{meetingId}/recordings/{recordingId}/status`."""
    _require_recover(call)
    file = _file(recording_of(call), call.path["recordingId"])
    if not call.world.recordings.in_trash(file):
        raise _no_recording()
    file.trashed = None


def get_transcript(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/transcript`."""
    try:
        recording = recording_of(call, trashed=True)
    except Refused as refused:
        raise _no_transcript() if refused.code == 3301 else refused from None
    if recording.transcript is None:
        raise _no_transcript()
    trashed = recording.trashed or recording.transcript.trashed
    processing = recording.processing or recording.transcript.processing
    restriction = "NOT_READY" if processing else "DELETED_OR_TRASHED" if trashed else None
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


def delete_transcript(call: Call) -> None:
    """Answer `DELETE /meetings/{meetingId}/transcript`."""
    try:
        recording = recording_of(call)
    except Refused as refused:
        raise _no_transcript() if refused.code == 3301 else refused from None
    if recording.transcript is None:
        raise _no_transcript()
    call.world.recordings.remove(recording.transcript, for_good=True)


def recording_view(recording: Recording, origin: str, *, trashed_files: bool = False) -> dict[str, Any]:
    """Show a recording with its files, or with those that are in the trash one by one."""
    files = [file for file in recording.files if (file.trashed is not None) is trashed_files and not file.deleted]
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
        "total_size": sum(file.content.size for file in files if file.detailed),
        "recording_count": len(files),
        "recording_play_passcode": _PASSCODE,
        "auto_delete": False,
        "recording_files": [_file_view(recording, file, origin) for file in files],
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
            "id": file.id,
            "file_size": file.content.size,
            "recording_type": file.recording_type,
            "status": "processing" if recording.processing or file.processing else "completed",
            "play_url": f"{origin}/rec/play/{file.key}",
        }
    if trashed := file.trashed or recording.trashed:
        view["deleted_time"] = zulu(trashed)
    return view


def _download_url(file: RecordingFile, origin: str) -> str:
    return f"{origin}/rec/download/{file.key}"


def recording_of(call: Call, *, trashed: bool = False, name: str = "meetingId") -> Recording:
    """Find the recording that the path names.

    Raises:
        Refused: there is none, or it belongs to somebody whose data the caller may not touch.
    """
    recording = call.world.recordings.find(call.path[name], trashed=trashed)
    if recording.host.account is not call.account:
        raise _no_recording()
    call.require_access(recording.host)
    return recording


def _file(recording: Recording, file_id: str) -> RecordingFile:
    for file in recording.files:
        if file.id == file_id and file.detailed:
            return file
    raise _no_recording()


def _for_good(call: Call) -> bool:
    action = call.query.get("action", "trash")
    if action not in ("trash", "delete"):
        raise invalid_parameter("action")
    return action == "delete"


def _require_recover(call: Call) -> None:
    if call.body.get("action") != "recover":
        raise invalid_fields("action")


def _no_recording() -> Refused:
    return Refused(404, 3301, "There is no recording for this meeting.")


def _no_transcript() -> Refused:
    return Refused(404, 3322, "This meeting transcript does not exist.")
