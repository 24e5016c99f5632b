"""Prism stands in for Zoom and serves what Zoom publishes: every example passes through the real client.

https://docs.stoplight.io/docs/prism/
"""

import json
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests
from zoom.foreign import Grant, MemoryClaims, MovableClock

from contract.checks import examples
from contract.handling import CATALOGUE
from contract.spec import DEVIATIONS, NAMES_OF_IDS, Deviation, Spec
from zoom_connector.catalogue import Action
from zoom_connector.errors import ZoomConnectorError
from zoom_connector.explain import explain
from zoom_connector.zoom.client import ZoomClient
from zoom_connector.zoom.limits import Limits, MemoryBudget
from zoom_connector.zoom.sending import Sender
from zoom_connector.zoom.transport import new_session

LOCAL_TIME = Deviation(
    "start_time",
    {"format": "date-time"},
    {},
    "Beside a time zone Zoom takes local time, which is no `date-time` of RFC 3339.",
)


@pytest.fixture(scope="module")
def prism(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Prism's address."""
    program, folder = os.environ.get("PRISM"), os.environ.get("ZOOM_SPEC_DIR")
    if not program:
        pytest.skip("PRISM is not set")
    if not folder:
        pytest.skip("ZOOM_SPEC_DIR is not set")
    document = tmp_path_factory.mktemp("prism") / "zoom.json"
    document.write_text(json.dumps(published(Path(folder))))
    with serving(program, document) as address:
        yield address


def published(folder: Path) -> dict[str, Any]:
    """Put together what Zoom publishes about the calls of actions without a handler, below `/v2`."""
    spec = Spec.load(folder)
    calls = [action.request for action in CATALOGUE.actions.values() if action.request]
    wanted = {(call.method.lower(), spec.operation(call.method, call.path).path) for call in calls}
    paths: dict[str, Any] = {}
    document: dict[str, Any] = {"openapi": "3.0.0", "info": {"title": "Zoom", "version": "2"}, "paths": paths}
    for file in sorted(folder.glob("*.methods.json")):
        for path, item in json.loads(file.read_text("utf-8"))["paths"].items():
            operations = {method: operation for method, operation in item.items() if (method, path) in wanted}
            if operations:
                paths.setdefault(f"/v2{path}", {}).update(corrected(operations))
    return document


def corrected(published: Any) -> Any:
    """Apply the deviations, and leave out security: tokens are not what this is about.

    Ids may be text.
    """
    if isinstance(published, list):
        return [corrected(inner) for inner in published]
    if not isinstance(published, dict):
        return published
    result = {name: corrected(inner) for name, inner in published.items() if name != "security"}
    for name, inner in result.items():
        if NAMES_OF_IDS.search(name) and isinstance(inner, dict) and inner.get("type") == "integer":
            result[name] = {keyword: value for keyword, value in inner.items() if keyword != "type"}
    for deviation in (*DEVIATIONS, LOCAL_TIME):
        schema = result.get(deviation.field)
        if isinstance(schema, dict) and deviation.published.items() <= schema.items():
            kept = {key: value for key, value in schema.items() if key not in deviation.published}
            result[deviation.field] = kept | deviation.instead
    return result


@contextmanager
def serving(program: str, document: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [program, "mock", "--host", "127.0.0.1", "--port", str(port), str(document)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if "listening" in line:
                break
        else:
            pytest.fail("".join(said))
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def violations(address: str, action: Action) -> list[str]:
    """Run an action's examples against Prism and return what it says against the requests."""
    assert action.request is not None
    found: list[str] = []

    def note(response: requests.Response, **_: object) -> None:
        violations = json.loads(response.headers.get("sl-violations", "[]"))
        # What Prism has against its own answers is Zoom's: some of its examples break its schemas.
        ours = [each for each in violations if each["location"][0] == "request"]
        if ours or not response.ok:
            found.append(f"{response.status_code} {ours or response.text[:200]}")

    clock = MovableClock()
    with new_session() as session:
        session.hooks["response"].append(note)
        limits = Limits("business", MemoryBudget(), clock)
        sender = Sender(Grant(address), session, clock, limits, [address.removeprefix("http://")])
        zoom = ZoomClient(
            sender, [action.request], claims=MemoryClaims(), explain=partial(explain, errors=CATALOGUE.errors)
        )
        try:
            if action.request.listing:
                list(zoom.list(action.request.path, examples(action)))
            else:
                zoom.call(action.request.path, examples(action))
        except ZoomConnectorError as error:
            found.append(str(error))
    return found


def test_prism_has_nothing_against_any_example(prism: str) -> None:
    actions = {key: action for key, action in CATALOGUE.actions.items() if action.request}

    found = {key: violations(prism, action) for key, action in actions.items()}

    assert found == {key: [] for key in actions}


def test_prism_has_something_against_a_wrong_constant(prism: str) -> None:
    action = CATALOGUE.actions["end_meeting"]
    assert action.request is not None

    found = violations(prism, replace(action, request=replace(action.request, constants={"action": "stop"})))

    assert "Request body property action must be equal to one of the allowed values" in found[0]
