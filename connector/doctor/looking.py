"""A grant used as it lies in the store: nothing is renewed and nothing is written down."""

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from ..catalogue import Catalogue
from ..clock import Clock
from ..errors import ReconnectRequired, ZoomError
from ..explain import explain
from ..oauth.access import token_of
from ..oauth.server import AuthorizationServer, Endpoints
from ..settings import Settings
from ..store.protocol import Store
from ..store.values import App, AppKind, Grant, GrantState
from ..zoom.access import Token
from ..zoom.client import ZoomClient
from ..zoom.limits import Limits, MemoryBudget
from ..zoom.sending import Sender

if TYPE_CHECKING:
    import requests


@dataclass(frozen=True)
class Zoom:
    """Zoom as the doctor asks it."""

    catalogue: Catalogue
    settings: Settings
    clock: Clock
    session: "requests.Session"
    endpoints: Endpoints = field(init=False)
    server: AuthorizationServer = field(init=False)

    def __post_init__(self) -> None:
        endpoints = Endpoints.of(self.catalogue.identity, self.settings)
        object.__setattr__(self, "endpoints", endpoints)
        object.__setattr__(self, "server", AuthorizationServer(endpoints, self.clock, self.session))

    def client(self, access: "LookingAccess", store: Store) -> ZoomClient:
        """Return a client that calls with what is there; what it calls counts nowhere."""
        limits = Limits(self.settings.plan, MemoryBudget(), self.clock)
        return ZoomClient(
            Sender(access, self.session, self.clock, limits, self.endpoints.hosts),
            self.catalogue.operations,
            claims=store.claims,
            explain=partial(explain, errors=self.catalogue.errors),
            any_operation=True,
        )


class LookingAccess:
    """A grant, as `zoom.access.Access` asks for it.

    Args:
        connection: its name.
        grant: as it lies in the store.
        app: the grant's, with the secret of now.
        zoom: where a server-to-server app gets a token, which uses up nothing and is not kept.
    """

    def __init__(self, connection: str, grant: Grant, app: App, zoom: Zoom) -> None:
        self.connection = connection
        self.account = grant.person.account_id
        self.user = grant.acts_as
        self._grant = grant
        self._app = app
        self._zoom = zoom
        self._minted: Token | None = None

    @property
    def usable(self) -> bool:
        """Whether Zoom can be asked without using up a refresh token."""
        return self._grant.state is GrantState.ACTIVE and (self._app.kind is AppKind.SERVER or self._lives)

    def token(self) -> Token:
        """Return the token of the store, or for a server-to-server app one that is forgotten again."""
        if self._minted is None and not self._lives and self._app.kind is AppKind.SERVER:
            self._minted = token_of(self._zoom.server.mint(self._app, self.account))
        return self._minted or token_of(self._grant.tokens)

    def renew(self, rejected: Token) -> Token:
        """Renew nothing.

        Raises:
            ZoomError: `token_rejected`.
        """
        raise ZoomError("token_rejected", connection=self.connection)

    def ended(self, refused: Token, error: ReconnectRequired) -> Token:
        """Note nothing, and raise what Zoom said."""
        raise error

    @property
    def _lives(self) -> bool:
        return self._grant.tokens.expires_at > self._zoom.clock.now()
