"""The trash file by file, and those who watch recordings."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from sandbox.client import Client

from zoom_connector.sandbox import Sandbox, seed
from zoom_connector.sandbox.recordings import Look

RECORDED = f"/meetings/{quote(seed.RECORDED_UUID)}"
RECOVER = {"action": "recover"}
NONE = {"code": 3301, "message": "There is no recording for this meeting."}


@pytest.fixture
def owner(zoom: Sandbox) -> Client:
    """The host, by an app that may also change recordings."""
    zoom.app(seed.CLIENT_ID).scopes |= {
        "recording:write",
        "cloud_recording:read:recording_analytics_details",
        "cloud_recording:read:recording_analytics_summary",
    }
    return Client.of(zoom)


def types(owner: Client, path: str = f"{RECORDED}/recordings", **query: str) -> list[str]:
    answer = owner("GET", path, **query).json()
    rows = answer.get("meetings", [answer])
    return [file["file_type"] for row in rows for file in row["recording_files"]]


def a_file(zoom: Sandbox, number: int = 0) -> str:
    return f"{RECORDED}/recordings/{zoom.recordings[0].files[number].id}"


def test_a_recording_comes_back_from_the_trash(owner: Client) -> None:
    owner("DELETE", f"{RECORDED}/recordings")

    answer = owner("PUT", f"{RECORDED}/recordings/status", RECOVER)

    assert (answer.status_code, answer.content, len(types(owner))) == (200, b"", 6)
    assert owner("PUT", f"{RECORDED}/recordings/status", RECOVER).json() == NONE


def test_the_number_of_a_meeting_brings_nothing_back(zoom: Sandbox, owner: Client) -> None:
    number = zoom.recordings[0].meeting_id
    owner("DELETE", f"{RECORDED}/recordings")

    assert owner("PUT", f"/meetings/{number}/recordings/status", RECOVER).json() == NONE


def test_after_thirty_days_the_trash_is_empty(zoom: Sandbox, owner: Client) -> None:
    owner("DELETE", f"{RECORDED}/recordings")
    zoom.clock.move(days=30)
    later = Client.of(zoom)

    assert later("PUT", f"{RECORDED}/recordings/status", RECOVER).json() == NONE
    assert types(later, "/users/me/recordings", trash="true") == []


def test_a_single_file_goes_to_the_trash_and_comes_back(zoom: Sandbox, owner: Client) -> None:
    video = a_file(zoom)

    gone = owner("DELETE", video).status_code
    without, listed = types(owner), types(owner, "/users/me/recordings", trash="true", trash_type="recording_file")
    twice = owner("DELETE", video).json()
    back = owner("PUT", f"{video}/status", RECOVER).status_code

    assert (gone, "MP4" in without, listed, twice, back) == (204, False, ["MP4"], NONE, 204)
    assert types(owner)[0] == "MP4"
    assert owner("PUT", f"{video}/status", RECOVER).json() == NONE


def test_a_single_file_can_be_deleted_for_good_also_from_the_trash(zoom: Sandbox, owner: Client) -> None:
    video = a_file(zoom)
    owner("DELETE", video)

    owner("DELETE", video, action="delete")

    assert types(owner, "/users/me/recordings", trash="true", trash_type="recording_file") == []
    assert owner("PUT", f"{video}/status", RECOVER).json() == NONE
    assert owner("GET", f"{zoom.url}/rec/download/{zoom.recordings[0].files[0].key}").text.startswith("<html>")


def test_captions_have_no_id_to_be_deleted_by(zoom: Sandbox, owner: Client) -> None:
    assert owner("DELETE", a_file(zoom, 5)).json() == NONE


def test_a_removed_transcript_is_gone(owner: Client) -> None:
    answers = [owner(method, f"{RECORDED}/transcript") for method in ("DELETE", "GET", "DELETE")]

    assert [answers[0].status_code, *(answer.json()["code"] for answer in answers[1:])] == [204, 3322, 3322]
    assert "TRANSCRIPT" not in types(owner)


def test_a_file_can_be_in_the_making_while_the_others_are_done(zoom: Sandbox, owner: Client) -> None:
    zoom.recordings[0].files[2].processing = True

    files = owner("GET", f"{RECORDED}/recordings").json()["recording_files"]
    pages = [owner("GET", file["download_url"]).headers["Content-Type"] for file in files[1:3]]

    assert [file.get("status") for file in files[1:4]] == ["completed", "processing", "completed"]
    assert pages == ["audio/mp4", "text/html;charset=utf-8"]
    assert owner("GET", f"{RECORDED}/transcript").json()["download_restriction_reason"] == "NOT_READY"


def test_registration_is_dropped_without_a_word_unless_it_is_on_demand(owner: Client) -> None:
    path = f"{RECORDED}/recordings/settings"

    answers = [
        owner("PATCH", path, body) and owner("GET", path).json()["approval_type"]
        for body in ({"approval_type": 0}, {"approval_type": 0, "on_demand": True}, {"on_demand": False})
    ]

    assert answers == [2, 0, 2]


@pytest.mark.parametrize("body", [{"share_recording": "everybody"}, {"password": "short"}, {"on_demand": "yes"}])
def test_a_wrong_setting_is_refused(owner: Client, body: dict[str, Any]) -> None:
    answer = owner("PATCH", f"{RECORDED}/recordings/settings", body)

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, next(iter(body)))


def test_looks_are_listed_and_counted_by_day(zoom: Sandbox, owner: Client) -> None:
    now = zoom.clock.now()
    zoom.recordings[0].looks.extend(
        [
            Look(now - timedelta(days=1), "Kim", "kim@example.com", 60),
            Look(now, "Kim", "kim@example.com", 5),
            Look(now, "Sam", "sam@example.com", download=True),
            Look(now - timedelta(days=40), "Early", "early@example.com", 9),
        ]
    )

    views = owner("GET", f"{RECORDED}/recordings/analytics_details").json()
    downloads = owner("GET", f"{RECORDED}/recordings/analytics_details", type="by_download").json()
    summary = owner("GET", f"{RECORDED}/recordings/analytics_summary").json()

    assert [(row["name"], row["duration"]) for row in views["analytics_details"]] == [("Kim", 60), ("Kim", 5)]
    assert [row["name"] for row in downloads["analytics_details"]] == ["Sam"]
    assert summary == {
        "from": "2026-01-31",
        "to": "2026-03-02",
        "analytics_summary": [
            {"date": "2026-03-01", "views_total_count": 1, "downloads_total_count": 0},
            {"date": "2026-03-02", "views_total_count": 1, "downloads_total_count": 1},
        ],
    }


def test_viewers_register_and_are_decided_on(owner: Client) -> None:
    path = f"{RECORDED}/recordings/registrants"
    owner("PATCH", f"{RECORDED}/recordings/settings", {"on_demand": True, "approval_type": 1})

    made = owner("POST", path, {"email": "kim@example.com", "first_name": "Kim"}).json()
    waiting = owner("GET", path, status="pending").json()["registrants"]
    owner("PUT", f"{path}/status", {"action": "approve", "registrants": [{"id": made["registrant_id"]}]})

    assert made.keys() == {"id", "registrant_id", "topic"}
    assert [row["email"] for row in waiting] == ["kim@example.com"]
    assert [row["status"] for row in owner("GET", path).json()["registrants"]] == ["approved"]


def test_who_need_not_be_approved_gets_the_link_at_once(owner: Client) -> None:
    owner("PATCH", f"{RECORDED}/recordings/settings", {"on_demand": True, "approval_type": 0})

    made = owner("POST", f"{RECORDED}/recordings/registrants", {"email": "kim@example.com", "first_name": "Kim"})

    assert "/rec/share/" in made.json()["share_url"]


def test_the_form_of_viewers_can_be_changed(owner: Client) -> None:
    path = f"{RECORDED}/recordings/registrants/questions"
    form = {
        "questions": [{"field_name": "city", "required": True}],
        "custom_questions": [{"title": "Why?", "type": "multiple", "answers": ["Fun", "Work"], "required": False}],
    }

    status = owner("PATCH", path, form).status_code
    wrong = owner("PATCH", path, {"questions": [{"field_name": "shoe_size"}]}).json()["errors"]

    assert (status, owner("GET", path).json()) == (204, form)
    assert [error["field"] for error in wrong] == ["questions[0].field_name"]
