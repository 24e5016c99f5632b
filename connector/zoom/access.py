"""What the protocol asks of a grant: a token that works now, and a new one when Zoom refuses it."""

from dataclasses import dataclass, field
from typing import Protocol

from ..errors import ReconnectRequired


@dataclass(frozen=True)
class Token:
    """An access token and what came with it."""

    value: str = field(repr=False)
    api_url: str
    """Origin of the API for this account's region, such as `https://api-us.zoom.us`; no `/v2`."""
    scopes: frozenset[str] = frozenset()


class Access(Protocol):
    """One grant, as the client sees it.

    The members are read-only, so a frozen dataclass will do.
    """

    @property
    def account(self) -> str:
        """Zoom's account id: rate limits are counted per account."""

    @property
    def user(self) -> str:
        """Who an absent `user_id` means: `me`, or the default user of a server-to-server connection."""

    @property
    def connection(self) -> str:
        """Name of the connection, for whoever reads a failure."""

    def token(self) -> Token:
        """Return a token that is valid now, renewing one that is about to expire.

        Raises:
            ReconnectRequired: the grant is dead.
            ZoomUnavailable: the token endpoint gave no usable answer.
        """

    def ended(self, refused: Token, error: ReconnectRequired) -> Token:
        """Note that Zoom called the grant over when `refused` was used, and raise that.

        Where the grant has another token by now, from a sign-in in the meantime, that one is returned instead.

        Raises:
            ReconnectRequired: the grant is over.
            ZoomUnavailable: the token endpoint gave no usable answer.
        """

    def renew(self, rejected: Token) -> Token:
        """Return a token other than `rejected`, which Zoom refused; renew unless somebody already did.

        Raises:
            ReconnectRequired: the grant is dead.
            ZoomUnavailable: the token endpoint gave no usable answer.
        """
