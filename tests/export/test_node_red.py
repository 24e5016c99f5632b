"""Node-RED itself loads the exported nodes, and flows made with them work.

NODE_RED is the command that starts it: a Node.js and `red.js`, as in `node_red/package.json`.
"""

import json
import os
import shlex
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from export.serving import Stage, staged, written
from standardwebhooks import Webhook

PACKAGE = "node-red-contrib-zoom-connector"


@dataclass(frozen=True)
class NodeRed:
    """Node-RED with our nodes, and what happened before it."""

    stage: Stage
    node: str
    """The Node.js it runs on."""
    library: Path
    """What keeps subscriptions."""
    address: str
    heard: socket.socket
    """Where the flow of the trigger sends what it got."""

    def get(self, path: str) -> requests.Response:
        return self.session.get(f"{self.address}{path}", headers={"Accept": "application/json"}, timeout=30)

    def post(self, path: str, body: Any) -> requests.Response:
        return self.session.post(f"{self.address}{path}", json=body, timeout=30)

    @property
    def session(self) -> requests.Session:
        session = requests.Session()
        session.trust_env = False
        return session


@pytest.fixture(scope="module")
def node_red(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeRed]:
    command = os.environ.get("NODE_RED")
    if not command:
        pytest.skip("NODE_RED is not set")
    folder = tmp_path_factory.mktemp("node-red")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    package = written(folder / "node_modules" / PACKAGE, "node-red")
    with staged(folder) as stage, socket.create_server(("127.0.0.1", 0)) as heard:
        heard.settimeout(30)
        flows = flows_of(stage.address, f"http://127.0.0.1:{port}", heard.getsockname()[1])
        settings = {"uiHost": "127.0.0.1", "uiPort": port, "flowFile": "flows.json", "credentialSecret": False}
        (folder / "flows.json").write_text(json.dumps(flows))
        (folder / "settings.js").write_text(f"module.exports = {json.dumps(settings)};")
        with running(shlex.split(command), folder):
            library = package / "lib" / "subscriptions.js"
            yield NodeRed(stage, shlex.split(command)[0], library, f"http://127.0.0.1:{port}", heard)


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[None]:
    """Run Node-RED from when the last of its nodes is ready, which is the trigger."""
    with subprocess.Popen(
        [*command, "--userDir", str(folder)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if "subscribed to meeting_created" in line:
                break
        else:
            pytest.fail("".join(said))
        try:
            yield
        finally:
            process.terminate()
            process.communicate(timeout=20)


def flows_of(service: str, own: str, hears: int) -> list[dict[str, Any]]:
    """Make flows as the editor does: one answers requests by way of an action, one starts on a trigger."""
    action = {"type": "zoom-meetings", "z": "flow", "service": "service", "reveal": [], "action": "create_meeting"}
    return [
        {"id": "flow", "type": "tab", "label": "Zoom"},
        {"id": "service", "type": "zoom-connector", "name": "", "url": service, "own": own},
        {"id": "asked", "type": "http in", "z": "flow", "url": "/meetings", "method": "post", "wires": [["create"]]},
        {
            **action,
            "id": "create",
            "connection": "sales",
            "fields": {
                "topic": {"type": "msg", "value": "payload.topic"},
                "start_time": {"type": "str", "value": "2030-01-07T10:00"},
                "timezone": {"type": "str", "value": "Europe/Amsterdam"},
                "duration": {"type": "num", "value": "30"},
                "repeats": {"type": "choice", "value": "2"},
                "weekdays": {"type": "choices", "value": "2,4"},
                "repeat_times": {"type": "num", "value": "3"},
                "agenda": {"type": "msg", "value": "payload.nothing"},
                "join_before_host": {"type": "bool", "value": "false"},
                "alternative_hosts": {"type": "str", "value": "colleague@example.com"},
            },
            "wires": [["answer"]],
        },
        {"id": "answer", "type": "http response", "z": "flow", "wires": []},
        {"id": "caught", "type": "catch", "z": "flow", "scope": ["create"], "wires": [["told"]]},
        {
            "id": "told",
            "type": "change",
            "z": "flow",
            "rules": [
                {"t": "set", "p": "payload", "pt": "msg", "to": "error", "tot": "msg"},
                {"t": "set", "p": "statusCode", "pt": "msg", "to": "409", "tot": "num"},
            ],
            "wires": [["answer"]],
        },
        {
            "id": "trigger",
            "type": "zoom-trigger",
            "z": "flow",
            "service": "service",
            "connection": "sales",
            "trigger": "meeting_created",
            "fields": {"topic": {"type": "str", "value": "Retrospective"}},
            "reveal": [],
            "ordered": False,
            "safetyNet": False,
            "wires": [["line"]],
        },
        {
            "id": "line",
            "type": "template",
            "z": "flow",
            "field": "payload",
            "template": "{{topic}} {{payload.id}}\n",
            "output": "str",
            "wires": [["out"]],
        },
        {
            "id": "out",
            "type": "tcp out",
            "z": "flow",
            "beserver": "client",
            "host": "127.0.0.1",
            "port": str(hears),
            "wires": [],
        },
    ]


def test_node_red_knows_every_node_of_the_package(node_red: NodeRed) -> None:
    found = [module for module in node_red.get("/nodes").json() if module["module"] == PACKAGE]

    types = {kind for each in found for kind in each["types"]}
    assert {each.get("err") for each in found} == {None}
    assert {"zoom-connector", "zoom-trigger", "zoom-meetings", "zoom-recordings", "zoom-past-meetings"} <= types


def test_a_flow_creates_a_meeting(node_red: NodeRed) -> None:
    meeting = node_red.post("/meetings", {"topic": "Kick-off"}).json()

    made = node_red.stage.sales.run("get_meeting", {"meeting_id": meeting["id"]})
    assert (made["topic"], made["duration"], len(made["occurrences"])) == ("Kick-off", 30, 3)
    assert made["occurrences"][0]["start_time"] == "2030-01-07T09:00:00Z"
    assert made["settings"]["join_before_host"] is False
    assert made["settings"]["alternative_hosts"] == "colleague@example.com"


def test_a_failure_goes_to_the_catch_node_with_what_to_do(node_red: NodeRed) -> None:
    answer = node_red.post("/meetings", {"topic": ""})

    error = answer.json()
    assert (answer.status_code, error["code"]) == (409, "inputs_invalid")
    assert error["cause"]["who"] == "workflow_author"
    assert error["message"].startswith(error["cause"]["title"])
    assert error["message"].endswith(error["cause"]["steps"][-1])


def test_a_flow_starts_when_something_happens_at_zoom(node_red: NodeRed) -> None:
    made = node_red.stage.sales.run("create_meeting", {"topic": "Retrospective", "start_time": "2030-01-08T10:00:00Z"})

    calling, _ = node_red.heard.accept()
    calling.settimeout(30)
    with calling, calling.makefile() as lines:
        assert lines.readline() == f"meeting_created {made['id']}\n"


def test_nobody_else_starts_the_flow(node_red: NodeRed) -> None:
    body, now = '{"type":"meeting_created","data":{}}', datetime.now(UTC)
    headers = {
        "content-type": "application/json",
        "webhook-id": "msg_forged",
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook("whsec_ZXhhbXBsZS1zZWNyZXQtZm9yLXRlc3Rz").sign("msg_forged", now, body),
    }

    forged = node_red.session.post(f"{node_red.address}/zoom-connector/trigger", body, headers=headers, timeout=30)

    assert forged.status_code == 401


def test_a_subscription_outlives_a_restart_and_changes_with_its_node(node_red: NodeRed, tmp_path: Path) -> None:
    script = """
        const [library, folder, url] = process.argv.slice(1);
        const { Subscriptions } = require(library);
        const wish = (topic) => ({
            trigger: 'meeting_created', connection: 'sales', to: 'http://127.0.0.1:9/hook', filters: { topic },
        });
        const settle = (topic) => new Subscriptions(folder).settle({ url }, 'node', wish(topic));
        (async () => {
            const kept = [await settle('A'), await settle('A'), await settle('B')];
            await new Subscriptions(folder).remove({ url }, 'node');
            console.log(JSON.stringify(kept));
        })();
    """
    before = node_red.stage.sales.connector.feed.subscriptions()
    command = [node_red.node, "-e", script, str(node_red.library), str(tmp_path), node_red.stage.address]

    shown = subprocess.run(command, capture_output=True, text=True, check=True)

    made, after_a_restart, changed = json.loads(shown.stdout)
    assert made == after_a_restart
    assert changed["id"] != made["id"]
    assert node_red.stage.sales.connector.feed.subscriptions() == before


def test_an_edit_form_is_given_values_to_choose_from(node_red: NodeRed) -> None:
    zones = node_red.get("/zoom-connector/service/choices/actions/create_meeting/timezone?connection=sales&search=amst")
    connections = node_red.get("/zoom-connector/service/connections")

    assert [choice["value"] for choice in zones.json()["choices"]] == ["Europe/Amsterdam"]
    assert [each["name"] for each in connections.json()["connections"]] == ["sales"]
