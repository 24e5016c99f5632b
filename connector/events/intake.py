"""Take in what Zoom sends: nothing is answered with success before it is safe, and nothing forged learns anything."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..clock import Clock
from ..errors import ZoomConnectorError
from ..store.feed import Event
from ..store.protocol import Store
from . import deauthorizing
from .committing import Committing
from .happening import Happenings
from .reading import parsed, read
from .signature import challenge_answer, signed_with

LONGEST = 1024 * 1024
"""Bytes of a body; Zoom's are some thousands."""


@dataclass(frozen=True)
class Answer:
    """What to answer a request with."""

    status: int
    json: Mapping[str, Any]


TAKEN = Answer(200, {})
REFUSED = Answer(401, {"type": "about:blank", "title": "Unauthorized", "status": 401})
"""The same for an app that nobody knows, a wrong signature and one that is missing, whatever else there is."""
NOT_NOW = Answer(503, {"type": "about:blank", "title": "Service Unavailable", "status": 503})
"""Nothing was stored; Zoom tries again after a status of this kind, and after no other."""


@dataclass(frozen=True)
class _Request:
    app: str
    timestamp: str
    signature: str
    delivery: str
    raw: bytes = field(repr=False)
    received_at: datetime


class Intake:
    """Takes in webhooks; threads may share it. Close it in the end.

    Args:
        store: what is kept goes there.
        secrets_of: client id of an app -> the secret tokens Zoom may sign with; none for an app that nobody knows.
        happenings: names what events report.
        clock: tells how old a signature is.
        stored: told after something was stored, to have it delivered at once.
    """

    def __init__(
        self,
        store: Store,
        secrets_of: Callable[[str], Sequence[str]],
        happenings: Happenings,
        clock: Clock,
        *,
        stored: Callable[[], object] = lambda: None,
    ) -> None:
        self._store = store
        self._secrets_of = secrets_of
        self._happenings = happenings
        self._clock = clock
        self._stored = stored
        self._committing = Committing(self._take)

    def receive(self, app: str, headers: Mapping[str, str], raw: bytes) -> "Future[Answer]":
        """Take a request and return at once; the answer is in the future, after the event is safe.

        Args:
            app: client id, from the URL.
            headers: by lower-case name.
            raw: the body, of at most `LONGEST` bytes.
        """
        timestamp, signature, delivery = (
            headers.get(name, "") for name in ("x-zm-request-timestamp", "x-zm-signature", "x-zm-request-id")
        )
        return self._committing.put(_Request(app, timestamp, signature, delivery, raw, self._clock.now()))

    def close(self) -> None:
        """Answer what waits, then take nothing more."""
        self._committing.close()

    def _take(self, requests: Sequence[_Request]) -> list[Answer]:
        found = [self._look_at(request) for request in requests]
        kept = self._keep([one for one in found if isinstance(one, Event)])
        return [kept if isinstance(one, Event) else one for one in found]

    def _keep(self, events: Sequence[Event]) -> Answer:
        try:
            wanted = [one for one in events if one.name != deauthorizing.NAME or deauthorizing.forget(self._store, one)]
            if wanted and self._store.events.add(wanted):
                self._stored()
        except (ZoomConnectorError, RecursionError):
            return NOT_NOW
        return TAKEN

    def _look_at(self, request: _Request) -> Event | Answer:
        try:
            return self._checked(request)
        except ZoomConnectorError:
            return NOT_NOW
        except RecursionError:  # a body nested as deep as none of Zoom's is
            return REFUSED

    def _checked(self, request: _Request) -> Event | Answer:
        known = self._secrets_of(request.app)
        secret = signed_with(known, request.timestamp, request.signature, request.raw, request.received_at)
        body = parsed(request.raw) if secret else None
        if secret is None or body is None:
            return REFUSED
        if body["event"] == "endpoint.url_validation":
            return self._challenged(request.app, secret, body)
        return read(
            body,
            app=request.app,
            received_at=request.received_at,
            source="webhook",
            delivery=request.delivery,
            happenings=self._happenings,
        )

    def _challenged(self, app: str, secret: str, body: Mapping[str, Any]) -> Answer:
        payload = body.get("payload")
        token = payload.get("plainToken") if isinstance(payload, dict) else None
        if not isinstance(token, str):
            return REFUSED
        self._store.webhooks.challenged(app)
        return Answer(200, challenge_answer(secret, token))
