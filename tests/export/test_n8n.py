"""The package for n8n: n8n's types and linter find no fault in it, and its nodes work on the web service.

N8N_TOOLS is the folder node_modules of `n8n/package.json`. How to see the package in n8n itself: docs/n8n.md.
"""

import json
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from export.serving import Stage, staged, written
from standardwebhooks import Webhook

HOST = Path(__file__).parent / "n8n" / "host.js"
SALES = {"__rl": True, "mode": "list", "value": "sales"}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported package, with the tools it names beside it."""
    tools = os.environ.get("N8N_TOOLS")
    if not tools:
        pytest.skip("N8N_TOOLS is not set")
    folder = written(tmp_path_factory.mktemp("n8n"), "n8n")
    (folder / "node_modules").symlink_to(tools)
    return folder


@pytest.fixture(scope="module")
def built(package: Path) -> Path:
    compiled = subprocess.run(["node_modules/.bin/tsc"], check=False, cwd=package, capture_output=True, text=True)
    assert (compiled.returncode, compiled.stdout) == (0, "")
    return package


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


def run(built: Path, stage: Stage, node: str, *items: dict[str, Any], does: str = "execute") -> dict[str, Any]:
    asked = {"node": node, "items": items, "timezone": "America/New_York", "does": does}
    command = ["node", str(HOST), str(built), stage.address]
    shown = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(shown.stdout)
    return told


def meeting(**more: Any) -> dict[str, Any]:
    return {"operation": "create_meeting", "connection": SALES, "topic": "Kick-off", "additionalFields": more}


def test_the_linter_of_n8n_finds_no_fault(package: Path) -> None:
    command = ["node_modules/.bin/eslint", ".", "--max-warnings", "0"]

    linted = subprocess.run(command, check=False, cwd=package, capture_output=True, text=True)

    assert (linted.returncode, linted.stdout) == (0, "")


def test_the_node_creates_a_meeting(built: Path, stage: Stage) -> None:
    zone = {"__rl": True, "mode": "id", "value": "Europe/Amsterdam"}
    repeated = {"repeats": 2, "weekdays": ["2", "4"], "repeat_times": 3}
    hosts = "colleague@example.com, admin@example.com"
    parameters = meeting(start_time="2030-01-07T10:00:00", timezone=zone, alternative_hosts=hosts, **repeated)

    (told,) = run(built, stage, "ZoomConnector", parameters)["told"]

    made = stage.sales.run("get_meeting", {"meeting_id": told["id"]})
    assert [each["start_time"][:16] for each in made["occurrences"]] == [
        "2030-01-07T09:00",
        "2030-01-09T09:00",
        "2030-01-14T09:00",
    ]
    assert made["settings"]["alternative_hosts"] == "colleague@example.com;admin@example.com"


def test_a_time_from_the_picker_is_sent_in_the_zone_of_the_workflow(built: Path, stage: Stage) -> None:
    winter, summer, after_the_change = "2030-01-07T10:00:00", "2030-07-07T10:00:00", "2030-03-10T03:00:00"
    picked = (winter, summer, after_the_change, "2030-01-07T10:00:00+01:00")

    told = run(built, stage, "ZoomConnector", *(meeting(start_time=each) for each in picked))["told"]

    assert [each["start_time"] for each in told] == [
        "2030-01-07T15:00:00Z",
        "2030-07-07T14:00:00Z",
        "2030-03-10T07:00:00Z",
        "2030-01-07T09:00:00Z",
    ]


def test_a_second_try_of_the_same_item_creates_nothing_more(built: Path, stage: Stage) -> None:
    first = run(built, stage, "ZoomConnector", meeting(start_time="2030-02-01T10:00:00Z", agenda="Once"))
    second = run(built, stage, "ZoomConnector", meeting(start_time="2030-02-01T10:00:00Z", agenda="Once"))

    assert first["told"][0]["id"] == second["told"][0]["id"]


def test_a_failure_says_what_to_do(built: Path, stage: Stage) -> None:
    failed = run(built, stage, "ZoomConnector", {**meeting(start_time="2030-01-07T10:00:00Z"), "topic": ""})["failed"]

    assert (failed["message"], failed["httpCode"]) == ("The step is not filled in correctly", "422")
    assert failed["description"].startswith("topic: ")
    assert "<br>1. Correct the fields that are named" in failed["description"]


def test_the_trigger_has_a_subscription_while_its_workflow_is_active(built: Path, stage: Stage) -> None:
    parameters = {"event": "meeting_created", "connection": SALES, "filters": {"topic": "Retro"}, "options": {}}

    told = run(built, stage, "ZoomConnectorTrigger", parameters, does="start and stop")["told"]

    before, during, kept, after, left = told
    assert (before, during, after, left) == (False, True, False, {})
    assert kept["secret"].startswith("whsec_")
    assert stage.sales.connector.feed.subscriptions() == []


def test_only_fresh_deliveries_with_the_right_signature_count(built: Path) -> None:
    now = datetime.now(UTC)
    secret, body = "whsec_ZXhhbXBsZS1zZWNyZXQtZm9yLXRlc3Rz", '{"type":"meeting_created"}'
    signed = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", now, body),
    }
    old = {**signed, "webhook-timestamp": "1700000000"}
    script = (
        f"const {{isGenuine}} = require('{built}/dist/nodes/ZoomConnectorTrigger/signature.js');"
        "const [secret, body, ...all] = process.argv.slice(1).map(JSON.parse);"
        "console.log(JSON.stringify(all.map((headers) => isGenuine(secret, headers, Buffer.from(body)))))"
    )
    other = {**signed, "webhook-id": "msg_2"}
    told = [json.dumps(each) for each in (secret, body, signed, other, old, {})]

    shown = subprocess.run(["node", "-e", script, *told], capture_output=True, text=True, check=True)

    assert json.loads(shown.stdout) == [True, False, False, False]
