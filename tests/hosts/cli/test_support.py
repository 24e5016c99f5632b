"""`support-bundle` on the command line."""

import json
import zipfile
from pathlib import Path

from hosts.cli.conftest import Cli


def test_the_archive_is_written_and_no_file_is_overwritten(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "help.zip"

    written = cli("support-bundle", str(file), "--json")
    before = file.read_bytes()
    again = cli("support-bundle", str(file))

    assert (written.exit_code, json.loads(written.stdout)) == (0, {"file": str(file)})
    assert zipfile.ZipFile(file).namelist() == [
        "README.txt",
        "about.json",
        "settings.json",
        "doctor.json",
        "failures.json",
    ]
    assert (again.exit_code, file.read_bytes()) == (2, before)
