"""Fetch files of Zoom: recordings, transcripts, chats.

A download URL takes a bearer token and answers with redirects. Without valid credentials Zoom often answers HTTP 200
with a web page, so the content is looked at, not only the status.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urljoin

import requests

from ..errors import RateLimited, ZoomAnswer, ZoomConnectorError, ZoomError, ZoomUnavailable
from .answers import decode
from .partfile import Origin, PartFile
from .progress import Progress
from .request import host_of, trusted
from .sending import Sender, backoff
from .transport import NoAnswer, chunks, exchange

_STALLS = 5
_REDIRECTS = 5
_TEXT_LIMIT = 20 * 1024 * 1024
_UNSPECIFIC = ("", "application/octet-stream", "binary/octet-stream")


@dataclass(frozen=True)
class Downloaded:
    """A complete file."""

    path: Path
    size: int
    media_type: str


@dataclass(frozen=True)
class Piece:
    """What one answer holds of a file."""

    start: int
    """Where in the file it begins."""
    total: int | None
    """Size of the whole file, where Zoom says it."""
    validator: str | None
    media_type: str
    body: Iterator[bytes]


class _StartOver(Exception):
    """What was asked for does not go with what is on the disk."""


@dataclass
class Source:
    """A file at Zoom, opened with whichever token Zoom takes.

    Args:
        sender: whose grant and session to use.
        fresh_token: asked for another token when the present one is refused.
    """

    sender: Sender
    url: str
    fresh_token: Callable[[], str] | None = None
    _token: str | None = None

    @contextmanager
    def open(self, headers: Mapping[str, str]) -> Iterator[Piece]:
        """Open the file, or the rest of it that `headers` ask for.

        Raises:
            NoAnswer: none came.
            ZoomError: `download_refused`, `host_not_trusted`, or whatever Zoom's answer says.
        """
        response, first, body = self._authorised({"Accept": "*/*", "Accept-Encoding": "identity", **headers})
        with closing(response):
            if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                raise _StartOver
            if response.status_code not in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
                decode(response.status_code, response.headers, first, now=self.sender.clock.now())
                raise ZoomError("download_refused", zoom=_said(response, first))
            start, total = _extent(response)
            yield Piece(start, total, _validator(response), _media_type(response), _chain(first, body))

    def _authorised(self, headers: Mapping[str, str]) -> tuple[requests.Response, bytes, Iterator[bytes]]:
        grant = self.sender.access.token()
        for last in (False, True):
            response = self._follow(self._token or grant.value, headers)
            body = chunks(response)
            first = next(body, b"")
            if not _is_refused(response, first):
                return response, first, body
            response.close()
            replaceable = self.fresh_token is not None or response.status_code == HTTPStatus.UNAUTHORIZED
            if last or not replaceable:
                break
            self._token = self.fresh_token() if self.fresh_token else self.sender.access.renew(grant).value
        raise ZoomError("download_refused", zoom=_said(response, first), connection=self.sender.access.connection)

    def _follow(self, token: str, headers: Mapping[str, str]) -> requests.Response:
        url, sender = self.url, self.sender
        if not trusted(url, sender.hosts):
            raise ZoomError("host_not_trusted", host=host_of(url))
        for _ in range(_REDIRECTS + 1):
            response = exchange(
                sender.session,
                "GET",
                url,
                token=token if trusted(url, sender.hosts) else None,
                timeout=sender.timeout,
                headers=headers,
                stream=True,
            )
            if not response.is_redirect:
                return response
            response.close()
            url = urljoin(url, response.headers["location"])
            if not (url.startswith("https://") or trusted(url, sender.hosts)):
                raise ZoomError("host_not_trusted", host=host_of(url))
        raise ZoomError("download_refused", zoom=_said(response, b""), connection=sender.access.connection)


def save(source: Source, to: Path, *, size: int | None, media_types: Sequence[str], progress: Progress) -> Downloaded:
    """Stream a file to disk, going on after faults and from where an earlier call stopped."""
    with PartFile(to) as part:
        if size is not None:
            part.require_space(size)
        furthest, stalls = part.size, 0
        while True:
            failure: Exception | None = None
            try:
                piece = _receive(source, part, size, media_types, progress)
            except (NoAnswer, _StartOver, RateLimited, ZoomUnavailable) as error:
                failure = error
                if isinstance(error, _StartOver):
                    part.restart()
            else:
                whole = piece.total if piece.total is not None else size
                if whole is None or part.size == whole:
                    done = Downloaded(to, part.size, piece.media_type)
                    part.finish()
                    return done
            stalls = 0 if part.size > furthest else stalls + 1
            furthest = max(furthest, part.size)
            if stalls > _STALLS:
                zoom = failure.zoom if isinstance(failure, ZoomError) else None
                raise ZoomUnavailable("download_incomplete", zoom=zoom, path=str(to), done=part.size) from failure
            source.sender.clock.sleep(backoff(stalls))


def text(source: Source) -> str:
    """Read a small file into memory."""
    stalls = 0
    while True:
        try:
            with source.open({}) as piece:
                data = bytearray()
                for chunk in piece.body:
                    data += chunk
                    if len(data) > _TEXT_LIMIT:
                        raise ZoomError("download_too_large", limit=_TEXT_LIMIT)
                return data.decode("utf-8-sig", "replace")
        except (NoAnswer, _StartOver, RateLimited, ZoomUnavailable) as error:
            if stalls == _STALLS:
                zoom = error.zoom if isinstance(error, ZoomError) else None
                raise ZoomUnavailable("download_incomplete", zoom=zoom) from error
            source.sender.clock.sleep(backoff(stalls))
            stalls += 1


def _receive(source: Source, part: PartFile, size: int | None, media_types: Sequence[str], progress: Progress) -> Piece:
    with source.open(_resume(source.url, part)) as piece:
        origin = Origin.of(source.url, piece.total, piece.validator)
        if piece.start and (piece.start != part.size or origin != part.origin):
            raise _StartOver
        if not _is_expected(piece.media_type, media_types):
            raise ZoomError("download_wrong_type", media_type=piece.media_type, expected=list(media_types))
        if size is not None and piece.total not in (None, size):
            raise ZoomError("download_incomplete", expected=size, total=piece.total)
        if piece.start == 0:
            part.restart()
        if piece.total is not None:
            part.require_space(piece.total)
        part.begin(origin)
        for chunk in piece.body:
            part.write(chunk)
            progress(part.size, piece.total or size, part.target.name)
        return piece


def _is_expected(media_type: str, expected: Sequence[str]) -> bool:
    return not expected or media_type in _UNSPECIFIC or any(fnmatch(media_type, pattern) for pattern in expected)


def _resume(url: str, part: PartFile) -> dict[str, str]:
    known = part.origin
    if known is None or part.size == 0 or known != Origin.of(url, known.total, known.validator):
        return {}
    asked = {"Range": f"bytes={part.size}-"}
    return {**asked, "If-Range": known.validator} if known.validator else asked


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first:
        yield first
    yield from rest


def _is_refused(response: requests.Response, first: bytes) -> bool:
    page = _media_type(response) == "text/html" or first.lstrip().lower().startswith((b"<!doctype html", b"<html"))
    denied = response.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    return denied or (page and response.ok)


def _said(response: requests.Response, first: bytes) -> ZoomAnswer | None:
    try:
        decode(response.status_code, response.headers, first)
    except ZoomConnectorError as error:
        return error.zoom
    return ZoomAnswer(status=response.status_code)


def _media_type(response: requests.Response) -> str:
    return response.headers.get("content-type", "").partition(";")[0].strip().lower()


def _extent(response: requests.Response) -> tuple[int, int | None]:
    """Return where the answer begins in the file, and how long the whole file is."""
    headers = response.headers
    if response.status_code == HTTPStatus.PARTIAL_CONTENT:
        found = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", headers.get("content-range", "").strip())
        if not found:
            raise _StartOver
        return int(found[1]), None if found[2] == "*" else int(found[2])
    length = headers.get("content-length", "")
    encoded = headers.get("content-encoding", "identity") != "identity"
    return 0, int(length) if length.isdecimal() and not encoded else None


def _validator(response: requests.Response) -> str | None:
    etag = response.headers.get("etag", "")
    # A weak ETag does not promise the same bytes (RFC 9110, 8.8.1).
    return etag if etag.startswith('"') else response.headers.get("last-modified")
