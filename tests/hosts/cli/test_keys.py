import json
from pathlib import Path

from zoom_connector.store.cipher import fingerprint

from .conftest import KEY, Cli


def with_keys(cli: Cli, *keys: str) -> Cli:
    return Cli({**cli.env, "ZOOM_CONNECTOR_SECRET_KEY": ",".join(keys)})


def test_a_new_key_is_all_that_is_printed(cli: Cli) -> None:
    first, second = cli("keys", "new").stdout, cli("keys", "new").stdout

    assert (len(first.strip()), first == second) == (44, False)


def test_the_keys_in_use_are_listed_by_their_names(connected: Cli) -> None:
    listed = json.loads(connected("keys", "--json").stdout)

    assert [(key["fingerprint"], key["seals"] > 0) for key in listed] == [(fingerprint(KEY), True)]
    assert fingerprint(KEY)[:12] in connected("keys").stdout


def test_a_key_is_changed_in_three_steps(connected: Cli) -> None:
    new = connected("keys", "new").stdout.strip()

    both = with_keys(connected, new, KEY)
    listed, rotated = both("keys"), both("keys", "rotate")
    after = with_keys(connected, new)("test", "sales")
    too_late = connected("connections")

    assert "zoom-connector keys rotate" in listed.stdout
    assert f"needs only the key {fingerprint(new)[:12]} now" in " ".join(rotated.stdout.split())
    assert (rotated.exit_code, after.exit_code, too_late.exit_code) == (0, 0, 3)
    assert "The key does not fit the database" in too_late.stderr


def test_a_rotation_without_a_newer_key_says_how_to_get_one(connected: Cli) -> None:
    rotated = connected("keys", "rotate")

    assert rotated.exit_code == 0
    assert "zoom-connector keys new" in rotated.stdout


def test_a_store_is_copied_to_the_database_of_the_settings(connected: Cli, tmp_path: Path) -> None:
    old = connected.env["ZOOM_CONNECTOR_DATABASE_URL"]
    moved = Cli({**connected.env, "ZOOM_CONNECTOR_DATABASE_URL": f"sqlite:///{tmp_path / 'moved.db'}"})

    copied = moved("copy-store", old, "--json")

    assert json.loads(copied.stdout) == {"connections": 1}
    assert moved("test", "sales").exit_code == 0
    assert moved("copy-store", old).exit_code == 3
