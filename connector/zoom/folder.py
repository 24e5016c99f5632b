"""A folder that files of Zoom are saved to: safe names after a template, and each name kept for one file for ever.

What was saved is written down in `.zoom-files.jsonl` inside the folder, so that a later run finds a file again although
its meeting was renamed or the template changed, and never takes one meeting's file for another's.
"""

import json
import os
import re
import string
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ..errors import Fault, FileFailed, InvalidInputs

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NOTES = ".zoom-files.jsonl"
_LOCK = ".zoom-files.lock"
_EXAMPLE = "{date} {time} {topic}"
_LONGEST = 180
"""Bytes of a name: file systems take 255, and a name has endings of its own while the file is incomplete."""
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
"""What some file system refuses, and what turns the direction of writing, so that a name looks like another."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
"""Names of devices (https://learn.microsoft.com/windows/win32/fileio/naming-a-file)."""


@dataclass(frozen=True)
class Place:
    """Where a file belongs."""

    path: Path
    saved: bool
    """It is there already, whole."""


class Folder:
    """The folder of the inputs `folder` and `file_name`. One thread uses it.

    Args:
        path: must exist.
        template: a name, with values in braces; a slash leads into a folder inside.
        fields: the values there are.

    Raises:
        InvalidInputs: the template is none, or asks for a value that there is not.
        FileFailed: `folder_not_writable`.
    """

    def __init__(self, path: str, template: str, fields: Collection[str]) -> None:
        if faults := _faults(template, fields):
            raise InvalidInputs("inputs_invalid", faults)
        self.path = Path(path).expanduser()
        if not (self.path.is_dir() and os.access(self.path, os.W_OK)):
            raise FileFailed("folder_not_writable", path=str(self.path))
        self._template = template
        self._names: dict[str, str] | None = None
        self._taken: set[str] = set()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other runs out, of this process and of others, until the block ends or the process dies.

        Two that write one folder would mix up the bytes of a file and give two files one name.

        Raises:
            FileFailed: `folder_in_use`, or `folder_not_writable`.
        """
        try:
            lock = (self.path / _LOCK).open("ab")
        except OSError as error:
            raise FileFailed("folder_not_writable", path=str(self.path), reason=error.strerror) from error
        with lock:
            if not _locked(lock.fileno()):
                raise FileFailed("folder_in_use", path=str(self.path))
            yield

    def name(self, values: Mapping[str, str], extension: str) -> str:
        """Make a name that is safe everywhere; the same values make the same name."""
        plain = {field: _UNSAFE.sub(" ", value) for field, value in values.items()}
        parts = [_safe(part.format_map(plain)) for part in self._template.split("/")]
        return f"{'/'.join(parts)}.{_UNSAFE.sub('', extension).lower()}"

    def place(self, key: str, values: Mapping[str, str], extension: str, size: int | None) -> Place:
        """Find the place of a file, and keep it for this file from now on.

        Args:
            key: what tells the file from every other.
            values: see `name`.
            extension: see `name`.
            size: in bytes, where it is known.

        Raises:
            FileFailed: the folder refuses to note it.
        """
        names = self._noted()
        name = names.get(key)
        if name is not None:
            return self._place(name, size)
        name = self.name(values, extension)
        there = self.path / name
        # A file that nobody noted may be the same one, saved by hand; its size decides.
        if name.casefold() in self._taken or (there.exists() and size != there.stat().st_size):
            stem, _, ending = name.rpartition(".")
            name = f"{stem} [{sha256(key.encode()).hexdigest()[:8]}].{ending}"
        self._note(key, name)
        return self._place(name, size)

    def _place(self, name: str, size: int | None) -> Place:
        path = self.path / name
        return Place(path, path.is_file() and size in (None, path.stat().st_size))

    def _noted(self) -> dict[str, str]:
        if self._names is None:
            self._names = dict(_read(self.path / _NOTES))
            self._taken = {name.casefold() for name in self._names.values()}
        return self._names

    def _note(self, key: str, name: str) -> None:
        self._noted()[key] = name
        self._taken.add(name.casefold())
        try:
            (self.path / name).parent.mkdir(parents=True, exist_ok=True)
            with (self.path / _NOTES).open("a", encoding="utf-8") as notes:
                notes.write(json.dumps([key, name]) + "\n")
        except OSError as error:
            raise FileFailed("folder_not_writable", path=str(self.path / name), reason=error.strerror) from error


def _locked(file: int) -> bool:
    """Lock an open file, and say whether nobody else holds it. Closing the file unlocks it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:  # some network drives know no locks
        return True
    return True


def _faults(template: str, fields: Collection[str]) -> list[Fault]:
    try:
        parts = list(string.Formatter().parse(template))
    except ValueError:  # a brace without its other half
        return [Fault("/file_name", "template", _EXAMPLE)]
    unknown = [
        field
        for _, field, spec, conversion in parts
        if field is not None and (field not in fields or spec or conversion)
    ]
    if unknown:
        return [Fault("/file_name", "place_holder", tuple(f"{{{field}}}" for field in fields))]
    steps = template.split("/")
    if "\\" in template or any(not step.strip(" .") for step in steps):
        return [Fault("/file_name", "template", _EXAMPLE)]
    return []


def _safe(part: str) -> str:
    short = " ".join(part.split()).encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    return f"_{short}" if _RESERVED.fullmatch(short) else short or "_"


def _read(notes: Path) -> Iterator[tuple[str, str]]:
    """Read what was noted; what is no note of ours, such as a line that a crash cut off, is left out."""
    try:
        lines = notes.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise FileFailed("folder_not_writable", path=str(notes), reason=error.strerror) from error
    for line in lines:
        try:
            key, name = json.loads(line)
        except (ValueError, TypeError):
            continue
        if isinstance(name, str) and all(_safe(step) == step for step in name.split("/")):
            yield key, name
