"""What the README shows is true."""

import json
import re
from pathlib import Path

from zoom_connector.catalogue import Catalogue
from zoom_connector.validate import validate

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_manifest_in_the_readme_has_no_fault(tmp_path: Path) -> None:
    manifest = next(block for block in re.findall(r"```json\n(.*?)```", README, re.DOTALL) if '"request"' in block)
    file = tmp_path / "actions" / "users" / "get_presence.json"
    file.parent.mkdir(parents=True)
    file.write_text(manifest)

    assert validate(tmp_path) == []
    assert Catalogue(tmp_path).actions["get_presence"].sample == json.loads(manifest)["sample"]
