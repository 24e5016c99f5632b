"""The content of recording files: the same bytes every time, made while they are sent."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

_BLOCK = 65_536


@dataclass(frozen=True)
class Content:
    """Bytes that begin with `head`; what follows is computed from the name and the place in the file."""

    name: str
    size: int
    media_type: str
    head: bytes = b""

    def chunks(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """Give the bytes from `start` up to `stop`, piece by piece, never the whole file at once."""
        stop = self.size if stop is None else min(stop, self.size)
        while start < stop:
            block, offset = divmod(start, _BLOCK)
            piece = self._block(block)[offset : offset + stop - start]
            yield piece
            start += len(piece)

    def sha256(self) -> str:
        """Return the digest of the whole."""
        digest = hashlib.sha256()
        for piece in self.chunks():
            digest.update(piece)
        return digest.hexdigest()

    def _block(self, number: int) -> bytes:
        block = hashlib.sha256(f"{self.name} {number}".encode()).digest() * (_BLOCK // 32)
        return self.head + block[len(self.head) :] if number == 0 else block


def video(name: str, size: int) -> Content:
    """Return an MP4 as far as its first bytes go (ISO/IEC 14496-12, 4.3)."""
    return Content(name, size, "video/mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom")


def audio(name: str, size: int) -> Content:
    """Return an M4A as far as its first bytes go."""
    return Content(name, size, "audio/mp4", b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00M4A isom")


def text(name: str, content: str, media_type: str) -> Content:
    """Return a small file that is all head."""
    data = content.encode()
    return Content(name, len(data), media_type, data)


TRANSCRIPT = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Host: Welcome, everybody.

2
00:00:04.500 --> 00:00:07.000
Guest: Thank you, glad to be here.
"""
CHAT = "00:00:05\tGuest:\tHello!\n00:00:09\tHost:\tHello, and welcome.\n"
TIMELINE = '{"timeline": [{"ts": "00:00:01.000", "users": [{"username": "Host"}]}]}'
