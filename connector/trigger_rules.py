"""What must hold between two places of a trigger's manifest, or between it and others: what no JSON Schema can say."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from jsonschema import Draft202012Validator

from .rules import Flaw, complete, example_flaws, lookup_flaws, sentences
from .trigger import read_trigger, said

_RUN = re.compile(r"^def run\(", re.MULTILINE)
"""A handler that works outputs out itself; what a poll finds is read as Zoom's events are."""


class TriggerRules:
    """The rules for the triggers of one folder.

    Args:
        triggers: path inside the folder -> what the file says, which keeps to the schema.
        actions: key -> action, for all that a lookup may name; None for one that cannot be read.
        identity: what `connector.json` says.
        handlers: the folder that has the modules of triggers with logic.
    """

    def __init__(self, triggers: Mapping[str, Any], actions: Mapping[str, Any], identity: Any, handlers: Path) -> None:
        self._triggers = triggers
        self._actions = actions
        self._identity = identity
        self._handlers = handlers

    def flaws(self, name: str) -> Iterator[Flaw]:
        """Give the flaws of the trigger in one file."""
        trigger, key = self._triggers[name], PurePosixPath(name).stem
        for other in self._triggers:
            if other != name and PurePosixPath(other).stem == key:
                yield "", f"The file {other!r} has the same key."
        for category in trigger["data"]:
            if category not in self._identity["data"]:
                yield "/data", f"The category {category!r} is not in connector.json."
        for word in trigger.get("requires", ()):
            if word not in self._identity["requirements"]:
                yield "/requires", f"The requirement {word!r} is not in connector.json."
        handled = (self._handlers / f"{key}.py").is_file()
        if "calls" in trigger and not handled:
            yield "/calls", f"A trigger with 'calls' needs the handler triggers/{key}.py."
        if not trigger["events"] and "calls" not in trigger:
            yield "/events", "Without events and without calls nothing can fire it."
        yield from self._filters(trigger)
        for path in trigger.get("happening", ()):
            if not _leads_somewhere(trigger["outputs"], path):
                yield "/happening", f"There is no output {path!r}."
        if not (handled and _RUN.search((self._handlers / f"{key}.py").read_text(encoding="utf-8"))):
            yield from _sample(key, trigger)

    def _filters(self, trigger: Mapping[str, Any]) -> Iterator[Flaw]:
        form = trigger.get("filters", {"properties": {}})
        yield from example_flaws(form, "filters")
        for required in form.get("required", ()):
            if required not in form["properties"]:
                yield "/filters/required", f"The required filter {required!r} is not declared."
        for name, field in form["properties"].items():
            pointer = f"/filters/properties/{name}"
            for path in field.get("on", ()):
                if not _leads_somewhere(trigger["outputs"], path):
                    yield f"{pointer}/on", f"There is no output {path!r}."
            if "on" not in field and "calls" not in trigger:
                yield pointer, "Without 'on' a filter is for a poll, and this trigger has none."
            if "lookup" in field:
                flaws = lookup_flaws(field["lookup"], form["properties"], self._actions)
                yield from ((f"{pointer}/lookup", sentence) for sentence in flaws)


def _leads_somewhere(schema: Mapping[str, Any], path: str) -> bool:
    for step in path.split("."):
        schema = schema.get("properties", {}).get(step.removesuffix("[]"), {})
        if step.endswith("[]"):
            schema = schema.get("items", {})
    return bool(schema)


def _sample(key: str, trigger: Mapping[str, Any]) -> Iterator[Flaw]:
    outputs = said(read_trigger(key, "", trigger), trigger["sample"])
    declared = {name: outputs[name] for name in trigger["outputs"]["properties"] if name in outputs}
    for error in Draft202012Validator(complete(trigger["outputs"])).iter_errors(declared):
        yield from ((f"/sample{pointer}", sentence) for pointer, sentence in sentences(error))
