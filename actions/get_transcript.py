"""Return what was said in a meeting: the transcript of its recording, else the one AI Companion made.

https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/transcript
"""

import re
from typing import Any

from zoom_connector import Inputs, NotReady, Outputs, ZoomClient, ZoomError

_RECORDINGS = "/meetings/{meeting_id}/recordings"
_TRANSCRIPT = "/meetings/{meeting_id}/transcript"
_NO_RECORDING = 3301
_HOUR = 3600


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    found = _of_recording(zoom, inputs["meeting_id"]) or _of_companion(zoom, inputs["meeting_id"])
    form = inputs.get("format", "text")
    return {
        **found,
        "format": form,
        "transcript": found["transcript"] if form == "vtt" else _spoken(found["transcript"]),
    }


def _of_recording(zoom: ZoomClient, meeting_id: str) -> Outputs | None:
    try:
        recording = zoom.call(_RECORDINGS, {"meeting_id": meeting_id})
    except ZoomError as error:
        if error.zoom is None or error.zoom.code != _NO_RECORDING:
            raise
        return None
    parts = [file for file in recording.get("recording_files", []) if file.get("file_type") == "TRANSCRIPT"]
    if not parts:
        return None
    if any(part.get("status") == "processing" for part in parts):
        raise NotReady("recording_processing", files=len(parts), retry_in_seconds=60)

    def fresh_token() -> str:
        asked = {"meeting_id": recording["uuid"], "include_fields": "download_access_token", "ttl": _HOUR}
        return str(zoom.call(_RECORDINGS, asked)["download_access_token"])

    # A recording that was stopped and started again has a transcript for each piece.
    parts.sort(key=_start)
    first, *others = [zoom.text(part["download_url"], fresh_token=fresh_token) for part in parts]
    return {
        "transcript": "\n\n".join([first.strip(), *(re.sub(r"^WEBVTT.*", "", other).strip() for other in others)])
        + "\n",
        "source": "recording",
        "topic": recording.get("topic"),
        "meeting_uuid": recording.get("uuid"),
    }


def _start(part: dict[str, Any]) -> str:
    return str(part.get("recording_start", ""))


def _of_companion(zoom: ZoomClient, meeting_id: str) -> Outputs:
    transcript = zoom.call(_TRANSCRIPT, {"meeting_id": meeting_id})
    if not transcript.get("can_download"):
        reason = transcript.get("download_restriction_reason", "")
        if reason == "NOT_READY":
            raise NotReady("transcript_not_ready", retry_in_seconds=60)
        raise ZoomError("transcript_unavailable", reason=reason)
    return {
        "transcript": zoom.text(transcript["download_url"]),
        "source": "ai_companion",
        "topic": transcript.get("meeting_topic"),
        "meeting_uuid": transcript.get("meeting_id"),
    }


def _spoken(vtt: str) -> str:
    """Keep the words of a WebVTT file: one line per cue (https://www.w3.org/TR/webvtt1/#file-structure)."""
    spoken = []
    for block in re.split(r"\n[ \t]*\n", vtt.replace("\r\n", "\n")):
        _, timed, words = block.partition("-->")
        if timed:
            spoken.append(" ".join(words.split("\n", 1)[1].split()) if "\n" in words else "")
    return "\n".join(filter(None, spoken))
