"""Waiting for something to happen at Zoom, as keywords."""

from collections.abc import Mapping
from contextlib import ExitStack
from datetime import timedelta
from queue import Empty, Queue
from typing import Any

from ...connection import Connection
from ...errors import NotReady
from ...events.messages import Message
from ...events.wishes import Wish
from .keywords import Keyword

KEYWORDS = {
    "start_waiting_for": Keyword(
        ("trigger", "*", ("safety_net", False), "**filters"),
        {"trigger": str, "safety_net": bool},
        """Keeps what happens at Zoom from now on, for `Wait For Event`.

Only events from now on count, so begin before the keyword that makes something happen:

| Start Waiting For    recording_completed    topic=Kick-off
| End Meeting    ${meeting}[id]
| ${recording} =    Wait For Event    recording_completed    timeout=30 min

Args:
    trigger: What to wait for; ``zoom-connector triggers`` lists them.
    safety_net: Ask Zoom every few minutes too, for when no event of Zoom gets here. Not every trigger can.
    filters: What it is narrowed down by; ``zoom-connector describe TRIGGER`` lists them.
""",
        ("events", "read"),
    ),
    "wait_for_event": Keyword(
        ("trigger", "*", ("timeout", timedelta(minutes=5))),
        {"trigger": str, "timeout": timedelta},
        """Waits until something happens at Zoom and returns what did, as a dictionary.

After `Start Waiting For` it returns the first event since then; called again, the one after that. Without, it begins
to wait now, for any event of the trigger.

Args:
    trigger: What to wait for; ``zoom-connector triggers`` lists them.
    timeout: How long; then the keyword fails.

Returns:
    The trigger's outputs. Secrets in them are masked.
""",
        ("events", "read"),
    ),
}
"""The keywords that are no action."""


class Waiting:
    """Keeps the events of a trigger from now until `end`.

    Raises:
        InvalidInputs, MissingScopes, ZoomError: as `Feed.subscribe`.
    """

    def __init__(self, connection: Connection, wish: Wish) -> None:
        self._wish = wish
        self._told: Queue[Message] = Queue()
        self._listening = ExitStack()
        self._listening.enter_context(connection.connector.feed.listen(connection.record, wish, self._told.put))

    def next(self, timeout: timedelta) -> Mapping[str, Any]:
        """Return the outputs of the first event that nobody has taken.

        Raises:
            NotReady: `event_not_seen`, none came in time.
        """
        try:
            return self._told.get(timeout=timeout.total_seconds()).data
        except Empty:
            raise NotReady("event_not_seen", trigger=self._wish.trigger, waited=str(timeout)) from None

    def end(self) -> None:
        """Keep nothing more."""
        self._listening.close()
