"""Take recordings out of the trash: one, one file of one, or all of a range of days.

https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/PUT/meetings/{meetingUUID}/recordings/status
"""

from collections.abc import Iterator
from typing import Any

from zoom_connector import Fault, Inputs, InvalidInputs, Outputs, ZoomClient, ZoomError

_LIST = "/users/{user_id}/recordings"
_ONE = "/meetings/{meeting_id}/recordings"
_RECOVER = "/meetings/{meeting_id}/recordings/status"
_RECOVER_FILE = "/meetings/{meeting_id}/recordings/{recording_file_id}/status"
_NO_RECORDING = 3301

Row = dict[str, Any]


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    if "meeting_id" not in inputs and "from" not in inputs:
        raise InvalidInputs("inputs_invalid", [Fault("/meeting_id", "required")])
    if "meeting_id" in inputs and "from" in inputs:
        raise InvalidInputs("inputs_invalid", [Fault("/from", "only_one", "meeting_id")])
    if "meeting_id" in inputs:
        row = _chosen(zoom, inputs)
        _recover(zoom, row)
        return _outputs([row | {"state": "recovered"}])

    rows = []
    for row in _of_days(zoom, inputs):
        try:
            _recover(zoom, row)
        except ZoomError as error:
            problem = zoom.explain(error)
            rows.append(row | {"state": "failed", "reason": problem.code, "reason_title": problem.title})
        else:
            rows.append(row | {"state": "recovered"})
    return _outputs(rows)


def _chosen(zoom: ZoomClient, inputs: Inputs) -> Row:
    if "recording_file_id" in inputs:
        return {"meeting_uuid": inputs["meeting_id"], "recording_file_id": inputs["recording_file_id"]}
    # Zoom wants the UUID, for a meeting ID does not tell which of its sessions is meant: here, the latest.
    sessions = [row for row in _trash(zoom, inputs) if inputs["meeting_id"] in (row["uuid"], str(row.get("id")))]
    if not sessions:
        return {"meeting_uuid": inputs["meeting_id"]}
    return _row(max(sessions, key=lambda session: str(session.get("start_time", ""))))


def _of_days(zoom: ZoomClient, inputs: Inputs) -> Iterator[Row]:
    """Give whole recordings, then single files; Zoom does not look at days in the trash."""
    first, last = inputs["from"], inputs.get("to", zoom.now.date().isoformat())
    for kind in ("meeting_recordings", "recording_file"):
        for recording in list(_trash(zoom, {**inputs, "trash_type": kind})):
            if not first <= str(recording.get("start_time", ""))[:10] <= last:
                continue
            if kind == "meeting_recordings":
                yield _row(recording)
                continue
            for file in recording.get("recording_files", []):
                if "id" in file:
                    yield _row(recording) | {"recording_file_id": file["id"]}


def _trash(zoom: ZoomClient, inputs: Inputs) -> Iterator[Outputs]:
    asked = {name: inputs[name] for name in ("user_id", "trash_type") if name in inputs}
    return zoom.list(_LIST, {**asked, "trash": True})


def _recover(zoom: ZoomClient, row: Row) -> None:
    which = {"meeting_id": row["meeting_uuid"], "recording_file_id": row.get("recording_file_id")}
    try:
        zoom.call(_RECOVER_FILE if which["recording_file_id"] else _RECOVER, which)
    except ZoomError as error:
        # It is not in the trash: perhaps it is back, and only the answer that said so was lost.
        if error.zoom is None or error.zoom.code != _NO_RECORDING or not _is_back(zoom, which):
            raise


def _is_back(zoom: ZoomClient, which: Row) -> bool:
    try:
        recording = zoom.call(_ONE, {"meeting_id": which["meeting_id"]})
    except ZoomError:
        return False
    ids = [file.get("id") for file in recording.get("recording_files", [])]
    return which["recording_file_id"] in (None, *ids)


def _row(recording: Outputs) -> Row:
    return {
        "meeting_uuid": recording["uuid"],
        "meeting_id": recording.get("id"),
        "topic": recording.get("topic"),
        "start_time": recording.get("start_time"),
    }


def _outputs(rows: list[Row]) -> Outputs:
    failed = sum(row["state"] == "failed" for row in rows)
    return {"recordings": rows, "recovered": len(rows) - failed, "failed": failed}
