"""Zoom's signature over what it sends, and the answer to its question whether we know the secret.

https://developers.zoom.us/docs/api/webhooks/#verify-webhook-events
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_OLDEST = timedelta(minutes=90)
"""Zoom tries again after 5, 20 and 60 minutes, and does not say that it signs anew: those add up, and a little more."""
_AHEAD = timedelta(minutes=5)
"""How far Zoom's clock may be ahead of ours."""
_MOMENT = re.compile(r"[0-9]{10}(?:[0-9]{3})?")
"""Zoom does not document the unit: seconds have ten digits until the year 2286, milliseconds have three more."""


def signed_with(secrets: Sequence[str], timestamp: str, signature: str, raw: bytes, now: datetime) -> str | None:
    """Return the secret that a request was signed with; None when it is not Zoom's, or not of this hour.

    Never fails, whatever the arguments hold, and takes no longer for a signature that is nearly right.

    Args:
        secrets: the app's secret tokens; while one is being replaced there are two.
        timestamp: the header `x-zm-request-timestamp`; empty when it is missing.
        signature: the header `x-zm-signature`; empty when it is missing.
        raw: the body as it came: read and written again it would have other bytes.
        now: with its zone.
    """
    if not _MOMENT.fullmatch(timestamp):
        return None
    moment = datetime.fromtimestamp(int(timestamp[:10]), UTC)
    if not now - _OLDEST <= moment <= now + _AHEAD:
        return None
    given = signature.encode(errors="replace")
    message = b"v0:" + timestamp.encode() + b":" + raw
    fitting = [
        secret for secret in secrets if secret and hmac.compare_digest(f"v0={_hex(secret, message)}".encode(), given)
    ]
    return fitting[0] if fitting else None


def challenge_answer(secret: str, plain_token: str) -> dict[str, str]:
    """Return what Zoom wants to hear from an endpoint before it sends events there, and every 72 hours again.

    Only for a request that is signed: otherwise anybody could have anything signed here.
    """
    return {"plainToken": plain_token, "encryptedToken": _hex(secret, plain_token.encode(errors="replace"))}


def _hex(secret: str, message: bytes) -> str:
    return hmac.new(secret.encode(errors="replace"), message, hashlib.sha256).hexdigest()
