"""Manifests as typed, frozen values, read when they are first asked for.

`manifests/schemas/` describes the files and `zoom-connector validate` checks them. Here they are trusted: a start
reads no schema, and a folder listing is all that knowing every key costs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from .calls import Call, Effect, read_call
from .manifest_files import Folders, read, stem
from .texts import ACTION, APPROVALS, DOCTOR, ERRORS, IDENTITY, PUBLISHER, Texts, reworded
from .trigger import Trigger, read_trigger
from .types import Schema
from .words import ENGLISH, Words, negotiated


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
    """Everything that the manifests in one folder say, in one language.

    Args:
        folder: a folder laid out like `manifests/`; the connector's own when left out.
        language: what somebody wants to read, as in the header Accept-Language.
    """

    def __init__(self, folder: Traversable | None = None, language: str = ENGLISH) -> None:
        self.folder = folder if folder is not None else files("zoom_connector") / "manifests"
        self._wanted = language
        self._in_others: dict[str, Catalogue] = {}

    @cached_property
    def words(self) -> Words:
        """The language that comes nearest to the one wanted, and its texts."""
        language = self._nearest(self._wanted)
        if language == ENGLISH:
            return Words()
        return Words(language, read(self.folder / "locales" / f"{language}.json"))

    def in_language(self, wanted: str) -> "Catalogue":
        """Return the same in another language, as in the header Accept-Language; each is read once."""
        language = self._nearest(wanted)
        if language == self.words.language:
            return self
        return self._in_others.setdefault(language, Catalogue(self.folder, language))

    @cached_property
    def actions(self) -> Mapping[str, Action]:
        """Every action by key."""
        return Folders(self.folder / "actions", partial(_action, words=self.words))

    @cached_property
    def triggers(self) -> Mapping[str, Trigger]:
        """Every trigger by key."""
        return Folders(self.folder / "triggers", partial(read_trigger, words=self.words))

    @cached_property
    def identity(self) -> Identity:
        """What `connector.json` says."""
        raw = self._said("connector.json", IDENTITY)
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
        errors: Mapping[str, Mapping[str, Any]] = self._said("errors.json", ERRORS)
        return errors

    @cached_property
    def approvals(self) -> Mapping[str, Any]:
        """What is said about the approval of the app, before somebody leaves for Zoom's page and to the admin."""
        approvals: Mapping[str, Any] = self._said("approvals.json", APPROVALS)
        return approvals

    @cached_property
    def doctor(self) -> Mapping[str, Mapping[str, Any]]:
        """What the doctor says of checks that found no failure: `checks` in their order, and `reasons`."""
        doctor: Mapping[str, Mapping[str, Any]] = self._said("doctor.json", DOCTOR)
        return doctor

    @cached_property
    def publisher(self) -> Schema:
        """What somebody who publishes the app has to say: a form, as JSON Schema."""
        publisher: Schema = self._said("publisher.json", PUBLISHER)
        return publisher

    @cached_property
    def coverage(self) -> Mapping[str, Any]:
        """Which of Zoom's operations there are to be actions for, and which not and why."""
        coverage: Mapping[str, Any] = read(self.folder / "coverage.json")
        return coverage

    @cached_property
    def operations(self) -> tuple[Call, ...]:
        """Zoom's operations with effect, scopes and label, for actions that may call any of them."""
        rows = read(self.folder / "operations.json")
        return tuple(
            read_call({"method": name.split()[0], "path": name.split()[1], **row}) for name, row in rows.items()
        )

    def _said(self, name: str, texts: Texts) -> Any:
        file = self.folder / name
        return reworded(texts, read(file), self.words.within(stem(file)))

    def _nearest(self, wanted: str) -> str:
        locales = self.folder / "locales"
        return negotiated(wanted, [stem(file) for file in locales.iterdir()] if locales.is_dir() else ())


def _action(key: str, resource: str, raw: Mapping[str, Any], words: Words) -> Action:
    raw = reworded(ACTION, _with_limit(raw) if "list" in raw.get("request", ()) else raw, words.within(key))
    calls = raw.get("calls", [])
    return Action(
        key=key,
        resource=resource,
        title=raw["title"],
        description=raw["description"],
        effect=raw["effect"],
        data=tuple(raw["data"]),
        requires=tuple(raw.get("requires", ())),
        inputs=raw["inputs"],
        outputs=raw["outputs"],
        sample=raw["sample"],
        request=read_call({"effect": raw["effect"], **raw["request"]}) if "request" in raw else None,
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


def _with_limit(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        **raw,
        "inputs": _with(raw["inputs"], {"limit": _LIMIT}),
        "outputs": _with(raw["outputs"], {"more": _MORE}),
        "sample": {**raw["sample"], "more": False},
    }


def _with(schema: Schema, properties: Mapping[str, Schema]) -> Schema:
    return {**schema, "properties": {**schema.get("properties", {}), **properties}}
