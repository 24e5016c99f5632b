"""Promise: whoever reads only their own language connects, fails and mends it without an English sentence of ours."""

import re
import socket
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from spoken import LANGUAGES, each_of, every_text, translations
from typer.testing import CliRunner

from zoom_connector.hosts.cli.commands import app
from zoom_connector.sandbox import Person, Sandbox, seed

KEY = "c3ludGhldGljLWtleS1vbmx5LWZvci10ZXN0cy0wMDE="
NOT_FOR_ME = "You cannot authorize Sandbox automation"


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def zoom() -> Iterator[Sandbox]:
    with Sandbox() as zoom:
        yield zoom


@pytest.fixture
def run(language: str, zoom: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Runs a command for somebody who speaks a language, checks how it ends, and returns what they read."""
    env = {
        "ZOOM_CONNECTOR_LANG": "",
        "LC_ALL": f"{language}_XX.UTF-8",
        "ZOOM_CONNECTOR_ZOOM_URL": zoom.url,
        "ZOOM_CONNECTOR_API_URL": zoom.url,
        "ZOOM_CONNECTOR_CLIENT_ID": seed.CLIENT_ID,
        "ZOOM_CONNECTOR_CLIENT_SECRET": seed.CLIENT_SECRET,
        "ZOOM_CONNECTOR_DATABASE_URL": f"sqlite:///{tmp_path / 'connections.db'}",
        "ZOOM_CONNECTOR_SECRET_KEY": KEY,
        "COLUMNS": "500",
    }

    def command(*words: str, ends: int = 0, clicks: Callable[[str], object] = str) -> str:
        monkeypatch.setattr(webbrowser, "open", lambda url: bool(clicks(url) or True))
        result = CliRunner().invoke(app, words, env=env)
        assert result.exit_code == ends, result.output
        return result.output

    return command


def test_nobody_meets_an_english_sentence(language: str, zoom: Sandbox, run: Callable[..., str]) -> None:
    host, admin = Person(zoom.url, seed.HOST), Person(zoom.url, seed.ADMIN)
    port = ("--port", free_port())

    read = [
        run("connect", "sales", "--refused", NOT_FOR_ME, *port, ends=3),
        run("connect", "sales", *port, clicks=host.authorize),
        run("connections"),
        run("test", "sales"),
        run("run", "get_my_user", "-c", "sales"),
    ]
    zoom.withdraw_approval(seed.CLIENT_ID)
    read += [
        run("run", "list_meetings", "-c", "sales", ends=3),
        run("doctor", "sales", ends=3),
        run("explain", "4738"),
        run("connections"),
    ]

    def approves_and_authorizes(url: str) -> None:
        admin.pre_approve(url)
        host.authorize(url)

    read += [
        run("connect", "sales", *port, clicks=approves_and_authorizes),
        run("run", "create_meeting", "-c", "sales", "topic=Kick-off", ends=2),
        run("run", "list_meetings", "-c", "sales"),
        run("doctor", "sales"),
    ]

    assert english_in(" ".join(read), language) == []


def english_in(text: str, language: str) -> list[str]:
    """Return what of our English is in a text; labels that a translation quotes in English are not ours."""
    text = " ".join(text.split())
    quoted = "\n".join(text for said in translations(language).values() for text in each_of(said))
    pieces = {piece.strip() for english in every_text() for piece in re.split(r"\{\w+\}|[\[\]\n]", english)}
    sentences = (piece for piece in pieces if len(piece) > 8 and len(piece.split()) > 1)
    return sorted(piece for piece in sentences if piece in text and piece not in quoted)


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
