"""Signs as Zoom does, and what it may say; on its own, so that it shares no mistake with the connector."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from uuid import uuid4

CLIENT = "example-client"
SECRET = "example-webhook-secret"


def signature(raw: bytes, timestamp: str, secret: str = SECRET) -> str:
    return "v0=" + hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256).hexdigest()


def encrypted(token: str, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def headers(raw: bytes, now: datetime, secret: str = SECRET, delivery: str = "") -> dict[str, str]:
    timestamp = str(int(now.timestamp()))
    return {
        "x-zm-request-timestamp": timestamp,
        "x-zm-signature": signature(raw, timestamp, secret),
        "x-zm-request-id": delivery or str(uuid4()),
    }


def ended(
    uuid: str = "aDYlohsHRtCd4ii1uC2+hA==", *, account: str = "account-1", host: str = "user-jo"
) -> dict[str, Any]:
    """A meeting has ended."""
    meeting = {"id": 97763643886, "uuid": uuid, "host_id": host, "topic": "Kick-off", "type": 2}
    return {
        "event": "meeting.ended",
        "event_ts": 1893492000000,
        "payload": {"account_id": account, "object": meeting},
    }


def as_bytes(body: Any) -> bytes:
    return json.dumps(body).encode()
