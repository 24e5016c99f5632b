"""Save one file of a cloud recording to disk.

https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/recordings
"""

from typing import Any

from zoom_connector import Folder, Inputs, InvalidInputs, NotReady, Outputs, ZoomClient

_RECORDINGS = "/meetings/{meeting_id}/recordings"
_HOUR = 3600
_MEDIA_TYPES = {"MP4": ("video/*",), "M4A": ("audio/*", "video/mp4")}
_NAME = "{date} {time} {view} {topic}"


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    folder = Folder(inputs["folder"], _NAME, ("date", "time", "view", "topic"))
    recording = zoom.call(_RECORDINGS, {"meeting_id": inputs["meeting_id"]})
    file = _chosen(recording, inputs)

    def fresh_token() -> str:
        asked = {"meeting_id": recording["uuid"], "include_fields": "download_access_token", "ttl": _HOUR}
        return str(zoom.call(_RECORDINGS, asked)["download_access_token"])

    saved = zoom.download(
        file["download_url"],
        folder.path / inputs.get("file_name", _name(folder, recording, file)),
        size=int(file["file_size"]) if "file_size" in file else None,
        fresh_token=fresh_token,
        media_types=_MEDIA_TYPES.get(file["file_type"], ()),
    )
    return {
        "path": str(saved.path),
        "file_name": saved.path.name,
        "size_bytes": saved.size,
        "recording_file_id": file.get("id"),
        "file_type": file["file_type"],
        "recording_type": file.get("recording_type"),
        "recording_start": file.get("recording_start"),
        "recording_end": file.get("recording_end"),
        "meeting_id": recording.get("id"),
        "meeting_uuid": recording.get("uuid"),
        "topic": recording.get("topic"),
    }


def _chosen(recording: Outputs, inputs: Inputs) -> dict[str, Any]:
    """Pick the file that the step means: the first to start, then the biggest."""
    filters = {"id": "recording_file_id", "file_type": "file_type", "recording_type": "recording_type"}
    wanted = {key: inputs[name] for key, name in filters.items() if name in inputs} or {"file_type": "MP4"}
    files = recording.get("recording_files", [])
    # The audio of single participants looks like the audio of all, so it is found by its id only.
    separate = recording.get("participant_audio_files", []) if "id" in wanted else []
    fitting = [file for file in [*files, *separate] if all(file.get(key) == value for key, value in wanted.items())]
    ready = [file for file in fitting if file.get("status") != "processing" and file.get("download_url")]
    if ready:
        return min(ready, key=lambda file: (file.get("recording_start", ""), -file.get("file_size", 0)))
    pending = [file for file in files if file.get("status") == "processing"]
    if pending:
        raise NotReady("recording_processing", files=len(pending), retry_in_seconds=60)
    raise InvalidInputs("recording_file_not_found", available=sorted({file["file_type"] for file in files}))


def _name(folder: Folder, recording: Outputs, file: dict[str, Any]) -> str:
    """Make a name that is the same in every run, so that an interrupted download is found again."""
    start = str(file.get("recording_start") or recording.get("start_time", ""))
    day, _, time = start.removesuffix("Z").replace(":", "").partition("T")
    view = str(file.get("recording_type", file["file_type"])).replace("_", " ")
    values = {"date": day, "time": time, "view": view, "topic": str(recording.get("topic", ""))}
    return folder.name(values, str(file.get("file_extension", file["file_type"])))
