"""The language of whoever types, on the command line itself."""

from pathlib import Path

import pytest
from typer import rich_utils
from typer.testing import CliRunner

from zoom_connector.catalogue import Catalogue
from zoom_connector.hosts.cli.commands import app
from zoom_connector.hosts.cli.help_texts import FRAME, WRONG_USAGE


def read(language: str, *arguments: str) -> str:
    env = {"ZOOM_CONNECTOR_LANG": language, "COLUMNS": "200"}
    return " ".join(CliRunner().invoke(app, arguments, env=env).output.split())


@pytest.mark.parametrize("language", ["en", "fr", "nl", "ru"])
def test_help_is_in_the_callers_language(language: str) -> None:
    words = Catalogue(language=language).words

    every, one, group = (read(language, *path, "--help") for path in ((), ("run",), ("approvals",)))

    assert words("Connect to Zoom and run its actions.") in every
    assert words("Look around") in every
    assert words("The connection to use.") in one
    assert [
        text
        for text in ("Usage:", "Options", "[required]", "Show this message and exit.")
        if words.text(text) not in one
    ] == []
    assert [
        text for text in ("Usage:", "Commands", "Show this message and exit.") if words.text(text) not in group
    ] == []


def test_one_callers_language_is_not_the_next_callers() -> None:
    first, second, third = (read(language, "explain", "4738") for language in ("fr", "en", "ru"))

    titles = [Catalogue(language=each).errors["approval_withdrawn"]["title"] for each in ("fr", "en", "ru")]
    assert [first.startswith(titles[0]), second.startswith(titles[1]), third.startswith(titles[2])] == [True] * 3


def test_the_frame_is_what_typer_writes() -> None:
    source = Path(rich_utils.__file__).read_text(encoding="utf-8")

    assert [name for name, english in FRAME.items() if f'{name} = _("{english}")' not in source] == []


WRONG = [
    (("run",), "Missing argument {name}."),
    (("app-manifest",), "Missing option {name}. Choose from:{names}"),
    (("app-manifest", "--usage", "x"), "Value error, {value} is not one of {names}."),
    (("akctions",), "No such command {name}. Did you mean {names}?"),
    (("qqq",), "No such command {name}."),
    (("show", "sales", "--conection", "x"), "No such option: {name}"),
    (("run", "list_meetings", "--outputt"), "No such option: {name} (Possible options: {names})"),
    (("show", "sales", "more"), "Got unexpected extra argument(s) ({names})"),
    (("run", "list_meetings", "--connection"), "Option {name} requires an argument."),
    (("serve", "--port", "x"), "Invalid value for {name}: {reason}"),
    (("serve", "--port", "x"), "Input should be a valid integer, unable to parse string as an integer"),
    (("serve", "--port", "99999"), "Input should be less than or equal to {number}"),
    (("serve", "--port", "-1"), "Input should be greater than or equal to {number}"),
]


@pytest.mark.parametrize(("arguments", "template"), WRONG)
def test_wrong_usage_is_told_in_the_callers_language(arguments: tuple[str, ...], template: str) -> None:
    begins = {language: Catalogue(language=language).words.text(template).split("{")[0] for language in ("en", "ru")}
    english, russian = read("en", *arguments), read("ru", *arguments)

    assert begins["en"] in english
    assert begins["ru"] in russian
    assert begins["en"] not in russian


def test_all_that_is_said_of_wrong_usage_is_what_typer_says() -> None:
    assert {template for _, template in WRONG} == set(WRONG_USAGE)
