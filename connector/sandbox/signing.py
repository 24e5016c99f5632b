"""How Zoom signs what it sends, and writes it down.

https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events
"""

import hashlib
import hmac
import json
import re
import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

_WESTERN = re.compile("[\u0080-\u00ff]")


def written(body: Mapping[str, Any]) -> bytes:
    r"""Write a body down; like some of Zoom's it mixes raw UTF-8 with escapes such as `\u00e9`."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return _WESTERN.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode()


def headers(raw: bytes, secret: str, signed: datetime, request_id: str = "", retry: int = 0) -> dict[str, str]:
    """Return what Zoom puts around a body.

    Args:
        raw: the body.
        secret: the secret token of the app.
        signed: the moment of the signature; Zoom does not say that it signs a retry anew.
        request_id: the same for every retry; a new one when left out.
        retry: 0 for the first try.
    """
    timestamp = str(int(signed.timestamp()))
    message = b"v0:" + timestamp.encode() + b":" + raw
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Zoom sandbox",
        "x-zm-request-timestamp": timestamp,
        "x-zm-signature": f"v0={encrypted(secret, message)}",
        "x-zm-request-id": request_id or str(uuid.uuid4()),
        "x-zm-trackingid": f"v=2.0;clid=sandbox;rid=WEB_{secrets.token_hex(16)}",
        # That there is a count is known; what Zoom calls it is not.
        "x-zm-retry-num": str(retry),
    }


def encrypted(secret: str, message: bytes) -> str:
    """Return the HMAC of a message, as 64 letters."""
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()
