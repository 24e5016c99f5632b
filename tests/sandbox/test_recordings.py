"""Recordings: listed, shown, trashed; and their files, downloaded."""

import hashlib
from typing import Any
from urllib.parse import quote

import pytest
from sandbox.client import Client, session

from zoom_connector.sandbox import Sandbox, seed

RECORDED = f"/meetings/{quote(seed.RECORDED_UUID)}/recordings"
TRANSCRIPT = f"/meetings/{quote(seed.RECORDED_UUID)}/transcript"
PASSCODE_PAGE = "<html><head><title>Password Required - Zoom</title></head><body>Passcode required</body></html>"


def video_of(host: Client) -> dict[str, Any]:
    video: dict[str, Any] = host("GET", RECORDED).json()["recording_files"][0]
    return video


def listed(host: Client, **query: str) -> list[str]:
    return [row["topic"] for row in host("GET", "/users/me/recordings", **query).json()["meetings"]]


def test_a_recording_is_answered_with_its_files(zoom: Sandbox, host: Client) -> None:
    recording = host("GET", RECORDED).json()

    files = recording.pop("recording_files")
    assert recording == {
        "uuid": seed.RECORDED_UUID,
        "id": 97000000001,
        "account_id": seed.ACCOUNT_ID,
        "host_id": "sandboxUserHost0000002",
        "topic": "Weekly review",
        "type": "2",
        "start_time": "2026-03-01T09:00:00Z",
        "duration": 30,
        "total_size": sum(file.get("file_size", 0) for file in files),
        "recording_count": 6,
        "recording_play_passcode": "sandbox",
        "password": "sandbox",
        "auto_delete": False,
        "participant_audio_files": [],
    }
    assert [(file["file_type"], file.get("file_size"), file.get("status")) for file in files][:2] == [
        ("MP4", 3_000_000, "completed"),
        ("M4A", 300_000, "completed"),
    ]


def test_captions_and_timeline_come_without_details(host: Client) -> None:
    files = host("GET", RECORDED).json()["recording_files"]

    bare = {"meeting_id", "recording_start", "recording_end", "file_type", "file_extension", "download_url"}
    assert {file["file_type"]: set(file) == bare for file in files} == {
        "MP4": False,
        "M4A": False,
        "TRANSCRIPT": False,
        "CHAT": False,
        "TIMELINE": True,
        "CC": True,
    }


def test_recordings_are_listed_by_day_both_included(host: Client) -> None:
    assert [
        listed(host, **{"from": "2026-02-20", "to": "2026-03-01"}),
        listed(host, **{"from": "2026-02-20", "to": "2026-02-28"}),
        listed(host, **{"from": "2026-01-21", "to": "2026-01-21"}),
    ] == [["Weekly review"], [], ["Project kick-off"]]


def test_without_days_only_today_and_tomorrow_are_listed(zoom: Sandbox, host: Client) -> None:
    zoom.add_recording("This morning", days_ago=0)

    answer = host("GET", "/users/me/recordings").json()

    assert (answer["from"], answer["to"], listed(host)) == ("2026-03-02", "2026-03-03", ["This morning"])


@pytest.mark.parametrize(("first", "last"), [("2026-01-01", "2026-02-02"), ("2026-02-02", "2026-02-01")])
def test_more_than_a_month_at_once_is_refused(host: Client, first: str, last: str) -> None:
    answer = host("GET", "/users/me/recordings", **{"from": first, "to": last})

    assert (answer.status_code, answer.json()) == (400, {"code": 300, "message": "Invalid parameter: from."})


@pytest.fixture
def owner(zoom: Sandbox) -> Client:
    """The host, by an app that may also delete recordings."""
    zoom.app(seed.CLIENT_ID).scopes |= {"recording:write"}
    return Client.of(zoom)


