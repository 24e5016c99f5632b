"""The words of a meeting come from its recording, else from AI Companion."""

from typing import Any

import pytest
from zoom.foreign import Reply, reply

from contract.handling import Foreign
from zoom_connector import NotReady, ZoomError

RECORDINGS = "GET /meetings/97763643886/recordings"
COMPANION = "GET /meetings/97763643886/transcript"
NO_RECORDING = reply({"code": 3301, "message": "There is no recording for this meeting."}, 404)
MEETING = {"meeting_id": "97763643886"}
FIRST = "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nJo Doe: Welcome,\r\neverybody.\r\n"
SECOND = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nSam Roe: Thank you.\n\n2\n00:00:03.000 --> 00:00:04.000\n\n"


def vtt(text: str) -> Reply:
    return Reply(200, text.encode(), {"Content-Type": "text/vtt"})


def recorded(zoom: Foreign, *files: dict[str, Any]) -> dict[str, Any]:
    return {"id": 97763643886, "uuid": "aDYlohsHRtCd4ii1uC2+hA==", "topic": "Kick-off", "recording_files": list(files)}


def part(zoom: Foreign, name: str, start: str, status: str = "completed") -> dict[str, Any]:
    url = f"{zoom.url}/rec/{name}"
    return {"file_type": "TRANSCRIPT", "download_url": url, "recording_start": start, "status": status}


def test_the_pieces_of_a_recording_are_put_together_in_order(zoom: Foreign) -> None:
    pieces = [part(zoom, "second", "2030-01-07T09:30:00Z"), part(zoom, "first", "2030-01-07T09:00:00Z")]
    zoom.answer({RECORDINGS: recorded(zoom, *pieces), "GET /rec/first": vtt(FIRST), "GET /rec/second": vtt(SECOND)})

    outputs = zoom.run("get_transcript", MEETING)

    assert outputs == {
        "transcript": "Jo Doe: Welcome, everybody.\nSam Roe: Thank you.",
        "format": "text",
        "source": "recording",
        "topic": "Kick-off",
        "meeting_uuid": "aDYlohsHRtCd4ii1uC2+hA==",
    }


def test_webvtt_comes_under_one_heading_and_its_times_count_from_the_first_piece(zoom: Foreign) -> None:
    pieces = [part(zoom, "first", "2030-01-07T09:00:00Z"), part(zoom, "second", "2030-01-07T09:30:00Z")]
    zoom.answer({RECORDINGS: recorded(zoom, *pieces), "GET /rec/first": vtt(FIRST), "GET /rec/second": vtt(SECOND)})

    outputs = zoom.run("get_transcript", MEETING | {"format": "vtt"})

    cues = SECOND.removeprefix("WEBVTT").strip().replace("00:00:0", "00:30:0")
    assert outputs["transcript"] == f"{FIRST.strip()}\n\n{cues}\n"


MARKED = """WEBVTT

1
00:01.000 --> 00:02.500 align:start
<v.loud Jo Doe>Let's <b>go</b> &amp; see

00:02.500 --> 00:03.000
what happens. Note this: nothing.

NOTE a remark of whoever wrote the file

3
00:10:59.999 --> 00:11:00.000
Sam Roe: Well
"""


def test_speaker_by_speaker_each_turn_is_a_row_with_its_times(zoom: Foreign) -> None:
    pieces = [part(zoom, "second", "2030-01-07T09:30:00Z"), part(zoom, "first", "2030-01-07T09:00:00Z")]
    zoom.answer({RECORDINGS: recorded(zoom, *pieces), "GET /rec/first": vtt(MARKED), "GET /rec/second": vtt(SECOND)})

    outputs = zoom.run("get_transcript", MEETING | {"format": "speakers"})

    assert outputs == {
        "utterances": [
            {
                "speaker": "Jo Doe",
                "start": "00:00:01.000",
                "end": "00:00:03.000",
                "text": "Let's go & see what happens. Note this: nothing.",
            },
            {
                "speaker": "Sam Roe",
                "start": "00:10:59.999",
                "end": "00:30:03.000",
                "text": "Well Thank you.",
            },
        ],
        "format": "speakers",
        "source": "recording",
        "topic": "Kick-off",
        "meeting_uuid": "aDYlohsHRtCd4ii1uC2+hA==",
    }


@pytest.mark.parametrize("recordings", [NO_RECORDING, {"recording_files": [{"file_type": "MP4"}]}])
def test_without_a_transcript_of_the_recording_ai_companion_is_asked(zoom: Foreign, recordings: object) -> None:
    about = {
        "meeting_id": "uuid==",
        "meeting_topic": "Kick-off",
        "can_download": True,
        "download_url": f"{zoom.url}/rec/ai",
    }
    zoom.answer({RECORDINGS: recordings, COMPANION: about, "GET /rec/ai": vtt(SECOND)})

    outputs = zoom.run("get_transcript", MEETING)

    assert outputs == {
        "transcript": "Sam Roe: Thank you.",
        "format": "text",
        "source": "ai_companion",
        "topic": "Kick-off",
        "meeting_uuid": "uuid==",
    }


def test_a_transcript_that_zoom_still_works_on_is_not_ready(zoom: Foreign) -> None:
    zoom.answer({RECORDINGS: recorded(zoom, part(zoom, "first", "", status="processing"))})

    with pytest.raises(NotReady, match="recording_processing"):
        zoom.run("get_transcript", MEETING)


@pytest.mark.parametrize(
    ("reason", "failure", "code"),
    [
        ("NOT_READY", NotReady, "transcript_not_ready"),
        ("NO_TRANSCRIPT_DATA", ZoomError, "transcript_unavailable"),
    ],
)
def test_what_ai_companion_does_not_give_is_told_with_its_reason(
    zoom: Foreign, reason: str, failure: type[ZoomError], code: str
) -> None:
    about = {"can_download": False, "download_restriction_reason": reason}
    zoom.answer({RECORDINGS: NO_RECORDING, COMPANION: about})

    with pytest.raises(failure, match=code):
        zoom.run("get_transcript", MEETING)


def test_another_refusal_is_not_taken_for_a_missing_recording(zoom: Foreign) -> None:
    zoom.answer({RECORDINGS: reply({"code": 1001, "message": "User does not exist: jo."}, 404)})

    with pytest.raises(ZoomError) as refused:
        zoom.run("get_transcript", MEETING)

    assert refused.value.zoom is not None
    assert refused.value.zoom.code == 1001
