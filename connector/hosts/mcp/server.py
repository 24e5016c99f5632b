"""The server: an agent lists the tools and calls them, the engine checks and runs them."""

import json
import threading
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.metadata import version
from typing import Any

import anyio
import mcp_types as types
from anyio import from_thread, to_thread
from anyio.lowlevel import current_token
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.shared.exceptions import MCPError

from ...catalogue import Action
from ...connection import Connection
from ...errors import ZoomConnectorError
from ...explain import Explanation
from .tools import tool


def mcp_server(connection: Connection, actions: Sequence[Action]) -> Server[Any]:
    """Make the server.

    Args:
        connection: what every tool is run with; whoever made it closes its connector.
        actions: what is offered.
    """
    offered = {action.key: action for action in actions}
    tools = [tool(action) for action in actions]

    async def list_tools(
        _: ServerRequestContext[Any], __: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(tools=tools)

    async def call_tool(
        context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        if params.name not in offered:
            raise MCPError(types.INVALID_PARAMS, f"Unknown tool: {params.name}")
        stop = threading.Event()
        told = Told(context)
        run = partial(connection.run, params.name, params.arguments or {}, progress=told, stop=stop)
        try:
            return _result(await to_thread.run_sync(run, abandon_on_cancel=True))
        except ZoomConnectorError as failure:
            return _failed(connection.connector.explain(failure))
        finally:
            stop.set()  # the client may have gone, or want no answer any more

    identity = connection.connector.catalogue.identity
    return Server(
        identity.key,
        version=version("zoom-connector"),
        title=identity.title,
        description=identity.description,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


class Told:
    """Tells the client how far a run is, in figures that only rise, as the protocol asks.

    https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/progress
    """

    def __init__(self, context: ServerRequestContext[Any]) -> None:
        self._context = context
        self._loop = current_token()
        self._last = 0

    def __call__(self, done: int, total: int | None, message: str) -> None:
        """Be told by any thread, one at a time; a file that has to begin anew is no news until it is past itself."""
        if done > self._last:
            self._last = done
            from_thread.run(self._context.session.report_progress, done, total, message, token=self._loop)


def _result(outputs: Mapping[str, Any]) -> types.CallToolResult:
    text = json.dumps(outputs, ensure_ascii=False)
    return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=dict(outputs))


def _failed(explanation: Explanation) -> types.CallToolResult:
    """Answer with the explanation, so that the agent can mend its call or tell its user who must act."""
    text = json.dumps(explanation.as_dict(), ensure_ascii=False)
    return types.CallToolResult(
        content=[types.TextContent(text=text)], structured_content=explanation.as_dict(), is_error=True
    )


def run_stdio(server: Server[Any]) -> None:
    """Serve the client that started this process on standard input and output, until it goes."""

    async def serve() -> None:
        async with stdio_server() as (received, sent):
            await server.run(received, sent, server.create_initialization_options())

    anyio.run(serve)
