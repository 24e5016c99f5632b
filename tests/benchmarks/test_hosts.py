"""What a host costs: one action through it against the same action in Python, in one run on one machine.

The action asks Zoom nothing, so that only the ways in are measured. `docs/performance.md` has what was reached.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from e2e.every_action import connected
from hosts.http.serving import serving
from mcp.client.client import Client

from zoom_connector import Connection
from zoom_connector.catalogue import Catalogue
from zoom_connector.hosts.mcp.server import mcp_server

ROUNDS = 5
"""The best of so many counts: other programs only ever make something slower."""
CALLS = 100
ACTION = "list_time_zones"


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with connected(tmp_path_factory.mktemp("connected")) as connection:
        yield connection


def test_one_action_through_each_host(connection: Connection, capsys: pytest.CaptureFixture[str]) -> None:
    connection.run(ACTION, {})
    python = best(lambda: times(lambda: connection.run(ACTION, {})))

    with serving(connection.connector) as served:
        http = best(lambda: times(lambda: served.post(f"/connections/{connection.name}/actions/{ACTION}", json={})))
    agent = with_client(connection, lambda client: client.call_tool(ACTION, {}))

    tell(capsys, f"one action: Python {python:.2f} ms, HTTP {http / python:.1f} times, MCP {agent / python:.1f} times")
    assert http / python < 20
    assert agent / python < 20


def test_all_tools_listed(connection: Connection, capsys: pytest.CaptureFixture[str]) -> None:
    schemas = [(action.inputs, action.outputs) for action in connection.connector.actions.values()]
    written = best(lambda: times(lambda: json.loads(json.dumps(schemas)), 5))

    listed = with_client(connection, lambda client: client.list_tools(), 5)

    tell(capsys, f"all tools listed: {listed:.0f} ms, {listed / written:.1f} times writing and reading their schemas")
    assert listed / written < 20


def test_all_manifests_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    catalogue = Catalogue()
    files = [
        Path(str(file))
        for kind in ("actions", "triggers")
        for file in Path(str(catalogue.folder), kind).rglob("*.json")
    ]
    parsed = best(lambda: times(lambda: [json.loads(file.read_text(encoding="utf-8")) for file in files], 1))

    loaded = best(lambda: times(load_all, 1))

    tell(capsys, f"all {len(files)} manifests loaded: {loaded:.0f} ms, {loaded / parsed:.1f} times parsing their JSON")
    assert loaded / parsed < 5


def load_all() -> None:
    catalogue = Catalogue()
    for action in catalogue.actions.values():
        assert action.title
    for trigger in catalogue.triggers.values():
        assert trigger.title


def with_client(connection: Connection, ask: Callable[[Client], Any], calls: int = CALLS) -> float:
    """Return the milliseconds that a question takes the official client, over streams."""
    server = mcp_server(connection, list(connection.connector.actions.values()))

    async def session() -> float:
        async with Client(server, mode="legacy", cache=None) as client:
            await client.list_tools()
            rounds = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                for _ in range(calls):
                    await ask(client)
                rounds.append((time.perf_counter() - began) / calls * 1000)
            return min(rounds)

    return anyio.run(session)


def best(measure: Callable[[], float]) -> float:
    return min(measure() for _ in range(ROUNDS))


def times(work: Callable[[], object], calls: int = CALLS) -> float:
    """Return the milliseconds that it takes once."""
    began = time.perf_counter()
    for _ in range(calls):
        work()
    return (time.perf_counter() - began) / calls * 1000


def tell(capsys: pytest.CaptureFixture[str], line: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{line}\n")
