"""Every text has its translation in every language, and every translation its text."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from spoken import LANGUAGES, LOCALES, ROOT, called, calls, each_of, every_text, of_manifests, of_source, translations

SAYING = {"say", "refuse", "table", "outcome", "step", "confirm", "prompt", "getpass", "BadParameter", "page"}
"""What puts a text before a person."""


def test_there_is_a_file_for_every_language() -> None:
    assert sorted(file.stem for file in LOCALES.iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_missing(language: str) -> None:
    assert sorted(every_text() - translations(language).keys()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_of_a_text_that_is_gone(language: str) -> None:
    assert sorted(translations(language).keys() - every_text()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_parts_commands_and_lines_of_its_text(language: str) -> None:
    said = [(english, text) for english, translation in translations(language).items() for text in each_of(translation)]

    assert [english for english, text in said if skeleton(english) != skeleton(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_by_place_names_manifests_with_its_text_and_says_something_else_there(language: str) -> None:
    by_place = {text: said for text, said in translations(language).items() if not isinstance(said, str)}

    assert {text: said.keys() - {"*"} - of_manifests()[text] for text, said in by_place.items()} == {
        text: set() for text in by_place
    }
    assert [text for text, said in by_place.items() if len(said) < 2 or len(set(said.values())) == 1] == []


def test_every_text_of_the_source_is_known_before_it_runs() -> None:
    assert None not in of_source()


@pytest.mark.parametrize("host", ["cli", "http"])
def test_whatever_is_said_can_be_said_in_every_language(host: str) -> None:
    files = sorted((ROOT / "connector/hosts" / host).glob("*.py"))

    assert [f"{file.name}:{text.lineno}: {text.value!r}" for file in files for text in untranslated(file)] == []


def skeleton(text: str) -> object:
    """Return what a translation leaves as it is."""
    parts = re.findall(r"\[([^\[\]]*)\]", text)
    outside = re.sub(r"\[[^\[\]]*\]", "", text)
    ends = (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :])
    commands = Counter(re.findall(r"zoom-connector [\w-]+|ZOOM_CONNECTOR_\w+|--[a-z-]+", text))
    return ends, text.count("\n"), commands, places(outside), sorted(places(part) for part in parts)


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def untranslated(file: Path) -> Iterator[ast.Constant]:
    """Give the words that are put before a person without `words`."""
    for call in calls(file):
        if called(call) in SAYING:
            shown = [*call.args, *(option.value for option in call.keywords if option.arg == "title")]
            yield from (text for each in shown for text in literals(each) if re.search(r"[A-Za-z]{2}", str(text.value)))


def literals(value: ast.AST) -> Iterator[ast.Constant]:
    if isinstance(value, ast.Call | ast.Subscript | ast.Compare | ast.FormattedValue):
        return  # `words`, or a function that is looked at by itself
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value
    for inner in ast.iter_child_nodes(value):
        yield from literals(inner)
