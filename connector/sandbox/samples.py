"""A generic responder for the operations that the local Zoom does not play: it answers with an example.

Whatever is asked, the answer is the sample of an action that makes the call, under Zoom's names, and a header says so.
Nothing is remembered: what was created this way is not listed afterwards. Token, scopes and limits count as ever, by
what the manifest declares. Samples are the only thing here that is read from the manifests, as plain JSON files.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from .call import Call
from .route import Route

HEADER = "X-Sandbox-Answer"
"""In the answers of this responder, with the value `sample`."""


@dataclass(frozen=True)
class _Example:
    """What one action says of an operation."""

    operation: Mapping[str, Any]
    sample: Any
    own: bool
    """The action is this one call, so that its sample is what Zoom answers."""

    @property
    def constants(self) -> Mapping[str, Any]:
        """What the action always sends."""
        constants: Mapping[str, Any] = self.operation.get("constants", {})
        return constants

    def fits(self, call: Call) -> bool:
        """Say whether everything that the action always sends was sent."""
        return all(_sent(call, name) == _text(value) for name, value in self.constants.items())


class Samples:
    """The samples of the actions in one folder.

    Args:
        folder: a folder laid out like `manifests/`; the connector's own when left out.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        self._folder = folder if folder is not None else files("zoom_connector") / "manifests"

    @cached_property
    def routes(self) -> tuple[Route, ...]:
        """Every operation that some action calls.

        Of its samples the first is that of an action of one call and, of several such actions, the fullest.
        """
        examples: dict[tuple[str, str], list[_Example]] = {}
        for example in sorted(self._examples(), key=lambda each: (not each.own, -len(str(each.sample)))):
            name = (example.operation["method"], example.operation["path"])
            examples.setdefault(name, []).append(example)
        return tuple(_route(alike) for alike in examples.values())

    def _examples(self) -> Iterator[_Example]:
        for resource in sorted(self._folder.joinpath("actions").iterdir(), key=lambda entry: entry.name):
            for file in sorted(resource.iterdir(), key=lambda entry: entry.name):
                action = json.loads(file.read_text(encoding="utf-8"))
                if "request" in action:
                    yield _Example(action["request"], _as_zoom_answers(action), own=True)
                elif action["calls"] != "any":
                    yield from (_Example(call, action["sample"], own=False) for call in action["calls"])


@cache
def own_samples() -> Samples:
    """Return the samples of the connector's own actions, which are read once."""
    return Samples()


def _route(examples: Sequence[_Example]) -> Route:
    operation = examples[0].operation
    method, empty = operation["method"], not examples[0].sample
    by_hand = not examples[0].own and method not in ("GET", "POST")

    def answer(call: Call) -> Any:
        fitting = [each for each in examples if each.fits(call)]
        return max(fitting or examples, key=lambda each: (each.own, len(each.constants))).sample

    return Route(
        method=method,
        path=operation["path"],
        label=operation["rate_limit"],
        classic=tuple(operation["scopes"]["classic"]),
        granular=tuple(operation["scopes"]["granular"]),
        run=(lambda _call: None) if empty or by_hand else answer,
        success=204 if empty or by_hand else 201 if method == "POST" else 200,
        played=False,
    )


def _as_zoom_answers(action: Mapping[str, Any]) -> Any:
    listing = action["request"].get("list", {})
    if listing.get("items") == "items":  # no object of Zoom's calls its rows so: the answer is the bare array
        return action["sample"]["items"]
    return {**action["sample"], "next_page_token": ""} if "page_size" in listing else action["sample"]


def _sent(call: Call, name: str) -> str | None:
    value: Any = call.body
    for step in name.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return call.query.get(name) if value is None else _text(value)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
