"""The public names are the ones listed, and looking at manifests loads nothing heavy."""

import subprocess
import sys

import zoom_connector


def test_every_public_name_can_be_imported() -> None:
    assert [name for name in zoom_connector.__all__ if getattr(zoom_connector, name, None) is None] == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert getattr(zoom_connector, "no_such_name", "absent") == "absent"


def test_loading_the_manifests_imports_no_http_library_and_no_database() -> None:
    program = (
        "import sys, zoom_connector\n"
        "zoom_connector.load().actions['create_meeting']\n"
        "heavy = ('requests', 'authlib', 'sqlalchemy', 'pydantic', 'jsonschema')\n"
        "print([name for name in heavy if name in sys.modules])"
    )

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert result.stdout.strip() == "[]"
