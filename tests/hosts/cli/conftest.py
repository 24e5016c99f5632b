"""The real command line, against a local Zoom."""

import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import sqlite
from typer.testing import CliRunner, Result
from typer.utils import get_params_from_function

import zoom_connector
from zoom_connector.hosts.cli.commands import app
from zoom_connector.oauth.loopback import Loopback
from zoom_connector.sandbox import Person, Sandbox, seed
from zoom_connector.settings import Settings

PROGRAM = [sys.executable, "-W", "error", "-c", "from zoom_connector.hosts.cli import main; main()"]
KEY = "c3ludGhldGljLWtleS1vbmx5LWZvci10ZXN0cy0wMDE="


@dataclass(frozen=True)
class Cli:
    """Runs commands with an environment of their own."""

    env: dict[str, str]

    def __call__(self, *arguments: str, input: str | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=input, env=self.env)


@contextmanager
def started(*arguments: str, env: Mapping[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Run the program, and make an end of it whatever happens."""
    with subprocess.Popen(
        [*PROGRAM, *arguments],
        env=env,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


Browser = Callable[[Callable[[str], object]], None]


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture(scope="session", autouse=True)
def signatures_are_read_once() -> Iterator[None]:
    """Typer reads those of all commands for every run, as each would be in a process of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typer.main.get_params_from_function", cache(get_params_from_function))
        yield


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    """Decide what happens in the browser of this machine."""

    def clicks(click: Callable[[str], object]) -> None:
        monkeypatch.setattr(webbrowser, "open", lambda url: bool(click(url) or True))

    return clicks


@pytest.fixture
def zoom() -> Iterator[Sandbox]:
    with Sandbox() as zoom:
        yield zoom


@pytest.fixture
def cli(zoom: Sandbox, tmp_path: Path) -> Cli:
    """The command line of somebody who has no connection yet."""
    return Cli(
        {
            "ZOOM_CONNECTOR_ZOOM_URL": zoom.url,
            "ZOOM_CONNECTOR_API_URL": zoom.url,
            "ZOOM_CONNECTOR_CLIENT_ID": seed.CLIENT_ID,
            "ZOOM_CONNECTOR_CLIENT_SECRET": seed.CLIENT_SECRET,
            "ZOOM_CONNECTOR_DATABASE_URL": sqlite.new_database(tmp_path / "connections.db"),
            "ZOOM_CONNECTOR_SECRET_KEY": KEY,
            "ZOOM_CONNECTOR_PLAN": "pro",
            "COLUMNS": "80",
        }
    )


@pytest.fixture
def connected(zoom: Sandbox, cli: Cli) -> Cli:
    """The command line of somebody whose connection is called sales."""
    given = {
        name.removeprefix("ZOOM_CONNECTOR_").lower(): value for name, value in cli.env.items() if name != "COLUMNS"
    }
    with (
        zoom_connector.load(settings=Settings.load(**given)) as connector,
        Loopback() as loopback,
        ThreadPoolExecutor(1) as browser,
    ):
        sign_in = connector.sign_in("sales", redirect_uri=loopback.redirect_uri)
        browser.submit(Person(zoom.url, seed.HOST).authorize, loopback.start(sign_in.url)).result()
        connector.complete(loopback.wait(20))
    return cli
