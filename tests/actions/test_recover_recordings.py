"""What is in the trash comes back: one recording, one file, or all of a range of days."""

from typing import Any

import pytest
from zoom.foreign import LOST, Reply, reply

from contract.handling import CATALOGUE, Foreign, Sent
from zoom_connector import Fault, InvalidInputs, ZoomError

TRASH = "GET /users/me/recordings"
BACK = Reply(200)
NONE = reply({"code": 3301, "message": "There is no recording for this meeting."}, 404)
FULL = reply({"code": 3309, "message": "Not enough cloud storage available."}, 400)
RECOVER = Sent("PUT", "/meetings/first%3D%3D/recordings/status", {}, {"action": "recover"})


def session(uuid: str, start: str, **more: Any) -> dict[str, Any]:
    return {"uuid": uuid, "id": 97763643886, "topic": "Kick-off", "start_time": start, **more}


FIRST, SECOND = session("first==", "2030-01-02T09:00:00Z"), session("/second", "2030-01-05T09:00:00Z")


def row(of: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "meeting_uuid": of["uuid"],
        "meeting_id": of["id"],
        "topic": of["topic"],
        "start_time": of["start_time"],
        "state": "recovered",
        **more,
    }


def test_a_session_comes_back_by_its_uuid(zoom: Foreign) -> None:
    zoom.answer({TRASH: {"meetings": [FIRST, SECOND]}, "PUT /meetings/first%3D%3D/recordings/status": BACK})

    outputs = zoom.run("recover_recordings", {"meeting_id": "first=="})

    assert outputs == {"recordings": [row(FIRST)], "recovered": 1, "failed": 0}
    assert zoom.sent == [Sent("GET", "/users/me/recordings", {"trash": "true", "page_size": "300"}), RECOVER]


def test_a_meeting_id_stands_for_its_latest_session_in_the_trash(zoom: Foreign) -> None:
    zoom.answer({TRASH: {"meetings": [FIRST, SECOND]}, "PUT /meetings/%252Fsecond/recordings/status": BACK})

    outputs = zoom.run("recover_recordings", {"meeting_id": "97763643886"})

    assert outputs["recordings"] == [row(SECOND)]


def test_a_single_file_comes_back_by_its_id(zoom: Foreign) -> None:
    zoom.answer({"PUT /meetings/first%3D%3D/recordings/file-1/status": Reply(204)})

    outputs = zoom.run("recover_recordings", {"meeting_id": "first==", "recording_file_id": "file-1"})

    recovered = {"meeting_uuid": "first==", "recording_file_id": "file-1", "state": "recovered"}
    assert outputs == {"recordings": [recovered], "recovered": 1, "failed": 0}


def test_what_is_not_in_the_trash_is_zooms_refusal(zoom: Foreign) -> None:
    zoom.answer({TRASH: {"meetings": []}, "PUT .*": NONE, "GET /meetings/first%3D%3D/recordings": NONE})

    with pytest.raises(ZoomError) as refused:
        zoom.run("recover_recordings", {"meeting_id": "first=="})

    assert refused.value.zoom is not None
    assert refused.value.zoom.code == 3301


def test_a_lost_answer_does_not_hide_that_it_is_back(zoom: Foreign) -> None:
    files = {"recording_files": [{"id": "file-1"}]}
    answers = {TRASH: {"meetings": [FIRST]}, "PUT .*": [LOST, NONE], "GET /meetings/first%3D%3D/recordings": files}
    zoom.answer(answers)

    assert zoom.run("recover_recordings", {"meeting_id": "first=="})["recovered"] == 1


@pytest.mark.parametrize(("file_id", "is_back"), [("file-1", True), ("file-2", False)])
def test_a_file_is_back_only_when_it_is_listed(zoom: Foreign, file_id: str, is_back: bool) -> None:
    files = {"recording_files": [{"id": "file-1"}]}
    zoom.answer({"PUT .*": NONE, "GET /meetings/first%3D%3D/recordings": files})
    which = {"meeting_id": "first==", "recording_file_id": file_id}

    if is_back:
        assert zoom.run("recover_recordings", which)["recovered"] == 1
    else:
        with pytest.raises(ZoomError):
            zoom.run("recover_recordings", which)


def test_everything_of_a_range_of_days_comes_back_and_one_failure_stops_no_other(zoom: Foreign) -> None:
    early, late = session("early", "2029-12-31T23:59:59Z"), session("late", "2030-01-06T00:00:00Z")
    single = session("single", "2030-01-03T09:00:00Z", recording_files=[{"id": "file-1"}, {"file_type": "CC"}])
    zoom.answer(
        {
            TRASH: [{"meetings": [early, FIRST, SECOND, late]}, {"meetings": [single]}],
            "PUT /meetings/first%3D%3D/recordings/status": FULL,
            "PUT .*": BACK,
        }
    )

    outputs = zoom.run("recover_recordings", {"from": "2030-01-01", "to": "2030-01-05", "user_id": "me"})

    full = {"reason": "cloud_storage_full", "reason_title": CATALOGUE.errors["cloud_storage_full"]["title"]}
    assert outputs == {
        "recordings": [row(FIRST, state="failed", **full), row(SECOND), row(single, recording_file_id="file-1")],
        "recovered": 2,
        "failed": 1,
    }


def test_without_a_last_day_it_is_today(zoom: Foreign) -> None:
    today, tomorrow = session("today", "2030-01-07T10:00:00Z"), session("tomorrow", "2030-01-08T10:00:00Z")
    zoom.answer({TRASH: [{"meetings": [today, tomorrow]}, {"meetings": []}], "PUT .*": BACK})

    assert zoom.run("recover_recordings", {"from": "2030-01-01"})["recordings"] == [row(today)]


@pytest.mark.parametrize(
    ("inputs", "fault"),
    [
        ({}, Fault("/meeting_id", "required")),
        ({"meeting_id": "1", "from": "2030-01-01"}, Fault("/from", "only_one", "meeting_id")),
    ],
)
def test_it_is_either_one_meeting_or_a_range(zoom: Foreign, inputs: dict[str, str], fault: Fault) -> None:
    with pytest.raises(InvalidInputs) as refused:
        zoom.run("recover_recordings", inputs)

    assert (refused.value.faults, zoom.sent) == ((fault,), [])
