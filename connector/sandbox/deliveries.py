"""One event on its way to one endpoint, with everything that Zoom does until it is there or lost.

https://developers.zoom.us/docs/api/webhooks/#notification-delivery
"""

import http.client
import json
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from .people import App
from .signing import encrypted, headers, written

RETRIES = (timedelta(minutes=5), timedelta(minutes=20), timedelta(minutes=60))
"""How long Zoom waits after each try that failed; after the last one the event is lost."""
TAKEN = (200, 204)
CHALLENGE_EVERY = timedelta(hours=72)
CHALLENGES_FAILED = 6
"""So many in a row switch an endpoint off."""
PATIENCE = 3.0
"""Seconds until an endpoint counts as down."""
_SERVER_ERROR = 500
_LONGEST_ANSWER = 65_536


@dataclass(eq=False)
class Endpoint:
    """Where an app wants to be told, as in the event subscriptions of its page in the marketplace."""

    app: App
    url: str
    secret: str = field(repr=False)
    events: frozenset[str] | None = None
    """By name; None for all of them."""
    users: frozenset[str] | None = None
    """Ids of the users whose events it gets; None for everybody in each account that has the app."""
    added_only: bool = False
    """Whether it gets only the events of users who added the app themselves."""
    on: bool = False
    """Whether events are sent: since a challenge was passed, until too many were not."""
    removed: bool = False
    failures: int = 0
    """Challenges in a row that it did not pass."""


@dataclass(frozen=True)
class Try:
    """One time that an event was sent."""

    at: datetime
    status: int | None
    """What was answered; None when nobody did in time."""


@dataclass(eq=False)
class Delivery:
    """An event on its way."""

    endpoint: Endpoint
    body: Mapping[str, Any]
    signed: datetime
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    """The same for every try."""
    tries: list[Try] = field(default_factory=list)
    lost: bool = False
    """Zoom does not try again."""

    @property
    def taken(self) -> bool:
        """Whether the endpoint has said that it has it."""
        return bool(self.tries) and self.tries[-1].status in TAKEN


def deliver(delivery: Delivery, now: datetime, retries: tuple[timedelta, ...]) -> datetime | None:
    """Send an event once; return when to try again, or None when it is there or lost."""
    endpoint, tried = delivery.endpoint, len(delivery.tries)
    if not endpoint.on:
        delivery.lost = True
        return None
    raw = written(delivery.body)
    signed = headers(raw, endpoint.secret, delivery.signed, delivery.id, tried)
    status, _ = post(endpoint.url, raw, signed)
    delivery.tries.append(Try(now, status))
    if status in TAKEN:
        return None
    if (status is None or status >= _SERVER_ERROR) and tried < len(retries):
        return now + retries[tried]
    delivery.lost = True
    return None


def challenge(endpoint: Endpoint, now: datetime) -> datetime | None:
    """Ask an endpoint whether it knows the secret; return when to ask again.

    https://developers.zoom.us/docs/api/webhooks/#validate-your-webhook-endpoint
    """
    if endpoint.removed:
        return None
    token = secrets.token_urlsafe(16)
    moment = int(now.timestamp() * 1000)
    raw = written({"event": "endpoint.url_validation", "event_ts": moment, "payload": {"plainToken": token}})
    status, answer = post(endpoint.url, raw, headers(raw, endpoint.secret, now))
    expected = {"plainToken": token, "encryptedToken": encrypted(endpoint.secret, token.encode())}
    if status in TAKEN and _parsed(answer) == expected:
        endpoint.failures, endpoint.on = 0, True
    else:
        endpoint.failures += 1
        endpoint.on = endpoint.on and endpoint.failures < CHALLENGES_FAILED
    return now + CHALLENGE_EVERY if endpoint.failures < CHALLENGES_FAILED else None


def post(url: str, raw: bytes, headers: Mapping[str, str], timeout: float = PATIENCE) -> tuple[int | None, bytes]:
    """Send a body; return status and answer, or None and nothing when nobody answered. Redirects are not followed."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    try:
        connection.request("POST", target, raw, dict(headers))
        response = connection.getresponse()
        return response.status, response.read(_LONGEST_ANSWER)
    except (OSError, http.client.HTTPException):
        return None, b""
    finally:
        connection.close()


def _parsed(answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except ValueError:
        return None
