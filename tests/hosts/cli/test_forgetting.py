"""`forget`, and `disconnect` while Zoom does not answer."""

import json

from zoom_connector.sandbox import Fault, Sandbox, seed

from .conftest import Cli


def test_a_user_is_forgotten_and_the_moment_is_listed(connected: Cli) -> None:
    told = connected("forget", seed.HOST, "--yes")

    assert (told.exit_code, told.stdout) == (0, f"{seed.HOST} is forgotten. Deleted connections: sales.\n")
    assert json.loads(connected("connections", "--json").stdout) == []
    assert len(json.loads(connected("forget", "--json").stdout)) == 1
    assert len(connected("forget").stdout.splitlines()) == 1


def test_nobody_is_forgotten_without_a_question(connected: Cli) -> None:
    result = connected("forget", seed.HOST)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "--yes" in result.stderr
    assert connected("test", "sales").exit_code == 0


def test_a_user_nobody_knows_is_wrong_input(connected: Cli) -> None:
    result = connected("forget", "nobody@example.com", "--yes", "--json")

    assert (result.exit_code, json.loads(result.stdout)["code"]) == (2, "unknown_user")
    assert connected("forget").stdout == "Nobody was forgotten so far.\n"


def test_zoom_not_answering_is_told_and_keeps_nobody_from_being_forgotten(connected: Cli, zoom: Sandbox) -> None:
    zoom.faults.add(Fault("server_error", path="/oauth/revoke"))

    told = connected("forget", seed.HOST, "--yes")

    assert told.exit_code == 0
    assert "the app may still have access there" in told.stdout


def test_a_connection_stays_while_zoom_does_not_answer_unless_told_otherwise(connected: Cli, zoom: Sandbox) -> None:
    zoom.faults.add(Fault("server_error", path="/oauth/revoke", times=2))

    refused = connected("disconnect", "sales", "--json")
    anyway = connected("disconnect", "sales", "--anyway", "--json")

    assert (refused.exit_code, json.loads(refused.stdout)["code"]) == (4, "zoom_unavailable")
    assert json.loads(anyway.stdout) == {
        "name": "sales",
        "still_connected": [],
        "revoked": False,
        "unreached": True,
    }
