"""The Robot Framework library: `Library    zoom_connector.hosts.robot    connection=sales`.

https://robotframework.org/robotframework/latest/RobotFrameworkUserGuide.html#dynamic-library-api
"""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from importlib.metadata import version
from typing import Any

from robot.api import Failure, logger
from robot.api.deco import library

from ...connection import Connection
from ...errors import ZoomConnectorError
from ...events.wishes import Wish
from ...loading import load
from ..told import in_lines
from .keywords import Keyword, as_declared, in_secrets, keyword, options, taken
from .waiting import KEYWORDS, Waiting


@library(scope="GLOBAL", version=version("zoom-connector"), listener="SELF")
class ZoomConnector:
    """Zoom meetings and recordings: every action of the connector is a keyword.

    | Library    zoom_connector.hosts.robot    connection=sales
    |
    | ${meeting} =    Create Meeting    topic=Kick-off    start_time=2030-01-07T10:00Z
    | Log    ${meeting}[join_url]

    Required fields come first and may be given by position, all others by name. A keyword returns its outputs as a
    dictionary. Secrets in it are masked; those that ``reveal`` names are Secret values, which no log shows:
    ``${meeting['start_url'].value}``. A field that is a secret takes a Secret value as well. With ``idempotency_key``
    a keyword runs once, and the same key again returns what the first run returned.

    A keyword that fails says what happened, who can mend it and how. The last line of the message begins with the name
    of the failure, which is the same in every language:

    | TRY
    |     Get Meeting    97763643886
    | EXCEPT    (?s).*meeting_not_found.*    type=REGEXP
    |     Log    It was deleted.
    | END

    `Wait For Event` waits until something happens at Zoom; `Start Waiting For` begins before the keyword that makes it
    happen. Zoom brings events to ``zoom-connector serve``, which runs on the same database.
    """

    def __init__(self, connection: str) -> None:
        """Say which connection the keywords use; with ``AS`` the library can be imported for several.

        Args:
            connection: Its name, as ``zoom-connector connections`` lists it.
        """
        self._connector = load()
        self._name = connection
        self._keywords = dict(KEYWORDS)
        self._waiting: dict[str, Waiting] = {}

    def get_keyword_names(self) -> Sequence[str]:
        """Name the keywords."""
        return [*KEYWORDS, *self._connector.actions]

    def get_keyword_arguments(self, name: str) -> Sequence[Any]:
        """Say what a keyword takes, required first."""
        return self._keyword(name).arguments

    def get_keyword_types(self, name: str) -> Mapping[str, Any]:
        """Say what type each argument has."""
        return self._keyword(name).types

    def get_keyword_documentation(self, name: str) -> str:
        """Describe a keyword; what Robot calls `__intro__` and `__init__` is in the docstrings of this class."""
        return "" if name.startswith("__") else self._keyword(name).documentation

    def get_keyword_tags(self, name: str) -> Sequence[str]:
        """Return what keywords are found by."""
        return self._keyword(name).tags

    def run_keyword(self, name: str, positional: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """Run a keyword.

        Raises:
            Failure: with the explanation of what went wrong.
        """
        try:
            if name in KEYWORDS:
                return getattr(self, name)(*positional, **named)
            return self._run(name, positional, named)
        except ZoomConnectorError as failure:
            explanation = self._connector.explain(failure)
            logger.debug(json.dumps(explanation.as_dict(), indent=2, ensure_ascii=False))
            raise Failure(in_lines(explanation, self._connector.catalogue.words)) from failure

    def start_waiting_for(self, trigger: str, *, safety_net: bool = False, **filters: Any) -> None:
        """Begin to wait."""
        known = self._connector.triggers[trigger].filters if trigger in self._connector.triggers else {}
        fields = known.get("properties", {})
        wanted = {name: as_declared(fields.get(name, {}), value) for name, value in filters.items()}
        waiting = Waiting(self._connection, Wish(trigger, wanted, safety_net=safety_net, ordered=True))
        self._end(trigger)
        self._waiting[trigger] = waiting

    def wait_for_event(self, trigger: str, *, timeout: timedelta = timedelta(minutes=5)) -> Mapping[str, Any]:
        """Wait, and say what happened."""
        begun = trigger in self._waiting
        if not begun:
            self.start_waiting_for(trigger)
        try:
            return self._waiting[trigger].next(timeout)
        finally:
            if not begun:
                self._end(trigger)

    def close(self) -> None:
        """Give everything back; Robot calls it when the library is not needed any more."""
        for trigger in list(self._waiting):
            self._end(trigger)
        self._connector.close()

    @property
    def _connection(self) -> Connection:
        return self._connector.connection(self._name)

    def _keyword(self, name: str) -> Keyword:
        if name not in self._keywords:  # Robot asks about each of them several times
            self._keywords[name] = keyword(self._connector.actions[name], self._connector.catalogue.identity)
        return self._keywords[name]

    def _run(self, key: str, positional: Sequence[Any], named: Mapping[str, Any]) -> Mapping[str, Any]:
        action = self._connector.actions[key]
        inputs = taken(action, positional, named)
        told: set[str] = set()

        def begun(done: int, total: int | None, message: str) -> None:
            if message not in told:
                told.add(message)
                logger.console(message)

        asked = options(named)
        outputs: Mapping[str, Any] = in_secrets(
            self._connection.run(key, inputs, progress=begun, **asked), asked["reveal"]
        )
        return outputs

    def _end(self, trigger: str) -> None:
        if waiting := self._waiting.pop(trigger, None):
            waiting.end()
