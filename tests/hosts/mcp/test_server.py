"""The official client calls tools, in this process."""

import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import mcp_types as types
import pytest
from e2e.every_action import connected, filled_in
from e2e.world import World
from mcp.client.client import Client
from mcp.shared.exceptions import MCPError

from zoom_connector import Connection
from zoom_connector.hosts.mcp.server import mcp_server
from zoom_connector.outputs import MASK, mask
from zoom_connector.sandbox import Fault

KICK_OFF = {"topic": "Kick-off", "start_time": "2030-01-07T10:00", "timezone": "Europe/Amsterdam"}


def asked(connection: Connection, ask: Callable[[Client], Awaitable[Any]], *keys: str) -> Any:
    """Let a client ask something of a server that offers these actions, or all of them."""
    actions = connection.connector.actions

    async def session() -> Any:
        async with Client(mcp_server(connection, [actions[key] for key in keys or actions])) as client:
            return await ask(client)

    return anyio.run(session)


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with connected(tmp_path_factory.mktemp("everything")) as connection:
        yield connection


def test_the_outputs_of_every_action_pass_the_clients_check(everything: Connection) -> None:
    actions = everything.connector.actions

    async def run_all(client: Client) -> list[str]:
        await client.list_tools()
        failed = []
        for key, action in actions.items():
            if action.request:
                result = await client.call_tool(key, dict(filled_in(action)))
                failed += [key] if result.is_error else []
            else:  # a handler's calls are not answered with its sample, so the client is handed the sample itself
                content = mask(action.outputs, action.sample, ())
                await client.session.validate_tool_result(
                    key, types.CallToolResult(content=[], structured_content=content)
                )
        return failed

    assert asked(everything, run_all) == []


def test_a_tool_makes_a_meeting_and_keeps_its_secrets(world: World, sales: Connection) -> None:
    result = asked(sales, lambda client: client.call_tool("create_meeting", KICK_OFF), "create_meeting")

    assert (result.is_error, result.structured_content["start_url"]) == (False, MASK)
    assert result.structured_content["topic"] == "Kick-off"
    assert result.content[0].text.startswith('{"id": "')


def test_a_wrong_call_is_explained_so_that_an_agent_can_mend_it(sales: Connection) -> None:
    result = asked(sales, lambda client: client.call_tool("create_meeting", {"duration": "long"}), "create_meeting")

    assert result.is_error
    assert (result.structured_content["code"], result.structured_content["who"]) == (
        "inputs_invalid",
        "workflow_author",
    )
    assert "duration" in result.content[0].text


def test_a_refusal_of_zoom_says_who_must_act(world: World, sales: Connection) -> None:
    world.zoom.faults.add(Fault("withdrawn", times=None))

    result = asked(sales, lambda client: client.call_tool("list_meetings", {}), "list_meetings")

    assert (result.structured_content["code"], result.structured_content["who"]) == ("approval_withdrawn", "zoom_admin")


def test_a_tool_that_is_not_offered_cannot_be_called(sales: Connection) -> None:
    async def call(client: Client) -> str:
        with pytest.raises(MCPError) as caught:
            await client.call_tool("delete_meeting", {"meeting_id": "1"})
        return str(caught.value)

    assert asked(sales, call, "list_meetings") == "Unknown tool: delete_meeting"


def test_a_download_tells_how_far_it_is(world: World, sales: Connection, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    told: list[tuple[float, float | None]] = []

    async def tell(progress: float, total: float | None, message: str | None) -> None:
        told.append((progress, total))

    wanted = {"from": "2026-03-01", "to": "2026-03-03", "folder": str(folder)}
    result = asked(
        sales,
        lambda client: client.call_tool("download_recordings", wanted, progress_callback=tell),
        "download_recordings",
    )

    assert not result.is_error
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1][0] == sum(path.stat().st_size for path in folder.iterdir() if not path.name.startswith("."))


def test_a_client_that_goes_ends_its_run(world: World, sales: Connection, tmp_path: Path) -> None:
    slow = world.zoom.faults.add(Fault("slow", path="/users/{userId}/recordings"))
    wanted = {"from": "2026-03-01", "to": "2026-03-03", "folder": str(tmp_path)}

    async def leave(client: Client) -> None:
        with anyio.move_on_after(0.2):
            await client.call_tool("download_recordings", wanted)
        slow.release()

    asked(sales, leave, "download_recordings")
    for thread in threading.enumerate():
        if thread.name.startswith("AnyIO worker"):
            thread.join(20)

    assert [failed.code for failed in sales.connector.engine.store.failures.recent()] == ["run_stopped"]
