"""Everything that works with Zoom, opened when it is first needed and shared by threads from then on."""

from collections.abc import Collection

import requests

from .calls import Call
from .catalogue import Action, Catalogue
from .clock import Clock
from .oauth.connections import Connections
from .oauth.modes import BYO_CLIENT, OWN_APP, app_for, own_app
from .oauth.server import AuthorizationServer, Endpoints
from .oauth.sign_in import Connected, SignIn, SignIns
from .runtime import Once, run
from .settings import Settings
from .store import Store
from .types import Inputs, Outputs
from .zoom.client import ZoomClient
from .zoom.limits import Limits
from .zoom.progress import Progress
from .zoom.transport import new_session


class Engine:
    """A store, Zoom's addresses and a pool of connections, put together.

    Raises:
        SettingsError: the settings, the key or the database are missing or wrong.
    """

    def __init__(
        self, catalogue: Catalogue, settings: Settings, tenant: str, clock: Clock, session: requests.Session | None
    ) -> None:
        url = settings.database_url.get_secret_value()
        self._catalogue = catalogue
        self._settings = settings
        self._clock = clock
        self._endpoints = Endpoints.of(catalogue.identity, settings)
        self._store = Store.open(url, keys=settings.secret_keys, tenant=tenant, clock=clock)
        if own := own_app(settings):
            self._store.apps.refresh(own)
        self._brought = session is not None
        self._session = session or new_session()
        self._limits = Limits(settings.plan, self._store.budget, clock)
        server = AuthorizationServer(self._endpoints, clock, self._session)
        self.connections = Connections(self._store, server, catalogue.identity, clock)
        self._sign_ins = SignIns(self._store, server, catalogue.identity, clock)

    def sign_in(self, name: str, redirect_uri: str, client: tuple[str, str] | None) -> SignIn:
        """Begin a sign-in through the platform's app, or through the client that is given."""
        inputs = {"client_id": client[0], "client_secret": client[1]} if client else {}
        app = app_for(
            BYO_CLIENT if client else OWN_APP, inputs, identity=self._catalogue.identity, settings=self._settings
        )
        return self._sign_ins.begin(name, app, redirect_uri=redirect_uri)

    def complete(self, callback_url: str, *, replace: bool) -> Connected:
        """Finish a sign-in."""
        return self._sign_ins.finish(callback_url, replace=replace)

    def abandon(self, callback_url: str) -> None:
        """Leave everything as it was before a sign-in that met a name in use."""
        self._sign_ins.abandon(callback_url)

    def run(
        self,
        action: Action,
        inputs: Inputs,
        *,
        connection: str,
        idempotency_key: str | None,
        reveal: Collection[str],
        progress: Progress,
    ) -> Outputs:
        """Run an action with a connection."""
        access = self.connections.access(connection)
        zoom = ZoomClient(
            access,
            self._calls(action),
            session=self._session,
            clock=self._clock,
            limits=self._limits,
            hosts=self._endpoints.hosts,
            claims=self._store.claims,
            progress=progress,
            any_operation=action.any_operation,
        )
        once = Once(idempotency_key, self._store.runs) if idempotency_key else None
        return run(action, inputs, zoom, access, once=once, reveal=reveal)

    def close(self) -> None:
        """Give back the database, and the connections to Zoom unless somebody brought them."""
        self._store.close()
        if not self._brought:
            self._session.close()

    def _calls(self, action: Action) -> tuple[Call, ...]:
        if action.any_operation:
            return self._catalogue.operations
        return (action.request,) if action.request else action.calls
