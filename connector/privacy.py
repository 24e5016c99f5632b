"""Which Zoom data some actions read or change, for what purpose and under which scopes: what a reviewer asks for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .calls import Effect
from .catalogue import Action, Identity
from .scope_sets import ScopeSet, smallest_set
from .scopes import Family, Usage
from .types import Schema

KINDS: Mapping[tuple[Usage, Family], str] = {
    ("user", "granular"): "User-managed app",
    ("admin", "granular"): "Admin-managed or server-to-server app",
    ("user", "classic"): "User-managed app with classic scopes",
    ("admin", "classic"): "Admin-managed app with classic scopes",
}
"""The kinds of apps at Zoom."""

_ENGINE_ONLY = ("limit", "more")


@dataclass(frozen=True)
class Part:
    """What one action has to do with a category of data."""

    action: Action
    items: tuple[str, ...]
    """Titles of what it hands to the workflow when it reads, and of what it takes from the workflow when it changes.
    They stand in the action's first category only, so that nothing is listed twice."""


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
    """What some actions do with Zoom data."""

    sign_in: Mapping[tuple[Usage, Family], tuple[str, ...]]
    """Kind of app -> the scopes that every connection needs, whatever it does."""
    sign_in_purpose: str
    categories: tuple[Category, ...]


def privacy(identity: Identity, actions: Iterable[Action]) -> Privacy:
    """Say what some actions do with Zoom data, in the order of the categories in `connector.json`.

    The scopes are those of the smallest set for all these actions together, as `app-manifest` asks for them.
    """
    chosen = list(actions)
    sets = {(usage, family): smallest_set(identity, chosen, usage=usage, family=family) for usage, family in KINDS}
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


def as_markdown(found: Privacy) -> str:
    """Write it as a page."""
    lines = ["# Zoom data that is used", ""]
    lines += [f"Every connection: {found.sign_in_purpose}", "", *_scope_lines(found.sign_in)]
    for category in found.categories:
        lines += ["", f"## {category.title}", "", category.purpose, ""]
        for part in category.parts:
            what = f": {', '.join(part.items)}" if part.items else ""
            lines.append(f"- {part.action.title} (`{part.action.key}`, {_DOES[part.action.effect]}){what}")
        if all(part.action.any_operation for part in category.parts):
            lines += ["", "- Every kind of app: the scopes of the call that is named"]
        else:
            lines += ["", *_scope_lines(category.scopes)]
    return "\n".join([*lines, ""])


_DOES: Mapping[Effect, str] = {"read": "reads", "create": "creates", "update": "changes", "delete": "deletes"}


def _scope_lines(scopes: Mapping[tuple[Usage, Family], Sequence[str]]) -> list[str]:
    return [
        f"- {KINDS[kind]}: {', '.join(f'`{name}`' for name in names) or 'none, it cannot do this'}"
        for kind, names in scopes.items()
    ]


def _concerned(actions: Sequence[Action], category: str) -> list[Action]:
    """Keep the actions that deal with a category, those that are mostly about it first."""
    concerned = [action for action in actions if category in action.data]
    return sorted(concerned, key=lambda action: action.data[0] != category)


def _scopes_of(found: ScopeSet, keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(asked.scope for asked in found.scopes if any(use.who in keys for use in asked.uses))


def _items(action: Action) -> tuple[str, ...]:
    shown = action.outputs if action.effect == "read" else action.inputs
    return tuple(dict.fromkeys(_titles(shown)))


def _titles(schema: Schema) -> Iterator[str]:
    """Give the title of every field; a list of rows gives those of its rows in its place."""
    for name, inner in schema.get("properties", {}).items():
        rows = list(_titles(inner.get("items", {})))
        if name not in _ENGINE_ONLY and "title" in inner:
            yield f"{inner['title']} ({', '.join(rows)})" if rows else inner["title"]
