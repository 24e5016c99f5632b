"""`api-keys`."""

import json

from .conftest import Cli


def test_a_key_is_made_listed_and_revoked(cli: Cli) -> None:
    key = json.loads(cli("api-keys", "create", "n8n", "--json").stdout)["key"]
    listed = json.loads(cli("api-keys", "list", "--json").stdout)
    shown = cli("api-keys", "list").stdout
    revoked = cli("api-keys", "revoke", "n8n")
    again = cli("api-keys", "revoke", "n8n")

    assert key.startswith("zck_")
    assert [each.keys() for each in listed] == [{"name", "since"}]
    assert "n8n" in shown
    assert key not in shown
    assert (revoked.exit_code, again.exit_code) == (0, 3)
    assert "No key was made yet" in cli("api-keys", "list").stdout


def test_a_key_that_was_made_lets_others_be_served(cli: Cli) -> None:
    before = cli("serve", "--host", "192.0.2.1", "--port", "0")
    cli("api-keys", "create", "n8n")
    after = cli("serve", "--host", "192.0.2.1", "--port", "0")

    assert "ZOOM_CONNECTOR_API_KEY" in before.stderr
    assert "cannot be used here" in after.stderr  # the address is no machine's, so nothing is opened
