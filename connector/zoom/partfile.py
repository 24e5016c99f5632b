"""A file on its way: `<name>.part` and, beside it, what is needed to go on with it after an interruption."""

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import FileFailed

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@dataclass(frozen=True)
class Origin:
    """Which bytes a part holds; parts of another origin are thrown away."""

    url: str
    """Hashed, because a URL may hold a secret."""
    total: int | None
    validator: str | None
    """The strong `ETag`, else `Last-Modified`: what `If-Range` sends (RFC 9110, 13.1.5)."""

    @classmethod
    def of(cls, url: str, total: int | None, validator: str | None) -> Self:
        """Describe where bytes come from."""
        return cls(hashlib.sha256(url.encode()).hexdigest(), total, validator)


class PartFile:
    """The unfinished file beside its final place.

    Open it as a context manager; whatever ends the block, what was written stays for the next attempt.

    Raises:
        FileFailed: `folder_not_writable` or `disk_full`.
    """

    def __init__(self, target: Path) -> None:
        self.target = target
        self._part = target.with_name(f"{target.name}.part")
        self._note = target.with_name(f"{target.name}.part.json")

    def __enter__(self) -> Self:
        with self._translated():
            if self.target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            self._file = self._part.open("ab")
        self.origin = self._read_note()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._translated():
            self._file.close()
            if self._part.exists() and self._part.stat().st_size == 0:
                self.discard()

    @property
    def size(self) -> int:
        """Bytes written so far."""
        return self._file.tell()

    def require_space(self, total: int) -> None:
        """Refuse a file that the disk has no room for."""
        with self._translated():
            free = shutil.disk_usage(self.target.parent).free
        if total - self.size > free:
            raise FileFailed("disk_full", path=str(self.target), needed=total - self.size, free=free)

    def restart(self) -> None:
        """Throw away what was written."""
        with self._translated():
            self._file.truncate(0)
            self._file.seek(0)
            self._note.unlink(missing_ok=True)
        self.origin = None

    def begin(self, origin: Origin) -> None:
        """Note where the bytes written from now on come from."""
        if origin != self.origin:
            with self._translated():
                self._note.write_text(json.dumps(asdict(origin)), encoding="utf-8")
            self.origin = origin

    def write(self, data: bytes) -> None:
        """Append."""
        with self._translated():
            self._file.write(data)

    def finish(self) -> None:
        """Put the file under its final name, after its bytes are on the disk."""
        with self._translated():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._part.replace(self.target)
            self._note.unlink(missing_ok=True)

    def discard(self) -> None:
        """Leave nothing behind."""
        with self._translated():
            self._file.close()
            self._part.unlink(missing_ok=True)
            self._note.unlink(missing_ok=True)

    def _read_note(self) -> Origin | None:
        try:
            return Origin(**json.loads(self._note.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            code = "disk_full" if error.errno in _FULL else "folder_not_writable"
            raise FileFailed(code, path=str(self.target), reason=error.strerror) from error
