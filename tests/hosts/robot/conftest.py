"""Robot Framework, run in this process against a local Zoom."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from e2e.world import World, settings_from
from robot import run
from robot.api import ExecutionResult
from robot.result import Result, TestCase

import zoom_connector
from zoom_connector import Connector
from zoom_connector.sandbox import Sandbox, seed
from zoom_connector.settings import Settings
from zoom_connector.store.cipher import new_key


@dataclass(frozen=True)
class Robot:
    """Runs tasks."""

    zoom: Sandbox
    connector: Connector
    folder: Path

    def run(self, source: Path, **options: object) -> Result:
        """Run a file and return what `output.xml` says."""
        silent = {"stdout": io.StringIO(), "stderr": io.StringIO(), "log": "NONE", "report": "NONE"}
        run(str(source), outputdir=str(self.folder), **{**silent, **options})
        result: Result = ExecutionResult(str(self.folder / "output.xml"))
        return result

    def task(self, *lines: str, **options: object) -> TestCase:
        """Run one task."""
        source = self.folder / "task.robot"
        body = "\n".join(f"    {line}" for line in lines)
        library = "*** Settings ***\nLibrary    zoom_connector.hosts.robot    connection=sales"
        source.write_text(f"{library}\n*** Tasks ***\nTask\n{body}\n", encoding="utf-8")
        (task,) = self.run(source, **options).suite.tests
        return task


@pytest.fixture
def robot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Robot]:
    """Robot Framework on a machine that is connected as sales."""
    with Sandbox() as zoom:
        given = settings_from(
            zoom,
            f"sqlite:///{tmp_path / 'connections.db'}",
            secret_key=new_key(),
            webhook_secret=seed.WEBHOOK_SECRET,
        )
        for name, value in given.items():
            monkeypatch.setenv(f"ZOOM_CONNECTOR_{name.upper()}", value)
        settings = Settings.load(**given)
        with zoom_connector.load(settings=settings) as connector:
            World(zoom, settings).connect(connector, "sales")
            yield Robot(zoom, connector, tmp_path)
