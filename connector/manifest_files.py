"""Files of JSON, read when they are first asked for."""

import json
from collections.abc import Callable, Iterator, Mapping
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from .errors import ManifestError

Value = TypeVar("Value")


class Folders(Mapping[str, Value]):
    """Files in the folders of a folder by stem, each read when it is first asked for.

    Args:
        folder: holds the folders.
        build: makes the value out of stem, name of the folder and content.
    """

    def __init__(self, folder: Traversable, build: Callable[[str, str, Mapping[str, Any]], Value]) -> None:
        self._files = {
            stem(file): (resource.name, file)
            for resource in sorted(_folders(folder), key=lambda entry: entry.name)
            for file in sorted(resource.iterdir(), key=lambda entry: entry.name)
            if file.name.endswith(".json")
        }
        self._build = build
        self._built: dict[str, Value] = {}

    def __getitem__(self, key: str) -> Value:
        if key not in self._built:
            resource, file = self._files[key]
            try:
                self._built[key] = self._build(key, resource, read(file))
            except (KeyError, TypeError, AttributeError) as error:
                raise ManifestError("manifest_incomplete", file=file.name, missing=str(error)) from error
        return self._built[key]

    def __contains__(self, key: object) -> bool:
        return key in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def stem(file: Traversable) -> str:
    """Return the name of a file without its end."""
    return file.name.removesuffix(".json")


def _folders(folder: Traversable) -> list[Traversable]:
    return [entry for entry in folder.iterdir() if entry.is_dir()] if folder.is_dir() else []


def read(file: Traversable) -> Any:
    """Return what a file says.

    Raises:
        ManifestError: `manifest_unreadable` or `manifest_not_json`.
    """
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestError("manifest_unreadable", file=file.name, reason=error.strerror) from error
    except ValueError as error:
        raise ManifestError("manifest_not_json", file=file.name, reason=str(error)) from error
