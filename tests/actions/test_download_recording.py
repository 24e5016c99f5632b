"""The file that the step means ends up in its folder."""

from pathlib import Path
from typing import Any

import pytest
from zoom.foreign import Reply, reply

from contract.handling import Foreign, Sent
from zoom_connector import FileFailed, InvalidInputs, NotReady

RECORDINGS = "GET /meetings/97763643886/recordings"
VIDEO = b"\x00\x00\x00\x18ftypmp42" + b"example" * 100


def file(**changes: object) -> dict[str, Any]:
    return {
        "id": "video",
        "file_type": "MP4",
        "file_extension": "MP4",
        "recording_type": "shared_screen",
        "recording_start": "2030-01-07T09:00:12Z",
        "recording_end": "2030-01-07T09:44:50Z",
        "file_size": len(VIDEO),
        "status": "completed",
        **changes,
    }


def recording(zoom: Foreign, *files: dict[str, Any], **more: Any) -> dict[str, Any]:
    several = [{"download_url": f"{zoom.url}/rec/{entry.get('id', 'none')}", **entry} for entry in files]
    return {"id": 97763643886, "uuid": "a/b==", "topic": "Q1: plans?", "recording_files": several, **more}


def bytes_of(content: bytes, media_type: str = "video/mp4") -> Reply:
    return Reply(200, content, {"Content-Type": media_type})


def test_the_video_is_saved_under_a_name_made_of_date_view_and_topic(zoom: Foreign, tmp_path: Path) -> None:
    zoom.answer({RECORDINGS: recording(zoom, file()), "GET /rec/video": bytes_of(VIDEO)})

    outputs = zoom.run("download_recording", {"meeting_id": "97763643886", "folder": str(tmp_path)})

    name = "2030-01-07 090012 shared screen Q1 plans.mp4"
    assert outputs == {
        "path": str(tmp_path / name),
        "file_name": name,
        "size_bytes": len(VIDEO),
        "recording_file_id": "video",
        "file_type": "MP4",
        "recording_type": "shared_screen",
        "recording_start": "2030-01-07T09:00:12Z",
        "recording_end": "2030-01-07T09:44:50Z",
        "meeting_id": 97763643886,
        "meeting_uuid": "a/b==",
        "topic": "Q1: plans?",
    }
    assert {entry.name: entry.read_bytes() for entry in tmp_path.iterdir()} == {name: VIDEO}


@pytest.mark.parametrize(
    ("chosen", "name"),
    [
        ({}, "first-biggest"),
        ({"recording_file_id": "voice"}, "voice"),
        ({"file_type": "M4A"}, "voice"),
        ({"file_type": "CHAT"}, "chat"),
        ({"recording_type": "gallery_view"}, "first"),
        ({"file_type": "CC"}, "none"),
        ({"recording_file_id": "jo"}, "jo"),
    ],
)
def test_the_step_chooses_the_file_and_the_first_and_biggest_wins(
    zoom: Foreign, tmp_path: Path, chosen: dict[str, str], name: str
) -> None:
    captions = {"file_type": "CC", "file_extension": "VTT"}
    files = [
        file(id="later", recording_start="2030-01-07T10:00:00Z"),
        file(id="first", file_size=5, recording_type="gallery_view"),
        file(id="first-biggest", file_size=9),
        file(id="voice", file_type="M4A", file_size=3),
        file(id="chat", file_type="CHAT", file_size=4),
        captions,
    ]
    early = "2030-01-07T08:59:00Z"
    separate = file(id="jo", file_type="M4A", file_size=2, recording_start=early, download_url=f"{zoom.url}/rec/jo")
    content = {"first-biggest": 9, "first": 5, "voice": 3, "chat": 4, "none": 7, "jo": 2}[name]
    answer = bytes_of(b"x" * content, "application/octet-stream")
    zoom.answer({RECORDINGS: recording(zoom, *files, participant_audio_files=[separate]), f"GET /rec/{name}": answer})

    outputs = zoom.run(
        "download_recording",
        {"meeting_id": "97763643886", "folder": str(tmp_path), "file_name": "file", **chosen},
    )

    assert outputs["size_bytes"] == content
    assert zoom.sent[-1].path == f"/rec/{name}"


def test_a_refused_token_is_replaced_by_the_one_for_downloads(zoom: Foreign, tmp_path: Path) -> None:
    first = recording(zoom, file())
    zoom.answer(
        {
            RECORDINGS: first,
            "GET /meetings/a%2Fb%3D%3D/recordings": first | {"download_access_token": "example-download"},
            "GET /rec/video": [reply({"code": 124}, 401), bytes_of(VIDEO)],
        }
    )

    outputs = zoom.run("download_recording", {"meeting_id": "97763643886", "folder": str(tmp_path)})

    assert outputs["size_bytes"] == len(VIDEO)
    assert zoom.sent[2] == Sent(
        "GET", "/meetings/a%2Fb%3D%3D/recordings", {"include_fields": "download_access_token", "ttl": "3600"}
    )


def test_a_file_that_zoom_still_works_on_is_not_ready(zoom: Foreign, tmp_path: Path) -> None:
    zoom.answer({RECORDINGS: recording(zoom, file(status="processing"))})

    with pytest.raises(NotReady) as waiting:
        zoom.run("download_recording", {"meeting_id": "97763643886", "folder": str(tmp_path)})

    assert (waiting.value.code, waiting.value.params) == ("recording_processing", {"files": 1, "retry_in_seconds": 60})


def test_a_file_that_is_not_there_is_told_with_those_that_are(zoom: Foreign, tmp_path: Path) -> None:
    zoom.answer({RECORDINGS: recording(zoom, file(), file(file_type="M4A"))})

    with pytest.raises(InvalidInputs) as missing:
        zoom.run("download_recording", {"meeting_id": "97763643886", "folder": str(tmp_path), "file_type": "CHAT"})

    assert (missing.value.code, missing.value.params) == ("recording_file_not_found", {"available": ["M4A", "MP4"]})


def test_a_folder_that_is_not_there_is_told_before_anything_is_sent(zoom: Foreign, tmp_path: Path) -> None:
    with pytest.raises(FileFailed) as failed:
        zoom.run("download_recording", {"meeting_id": "97763643886", "folder": str(tmp_path / "none")})

    assert (failed.value.code, failed.value.params) == ("folder_not_writable", {"path": str(tmp_path / "none")})
    assert zoom.sent == []


@pytest.mark.parametrize("name", ["../kick-off.mp4", "a\\b", "..", "."])
def test_a_file_name_cannot_leave_the_folder(zoom: Foreign, tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInputs):
        zoom.run("download_recording", {"meeting_id": "1", "folder": str(tmp_path), "file_name": name})

    assert zoom.sent == []
