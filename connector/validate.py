"""Check a folder of manifests and report every fault, not only the first."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from .coverage import flaws as coverage_flaws
from .rules import Flaw, Rules, sentences
from .trigger_rules import TriggerRules

_OWN = files("zoom_connector") / "manifests"
_UNREADABLE = object()
_KINDS = {
    "approvals.json": "approvals",
    "connector.json": "connector",
    "coverage.json": "coverage",
    "doctor.json": "doctor",
    "operations.json": "operations",
    "errors.json": "errors",
    "publisher.json": "publisher",
}


@dataclass(frozen=True, order=True)
class Finding:
    """One fault."""

    file: str
    """Path inside the folder."""
    pointer: str
    """JSON pointer of the offending place (RFC 6901); "" is the whole file."""
    message: str


def validate(folder: Path) -> list[Finding]:
    """Return what is wrong with the manifests in a folder laid out like the connector's own `manifests/`.

    Handlers are looked for in the folder `actions` beside it. What the folder does not bring, such as `connector.json`
    or an action that a lookup names, is taken from the connector itself.
    """
    found: list[Finding] = []
    contents: dict[str, Any] = {}
    for path in sorted(folder.rglob("*.json")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith("schemas/"):
            contents[name], flaws = _read(path)
            found += [Finding(name, *flaw) for flaw in (*flaws, *_against_schema(name, contents[name]))]
    if not contents:
        return [Finding(".", "", "There are no manifests in this folder.")]

    readable = {name: content for name, content in contents.items() if content is not _UNREADABLE}
    actions = {name: content for name, content in readable.items() if _kind(name) == "action"}
    theirs = {Path(name).stem: readable.get(name) for name in contents if _kind(name) == "action"}
    identity = readable.get("connector.json") or _parsed("connector.json")
    known = {**_own_actions(), **theirs}
    flawed = {each.file for each in found}
    rules = Rules(actions, known, identity, handlers=folder.parent / "actions", flawed=flawed)
    found += [Finding(name, *flaw) for name in actions for flaw in rules.flaws(name)]
    flawed = {each.file for each in found}
    triggers = {name: content for name, content in readable.items() if _kind(name) == "trigger" and name not in flawed}
    trigger_rules = TriggerRules(triggers, known, identity, handlers=folder.parent / "triggers")
    found += [Finding(name, *flaw) for name in triggers for flaw in trigger_rules.flaws(name)]
    if "coverage.json" in contents and not any(each.file == "coverage.json" for each in found):
        operations = readable.get("operations.json") or _parsed("operations.json")
        found += [Finding("coverage.json", *flaw) for flaw in coverage_flaws(readable["coverage.json"], operations)]
    return sorted(set(found))


def _kind(name: str) -> str | None:
    if re.fullmatch(r"actions/[a-z][a-z0-9_]*/[a-z][a-z0-9_]*\.json", name):
        return "action"
    if re.fullmatch(r"triggers/[a-z][a-z0-9_]*/[a-z][a-z0-9_]*\.json", name):
        return "trigger"
    if re.fullmatch(r"locales/[a-z]{2,3}(-[A-Za-z0-9]+)*\.json", name):
        return "locale"
    return _KINDS.get(name)


def _read(path: Path) -> tuple[Any, list[Flaw]]:
    twice: list[str] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        twice.extend({name for name in names if names.count(name) > 1})
        return dict(pairs)

    try:
        content = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=members)
    except json.JSONDecodeError as error:
        return _UNREADABLE, [("", f"This is no JSON: {error.msg} at line {error.lineno}, column {error.colno}.")]
    except UnicodeDecodeError:
        return _UNREADABLE, [("", "This is no UTF-8 text.")]
    return content, [("", f"The key {name!r} is twice in one object.") for name in twice]


def _against_schema(name: str, content: Any) -> Iterator[Flaw]:
    kind = _kind(name)
    if kind is None:
        yield "", "No manifest belongs here; an action is actions/<resource>/<key>.json, in small letters."
    elif content is not _UNREADABLE:
        for error in _validator(kind).iter_errors(content):
            yield from sentences(error)


@cache
def _validator(kind: str) -> Draft202012Validator:
    schemas = {file.name: json.loads(file.read_text("utf-8")) for file in (_OWN / "schemas").iterdir()}
    registry: Registry[Any] = Registry().with_resources(
        (name, Resource.from_contents(schema)) for name, schema in schemas.items()
    )
    checker = FormatChecker(["regex"])
    return Draft202012Validator(schemas[f"{kind}.schema.json"], registry=registry, format_checker=checker)


@cache
def _own_actions() -> Mapping[str, Any]:
    names = [
        f"actions/{folder.name}/{file.name}" for folder in (_OWN / "actions").iterdir() for file in folder.iterdir()
    ]
    return MappingProxyType({Path(name).stem: _parsed(name) for name in names})


def _parsed(name: str) -> Any:
    return json.loads(_OWN.joinpath(name).read_text("utf-8"))
