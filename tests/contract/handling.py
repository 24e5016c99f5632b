"""Run one handler against a foreign server in Zoom's place, and note what the server is sent."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from zoom.foreign import Clients, Grant, MemoryClaims, MovableClock, Reply, Seen, Server, reply, running

from zoom_connector import Outputs, Page, ZoomClient
from zoom_connector.calls import Call
from zoom_connector.catalogue import Catalogue
from zoom_connector.inputs import normalise
from zoom_connector.zoom.progress import Progress, silent
from zoom_connector.zoom.transport import new_session

CATALOGUE = Catalogue()
NO_CONTENT = Reply(204)


@dataclass(frozen=True)
class Sent:
    """One request to Zoom's API; the path is below `/v2`."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any = None


class Foreign:
    """A server in Zoom's place, and a client of it for the handlers of this connector."""

    def __init__(self, server: Server, clients: Clients) -> None:
        self.url = server.url
        self.clock = server.clock
        self._server = server
        self._clients = clients

    @property
    def sent(self) -> list[Sent]:
        return [
            Sent(seen.method, seen.path.removeprefix("/v2"), dict(seen.query), seen.json) for seen in self._server.seen
        ]

    def hold(self, *scopes: str) -> None:
        """Give the grant these scopes; it has none before."""
        self._clients.grant.scopes = frozenset(scopes)

    def answer(self, answers: Mapping[str, Any]) -> None:
        """Say what to answer: method, blank and path below `/v2` (a regular expression) -> JSON value or reply.

        A list of them is given one after the other; what nobody named is Zoom's 404.
        """
        left = {call: list(value) if isinstance(value, list) else None for call, value in answers.items()}

        def give(seen: Seen) -> Reply:
            asked = f"{seen.method} {seen.path.removeprefix('/v2')}"
            for call, value in answers.items():
                if re.fullmatch(call, asked):
                    rest = left[call]
                    chosen = rest.pop(0) if rest else value
                    return chosen if isinstance(chosen, Reply) else reply(chosen)
            return reply({"code": 2300, "message": "This API endpoint is not recognized."}, 404)

        self._server.answer = give

    def run(self, key: str, inputs: Mapping[str, Any], progress: Progress = silent) -> Outputs:
        """Run the handler of an action, its inputs checked as the runtime does."""
        action = CATALOGUE.actions[key]
        calls = CATALOGUE.operations if action.any_operation else action.calls
        zoom = self._clients(*calls, any_operation=action.any_operation, progress=progress)
        outputs: Outputs = import_module(f"zoom_connector.actions.{key}").run(zoom, normalise(action.inputs, inputs))
        return outputs

    def poll(self, key: str, cursor: Mapping[str, Any], **filters: Any) -> Page:
        """Make one turn of the poll of a trigger."""
        poll = import_module(f"zoom_connector.triggers.{key}").poll
        # Between two turns the store keeps the cursor as JSON.
        page: Page = poll(self.client(CATALOGUE.triggers[key].calls), json.loads(json.dumps(cursor)), filters)
        return page

    def client(self, calls: Sequence[Call]) -> ZoomClient:
        """Make a client for some calls."""
        return self._clients(*calls)


@contextmanager
def foreign() -> Iterator[Foreign]:
    """Start the server."""
    clock = MovableClock()
    with running(clock) as server, new_session() as session:
        yield Foreign(server, Clients(Grant(server.url), session, clock, server, MemoryClaims()))
