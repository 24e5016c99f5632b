"""How many of Zoom's operations have an action, of those that `coverage.json` says are to have one."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .catalogue import Action
from .scope_sets import calls_of


@dataclass(frozen=True)
class Tagged:
    """What one of Zoom's tags has of the operations that are to be covered, each as method and path."""

    tag: str
    covered: Mapping[str, tuple[str, ...]]
    """Operation -> keys of the actions that call it."""
    missing: tuple[str, ...]
    left_out: Mapping[str, str]
    """Operation without an action -> the written reason."""


@dataclass(frozen=True)
class Coverage:
    """What is covered, by tag, in Zoom's order."""

    tags: tuple[Tagged, ...]
    stale: tuple[str, ...]
    """Entries of `coverage.json` that are wrong by now: Zoom does not publish the operation, or it is left out although
    an action calls it, or although it was never to be covered."""

    @property
    def covered(self) -> int:
        """How many operations have an action."""
        return sum(len(each.covered) for each in self.tags)

    @property
    def wanted(self) -> int:
        """How many operations are to have an action: all but those that are left out."""
        return self.covered + sum(len(each.missing) for each in self.tags)

    @property
    def percent(self) -> int:
        """Share of the wanted operations that have an action, rounded down: 100 only when none is missing."""
        return 100 * self.covered // self.wanted if self.wanted else 100


def coverage(plan: Mapping[str, Any], published: Iterable[Mapping[str, Any]], actions: Iterable[Action]) -> Coverage:
    """Compare the actions with what Zoom publishes.

    Args:
        plan: what `coverage.json` says.
        published: rows with `method`, `path` and `tag`, one for each operation of Zoom's.
        actions: those that count; one that may call any operation covers none by that.
    """
    callers = _callers(actions)
    tags: dict[str, dict[str, tuple[str, ...]]] = {}
    for row in published:
        name = f"{row['method']} {row['path']}"
        if row["tag"] in plan["tags"] or name in plan["operations"]:
            tags.setdefault(row["tag"], {})[name] = callers.get(_shape(name), ())
    left_out: Mapping[str, str] = plan["left_out"]
    wanted = {name: keys for operations in tags.values() for name, keys in operations.items()}
    return Coverage(
        tags=tuple(_tagged(tag, operations, left_out) for tag, operations in tags.items()),
        stale=(
            *(tag for tag in plan["tags"] if tag not in tags),
            *(name for name in plan["operations"] if name not in wanted),
            *(name for name in left_out if name not in wanted or wanted[name]),
        ),
    )


def flaws(plan: Mapping[str, Any], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give the flaws of `coverage.json` that show without Zoom's specification, each with its JSON pointer.

    Args:
        plan: what the file says, of the right shape.
        known: every operation in `operations.json`.
    """
    operations = set(known)
    for index, name in enumerate(plan["operations"]):
        if name not in operations:
            yield f"/operations/{index}", f"Zoom has no operation {name!r}."
    for name in plan["left_out"]:
        if name not in operations:
            yield "/left_out", f"Zoom has no operation {name!r}."


def _tagged(tag: str, operations: Mapping[str, tuple[str, ...]], left_out: Mapping[str, str]) -> Tagged:
    without = [name for name, keys in operations.items() if not keys]
    return Tagged(
        tag,
        covered={name: keys for name, keys in operations.items() if keys},
        missing=tuple(name for name in without if name not in left_out),
        left_out={name: left_out[name] for name in without if name in left_out},
    )


def _callers(actions: Iterable[Action]) -> dict[str, tuple[str, ...]]:
    callers: dict[str, tuple[str, ...]] = {}
    for action in actions:
        for shape in dict.fromkeys(_shape(f"{call.method} {call.path}") for call in calls_of(action)):
            callers[shape] = (*callers.get(shape, ()), action.key)
    return callers


def _shape(operation: str) -> str:
    """Leave out how parameters are called: Zoom's names are not ours."""
    return re.sub(r"\{[^}]*\}", "{}", operation)