def test_a_trashed_recording_is_only_in_the_trash(zoom: Sandbox, owner: Client) -> None:
    days = {"from": "2026-02-20", "to": "2026-03-01"}

    answer = owner("DELETE", RECORDED)

    assert (answer.status_code, listed(owner, **days), listed(owner, trash="true")) == (204, [], ["Weekly review"])
    assert owner("GET", RECORDED).json() == {"code": 3301, "message": "There is no recording for this meeting."}
    assert [recording.topic for recording in zoom.recordings] == ["Project kick-off"]


def test_a_deleted_recording_is_nowhere(owner: Client) -> None:
    link = video_of(owner)["download_url"]

    answer = owner("DELETE", RECORDED, action="delete")

    assert (answer.status_code, listed(owner, trash="true"), owner("GET", link).text) == (204, [], PASSCODE_PAGE)


def test_an_unknown_way_of_deleting_is_refused(owner: Client) -> None:
    answer = owner("DELETE", RECORDED, action="burn")

    assert answer.json() == {"code": 300, "message": "Invalid parameter: action."}


def test_while_zoom_works_on_a_recording_its_files_are_not_to_be_had(zoom: Sandbox, owner: Client) -> None:
    recording = zoom.add_recording("Fresh", uuid="fresh==", processing=True)

    files = owner("GET", "/meetings/fresh==/recordings").json()["recording_files"]
    page = owner("GET", files[0]["download_url"]).text
    deleted = owner("DELETE", "/meetings/fresh==/recordings").json()["code"]
    transcript = owner("GET", "/meetings/fresh==/transcript").json()
    recording.processing = False
    done = owner("GET", "/meetings/fresh==/recordings").json()["recording_files"]

    assert [file.get("status") for file in files] == ["processing"] * 4 + [None] * 2
    assert [file.get("status") for file in done] == ["completed"] * 4 + [None] * 2
    assert (page, deleted) == (PASSCODE_PAGE, 3303)
    assert (transcript["can_download"], transcript["download_restriction_reason"]) == (False, "NOT_READY")


def test_a_transcript_is_offered_and_downloaded(zoom: Sandbox, host: Client) -> None:
    transcript = host("GET", TRANSCRIPT).json()

    text = host("GET", transcript["download_url"])

    assert {name: value for name, value in transcript.items() if name != "download_url"} == {
        "meeting_id": seed.RECORDED_UUID,
        "account_id": seed.ACCOUNT_ID,
        "meeting_topic": "Weekly review",
        "host_id": "sandboxUserHost0000002",
        "transcript_created_time": "2026-03-01T09:30:00Z",
        "can_download": True,
        "auto_delete": False,
        "download_restriction_reason": None,
    }
    assert (text.headers["Content-Type"], text.text[:6]) == ("text/vtt", "WEBVTT")


def test_a_transcript_in_the_trash_says_so(owner: Client) -> None:
    owner("DELETE", RECORDED)

    assert owner("GET", TRANSCRIPT).json()["download_restriction_reason"] == "DELETED_OR_TRASHED"


def test_a_meeting_without_recording_has_no_transcript(host: Client) -> None:
    answer = host("GET", f"/meetings/{host.create()['id']}/transcript")

    assert answer.json() == {"code": 3322, "message": "This meeting transcript does not exist."}


def test_a_recording_may_be_asked_for_by_the_number_of_its_meeting(zoom: Sandbox, host: Client) -> None:
    number = zoom.recordings[0].meeting_id

    assert host("GET", f"/meetings/{number}/recordings").json()["uuid"] == seed.RECORDED_UUID


def test_a_file_is_downloaded_over_a_redirect(zoom: Sandbox, host: Client) -> None:
    answer = host("GET", video_of(host)["download_url"])

    content = zoom.recordings[0].files[0].content
    assert [hop.status_code for hop in answer.history] == [302]
    assert answer.content[4:8] == b"ftyp"
    assert answer.content[100:200] != answer.content[65_536 + 100 : 65_536 + 200]
    assert (len(answer.content), hashlib.sha256(answer.content).hexdigest()) == (3_000_000, content.sha256())
    assert {name: answer.headers[name] for name in ("Content-Type", "Content-Length", "Accept-Ranges")} == {
        "Content-Type": "video/mp4",
        "Content-Length": "3000000",
        "Accept-Ranges": "bytes",
    }
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="97000000001-')


