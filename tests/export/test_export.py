"""What is written for other platforms: the same every time, and complete."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from zoom_connector.catalogue import Catalogue
from zoom_connector.export import FORMATS, files
from zoom_connector.hosts.cli.commands import app

CATALOGUE = Catalogue()
HASHED = (
    "import hashlib, sys; from zoom_connector.catalogue import Catalogue; from zoom_connector.export import files; "
)
DIGEST = f"{HASHED}print(hashlib.sha256(repr(files(sys.argv[1], Catalogue())).encode()).hexdigest())"


@pytest.mark.parametrize("format", FORMATS)
def test_two_processes_write_the_same(format: str) -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST, format],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(digests) == 1


@pytest.mark.parametrize("format", ["n8n", "node-red"])
def test_no_place_of_a_template_stays_empty(format: str) -> None:
    texts = files(format, CATALOGUE)

    assert [name for name, text in texts.items() if "@TYPE@" in text or "@VERSION@" in text or "@HELP@" in text] == []


def test_every_action_and_trigger_has_a_form_in_node_red() -> None:
    texts = files("node-red", CATALOGUE)

    forms = {
        key: [field["name"] for field in form["fields"]]
        for name, text in texts.items()
        if name.startswith("resources/forms/")
        for key, form in json.loads(text).items()
    }
    inputs = {key: [*action.inputs["properties"]] for key, action in CATALOGUE.actions.items()}
    filters = {key: [*trigger.filters["properties"]] for key, trigger in CATALOGUE.triggers.items()}
    assert forms == inputs | filters


def test_the_command_writes_into_a_new_folder(tmp_path: Path) -> None:
    shown = CliRunner().invoke(app, ["export", "node-red", str(tmp_path / "new"), "--json"])

    told = json.loads(shown.stdout)
    there = sorted(path.relative_to(tmp_path / "new").as_posix() for path in (tmp_path / "new").rglob("*.*"))
    assert (shown.exit_code, told["files"]) == (0, there)


def test_the_command_leaves_a_folder_with_files_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("keep")

    shown = CliRunner().invoke(app, ["export", "openapi", str(tmp_path)])

    assert (shown.exit_code, [path.name for path in tmp_path.iterdir()]) == (2, ["notes.txt"])


def test_the_command_names_the_formats_there_are(tmp_path: Path) -> None:
    shown = CliRunner().invoke(app, ["export", "soap", str(tmp_path / "new")])

    assert shown.exit_code == 2
    assert all(format in shown.stderr for format in FORMATS)
