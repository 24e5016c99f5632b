"""Manifests as typed, frozen values, read when they are first asked for.

`manifests/schemas/` describes the files and `zoom-connector validate` checks them. Here they are trusted: a start
reads no schema, and a folder listing is all that knowing every key costs.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from .calls import Call, Effect, read_call
from .errors import ManifestError
from .trigger import Trigger, read_trigger
from .types import Schema


@dataclass(frozen=True)
class Action:
    """One thing a workflow can do."""

    key: str
    resource: str
    title: str
    description: str
    effect: Effect
    data: tuple[str, ...]
    requires: tuple[str, ...]
    inputs: Schema
    outputs: Schema
    sample: Mapping[str, Any]
    request: Call | None
    """The single call of an action without a handler."""
    calls: tuple[Call, ...]
    """The calls a handler may make; one with a `request` has none."""
    any_operation: bool = False
    """The handler may make every call in `operations.json`."""


@dataclass(frozen=True)
class Identity:
    """`connector.json`: what the connector is and where Zoom is."""

    key: str
    title: str
    description: str
    endpoints: Mapping[str, str]
    """`zoom_url` and `api_url` (origins), `authorize`, `token` and `revoke` (paths on `zoom_url`)."""
    hosts: tuple[str, ...]
    """Domains that credentials may go to, their subdomains included."""
    auth: Mapping[str, Mapping[str, Any]]
    """Mode of connecting -> title, description, `consent` and `inputs`, the JSON Schema of its form."""
    required_scopes: Mapping[str, tuple[str, ...]]
    """Classic scope every connection needs -> its granular equivalents, all of them needed in its place."""
    broader_scopes: Mapping[str, str]
    """Required scope without an admin level -> the classic scope that does as well, and has one."""
    sign_in: Call
    """The call that every connection needs, whatever its actions are."""
    resources: Mapping[str, str]
    """Folder of actions -> its title, in the order in which people read them."""
    requirements: Mapping[str, Mapping[str, str]]
    """Word of an action's `requires` -> its title and a sentence."""
    data: Mapping[str, Mapping[str, str]]
    """Category of Zoom data -> its title and the purpose it is used for."""


class Catalogue:
    """Everything that the manifests in one folder say.

    Args:
        folder: a folder laid out like `manifests/`; the connector's own when left out.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        self.folder = folder if folder is not None else files("zoom_connector") / "manifests"

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """Every action by key."""
        return _Lazy(self.folder / "actions", _action)

    @cached_property
    def triggers(self) -> Mapping[str, Trigger]:
        """Every trigger by key."""
        return _Lazy(self.folder / "triggers", read_trigger)

    @cached_property
    def identity(self) -> Identity:
        """What `connector.json` says."""
        raw = _read(self.folder / "connector.json")
        return Identity(
            key=raw["key"],
            title=raw["title"],
            description=raw["description"],
            endpoints=raw["endpoints"],
            hosts=tuple(raw["hosts"]),
            auth=raw["auth"],
            required_scopes={classic: tuple(granular) for classic, granular in raw["required_scopes"].items()},
            broader_scopes=raw["broader_scopes"],
            sign_in=read_call(raw["sign_in"]),
            resources=raw["resources"],
            requirements=raw["requirements"],
            data=raw["data"],
        )

    @cached_property
    def errors(self) -> Mapping[str, Mapping[str, Any]]:
        """The error catalogue, by stable code."""
        errors: Mapping[str, Mapping[str, Any]] = _read(self.folder / "errors.json")
        return errors

    @cached_property
    def approvals(self) -> Mapping[str, Any]:
        """What is said about the approval of the app, before somebody leaves for Zoom's page and to the admin."""
        approvals: Mapping[str, Any] = _read(self.folder / "approvals.json")
        return approvals

    @cached_property
    def doctor(self) -> Mapping[str, Mapping[str, Any]]:
        """What the doctor says of checks that found no failure: `checks` in their order, and `reasons`."""
        doctor: Mapping[str, Mapping[str, Any]] = _read(self.folder / "doctor.json")
        return doctor

    @cached_property
    def coverage(self) -> Mapping[str, Any]:
        """Which of Zoom's operations there are to be actions for, and which not and why."""
        coverage: Mapping[str, Any] = _read(self.folder / "coverage.json")
        return coverage

    @cached_property
    def operations(self) -> tuple[Call, ...]:
        """Zoom's operations with effect, scopes and label, for actions that may call any of them."""
        rows = _read(self.folder / "operations.json")
        return tuple(
            read_call({"method": name.split()[0], "path": name.split()[1], **row}) for name, row in rows.items()
        )


Value = TypeVar("Value")


class _Lazy(Mapping[str, Value]):
    """Files of a folder tree by stem, each read when it is first asked for."""

    def __init__(self, folder: Traversable, build: Callable[[str, str, Mapping[str, Any]], Value]) -> None:
        self._files = {
            file.name.removesuffix(".json"): (resource.name, file)
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
                self._built[key] = self._build(key, resource, _read(file))
            except (KeyError, TypeError, AttributeError) as error:
                raise ManifestError("manifest_incomplete", file=file.name, missing=str(error)) from error
        return self._built[key]

    def __contains__(self, key: object) -> bool:
        return key in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _folders(folder: Traversable) -> list[Traversable]:
    return [entry for entry in folder.iterdir() if entry.is_dir()] if folder.is_dir() else []


def _read(file: Traversable) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ManifestError("manifest_unreadable", file=file.name, reason=error.strerror) from error
    except ValueError as error:
        raise ManifestError("manifest_not_json", file=file.name, reason=str(error)) from error


def _action(key: str, resource: str, raw: Mapping[str, Any]) -> Action:
    calls = raw.get("calls", [])
    request = read_call({"effect": raw["effect"], **raw["request"]}) if "request" in raw else None
    listing = request.listing if request else None
    return Action(
        key=key,
        resource=resource,
        title=raw["title"],
        description=raw["description"],
        effect=raw["effect"],
        data=tuple(raw["data"]),
        requires=tuple(raw.get("requires", ())),
        inputs=_with(raw["inputs"], {"limit": _LIMIT}) if listing else raw["inputs"],
        outputs=_with(raw["outputs"], {"more": _MORE}) if listing else raw["outputs"],
        sample={**raw["sample"], "more": False} if listing else raw["sample"],
        request=request,
        calls=() if calls == "any" else tuple(read_call({"effect": raw["effect"], **call}) for call in calls),
        any_operation=calls == "any",
    )


_LIMIT = {
    "type": "integer",
    "minimum": 1,
    "title": "At most",
    "description": "How many rows to return. Leave empty for all of them.",
    "advanced": True,
    "examples": [100],
}
_MORE = {"type": "boolean", "title": "More to come", "description": "There are rows beyond the ones returned."}


def _with(schema: Schema, properties: Mapping[str, Schema]) -> Schema:
    return {**schema, "properties": {**schema.get("properties", {}), **properties}}