@pytest.mark.parametrize(
    ("wanted", "start", "stop"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=65535-65536", 65_535, 65_537),
        ("bytes=2999990-", 2_999_990, 3_000_000),
        ("bytes=-10", 2_999_990, 3_000_000),
        ("bytes=100-9999999", 100, 3_000_000),
    ],
)
def test_a_range_is_exactly_that_part(host: Client, wanted: str, start: int, stop: int) -> None:
    link = video_of(host)["download_url"]
    whole = host("GET", link).content

    part = host.send("GET", link, {"Range": wanted})

    assert (part.status_code, part.headers["Content-Range"]) == (206, f"bytes {start}-{stop - 1}/3000000")
    assert part.content == whole[start:stop]


def test_a_range_beyond_the_end_cannot_be_had(host: Client) -> None:
    answer = host.send("GET", video_of(host)["download_url"], {"Range": "bytes=3000000-"})

    assert (answer.status_code, answer.headers["Content-Range"]) == (416, "bytes */3000000")


def test_a_range_of_another_version_gets_the_whole_file(host: Client) -> None:
    link = video_of(host)["download_url"]
    etag = host("GET", link).headers["ETag"]

    answers = [host.send("GET", link, {"Range": "bytes=1-2", "If-Range": tag}) for tag in (etag, '"another"')]

    assert [(answer.status_code, len(answer.content)) for answer in answers] == [(206, 2), (200, 3_000_000)]


def test_without_good_authorization_a_page_comes_instead_of_the_file(zoom: Sandbox, host: Client) -> None:
    link = video_of(host)["download_url"]
    stranger = Client.of(zoom, seed.COLLEAGUE)

    with session() as http:
        nobody = http.get(link, timeout=10)
        direct = http.get(link.replace("/rec/download/", "/file/"), timeout=10)
        in_the_url = http.get(link, params={"access_token": host.token}, timeout=10)
    refused = [nobody, direct, in_the_url, stranger("GET", link), Client(zoom, "made-up")("GET", link)]

    assert [(answer.status_code, answer.text) for answer in refused] == [(200, PASSCODE_PAGE)] * 5


def test_a_download_token_opens_its_own_recording_for_its_time(zoom: Sandbox, host: Client) -> None:
    answer = host("GET", RECORDED, include_fields="download_access_token", ttl=60).json()
    other = host("GET", f"/meetings/{zoom.recordings[1].meeting_id}/recordings").json()
    bearer = Client(zoom, answer["download_access_token"])
    links = [item["recording_files"][3]["download_url"] for item in (answer, other)]

    opened = [bearer("GET", link).headers["Content-Type"] for link in links]
    zoom.clock.move(seconds=60)
    late = bearer("GET", links[0]).headers["Content-Type"]

    assert (opened, late) == (["text/plain", "text/html;charset=utf-8"], "text/html;charset=utf-8")


@pytest.mark.parametrize("ttl", ["604801", "soon"])
def test_a_download_token_lives_a_week_at_most(host: Client, ttl: str) -> None:
    answer = host("GET", RECORDED, include_fields="download_access_token", ttl=ttl)

    assert answer.json() == {"code": 300, "message": "Invalid parameter: ttl."}


def test_zoom_may_insist_on_the_download_token(zoom: Sandbox, host: Client) -> None:
    answer = host("GET", RECORDED, include_fields="download_access_token").json()
    zoom.behaviour.oauth_downloads_refused = True
    link = answer["recording_files"][3]["download_url"]

    statuses = [Client(zoom, token)("GET", link).status_code for token in (host.token, answer["download_access_token"])]

    assert statuses == [401, 200]


def test_a_recording_may_be_of_any_size(zoom: Sandbox, host: Client) -> None:
    recording = zoom.add_recording("Tiny", size=40)

    content = host("GET", f"{zoom.url}/rec/download/{recording.files[0].key}").content

    assert (len(content), content[4:12]) == (40, b"ftypmp42")
