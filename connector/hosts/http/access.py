"""Who may see and do more than Zoom and its users: callers that show a key."""

from ipaddress import ip_address

from fastapi import Request

from ...api_keys import ApiKeys
from ...errors import InvalidInputs
from .problems import Refused

_PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip")
"""What a proxy adds: the request comes from somewhere else than its connection (RFC 7239)."""


class KeyHolders:
    """Tells callers that show a key from others.

    Where there is no key at all only this machine is served, and everybody on it holds the key.
    """

    def __init__(self, keys: ApiKeys) -> None:
        self._keys = keys

    @property
    def everybody(self) -> bool:
        """Whether nobody has to show a key."""
        return self._keys.none

    def has(self, shown: str) -> bool:
        """Say whether somebody shows a key that counts, or none is needed."""
        return self._keys.admit(shown) or self.everybody

    def sent(self, request: Request) -> bool:
        """Say whether a request carries a key as `Authorization: Bearer`, or comes from this machine and need not."""
        kind, _, shown = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._keys.admit(shown.strip()):
            return True
        return self.everybody and _from_here(request)

    def demand(self, request: Request) -> None:
        """Refuse a request that may not be made.

        Raises:
            Refused: 401.
        """
        if not self.sent(request):
            raise Refused(401, InvalidInputs("api_key_missing"))


def _from_here(request: Request) -> bool:
    """Say whether a request is meant for this machine by itself.

    A proxy here passes on what comes from anywhere. And a page in a browser here reaches this server under a name of
    its own that it lets lead to 127.0.0.1 (DNS rebinding); the name stands in the header Host.
    """
    if any(name in request.headers for name in _PASSED_ON):
        return False
    host = request.url.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
