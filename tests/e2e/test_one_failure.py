"""Promise: however the connector is called, the same failure has the same explanation."""

import json
from typing import Any

import anyio
import pytest
from hosts.http.serving import serving
from hosts.robot.conftest import Robot, robot
from mcp.client.client import Client
from robot.result import Keyword
from typer.testing import CliRunner

from zoom_connector import Connection, MissingScopes
from zoom_connector.hosts.cli.commands import app
from zoom_connector.hosts.mcp.server import mcp_server
from zoom_connector.sandbox import Fault

__all__ = ["robot"]

ACTION = "list_meetings"
REFUSAL = Fault(
    "refused",
    path="/users/{userId}/meetings",
    times=None,
    status=400,
    code=4711,
    message="Invalid access token, does not contain scopes:[meeting:read:list_meetings].",
)


def test_every_host_explains_a_missing_scope_alike(robot: Robot) -> None:
    robot.zoom.faults.add(REFUSAL)
    sales = robot.connector.connection("sales")

    told = {
        "Python": through_python(sales),
        "command line": through_command_line(),
        "HTTP": through_http(sales),
        "MCP": through_mcp(sales),
        "Robot Framework": through_robot(robot),
    }

    tracking_ids = {told[host]["zoom"].pop("tracking_id") for host in told}
    assert (told["Python"]["code"], told["Python"]["who"]) == ("scope_missing", "connector_admin")
    assert told == dict.fromkeys(told, told["Python"])
    assert len(tracking_ids) == len(told)


def through_python(sales: Connection) -> dict[str, Any]:
    with pytest.raises(MissingScopes) as caught:
        sales.run(ACTION, {})
    return sales.connector.explain(caught.value).as_dict()


def through_command_line() -> Any:
    return json.loads(CliRunner().invoke(app, ["run", ACTION, "-c", "sales", "--json"]).stdout)


def through_http(sales: Connection) -> dict[str, Any]:
    with serving(sales.connector) as served:
        problem = served.post(f"/connections/sales/actions/{ACTION}", json={}).json()
    beside = ("type", "status", "instance")  # what a problem has by RFC 9457
    return {name: value for name, value in problem.items() if name not in beside}


def through_mcp(sales: Connection) -> Any:
    async def call() -> Any:
        async with Client(mcp_server(sales, [sales.connector.actions[ACTION]])) as client:
            return (await client.call_tool(ACTION, {})).structured_content

    return anyio.run(call)


def through_robot(robot: Robot) -> Any:
    (ran,) = robot.task("List Meetings", loglevel="DEBUG").body
    assert isinstance(ran, Keyword)
    said = [message.message or "" for message in ran.messages]
    return json.loads(next(text for text in said if text.startswith("{")))
