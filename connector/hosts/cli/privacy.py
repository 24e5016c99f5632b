"""`privacy`: which Zoom data actions and triggers read or change, for whoever has to allow it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import typer

from .caller import catalogue
from .output import AsJson, print_json, printable
from .scopes import Keys, chosen

if TYPE_CHECKING:
    from ...privacy import Category, Privacy
    from ...scopes import Family, Usage


def privacy(
    actions: Keys = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Print which Zoom data actions and triggers read or change, what for and under which scopes, as Markdown."""
    from ...privacy import as_markdown
    from ...privacy import privacy as privacy_of

    found = privacy_of(catalogue().identity, chosen(actions))
    if as_json:
        print_json(_as_json(found))
    else:
        typer.echo(printable(as_markdown(found, catalogue().words)), nl=False)


def _as_json(found: "Privacy") -> dict[str, object]:
    return {
        "sign_in": {"purpose": found.sign_in_purpose, "scopes": _scopes(found.sign_in)},
        "data": [_category(each) for each in found.categories],
    }


def _category(category: "Category") -> dict[str, object]:
    return {
        "category": category.key,
        "title": category.title,
        "purpose": category.purpose,
        "actions": [
            {"action": part.action.key, "title": part.action.title, "effect": part.effect, "items": part.items}
            for part in category.parts
        ],
        "scopes": _scopes(category.scopes),
    }


def _scopes(scopes: "Mapping[tuple[Usage, Family], Sequence[str]]") -> list[dict[str, object]]:
    return [{"usage": usage, "family": family, "scopes": names} for (usage, family), names in scopes.items()]
