"""A new action is one JSON file: the one that the README shows is loaded and runs."""

import json
import re
import shutil
from pathlib import Path

from e2e.every_action import connected

from zoom_connector.catalogue import Catalogue

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def test_an_action_that_is_added_as_one_file_runs(tmp_path: Path) -> None:
    manifest = next(block for block in re.findall(r"```json\n(.*?)```", README, re.DOTALL) if '"request"' in block)
    folder = tmp_path / "manifests"
    shutil.copytree(str(Catalogue().folder), folder)
    (folder / "actions" / "users" / "get_presence.json").write_text(manifest, encoding="utf-8")

    with connected(tmp_path, folder) as connection:
        outputs = connection.run("get_presence", {})

    assert "get_presence" not in Catalogue().actions
    assert outputs == json.loads(manifest)["sample"]
