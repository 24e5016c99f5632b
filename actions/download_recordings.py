"""Save the recordings of one or many users to disk, several files at once.

https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from zoom_connector import (
    Fault,
    FileFailed,
    Folder,
    Inputs,
    InvalidInputs,
    Outputs,
    ZoomClient,
    ZoomConnectorError,
    ZoomError,
)

_USERS = "/users"
_USER = "/users/{user_id}"
_LIST = "/users/{user_id}/recordings"
_ONE = "/meetings/{meeting_id}/recordings"

_AT_ONCE = 4
_LOOK_AGAIN = 60
_HOUR = 3600
_NO_RECORDING = 3301
_NAME = "{date} {time} {view} {topic}"
_VALUES = ("date", "time", "topic", "user", "type", "view", "id", "meeting_id")
_MEDIA_TYPES = {"MP4": ("video/*",), "M4A": ("audio/*", "video/mp4")}

Row = dict[str, Any]


@dataclass
class _Whole:
    """How far all files together are: the sum of what the workers tell of theirs."""

    zoom: ZoomClient
    name: str
    total: int = 0
    listed: bool = False
    _done: int = 0
    _files: dict[str, int] = field(default_factory=dict)

    def tell(self, done: int, total: int | None, message: str) -> None:
        self._done += done - self._files.get(message, 0)
        self._files[message] = done
        # Zoom does not say the size of every file beforehand.
        self.zoom.progress(self._done, max(self._done, self.total) if self.listed else None, self.name)


@dataclass(frozen=True)
class _Job:
    """A file that is to be saved."""

    row: Row
    url: str
    path: Path
    size: int | None


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    folder = Folder(inputs["folder"], inputs.get("file_name", _NAME), _VALUES)
    if inputs.get("all_users") and inputs.get("users"):
        raise InvalidInputs("inputs_invalid", [Fault("/users", "only_one", "all_users")])
    rows: list[Row] = []
    try:
        with folder.alone():
            _save_all(zoom, inputs, folder, rows)
    except ZoomConnectorError as error:
        if saved := _count(rows, "saved"):
            error.params["saved_files"] = saved
        raise
    return {
        "files": rows,
        **{state: _count(rows, state) for state in ("saved", "already_there", "processing", "failed")},
        "saved_bytes": sum(row["size_bytes"] for row in rows if row["state"] == "saved"),
        "complete": not _count(rows, "processing") and not _count(rows, "failed"),
    }


def _save_all(zoom: ZoomClient, inputs: Inputs, folder: Folder, rows: list[Row]) -> None:
    waiting: dict[str, dict[str, Row]] = {}
    whole = _Whole(zoom, folder.path.name)
    zone = ZoneInfo(inputs.get("timezone", "UTC"))

    def job(row: Row, recording: Outputs, file: Row) -> Iterator[_Job]:
        size = int(file["file_size"]) if "file_size" in file else None
        values = _values(row, recording, file, zone)
        try:
            place = folder.place(_key(recording, file), values, _extension(file), size)
        except FileFailed as error:
            _failed(zoom, row, error)
            return
        row |= {"path": str(place.path), "file_name": place.path.name}
        if place.saved:
            row |= {"state": "already_there", "size_bytes": place.path.stat().st_size}
            return
        whole.total += size or 0
        yield _Job(row, file["download_url"], place.path, size)

    def listed() -> Iterator[_Job]:
        seen = set()
        for user, recording in _recordings(zoom, inputs, rows):
            if recording["uuid"] in seen:
                continue
            seen.add(recording["uuid"])
            for file in _chosen(recording, inputs):
                rows.append(row := _row(user, recording, file))
                if _is_processing(recording, file):
                    waiting.setdefault(recording["uuid"], {})[_key(recording, file)] = row
                else:
                    yield from job(row, recording, file)
        whole.listed = True

    def ready() -> Iterator[_Job]:
        for uuid, pending in list(waiting.items()):
            try:
                recording = zoom.call(_ONE, {"meeting_id": uuid})
            except ZoomError as error:
                # Zoom may say that there is no recording while it still works on one.
                if error.zoom is None or error.zoom.code != _NO_RECORDING:
                    for row in waiting.pop(uuid).values():
                        _failed(zoom, row, error)
                continue
            for file in recording.get("recording_files", []):
                if _key(recording, file) in pending and not _is_processing(recording, file):
                    yield from job(pending.pop(_key(recording, file)), recording, file)
            if not pending:
                del waiting[uuid]

    def save(jobs: Iterator[_Job]) -> None:
        for _ in zoom.each(jobs, _save, at_once=_AT_ONCE, progress=whole.tell):
            pass

    save(listed())
    until = zoom.now + timedelta(minutes=inputs.get("wait_minutes", 0))
    while waiting and zoom.now < until:
        zoom.wait(min(_LOOK_AGAIN, (until - zoom.now).total_seconds()))
        save(ready())


def _recordings(zoom: ZoomClient, inputs: Inputs, rows: list[Row]) -> Iterator[tuple[str, Outputs]]:
    """Give every recording with its user; a user whose recordings cannot be listed does not keep back the others."""
    days = {name: inputs[name] for name in ("from", "to") if name in inputs}
    users = _users(zoom, inputs)
    for user_id, name in users:
        try:
            for recording in zoom.list(_LIST, {"user_id": user_id, **days}):
                yield name, recording
        except ZoomError as error:
            if not inputs.keys() & {"users", "all_users"}:
                raise
            rows.append(row := {"user": name})
            _failed(zoom, row, error)


def _users(zoom: ZoomClient, inputs: Inputs) -> Iterator[tuple[str, str]]:
    """Give the id of every user, and what to call them."""
    if inputs.get("all_users"):
        for user in zoom.list(_USERS, {}):
            yield user["id"], str(user.get("email", user["id"]))
    elif users := inputs.get("users"):
        yield from ((user, user) for user in dict.fromkeys(users))
    elif "{user}" in inputs.get("file_name", _NAME):
        yield zoom.user, zoom.call(_USER, {"user_id": zoom.user})["email"]
    else:
        yield zoom.user, zoom.user


def _chosen(recording: Outputs, inputs: Inputs) -> Iterator[Row]:
    wanted = {"file_type": inputs.get("file_types"), "recording_type": inputs.get("views")}
    for file in recording.get("recording_files", []):
        if file.get("download_url") and all(not some or file.get(key) in some for key, some in wanted.items()):
            yield file


def _is_processing(recording: Outputs, file: Row) -> bool:
    # Captions and timelines say nothing of themselves; they are not there before anything else is.
    files = [file] if "status" in file else recording.get("recording_files", [])
    stages = {each["status"] for each in files if "status" in each}
    return stages == {"processing"}


def _key(recording: Outputs, file: Row) -> str:
    return str(file.get("id") or f"{recording['uuid']} {file['file_type']} {file.get('recording_start')}")


def _extension(file: Row) -> str:
    return str(file.get("file_extension", file["file_type"]))


def _row(user: str, recording: Outputs, file: Row) -> Row:
    return {
        "state": "processing",
        "user": user,
        "topic": recording.get("topic"),
        "meeting_id": recording.get("id"),
        "meeting_uuid": recording["uuid"],
        "recording_file_id": file.get("id"),
        "file_type": file["file_type"],
        "recording_type": file.get("recording_type"),
        "recording_start": file.get("recording_start") or recording.get("start_time"),
    }


def _values(row: Row, recording: Outputs, file: Row, zone: ZoneInfo) -> dict[str, str]:
    start = datetime.fromisoformat(row["recording_start"] or "1970-01-01T00:00:00Z").astimezone(zone)
    return {
        "date": f"{start:%Y-%m-%d}",
        "time": f"{start:%H%M%S}",
        "topic": str(recording.get("topic", "")),
        "user": row["user"],
        "type": file["file_type"],
        "view": str(file.get("recording_type", file["file_type"])).replace("_", " "),
        "id": _key(recording, file),
        "meeting_id": str(recording.get("id", "")),
    }


def _save(zoom: ZoomClient, job: _Job) -> None:
    def fresh_token() -> str:
        asked = {"meeting_id": job.row["meeting_uuid"], "include_fields": "download_access_token", "ttl": _HOUR}
        return str(zoom.call(_ONE, asked)["download_access_token"])

    media_types = _MEDIA_TYPES.get(job.row["file_type"], ())
    try:
        saved = zoom.download(job.url, job.path, size=job.size, fresh_token=fresh_token, media_types=media_types)
    except (ZoomError, FileFailed) as error:
        if error.code == "disk_full":  # the next file would fail as well
            raise
        _failed(zoom, job.row, error)
    else:
        job.row.update(state="saved", size_bytes=saved.size)


def _failed(zoom: ZoomClient, row: Row, error: ZoomConnectorError) -> None:
    problem = zoom.explain(error)
    row |= {"state": "failed", "reason": problem.code, "reason_title": problem.title}


def _count(rows: list[Row], state: str) -> int:
    return sum(row["state"] == state for row in rows)
