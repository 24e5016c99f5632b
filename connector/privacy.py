"""Which Zoom data actions and triggers read or change, what for and under which scopes: what a reviewer asks for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .calls import Effect
from .catalogue import Action, Identity
from .scope_sets import ScopeSet, smallest_set
from .scopes import Family, Usage
from .trigger import Trigger
from .types import Schema
from .words import PLAIN, Words

KINDS: tuple[tuple[Usage, Family], ...] = (
    ("user", "granular"),
    ("admin", "granular"),
    ("user", "classic"),
    ("admin", "classic"),
)
"""The kinds of apps at Zoom."""

_ENGINE_ONLY = ("limit", "more")


@dataclass(frozen=True)
class Part:
    """What one action or trigger has to do with a category of data."""

    action: Action | Trigger
    items: tuple[str, ...]
    """Titles of what it hands to the workflow when it reads, and of what it takes from the workflow when it changes.
    They stand in the action's first category only, so that nothing is listed twice."""

    @property
    def effect(self) -> Effect | Literal["event"]:
        """What is done with the data; `event`: Zoom sends it."""
        return "event" if isinstance(self.action, Trigger) else self.action.effect


@dataclass(frozen=True)
class Category:
    """One kind of Zoom data."""

    key: str
    title: str
    purpose: str
    parts: tuple[Part, ...]
    scopes: Mapping[tuple[Usage, Family], tuple[str, ...]]
    """Kind of app -> the scopes under which these actions reach this data."""


@dataclass(frozen=True)
class Privacy:
    """What some actions and triggers do with Zoom data."""

    sign_in: Mapping[tuple[Usage, Family], tuple[str, ...]]
    """Kind of app -> the scopes that every connection needs, whatever it does."""
    sign_in_purpose: str
    categories: tuple[Category, ...]


def privacy(
    identity: Identity, chosen: Iterable[Action | Trigger], kinds: Iterable[tuple[Usage, Family]] = KINDS
) -> Privacy:
    """Say what some actions and triggers do with Zoom data, in the order of the categories in `connector.json`.

    The scopes are those of the smallest set for all of them together, as `app-manifest` asks for them.

    Args:
        identity: what `connector.json` says.
        chosen: the actions and triggers.
        kinds: the kinds of apps whose scopes are named.
    """
    chosen = list(chosen)
    sets = {(usage, family): smallest_set(identity, chosen, usage=usage, family=family) for usage, family in kinds}
    return Privacy(
        sign_in={kind: _scopes_of(found, [""]) for kind, found in sets.items()},
        sign_in_purpose=identity.sign_in.purpose,
        categories=tuple(
            Category(
                key,
                about["title"],
                about["purpose"],
                tuple(Part(action, _items(action) if action.data[0] == key else ()) for action in concerned),
                {kind: _scopes_of(found, [action.key for action in concerned]) for kind, found in sets.items()},
            )
            for key, about in identity.data.items()
            if (concerned := _concerned(chosen, key))
        ),
    )


def as_markdown(found: Privacy, words: Words = PLAIN) -> str:
    """Write it as a page."""
    lines = [f"# {words('Zoom data that is used')}", ""]
    every = words("Every connection: {purpose}", purpose=found.sign_in_purpose)
    lines += [every, "", *_scope_lines(found.sign_in, words)]
    for category in found.categories:
        lines += ["", f"## {category.title}", "", category.purpose, ""]
        for part in category.parts:
            what = f": {', '.join(part.items)}" if part.items else ""
            lines.append(f"- {part.action.title} (`{part.action.key}`, {_does(part.effect, words)}){what}")
        if all(_names_its_scopes(part.action) for part in category.parts):
            lines += ["", f"- {words('Every kind of app: the scopes of the call that is named')}"]
        else:
            lines += ["", *_scope_lines(category.scopes, words)]
    return "\n".join([*lines, ""])


def _does(effect: Effect | Literal["event"], words: Words) -> str:
    return {
        "read": words("reads"),
        "create": words("creates"),
        "update": words("changes"),
        "delete": words("deletes"),
        "event": words("is told of"),
    }[effect]


def _scope_lines(scopes: Mapping[tuple[Usage, Family], Sequence[str]], words: Words) -> list[str]:
    kinds = {
        ("user", "granular"): words("User-managed app"),
        ("admin", "granular"): words("Admin-managed or server-to-server app"),
        ("user", "classic"): words("User-managed app with classic scopes"),
        ("admin", "classic"): words("Admin-managed app with classic scopes"),
    }
    none = words("none, it cannot do this")
    return [f"- {kinds[kind]}: {', '.join(f'`{name}`' for name in names) or none}" for kind, names in scopes.items()]


def _names_its_scopes(one: Action | Trigger) -> bool:
    return one.any_event if isinstance(one, Trigger) else one.any_operation


def _concerned(chosen: Sequence[Action | Trigger], category: str) -> list[Action | Trigger]:
    """Keep what deals with a category, what is mostly about it first."""
    concerned = [one for one in chosen if category in one.data]
    return sorted(concerned, key=lambda one: one.data[0] != category)


def _scopes_of(found: ScopeSet, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(asked.scope for asked in found.scopes if any(use.who in keys for use in asked.uses))


def _items(one: Action | Trigger) -> tuple[str, ...]:
    shown = one.outputs if isinstance(one, Trigger) or one.effect == "read" else one.inputs
    return tuple(dict.fromkeys(_titles(shown)))


def _titles(schema: Schema) -> Iterator[str]:
    """Give the title of every field; a list of rows gives those of its rows in its place."""
    for name, inner in schema.get("properties", {}).items():
        rows = list(_titles(inner.get("items", {})))
        if name not in _ENGINE_ONLY and "title" in inner:
            yield f"{inner['title']} ({', '.join(rows)})" if rows else inner["title"]
