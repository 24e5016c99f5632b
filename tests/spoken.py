"""Every text of ours that people read, as it stands in English: what a translator is given."""

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import typer

from zoom_connector.catalogue import Catalogue
from zoom_connector.hosts.cli.commands import app
from zoom_connector.hosts.cli.help_texts import FRAME, WRONG_USAGE
from zoom_connector.words import Translation, Words

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "manifests" / "locales"
LANGUAGES = ("fr", "nl", "ru")


def translations(language: str) -> dict[str, Translation]:
    read: dict[str, Translation] = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    return read


def each_of(translation: Translation) -> list[str]:
    """Return what an English text is called, everywhere and by place."""
    return [translation] if isinstance(translation, str) else list(translation.values())


class Heard(Words):
    """A language that nobody speaks, which notes what it is asked to say, and in which manifest."""

    def __init__(self) -> None:
        super().__init__("und")
        self.places: dict[str, set[str]] = {}
        self._within = ""

    def within(self, place: str) -> Words:
        self._within = place
        return self

    def text(self, english: str) -> str:
        self.places.setdefault(english, set()).add(self._within)
        return english


@cache
def every_text() -> frozenset[str]:
    """Return all of them; a text without a letter needs no translation."""
    heard = of_manifests().keys() | of_commands() | {text for text in of_source() if text is not None}
    return frozenset(text for text in heard if any(letter.isalpha() for letter in text))


@cache
def of_manifests() -> dict[str, set[str]]:
    """Return the texts, each with the manifests it stands in."""
    catalogue, heard = Catalogue(), Heard()
    catalogue.words = heard
    every = (*catalogue.actions.values(), *catalogue.triggers.values())
    read = (catalogue.identity, catalogue.errors, catalogue.doctor, catalogue.approvals, catalogue.publisher)
    assert all((every, *read))
    return heard.places


def of_source() -> Iterator[str | None]:
    """Give what `words` is called with, and what progress is told; None for what no translator could know."""
    for file in (path for folder in ("connector", "actions", "triggers") for path in (ROOT / folder).rglob("*.py")):
        for call in calls(file):
            if called(call) == "words":
                yield plain(call.args[0])
            elif called(call) == "progress" and len(call.args) == 3 and plain(call.args[2]):
                yield plain(call.args[2])


def of_commands() -> set[str]:
    return {*_help(typer.main.get_command(app)), *FRAME.values(), *WRONG_USAGE}


def _help(command: Any) -> Iterator[str]:
    for holder in (command, *command.params):
        texts = (getattr(holder, name, None) for name in ("help", "short_help", "epilog", "rich_help_panel"))
        yield from (text for text in texts if isinstance(text, str))
    for each in getattr(command, "commands", {}).values():
        yield from _help(each)


def calls(file: Path) -> Iterator[ast.Call]:
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    return (node for node in nodes if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def plain(value: ast.expr) -> str | None:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else None
