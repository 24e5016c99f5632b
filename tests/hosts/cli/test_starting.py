"""The program starts quickly, and says what it lacks."""

import subprocess
import sys
from importlib.metadata import version

from .conftest import PROGRAM

HEAVY = ("alembic", "authlib", "jsonschema", "keyring", "pydantic", "requests", "rich", "sqlalchemy", "werkzeug")


def python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_knowing_every_command_imports_no_library_that_only_one_of_them_needs() -> None:
    result = python(f"""
import sys
import zoom_connector.hosts.cli.commands
print([name for name in {HEAVY} if name in sys.modules])
""")

    assert (result.stdout.strip(), result.stderr) == ("[]", "")


def test_listing_actions_opens_neither_the_database_nor_an_http_library() -> None:
    result = python(
        f"""
import sys
from zoom_connector.hosts.cli import main
try:
    main()
finally:
    # typer itself checks arguments with pydantic
    print([name for name in {HEAVY} if name in sys.modules and name != "pydantic"], file=sys.stderr)
""",
        "actions",
        "--json",
    )

    assert (result.returncode, result.stderr.strip()) == (0, "[]")


def test_without_its_extra_the_program_says_in_one_sentence_how_to_install_it() -> None:
    result = python("import sys; sys.modules['typer'] = None\nfrom zoom_connector.hosts.cli import main\nmain()")

    assert result.returncode == 2
    assert (
        result.stderr == "The command line needs more packages; install them with: pip install 'zoom-connector[cli]'\n"
    )


def test_the_version_is_told() -> None:
    result = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout) == (0, f"zoom-connector {version('zoom-connector')}\n")


def test_a_mistyped_command_is_wrong_usage() -> None:
    result = subprocess.run([*PROGRAM, "akctions"], capture_output=True, text=True, check=False)

    assert (result.returncode, result.stdout) == (2, "")
    assert "actions" in result.stderr
    assert "Traceback" not in result.stderr
