"""Files of Zoom, streamed to disk, whatever happens on the way."""

import errno
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter

from zoom_connector.errors import FileFailed, ZoomConnectorError, ZoomError, ZoomUnavailable
from zoom_connector.zoom.downloads import Downloaded

from .foreign import LOST, Clients, MovableClock, Reply, Seen, Server

DATA = bytes(range(256)) * 4096
HTML = Reply(
    200, b"<!DOCTYPE html><title>Password Required - Zoom</title>", {"Content-Type": "text/html; charset=utf-8"}
)
LENGTH = len(DATA)


class File:
    """A file that a server gives in parts; each answer breaks off after the next of `cuts` bytes."""

    def __init__(self, server: Server, *cuts: int, data: bytes = DATA, tokens: Sequence[str] = ("token-1",)) -> None:
        self.data = data
        self.etag = '"v1"'
        self.media_type = "video/mp4"
        self.tokens = tokens
        self.refusal = HTML
        self.ranges: list[str | None] = []
        self._cuts = iter(cuts)
        server.answer = self

    def __call__(self, seen: Seen) -> Reply:
        if seen.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return self.refusal
        asked = seen.headers.get("Range")
        self.ranges.append(asked)
        headers = {"Content-Type": self.media_type, "ETag": self.etag}
        cut = next(self._cuts, None)
        if asked is None or seen.headers.get("If-Range") not in (self.etag, None):
            return Reply(200, self.data, headers, cut)
        start = int(asked.removeprefix("bytes=").removesuffix("-"))
        if start >= len(self.data):
            return Reply(416, b"", {"Content-Range": f"bytes */{len(self.data)}"})
        extent = f"bytes {start}-{len(self.data) - 1}/{len(self.data)}"
        return Reply(206, self.data[start:], {**headers, "Content-Range": extent}, cut)


def download(client: Clients, server: Server, to: Path, **more: Any) -> Downloaded:
    return client().download(f"{server.url}/rec/download/abc", to, **more)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_a_file_arrives_byte_for_byte_and_says_how_far_it_is(client: Clients, server: Server, tmp_path: Path) -> None:
    File(server)
    told: list[tuple[int, int | None, str]] = []
    zoom = client(progress=lambda done, total, message: told.append((done, total, message)))

    done = zoom.download(f"{server.url}/x", tmp_path / "a.mp4", size=LENGTH, media_types=["video/*"])

    assert done == Downloaded(tmp_path / "a.mp4", LENGTH, "video/mp4")
    assert (tmp_path / "a.mp4").read_bytes() == DATA
    assert told[-1] == (LENGTH, LENGTH, "a.mp4")
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert names(tmp_path) == ["a.mp4"]


def test_a_broken_off_download_goes_on_where_it_stopped(client: Clients, server: Server, tmp_path: Path) -> None:
    file = File(server, 300_000, 1, 100_000)

    download(client, server, tmp_path / "a.mp4", size=LENGTH)

    assert (tmp_path / "a.mp4").read_bytes() == DATA
    assert file.ranges == [None, "bytes=300000-", "bytes=300001-", "bytes=400001-"]


