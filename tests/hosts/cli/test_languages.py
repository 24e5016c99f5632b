"""The language of whoever types, on the command line itself."""

from pathlib import Path

import pytest
from typer import rich_utils
from typer.testing import CliRunner

from zoom_connector.catalogue import Catalogue
from zoom_connector.hosts.cli.commands import app
from zoom_connector.hosts.cli.help_texts import FRAME


def read(language: str, *arguments: str) -> str:
    env = {"ZOOM_CONNECTOR_LANG": language, "COLUMNS": "200"}
    return " ".join(CliRunner().invoke(app, arguments, env=env).output.split())


@pytest.mark.parametrize("language", ["en", "fr", "nl", "ru"])
def test_help_is_in_the_callers_language(language: str) -> None:
    words = Catalogue(language=language).words

    every, one = read(language, "--help"), read(language, "run", "--help")

    assert words("Connect to Zoom and run its actions.") in every
    assert words("Look around") in every
    assert words("The connection to use.") in one
    assert [
        text for text in ("Options", "[required]", "Show this message and exit.") if words.text(text) not in one
    ] == []


def test_one_callers_language_is_not_the_next_callers() -> None:
    first, second, third = (read(language, "explain", "4738") for language in ("fr", "en", "ru"))

    titles = [Catalogue(language=each).errors["approval_withdrawn"]["title"] for each in ("fr", "en", "ru")]
    assert [first.startswith(titles[0]), second.startswith(titles[1]), third.startswith(titles[2])] == [True] * 3


def test_the_frame_is_what_typer_writes() -> None:
    source = Path(rich_utils.__file__).read_text(encoding="utf-8")

    assert [name for name, english in FRAME.items() if f'{name} = _("{english}")' not in source] == []
