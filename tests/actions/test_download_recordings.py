"""All recordings of a range of days end up in a folder, and every one that does not is told with its reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from zoom.foreign import LOST, Reply, reply

from contract.handling import CATALOGUE, Foreign
from zoom_connector import Fault, FileFailed, Folder, InvalidInputs, ReconnectRequired, ZoomError
from zoom_connector.explain import explain

MINE = "GET /users/me/recordings"
VIDEO = b"\x00\x00\x00\x18ftypmp42" + b"example" * 100
PAGE = Reply(200, b"<!DOCTYPE html><title>Password Required - Zoom</title>", {"Content-Type": "text/html"})
DAYS = {"from": "2030-01-01", "to": "2030-01-07"}


def content(data: bytes = VIDEO, media_type: str = "video/mp4") -> Reply:
    return Reply(200, data, {"Content-Type": media_type})


def file(name: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": name,
        "file_type": "MP4",
        "file_extension": "MP4",
        "recording_type": "shared_screen",
        "recording_start": "2030-01-07T09:00:12Z",
        "file_size": len(VIDEO),
        "status": "completed",
        **changes,
    }


def recording(zoom: Foreign, *files: dict[str, Any], uuid: str = "uuid==", **more: Any) -> dict[str, Any]:
    several = [{"download_url": f"{zoom.url}/rec/{entry.get('id', 'none')}", **entry} for entry in files]
    return {"id": 97763643886, "uuid": uuid, "topic": "Q1: plans?", "recording_files": several, **more}


def run(zoom: Foreign, folder: Path, **inputs: Any) -> Any:
    return zoom.run("download_recordings", {**DAYS, "folder": str(folder), **inputs})


def saved(folder: Path) -> dict[str, bytes]:
    files = [entry for entry in folder.rglob("*") if entry.is_file() and not entry.name.startswith(".")]
    return {entry.relative_to(folder).as_posix(): entry.read_bytes() for entry in files}


def states(outputs: Any) -> list[tuple[str, str]]:
    return [(row["recording_file_id"], row["state"]) for row in outputs["files"]]


def title(code: str) -> str:
    words: str = CATALOGUE.errors[code]["title"]
    return words


def test_every_file_is_saved_under_a_name_of_its_own(zoom: Foreign, tmp_path: Path) -> None:
    sound = file("sound", file_type="M4A", file_extension="M4A", recording_type="audio_only", file_size=3)
    zoom.answer(
        {
            MINE: {"meetings": [recording(zoom, file("video"), sound)]},
            "GET /rec/video": content(),
            "GET /rec/sound": content(b"abc", "audio/mp4"),
        }
    )

    outputs = run(zoom, tmp_path)

    names = ["2030-01-07 090012 shared screen Q1 plans.mp4", "2030-01-07 090012 audio only Q1 plans.m4a"]
    assert saved(tmp_path) == {names[0]: VIDEO, names[1]: b"abc"}
    about = {"user": "me", "topic": "Q1: plans?", "meeting_id": 97763643886, "meeting_uuid": "uuid=="}
    started = {"recording_start": "2030-01-07T09:00:12Z"}
    assert outputs == {
        "files": [
            {
                "state": "saved",
                "path": str(tmp_path / names[0]),
                "file_name": names[0],
                "size_bytes": len(VIDEO),
                **about,
                **started,
                "recording_file_id": "video",
                "file_type": "MP4",
                "recording_type": "shared_screen",
            },
            {
                "state": "saved",
                "path": str(tmp_path / names[1]),
                "file_name": names[1],
                "size_bytes": 3,
                **about,
                **started,
                "recording_file_id": "sound",
                "file_type": "M4A",
                "recording_type": "audio_only",
            },
        ],
        "saved": 2,
        "already_there": 0,
        "processing": 0,
        "failed": 0,
        "saved_bytes": len(VIDEO) + 3,
        "complete": True,
    }


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({}, ["video", "gallery", "sound"]),
        ({"file_types": ["M4A"]}, ["sound"]),
        ({"views": ["gallery_view"]}, ["gallery"]),
        ({"file_types": ["M4A"], "views": ["gallery_view"]}, []),
    ],
)
def test_types_and_views_can_be_chosen(zoom: Foreign, tmp_path: Path, chosen: Any, found: list[str]) -> None:
    files = [file("video"), file("gallery", recording_type="gallery_view"), file("sound", file_type="M4A")]
    zoom.answer({MINE: {"meetings": [recording(zoom, *files)]}, "GET /rec/.*": content()})

    outputs = run(zoom, tmp_path, **chosen)

    assert states(outputs) == [(name, "saved") for name in found]


def test_a_second_run_fetches_only_what_is_missing(zoom: Foreign, tmp_path: Path) -> None:
    bare = {"file_type": "TIMELINE", "file_extension": "JSON"}
    listed = {"meetings": [recording(zoom, file("video"), file("later"), bare)]}
    zoom.answer({MINE: listed, "GET /rec/.*": content()})
    run(zoom, tmp_path)
    (gone,) = (tmp_path / name for name in saved(tmp_path) if "[" in name)
    gone.unlink()
    before = len(zoom.sent)

    outputs = run(zoom, tmp_path)

    assert [row["state"] for row in outputs["files"]] == ["already_there", "saved", "already_there"]
    assert [sent.path for sent in zoom.sent[before:]] == ["/users/me/recordings", "/rec/later"]


def test_a_file_keeps_its_name_when_its_meeting_is_renamed_and_the_template_changes(
    zoom: Foreign, tmp_path: Path
) -> None:
    zoom.answer({MINE: {"meetings": [recording(zoom, file("video"))]}, "GET /rec/video": content()})
    run(zoom, tmp_path, file_name="{topic}")
    zoom.answer({MINE: {"meetings": [recording(zoom, file("video"), topic="Renamed")]}})

    outputs = run(zoom, tmp_path, file_name="{id}")

    assert [(row["state"], row["file_name"]) for row in outputs["files"]] == [("already_there", "Q1 plans.mp4")]


def test_another_file_of_the_same_name_never_passes_for_the_one_that_is_there(zoom: Foreign, tmp_path: Path) -> None:
    bare = {"file_type": "TIMELINE", "file_extension": "JSON"}
    zoom.answer({MINE: {"meetings": [recording(zoom, bare, uuid="week-1")]}, "GET /rec/none": content(b"1", "text/x")})
    run(zoom, tmp_path, file_name="{topic}")
    zoom.answer({MINE: {"meetings": [recording(zoom, bare, uuid="week-2")]}, "GET /rec/none": content(b"2", "text/x")})

    run(zoom, tmp_path, file_name="{topic}")

    assert sorted(saved(tmp_path).values()) == [b"1", b"2"]


def test_a_file_saved_by_hand_is_known_by_its_size(zoom: Foreign, tmp_path: Path) -> None:
    (tmp_path / "same.mp4").write_bytes(VIDEO)
    (tmp_path / "other.mp4").write_bytes(b"something else")
    listed = [
        recording(zoom, file("video"), topic="same"),
        recording(zoom, file("another"), topic="other", uuid="other=="),
    ]
    zoom.answer({MINE: {"meetings": listed}, "GET /rec/another": content()})

    outputs = run(zoom, tmp_path, file_name="{topic}")

    assert states(outputs) == [("video", "already_there"), ("another", "saved")]
    assert sorted(saved(tmp_path).values()) == sorted([VIDEO, b"something else", VIDEO])


@pytest.mark.parametrize(
    ("template", "values", "name"),
    [
        ("{date} {time} {topic}", {}, "2030-01-07 090012 Q1 plans.mp4"),
        ("{user}/{type} {view}", {}, "host@example.com/MP4 shared screen.mp4"),
        ("{meeting_id} {id}", {}, "97763643886 video.mp4"),
        ("{topic}", {"topic": "../../etc\\passwd\n"}, "etc passwd.mp4"),
        ("{topic}", {"topic": " ..."}, "_.mp4"),
        ("{topic}", {"topic": "NUL"}, "_NUL.mp4"),
        ("{topic}", {"topic": "\u202egpj.exe"}, "gpj.exe.mp4"),
        ("{topic}", {"topic": "é" * 300}, f"{'é' * 90}.mp4"),
        ("{topic}", {"topic": "{id} {x}"}, "{id} {x}.mp4"),
    ],
)
def test_a_name_is_filled_in_and_safe_everywhere(
    zoom: Foreign, tmp_path: Path, template: str, values: dict[str, str], name: str
) -> None:
    zoom.answer(
        {
            MINE: {"meetings": [recording(zoom, file("video"), **values)]},
            "GET /users/me": {"email": "host@example.com"},
            "GET /rec/video": content(),
        }
    )

    run(zoom, tmp_path, file_name=template)

    assert list(saved(tmp_path)) == [name]


def test_dates_in_names_are_of_the_time_zone_that_was_chosen(zoom: Foreign, tmp_path: Path) -> None:
    late = file("video", recording_start="2030-01-07T23:30:00Z")
    zoom.answer({MINE: {"meetings": [recording(zoom, late)]}, "GET /rec/video": content()})

    run(zoom, tmp_path, file_name="{date} {time}", timezone="Europe/Amsterdam")

    assert list(saved(tmp_path)) == ["2030-01-08 003000.mp4"]


@pytest.mark.parametrize(
    ("template", "keyword"),
    [
        ("{date", "template"),
        ("{date}}", "template"),
        ("../{date}", "template"),
        ("/etc/{date}", "template"),
        ("{date}\\{time}", "template"),
        ("{host}", "place_holder"),
        ("{}", "place_holder"),
        ("{topic.__class__}", "place_holder"),
        ("{date!r}", "place_holder"),
        ("{date:>9999999999}", "place_holder"),
    ],
)
def test_a_template_that_cannot_name_files_is_refused_before_anything_is_sent(
    zoom: Foreign, tmp_path: Path, template: str, keyword: str
) -> None:
    with pytest.raises(InvalidInputs) as refused:
        run(zoom, tmp_path, file_name=template)

    assert [(fault.pointer, fault.keyword) for fault in refused.value.faults] == [("/file_name", keyword)]
    assert zoom.sent == []


def test_users_and_all_users_exclude_each_other(zoom: Foreign, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputs) as refused:
        run(zoom, tmp_path, users=["jo@example.com"], all_users=True)

    assert refused.value.faults == (Fault("/users", "only_one", "all_users"),)
    assert zoom.sent == []


def test_a_folder_that_is_not_there_is_told_before_anything_is_sent(zoom: Foreign, tmp_path: Path) -> None:
    with pytest.raises(FileFailed, match="folder_not_writable"):
        run(zoom, tmp_path / "none")

    assert zoom.sent == []


def test_all_users_of_the_account_have_their_recordings_saved(zoom: Foreign, tmp_path: Path) -> None:
    people = [{"id": "jo", "email": "jo@example.com"}, {"id": "sam", "email": "sam@example.com"}]
    zoom.answer(
        {
            "GET /users": {"users": people},
            "GET /users/jo/recordings": {"meetings": [recording(zoom, file("one"), uuid="one")]},
            "GET /users/sam/recordings": {"meetings": [recording(zoom, file("two"), uuid="two")]},
            "GET /rec/.*": content(),
        }
    )

    outputs = run(zoom, tmp_path, all_users=True, file_name="{user}/{topic}")

    assert sorted(saved(tmp_path)) == ["jo@example.com/Q1 plans.mp4", "sam@example.com/Q1 plans.mp4"]
    assert [(row["user"], row["state"]) for row in outputs["files"]] == [
        ("jo@example.com", "saved"),
        ("sam@example.com", "saved"),
    ]


def test_a_user_who_was_named_twice_in_different_ways_counts_once(zoom: Foreign, tmp_path: Path) -> None:
    zoom.answer({"GET /users/.*": {"meetings": [recording(zoom, file("video"))]}, "GET /rec/video": content()})

    outputs = run(zoom, tmp_path, users=["jo@example.com", "joId"])

    assert states(outputs) == [("video", "saved")]


def test_a_user_who_cannot_be_listed_does_not_keep_back_the_others(zoom: Foreign, tmp_path: Path) -> None:
    gone = reply({"code": 1001, "message": "User does not exist: gone@example.com."}, 404)
    zoom.answer(
        {
            "GET /users/gone%40example.com/recordings": gone,
            "GET /users/jo%40example.com/recordings": {"meetings": [recording(zoom, file("video"))]},
            "GET /rec/video": content(),
        }
    )

    outputs = run(zoom, tmp_path, users=["gone@example.com", "jo@example.com", "jo@example.com"])

    assert outputs["files"][0] == {
        "user": "gone@example.com",
        "state": "failed",
        "reason": "user_not_found",
        "reason_title": title("user_not_found"),
    }
    assert (outputs["saved"], outputs["failed"], outputs["complete"]) == (1, 1, False)


def test_a_refused_file_is_told_with_its_reason_and_stops_no_other(zoom: Foreign, tmp_path: Path) -> None:
    listed = recording(zoom, file("video"), file("secret"))
    zoom.answer(
        {
            MINE: {"meetings": [listed]},
            "GET /meetings/uuid%3D%3D/recordings": {**listed, "download_access_token": "example-download"},
            "GET /rec/video": content(),
            "GET /rec/secret": PAGE,
        }
    )

    outputs = run(zoom, tmp_path)

    assert states(outputs) == [("video", "saved"), ("secret", "failed")]
    refused = outputs["files"][1]
    assert (refused["reason"], refused["reason_title"]) == ("download_refused", title("download_refused"))
    assert (outputs["saved"], outputs["failed"]) == (1, 1)


def test_what_zoom_still_works_on_is_left_for_the_next_run(zoom: Foreign, tmp_path: Path) -> None:
    bare = {"file_type": "CC", "file_extension": "VTT"}
    zoom.answer({MINE: {"meetings": [recording(zoom, file("video", status="processing"), bare)]}})

    outputs = run(zoom, tmp_path)

    assert [row["state"] for row in outputs["files"]] == ["processing", "processing"]
    assert (outputs["processing"], outputs["complete"], saved(tmp_path)) == (2, False, {})


def test_what_zoom_still_works_on_is_waited_for_on_request(zoom: Foreign, tmp_path: Path) -> None:
    working = recording(zoom, file("video", status="processing"))
    none_yet = reply({"code": 3301, "message": "There is no recording for this meeting."}, 404)
    zoom.answer(
        {
            MINE: {"meetings": [working]},
            "GET /meetings/uuid%3D%3D/recordings": [none_yet, working, recording(zoom, file("video"))],
            "GET /rec/video": content(),
        }
    )
    started = zoom.clock.now()

    outputs = run(zoom, tmp_path, wait_minutes=10)

    assert (states(outputs), outputs["complete"]) == ([("video", "saved")], True)
    assert 180 <= (zoom.clock.now() - started).total_seconds() < 181


def test_waiting_ends_with_its_time(zoom: Foreign, tmp_path: Path) -> None:
    working = recording(zoom, file("video", status="processing"))
    zoom.answer({MINE: {"meetings": [working]}, "GET /meetings/uuid%3D%3D/recordings": working})
    started = zoom.clock.now()

    outputs = run(zoom, tmp_path, wait_minutes=2)

    assert outputs["processing"] == 1
    assert 120 <= (zoom.clock.now() - started).total_seconds() < 121


def test_a_dead_grant_stops_everything_and_says_what_is_done(zoom: Foreign, tmp_path: Path) -> None:
    ended = reply({"code": 4741, "message": "The token has been revoked."}, 401)
    several = recording(zoom, *(file(f"video-{number}") for number in range(6)))
    zoom.answer(
        {
            "GET /users/jo%40example.com/recordings": {"meetings": [several]},
            "GET /users/sam%40example.com/recordings": ended,
            "GET /rec/.*": content(),
        }
    )

    with pytest.raises(ReconnectRequired) as stopped:
        run(zoom, tmp_path, users=["jo@example.com", "sam@example.com"])

    done = len([name for name in saved(tmp_path) if name.endswith(".mp4")])
    told = explain(stopped.value, CATALOGUE.errors)
    # With four workers the sixth file is begun when two others are done.
    assert (stopped.value.code, stopped.value.params["saved_files"]) == ("grant_replaced", done)
    assert 2 <= done <= 6
    assert f"Before that, {done} files were saved." in told.detail
    assert told.steps[-1] == "Once the cause is gone, run the step again: it goes on where it stopped."


def test_a_full_disk_stops_everything(zoom: Foreign, tmp_path: Path) -> None:
    files = [file(f"video-{number}", file_size=2**70) for number in range(20)]
    zoom.answer({MINE: {"meetings": [recording(zoom, *files)]}})

    with pytest.raises(FileFailed, match="disk_full"):
        run(zoom, tmp_path)

    assert [sent.path for sent in zoom.sent] == ["/users/me/recordings"]


def test_how_far_the_whole_is_grows_to_the_size_of_all_files(zoom: Foreign, tmp_path: Path) -> None:
    files = [file(f"video-{number}") for number in range(9)]
    zoom.answer({MINE: {"meetings": [recording(zoom, *files)]}, "GET /rec/.*": content()})
    told: list[tuple[int, int | None, str]] = []

    zoom.run(
        "download_recordings",
        {**DAYS, "folder": str(tmp_path)},
        progress=lambda done, total, message: told.append((done, total, message)),
    )

    assert told[-1] == (9 * len(VIDEO), 9 * len(VIDEO), tmp_path.name)
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert {message for _, _, message in told} == {tmp_path.name}


def test_what_is_done_is_never_more_than_the_whole_although_zoom_says_no_size(zoom: Foreign, tmp_path: Path) -> None:
    files = [{name: said for name, said in file(f"video-{number}").items() if name != "file_size"} for number in (1, 2)]
    zoom.answer({MINE: {"meetings": [recording(zoom, *files)]}, "GET /rec/.*": content()})
    told: list[tuple[int, int | None]] = []

    zoom.run(
        "download_recordings",
        {**DAYS, "folder": str(tmp_path)},
        progress=lambda done, total, _: told.append((done, total)),
    )

    assert told[-1] == (2 * len(VIDEO), 2 * len(VIDEO))
    assert [(done, total) for done, total in told if total is not None and total < done] == []


def test_a_second_run_into_the_same_folder_is_refused_until_the_first_has_ended(zoom: Foreign, tmp_path: Path) -> None:
    zoom.answer({MINE: {"meetings": [recording(zoom, file("video"))]}, "GET /rec/.*": content()})

    with Folder(str(tmp_path), "{id}", ("id",)).alone(), pytest.raises(FileFailed) as refused:
        run(zoom, tmp_path)

    assert (refused.value.code, refused.value.params, zoom.sent) == ("folder_in_use", {"path": str(tmp_path)}, [])
    assert run(zoom, tmp_path)["complete"] is True


def test_an_interrupt_stops_the_workers_and_the_next_run_goes_on(zoom: Foreign, tmp_path: Path) -> None:
    files = [file(f"video-{number}") for number in range(40)]
    zoom.answer({MINE: {"meetings": [recording(zoom, *files)]}, "GET /rec/.*": content()})

    def interrupt(done: int, total: int | None, message: str) -> None:
        if done > 3 * len(VIDEO):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        zoom.run("download_recordings", {**DAYS, "folder": str(tmp_path)}, progress=interrupt)
    before = saved(tmp_path)
    outputs = run(zoom, tmp_path)

    assert len([name for name in before if name.endswith(".mp4")]) < 12
    assert (outputs["saved"] + outputs["already_there"], outputs["complete"]) == (40, True)
    assert set(saved(tmp_path).values()) == {VIDEO}


def test_an_answer_that_gets_lost_is_asked_for_again(zoom: Foreign, tmp_path: Path) -> None:
    zoom.answer({MINE: {"meetings": [recording(zoom, file("video"))]}, "GET /rec/video": [LOST, content()]})

    assert run(zoom, tmp_path)["complete"] is True


def test_a_failing_list_of_the_connected_user_is_the_failure_of_the_run(zoom: Foreign, tmp_path: Path) -> None:
    zoom.answer({MINE: reply({"code": 300, "message": "Nonsense."}, 400)})

    with pytest.raises(ZoomError):
        run(zoom, tmp_path)


def test_notes_that_are_none_are_left_alone(zoom: Foreign, tmp_path: Path) -> None:
    lines = ["{", "[1]", json.dumps(["video", "../outside.mp4"]), json.dumps(["video", "/etc/x.mp4"]), "\x00"]
    (tmp_path / ".zoom-files.jsonl").write_text("\n".join(lines) + "\n")
    zoom.answer({MINE: {"meetings": [recording(zoom, file("video"))]}, "GET /rec/video": content()})

    run(zoom, tmp_path, file_name="{topic}")

    assert list(saved(tmp_path)) == ["Q1 plans.mp4"]
