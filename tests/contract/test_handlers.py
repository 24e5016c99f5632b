"""What handlers really send is what Zoom publishes, and so is every answer made up here."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from zoom.foreign import LOST, START, Reply

from contract.checks import check_answer, check_request, examples
from contract.handling import CATALOGUE, NO_CONTENT, Foreign, foreign
from contract.spec import Spec

HOST = "/users/jo%40example.com/meetings"
RECORDED = "/meetings/aDYlohsHRtCd4ii1uC2%2BhA%3D%3D/recordings"
TRANSCRIPT = "/meetings/aDYlohsHRtCd4ii1uC2%2BhA%3D%3D/transcript"

MEETING = dict(CATALOGUE.actions["create_meeting"].sample)
ROW = CATALOGUE.actions["list_meetings"].sample["meetings"][0]
RECORDING = dict(CATALOGUE.actions["get_recordings"].sample)
ABOUT_TRANSCRIPT = {"meeting_topic": "Kick-off", "can_download": True}
"""`download_url` is added where the server's address is known."""


@pytest.fixture
def zoom() -> Iterator[Foreign]:
    with foreign() as zoom:
        yield zoom


def first(key: str, *without: str, **instead: Any) -> dict[str, Any]:
    """Fill an action in with its examples, but for those that exclude each other."""
    return {name: value for name, value in examples(CATALOGUE.actions[key]).items() if name not in without} | instead


ONE_WAY_TO_REPEAT = ("month_day", "month_week", "month_weekday", "repeat_until")
NOT_REPEATING = (*ONE_WAY_TO_REPEAT, "repeats", "repeat_every", "weekdays", "repeat_times")
LISTED = ROW | {"created_at": START.isoformat(), "type": 2, "start_time": "2030-01-07T09:00:00Z"}

CREATES = {
    "weekly": first("create_meeting", *ONE_WAY_TO_REPEAT),
    "monthly on a day": first("create_meeting", "weekdays", "month_week", "month_weekday", "repeat_times", repeats=3),
    "monthly in a week": first("create_meeting", "weekdays", "month_day", "repeat_until", repeats=3),
    "once": first("create_meeting", *NOT_REPEATING, kind="scheduled"),
    "without a time": first("create_meeting", *NOT_REPEATING, "start_time", kind="recurring_no_fixed_time"),
    "now": first("create_meeting", *NOT_REPEATING, "start_time", "schedule_for", kind="instant"),
}
DELETES = {
    "a meeting": first("delete_meeting", "occurrence_id"),
    "a series": first("delete_meeting", "occurrence_id", whole_series=True),
    "an occurrence": first("delete_meeting"),
}


def made_up(spec: Spec, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return answers to calls after making sure that Zoom could give them."""
    for call, answer in answers.items():
        method, path = call.split()
        if not isinstance(answer, Reply):
            assert check_answer(spec, method, path, answer) == []
    return answers


def deviations(spec: Spec, zoom: Foreign) -> list[str]:
    """Check every request that went to Zoom's API."""
    return [
        deviation
        for sent in zoom.sent
        if not sent.path.startswith("/rec/")
        for deviation in check_request(spec, sent.method, sent.path, sent.query, sent.body)
    ]


@pytest.mark.parametrize("inputs", CREATES.values(), ids=CREATES)
def test_create_meeting_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, inputs: dict[str, Any]) -> None:
    zoom.answer(made_up(spec, {f"POST {HOST}": MEETING}))

    zoom.run("create_meeting", inputs)

    assert [sent.method for sent in zoom.sent] == ["POST"]
    assert deviations(spec, zoom) == []


def test_create_meeting_looks_for_a_lost_meeting_as_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    zoom.answer(
        made_up(
            spec,
            {f"POST {HOST}": LOST, f"GET {HOST}": {"meetings": [LISTED]}, f"GET /meetings/{LISTED['id']}": MEETING},
        )
    )

    zoom.run("create_meeting", first("create_meeting", *NOT_REPEATING, "schedule_for", kind="scheduled"))

    assert [sent.method for sent in zoom.sent] == ["POST", "GET", "GET"]
    assert deviations(spec, zoom) == []


@pytest.mark.parametrize("inputs", DELETES.values(), ids=DELETES)
def test_delete_meeting_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, inputs: dict[str, Any]) -> None:
    path = f"/meetings/{inputs['meeting_id']}"
    zoom.answer(made_up(spec, {f"GET {path}": MEETING | {"type": 2}, f"DELETE {path}": NO_CONTENT}))

    zoom.run("delete_meeting", inputs)

    assert zoom.sent[-1].method == "DELETE"
    assert deviations(spec, zoom) == []


def test_download_recording_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, tmp_path: Path) -> None:
    file = RECORDING["recording_files"][0] | {"download_url": f"{zoom.url}/rec/video", "file_size": 7}
    answer = RECORDING | {"recording_files": [file], "download_access_token": "example"}
    video = Reply(200, b"example", {"Content-Type": "video/mp4"})
    zoom.answer({**made_up(spec, {f"GET {RECORDED}": answer}), "GET /rec/video": [Reply(401), video]})

    zoom.run("download_recording", first("download_recording", folder=str(tmp_path)))

    assert [sent.path for sent in zoom.sent] == [RECORDED, "/rec/video", RECORDED, "/rec/video"]
    assert deviations(spec, zoom) == []


def test_get_transcript_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    about = ABOUT_TRANSCRIPT | {"download_url": f"{zoom.url}/rec/text"}
    answers = {f"GET {RECORDED}": RECORDING, f"GET {TRANSCRIPT}": about}
    zoom.answer({**made_up(spec, answers), "GET /rec/text": Reply(200, b"WEBVTT", {"Content-Type": "text/vtt"})})

    zoom.run("get_transcript", first("get_transcript"))

    assert [sent.path for sent in zoom.sent] == [RECORDED, TRANSCRIPT, "/rec/text"]
    assert deviations(spec, zoom) == []


def test_call_zoom_api_knows_the_operation_of_its_example(spec: Spec, zoom: Foreign) -> None:
    zoom.answer({"GET /users/me/settings": {}})

    zoom.run("call_zoom_api", first("call_zoom_api", "body"))

    assert deviations(spec, zoom) == []


def test_every_handler_is_checked_here() -> None:
    handlers = {key for key, action in CATALOGUE.actions.items() if action.request is None}

    assert handlers == {"create_meeting", "delete_meeting", "download_recording", "get_transcript", "call_zoom_api"}
