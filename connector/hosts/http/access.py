"""Who may see and do more than Zoom and its users: callers that show the API key."""

import hmac

from fastapi import Request
from fastapi.responses import JSONResponse


class KeyHolders:
    """Tells callers that show the key from others.

    Args:
        key: empty where none is set; then only this machine is served, and everybody on it holds the key.
    """

    def __init__(self, key: str) -> None:
        self._key = key.encode()
        self.everybody = not key

    def has(self, shown: str) -> bool:
        """Say whether somebody shows the key."""
        return self.everybody or hmac.compare_digest(shown.encode(errors="replace"), self._key)

    def sent(self, request: Request) -> bool:
        """Say whether a request carries the key as `Authorization: Bearer`."""
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        return self.has(shown.strip() if kind.lower() == "bearer" else "")


def key_missing() -> JSONResponse:
    """Answer a request that does not carry the key (RFC 9457)."""
    problem = {
        "type": "about:blank",
        "title": "Unauthorized",
        "status": 401,
        "detail": "Send the connector's API key in the header Authorization: Bearer.",
    }
    return JSONResponse(problem, 401, {"WWW-Authenticate": "Bearer"}, media_type="application/problem+json")
