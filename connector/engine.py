"""Everything that works with Zoom, opened when it is first needed and shared by threads from then on."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import requests

from .calls import Call
from .catalogue import Action, Catalogue
from .clock import Clock
from .events.arranging import Arrangement, arrange
from .events.endpoints import address_of, reached, secret_known
from .events.happening import Happenings
from .events.polling import PATIENCE, Polling, poll_due
from .events.subscribing import Feed
from .events.wishes import trigger_named
from .explain import explain
from .forms import fill
from .noting import noting
from .oauth.account_credentials import AccountCredentials
from .oauth.connections import Connections
from .oauth.modes import app_for, own_app
from .oauth.names import Connected
from .oauth.own_token import SUBSCRIBE, OwnToken
from .oauth.server import AuthorizationServer, Endpoints
from .oauth.sign_in import SignIn, SignIns
from .oauth.upkeep import Upkeep
from .portrait import Portrait, portray
from .recognise import Errors
from .runtime import Once, run
from .settings import Settings
from .store import Connection, Store
from .types import Inputs, Outputs
from .zoom.access import Access
from .zoom.client import ZoomClient
from .zoom.limits import Limits
from .zoom.progress import Progress, silent
from .zoom.sending import Sender
from .zoom.stopping import Never, Stop, StoppableClock, Watch
from .zoom.transport import new_session

if TYPE_CHECKING:
    from .store import SqlStore

_UNWATCHED = Watch(Never())


class Engine:
    """A store, Zoom's addresses and a pool of connections, put together.

    Raises:
        SettingsError: the settings, the key or the database are missing or wrong.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        settings: Settings,
        tenant: str,
        clock: Clock,
        *,
        session: requests.Session | None,
        store: Store | None,
    ) -> None:
        self._catalogue = catalogue
        self._settings = settings
        self._clock = clock
        self._endpoints = Endpoints.of(catalogue.identity, settings)
        self._opened: SqlStore | None = None
        if store is None:
            store = self._opened = _open(settings, tenant, clock)
        self._store = store
        if own := own_app(settings):
            self._store.apps.refresh(own)
        self._brought = session is not None
        self._session = session or new_session()
        self._limits = Limits(settings.plan, self._store.budget, clock)
        self._server = server = AuthorizationServer(self._endpoints, clock, self._session)
        self.connections = Connections(self._store, server, catalogue.identity, clock)
        self._upkeep = Upkeep(self._store, self.connections, clock)
        self._sign_ins = SignIns(self._store, server, catalogue.identity, clock)
        self._account_credentials = AccountCredentials(self._store, server, catalogue.identity, clock)
        polling = Polling(self._store, catalogue, self._asking, Happenings(catalogue), clock)
        self.feed = Feed(
            catalogue,
            self._store,
            clock,
            private_sinks=settings.allow_private_sinks,
            retention=timedelta(days=settings.event_retention_days),
            user_id=self._user_id,
            poll=partial(poll_due, polling),
            look_after=self._upkeep.look,
        )

    @property
    def store(self) -> Store:
        """What outlives the process."""
        return self._store

    @property
    def clock(self) -> Clock:
        """The time that everything here lives in."""
        return self._clock

    def sign_in(self, name: str, redirect_uri: str, mode: str, inputs: Inputs) -> SignIn:
        """Begin a sign-in through the app that the mode stands for."""
        filled = fill(self._catalogue.identity, mode, inputs, consent=True)
        return self._sign_ins.begin(name, app_for(mode, filled, self._settings), redirect_uri=redirect_uri)

    def connect(self, name: str, mode: str, inputs: Inputs, *, replace: bool) -> Connected:
        """Connect without a sign-in."""
        filled = fill(self._catalogue.identity, mode, inputs, consent=False)
        with self._noting("connect"):
            return self._account_credentials.connect(
                name,
                app_for(mode, filled, self._settings),
                account_id=filled["account_id"],
                default_user=filled["default_user"],
                replaces=replace,
            )

    def complete(self, callback_url: str, *, replace: bool) -> Connected:
        """Finish a sign-in."""
        with self._noting("connect"):
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
        stop: Stop,
        errors: Errors,
    ) -> Outputs:
        """Run an action with a connection; rows that failed are explained in the words of `errors`."""
        self._upkeep.look()
        with self._noting(action.key):
            access = self.connections.access(connection)
            zoom = self._client(
                access,
                self._calls(action),
                progress=progress,
                any_operation=action.any_operation,
                watch=Watch(stop),
                errors=errors,
            )
            once = Once(idempotency_key, self._store.runs) if idempotency_key else None
            return run(action, inputs, zoom, access, once=once, reveal=reveal)

    def show(self, connection: str) -> Portrait:
        """Ask Zoom about the user of a connection."""
        return portray(
            self._client(self.connections.access(connection), self._catalogue.operations, any_operation=True)
        )

    def arrange(self, connection: Connection, trigger: str, filters: Inputs) -> Arrangement:
        """Have Zoom send what fires a trigger, as far as that can be done from here."""
        app = connection.grant.app
        address = address_of(self._settings, app.client_id)
        own = OwnToken(app, connection.grant.person, connection.name, self._server)

        def own_zoom() -> ZoomClient | None:
            if SUBSCRIBE not in own.token().scopes:
                return None
            return self._client(own, self._catalogue.operations, any_operation=True)

        return arrange(
            trigger_named(trigger, self._catalogue),
            filters,
            connection,
            address=address,
            reached=reached(self._settings, address),
            secret_known=secret_known(self._store.webhooks, self._settings, app.client_id),
            own_zoom=own_zoom,
        )

    def removals(self) -> list[datetime]:
        """Return when users were forgotten."""
        return self._store.removals.all()

    def close(self) -> None:
        """Give back the database and the connections to Zoom, unless somebody brought them."""
        if self._opened:
            self._opened.close()
        if not self._brought:
            self._session.close()

    def _noting(self, doing: str) -> AbstractContextManager[None]:
        return noting(self._store.failures, doing, self._clock, self._catalogue.errors)

    def _user_id(self, connection: Connection, address: str) -> str:
        person = connection.grant.person
        if address.casefold() == person.email.casefold():
            return person.user_id
        zoom = self._client(self.connections.access(connection.name), self._catalogue.operations, any_operation=False)
        return str(zoom.call("GET /users/{userId}", {"userId": address})["id"])

    def _asking(self, connection: str, calls: Sequence[Call]) -> ZoomClient:
        limits = self._limits.less_patient(PATIENCE)
        return self._client(self.connections.access(connection), calls, any_operation=False, limits=limits)

    def _client(
        self,
        access: Access,
        calls: Sequence[Call],
        *,
        any_operation: bool,
        progress: Progress = silent,
        limits: Limits | None = None,
        watch: Watch = _UNWATCHED,
        errors: Errors | None = None,
    ) -> ZoomClient:
        clock = StoppableClock(self._clock, watch.look)
        limits = (limits or self._limits).by(clock)
        return ZoomClient(
            Sender(access, self._session, clock, limits, self._endpoints.hosts, look=watch.look),
            calls,
            claims=self._store.claims,
            explain=partial(explain, errors=errors or self._catalogue.errors),
            progress=watch.progress(progress),
            any_operation=any_operation,
        )

    def _calls(self, action: Action) -> tuple[Call, ...]:
        if action.any_operation:
            return self._catalogue.operations
        return (action.request,) if action.request else action.calls


def _open(settings: Settings, tenant: str, clock: Clock) -> "SqlStore":
    from .store import SqlStore  # a platform with a store of its own may have no database library

    url = settings.database_url.get_secret_value()
    return SqlStore.open(url, keys=settings.secret_keys, tenant=tenant, clock=clock)