def test_an_interrupted_download_is_resumed_by_the_next_run(client: Clients, server: Server, tmp_path: Path) -> None:
    file = File(server, 300_000)

    def interrupt(done: int, total: int | None, message: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        client(progress=interrupt).download(f"{server.url}/rec/download/abc", tmp_path / "a.mp4")
    kept = (tmp_path / "a.mp4.part").stat().st_size
    download(client, server, tmp_path / "a.mp4")

    assert kept > 0
    assert file.ranges == [None, f"bytes={kept}-"]
    assert (tmp_path / "a.mp4").read_bytes() == DATA
    assert names(tmp_path) == ["a.mp4"]


def test_a_file_that_changed_meanwhile_starts_anew(client: Clients, server: Server, tmp_path: Path) -> None:
    File(server, *[300_000, 0, 0, 0, 0, 0, 0])
    with pytest.raises(ZoomUnavailable, match="download_incomplete"):
        download(client, server, tmp_path / "a.mp4")
    changed = File(server, data=DATA[::-1])
    changed.etag = '"v2"'

    download(client, server, tmp_path / "a.mp4")

    assert (tmp_path / "a.mp4").read_bytes() == DATA[::-1]
    assert changed.ranges == ["bytes=300000-"]


def test_a_changed_file_without_a_validator_is_told_by_its_size(
    client: Clients, server: Server, tmp_path: Path
) -> None:
    file = File(server, 300_000, 0, 0, 0, 0, 0, 0)
    file.etag = 'W/"weak"'
    with pytest.raises(ZoomUnavailable):
        download(client, server, tmp_path / "a.mp4")
    longer = File(server, data=DATA[::-1] + b"more")
    longer.etag = 'W/"weak"'

    download(client, server, tmp_path / "a.mp4")

    assert (tmp_path / "a.mp4").read_bytes() == DATA[::-1] + b"more"
    assert "If-Range" not in server.seen[-2].headers


def test_the_part_of_another_file_is_not_continued(client: Clients, server: Server, tmp_path: Path) -> None:
    file = File(server, 300_000, 0, 0, 0, 0, 0, 0)
    with pytest.raises(ZoomUnavailable):
        download(client, server, tmp_path / "a.mp4")
    file.ranges.clear()

    client().download(f"{server.url}/rec/download/other", tmp_path / "a.mp4")

    assert file.ranges == [None]


@pytest.mark.parametrize("note", [None, "{", "[]", '{"url": 1}'])
def test_a_part_nobody_knows_is_thrown_away(client: Clients, server: Server, tmp_path: Path, note: str | None) -> None:
    File(server)
    (tmp_path / "a.mp4.part").write_bytes(b"what is this")
    if note is not None:
        (tmp_path / "a.mp4.part.json").write_text(note)

    download(client, server, tmp_path / "a.mp4")

    assert (tmp_path / "a.mp4").read_bytes() == DATA
    assert names(tmp_path) == ["a.mp4"]


def test_a_part_that_is_already_whole_is_read_again_rather_than_trusted(
    client: Clients, server: Server, tmp_path: Path
) -> None:
    file = File(server, LENGTH - 1, 0, 0, 0, 0, 0, 0)
    with pytest.raises(ZoomUnavailable):
        download(client, server, tmp_path / "a.mp4")
    with (tmp_path / "a.mp4.part").open("ab") as part:
        part.write(b"xx")
    file.ranges.clear()

    download(client, server, tmp_path / "a.mp4")

    assert file.ranges == [f"bytes={LENGTH + 1}-", None]
    assert (tmp_path / "a.mp4").read_bytes() == DATA


def test_a_download_that_never_gets_on_ends_and_keeps_what_it_has(
    client: Clients, server: Server, clock: MovableClock, tmp_path: Path
) -> None:
    File(server, 1000, *[0] * 20)

    with pytest.raises(ZoomUnavailable) as caught:
        download(client, server, tmp_path / "a.mp4")

    assert (caught.value.code, caught.value.params["done"]) == ("download_incomplete", 1000)
    assert names(tmp_path) == ["a.mp4.part", "a.mp4.part.json"]


def test_zooms_own_trouble_is_waited_for(client: Clients, server: Server, clock: MovableClock, tmp_path: Path) -> None:
    file = File(server)
    trouble = iter([LOST, Reply(503), Reply(429)])
    server.answer = lambda seen: next(trouble, None) or file(seen)

    download(client, server, tmp_path / "a.mp4")

    assert ((tmp_path / "a.mp4").read_bytes(), len(clock.slept)) == (DATA, 3)


@pytest.mark.parametrize("refusal", [HTML, Reply(401), Reply(403)], ids=["html", "401", "403"])
def test_a_refused_token_is_replaced_by_a_fresh_one(
    client: Clients, server: Server, tmp_path: Path, refusal: Reply
) -> None:
    File(server, 1000, tokens=["download-token"]).refusal = refusal
    asked: list[str] = []

    def fresh_token() -> str:
        asked.append("download-token")
        return "download-token"

    download(client, server, tmp_path / "a.mp4", fresh_token=fresh_token)

    assert ((tmp_path / "a.mp4").read_bytes(), len(asked)) == (DATA, 1)


@pytest.mark.parametrize("refusal", [HTML, Reply(401)], ids=["html", "401"])
def test_a_file_refused_with_every_token_is_not_saved(
    client: Clients, server: Server, tmp_path: Path, refusal: Reply
) -> None:
    File(server, tokens=[]).refusal = refusal

    with pytest.raises(ZoomError) as caught:
        download(client, server, tmp_path / "a.mp4", fresh_token=lambda: "download-token")

    assert (caught.value.code, len(server.seen), names(tmp_path)) == ("download_refused", 2, [])


def test_a_refusal_keeps_the_title_of_zooms_page(client: Clients, server: Server, tmp_path: Path) -> None:
    File(server, tokens=[])

    with pytest.raises(ZoomError) as caught:
        download(client, server, tmp_path / "a.mp4")

    assert caught.value.zoom is not None
    assert caught.value.zoom.message == "Password Required - Zoom"


def test_a_page_that_claims_to_be_a_video_is_refused(client: Clients, server: Server, tmp_path: Path) -> None:
    File(server, data=b"\n<HTML><title>Only the host can download</title>")

    with pytest.raises(ZoomError, match="download_refused"):
        download(client, server, tmp_path / "a.mp4")


def test_a_refusal_in_the_middle_spoils_nothing(client: Clients, server: Server, tmp_path: Path) -> None:
    file = File(server, 300_000)
    server.answer = lambda seen: HTML if len(server.seen) == 2 else file(seen)

    download(client, server, tmp_path / "a.mp4", fresh_token=lambda: "token-1")

    assert (file.ranges, (tmp_path / "a.mp4").read_bytes()) == ([None, "bytes=300000-"], DATA)


def test_without_a_fresh_token_an_expired_one_is_renewed(client: Clients, server: Server, tmp_path: Path) -> None:
    File(server, tokens=["token-2"]).refusal = Reply(401)

    download(client, server, tmp_path / "a.mp4")

    assert client.grant.rejected == ["token-1"]


def test_another_kind_of_file_is_refused(client: Clients, server: Server, tmp_path: Path) -> None:
    File(server).media_type = "application/json"

    with pytest.raises(ZoomError) as caught:
        download(client, server, tmp_path / "a.mp4", media_types=["video/mp4", "audio/*"])

    assert (caught.value.code, caught.value.params, names(tmp_path)) == (
        "download_wrong_type",
        {"media_type": "application/json", "expected": ["video/mp4", "audio/*"]},
        [],
    )


@pytest.mark.parametrize("media_type", ["audio/mp4", "application/octet-stream"])
def test_a_kind_that_may_be_right_is_saved(client: Clients, server: Server, tmp_path: Path, media_type: str) -> None:
    File(server).media_type = media_type

    download(client, server, tmp_path / "a.mp4", media_types=["video/mp4", "audio/*"])

    assert names(tmp_path) == ["a.mp4"]


def test_a_file_of_another_size_than_declared_is_not_saved(client: Clients, server: Server, tmp_path: Path) -> None:
    File(server)

    with pytest.raises(ZoomError) as caught:
        download(client, server, tmp_path / "a.mp4", size=LENGTH + 1)

    assert (caught.value.code, caught.value.params, names(tmp_path)) == (
        "download_incomplete",
        {"expected": LENGTH + 1, "total": LENGTH},
        [],
    )


def test_a_recording_that_is_gone_says_so(client: Clients, server: Server, tmp_path: Path) -> None:
    server.answer = lambda seen: Reply(404, b'{"code": 3301, "message": "There is no recording for this meeting."}')

    with pytest.raises(ZoomError, match="zoom_refused"):
        download(client, server, tmp_path / "a.mp4")

    assert (len(server.seen), names(tmp_path)) == (1, [])


def test_an_older_file_stays_until_the_new_one_is_whole(client: Clients, server: Server, tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"old")
    File(server, *[0] * 9)

    with pytest.raises(ZoomUnavailable):
        download(client, server, tmp_path / "a.mp4")

    assert (tmp_path / "a.mp4").read_bytes() == b"old"


class Elsewhere(HTTPAdapter):
    """Leads a public https address to a server on this machine."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def send(self, request: requests.PreparedRequest, *more: Any, **options: Any) -> requests.Response:
        request.url = self._url
        return super().send(request, *more, **options)


def test_a_redirect_to_another_host_is_followed_without_the_token(
    client: Clients, server: Server, elsewhere: Server, tmp_path: Path
) -> None:
    elsewhere.answer = lambda seen: Reply(200, DATA, {"Content-Type": "video/mp4"})
    server.answer = lambda seen: Reply(302, headers={"Location": "https://files.example.com/signed"})
    client.session.mount("https://files.example.com", Elsewhere(f"{elsewhere.url}/signed"))

    download(client, server, tmp_path / "a.mp4")

    assert (tmp_path / "a.mp4").read_bytes() == DATA
    assert [seen.headers.get("Authorization") for seen in server.seen + elsewhere.seen] == ["Bearer token-1", None]


def test_a_redirect_to_another_host_in_the_clear_is_not_followed(
    client: Clients, server: Server, elsewhere: Server, tmp_path: Path
) -> None:
    elsewhere.answer = lambda seen: Reply(200, DATA, {"Content-Type": "video/mp4"})
    server.answer = lambda seen: Reply(302, headers={"Location": f"{elsewhere.url}/signed"})

    with pytest.raises(ZoomError, match="host_not_trusted"):
        download(client, server, tmp_path / "a.mp4")

    assert elsewhere.seen == []


def test_a_redirect_within_zoom_keeps_the_token(client: Clients, server: Server, tmp_path: Path) -> None:
    file = File(server)
    hop = Reply(302, headers={"Location": "/file/abc"})
    server.answer = lambda seen: hop if seen.path.startswith("/rec/") else file(seen)

    download(client, server, tmp_path / "a.mp4")

    assert [seen.headers["Authorization"] for seen in server.seen] == ["Bearer token-1"] * 2


def test_redirects_without_end_are_refused(client: Clients, server: Server, tmp_path: Path) -> None:
    server.answer = lambda seen: Reply(302, headers={"Location": "/again"})

    with pytest.raises(ZoomError, match="download_refused"):
        download(client, server, tmp_path / "a.mp4")

    assert len(server.seen) == 6


def test_a_url_that_is_not_zooms_gets_no_request(client: Clients, elsewhere: Server, tmp_path: Path) -> None:
    with pytest.raises(ZoomError) as caught:
        client().download(f"{elsewhere.url}/x", tmp_path / "a.mp4")

    assert (caught.value.code, elsewhere.seen, names(tmp_path)) == ("host_not_trusted", [], [])


@pytest.mark.parametrize("place", ["missing/a.mp4", "file/a.mp4", "folder"])
def test_a_place_that_cannot_be_written_is_refused_before_anything_is_sent(
    client: Clients, server: Server, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()

    with pytest.raises(FileFailed) as caught:
        download(client, server, tmp_path / place)

    assert (caught.value.code, caught.value.params["path"]) == ("folder_not_writable", str(tmp_path / place))
    assert server.seen == []


def test_a_file_larger_than_the_disk_is_refused_before_anything_is_sent(
    client: Clients, server: Server, tmp_path: Path
) -> None:
    free = shutil.disk_usage(tmp_path).total

    with pytest.raises(FileFailed, match="disk_full"):
        download(client, server, tmp_path / "a.mp4", size=free + 1)

    assert (server.seen, names(tmp_path)) == ([], [])


def test_a_disk_that_fills_up_keeps_what_was_written(
    client: Clients, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    File(server)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(FileFailed) as caught:
        download(client, server, tmp_path / "a.mp4")

    assert caught.value.code == "disk_full"
    assert names(tmp_path) == ["a.mp4.part", "a.mp4.part.json"]


def test_the_note_beside_a_part_holds_no_url(client: Clients, server: Server, tmp_path: Path) -> None:
    File(server, 10, *[0] * 9)

    with pytest.raises(ZoomUnavailable):
        download(client, server, tmp_path / "a.mp4")

    note = json.loads((tmp_path / "a.mp4.part.json").read_text())
    assert note == {"url": note["url"], "total": LENGTH, "validator": '"v1"'}
    assert "rec" not in note["url"]


def test_an_empty_file_is_a_file(client: Clients, server: Server, tmp_path: Path) -> None:
    File(server, data=b"")

    download(client, server, tmp_path / "a.txt", size=0)

    assert (tmp_path / "a.txt").read_bytes() == b""


def test_a_small_text_comes_as_text(client: Clients, server: Server) -> None:
    File(server, 3, data="\ufeffWEBVTT\n\nGrüße".encode())

    assert client().text(f"{server.url}/x") == "WEBVTT\n\nGrüße"


def test_a_text_that_is_no_small_one_is_refused(client: Clients, server: Server) -> None:
    File(server, data=b"x" * (20 * 1024 * 1024 + 1))

    with pytest.raises(ZoomConnectorError, match="download_too_large"):
        client().text(f"{server.url}/x")
