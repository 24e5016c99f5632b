"""`zoom-connector mcp` as a process of its own, asked by clients that nobody here wrote."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import pytest
import requests
from e2e.world import World, settings_from
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters

from zoom_connector import Connection

PROGRAM = [sys.executable, "-W", "error", "-c", "from zoom_connector.hosts.cli import main; main()"]
CREATE = ["topic=Kick-off", "start_time=2030-01-07T10:00", "timezone=Europe/Amsterdam"]
KEY = "example-api-key"


@pytest.fixture
def env(world: World, sales: Connection) -> dict[str, str]:
    """What the program is started with, once somebody has connected."""
    database = world.settings.database_url.get_secret_value()
    given = settings_from(world.zoom, database, api_key=KEY)
    named = {f"ZOOM_CONNECTOR_{name.upper()}": value for name, value in given.items()}
    return {**named, "PATH": os.environ["PATH"], "HOME": str(Path(database.removeprefix("sqlite:///")).parent)}


@contextmanager
def serving(env: Mapping[str, str]) -> Iterator[str]:
    """Serve over HTTP, and give the address."""
    command = [*PROGRAM, "mcp", "--http", "--port", "0"]
    with subprocess.Popen(command, env=dict(env), text=True, stderr=subprocess.PIPE) as process:
        assert process.stderr
        try:
            yield next(found[0] for line in process.stderr if (found := re.search(r"http://127\S+/mcp", line)))
        finally:
            process.terminate()


def inspect(*arguments: str) -> Any:
    """Ask through the MCP Inspector's command line.

    https://github.com/modelcontextprotocol/inspector
    """
    program = os.environ.get("MCP_INSPECTOR")
    if not program:
        pytest.skip("MCP_INSPECTOR is not set")
    told = subprocess.run([program, "--cli", *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stderr
    return json.loads(told.stdout)


def test_the_official_client_speaks_over_standard_input_and_output(env: dict[str, str]) -> None:
    server = StdioServerParameters(
        command=PROGRAM[0], args=[*PROGRAM[1:], "mcp", "--action", "list_time_zones"], env=env
    )

    async def session() -> tuple[list[str], list[Any]]:
        async with Client(server) as client:
            listed = await client.list_tools()
            called = await client.call_tool("list_time_zones", {})
            return [tool.name for tool in listed.tools], called.structured_content["time_zones"]

    tools, zones = anyio.run(session)

    assert tools == ["list_time_zones"]
    assert "Europe/Amsterdam" in [zone["id"] for zone in zones]


def test_over_http_nobody_is_served_without_the_key(env: dict[str, str]) -> None:
    with serving(env) as address:
        answers = [
            requests.post(address, json={}, headers=headers, timeout=20)
            for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Bearer {KEY}"})
        ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers[:2]] == [(401, "api_key_missing")] * 2
    assert answers[2].status_code not in (401, 403)


def test_the_inspector_lists_and_calls_tools_over_standard_input_and_output(env: dict[str, str]) -> None:
    given = [part for name, value in env.items() for part in ("-e", f"{name}={value}")]
    server = [*PROGRAM, "mcp"]

    tools = inspect(*given, *server, "--method", "tools/list")["tools"]
    fields = [part for field in CREATE for part in ("--tool-arg", field)]
    made = inspect(*given, *server, "--method", "tools/call", "--tool-name", "create_meeting", *fields)

    assert "create_meeting" in [tool["name"] for tool in tools]
    assert made["structuredContent"]["topic"] == "Kick-off"


def test_the_inspector_lists_and_calls_tools_over_http(env: dict[str, str]) -> None:
    with serving(env) as address:
        server = [address, "--transport", "http", "--header", f"Authorization: Bearer {KEY}"]
        tools = inspect(*server, "--method", "tools/list")["tools"]
        fields = [part for field in CREATE for part in ("--tool-arg", field)]
        made = inspect(*server, "--method", "tools/call", "--tool-name", "create_meeting", *fields)

    assert "create_meeting" in [tool["name"] for tool in tools]
    assert made["structuredContent"]["topic"] == "Kick-off"
