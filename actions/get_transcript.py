"""Return what was said in a meeting: the transcript of its recording, else the one AI Companion made.

https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/meetings/{meetingId}/transcript
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zoom_connector import Inputs, NotReady, Outputs, ZoomClient, ZoomError

_RECORDINGS = "/meetings/{meeting_id}/recordings"
_TRANSCRIPT = "/meetings/{meeting_id}/transcript"
_NO_RECORDING = 3301
_HOUR = 3600


@dataclass(frozen=True)
class _Piece:
    """The transcript of one stretch of recording, as a WebVTT file (https://www.w3.org/TR/webvtt1/#file-structure)."""

    vtt: str
    later: float = 0
    """Seconds from the start of the first piece to the start of this one."""


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    about, pieces = _of_recording(zoom, inputs["meeting_id"]) or _of_companion(zoom, inputs["meeting_id"])
    form = inputs.get("format", "text")
    cues = [cue for piece in pieces for cue in _cues(piece)]
    match form:
        case "vtt":
            result: Outputs = {"transcript": _vtt(pieces)}
        case "speakers":
            result = {"utterances": list(_utterances(cues))}
        case _:
            result = {"transcript": "\n".join(words for _, _, words in cues)}
    return {**result, **about, "format": form}


def _of_recording(zoom: ZoomClient, meeting_id: str) -> tuple[Outputs, list[_Piece]] | None:
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

    # A recording that was stopped and started again has a transcript for each piece, whose times begin at zero.
    parts.sort(key=lambda part: str(part.get("recording_start", "")))
    pieces = [
        _Piece(zoom.text(part["download_url"], fresh_token=fresh_token), _seconds_between(parts[0], part))
        for part in parts
    ]
    about = {"source": "recording", "topic": recording.get("topic"), "meeting_uuid": recording.get("uuid")}
    return about, pieces


def _seconds_between(first: dict[str, Any], part: dict[str, Any]) -> float:
    starts = [datetime.fromisoformat(each["recording_start"]) for each in (first, part) if "recording_start" in each]
    return (starts[-1] - starts[0]).total_seconds() if starts else 0


def _of_companion(zoom: ZoomClient, meeting_id: str) -> tuple[Outputs, list[_Piece]]:
    transcript = zoom.call(_TRANSCRIPT, {"meeting_id": meeting_id})
    if not transcript.get("can_download"):
        reason = transcript.get("download_restriction_reason", "")
        if reason == "NOT_READY":
            raise NotReady("transcript_not_ready", retry_in_seconds=60)
        raise ZoomError("transcript_unavailable", reason=reason)
    about = {
        "source": "ai_companion",
        "topic": transcript.get("meeting_topic"),
        "meeting_uuid": transcript.get("meeting_id"),
    }
    return about, [_Piece(zoom.text(transcript["download_url"]))]


_TIME = re.compile(r"(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})")
_VOICE = re.compile(r"<v(?:\.\S+)? ([^>]+)>")
"""Who speaks, as WebVTT marks it; Zoom writes the name and a colon, and so is it handed on."""
_SPEAKER = re.compile(r"([^:.!?]{1,64}): (.*)", re.DOTALL)


def _vtt(pieces: list[_Piece]) -> str:
    first, *others = pieces
    bodies = [re.sub(r"^WEBVTT.*", "", _moved(other)).strip() for other in others]
    return "\n\n".join([first.vtt.strip(), *bodies]) + "\n"


def _moved(piece: _Piece) -> str:
    def later(line: re.Match[str]) -> str:
        return _TIME.sub(lambda time: _clock(_seconds(time) + piece.later), line[0])

    return re.sub(r"^.*-->.*$", later, piece.vtt, flags=re.MULTILINE)


def _cues(piece: _Piece) -> Iterator[tuple[str, str, str]]:
    """Give start, end and words of each cue."""
    for block in re.split(r"\n[ \t]*\n", _moved(piece).replace("\r\n", "\n")):
        before, _, after = block.partition("-->")
        end, _, words = after.partition("\n")
        times = [_TIME.search(before), _TIME.search(end)]
        if words.strip():
            start, stop = (_clock(_seconds(time)) if time else "" for time in times)
            yield start, stop, _plain(words)


def _plain(words: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]*>", "", _VOICE.sub(r"\1: ", words))).split())


def _utterances(cues: list[tuple[str, str, str]]) -> Iterator[dict[str, str]]:
    """Join what one speaker says in a row; a cue without a name goes on with the one before."""
    said: dict[str, str] = {}
    for start, end, words in cues:
        named = _SPEAKER.fullmatch(words)
        speaker, text = named.groups() if named else (said.get("speaker", ""), words)
        if said and said["speaker"] == speaker:
            said |= {"end": end, "text": f"{said['text']} {text}"}
            continue
        if said:
            yield said
        said = {"speaker": speaker, "start": start, "end": end, "text": text}
    if said:
        yield said


def _seconds(time: re.Match[str]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in time.groups())
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
