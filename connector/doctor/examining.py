"""Look at everything in the order in which things break: installation, way to Zoom, app, connection, events."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..catalogue import Catalogue
from ..clock import Clock
from ..errors import InvalidInputs, SettingsError, ZoomConnectorError
from ..oauth.modes import own_app
from ..settings import Settings
from ..store.protocol import Store
from ..store.values import App, Connection
from ..zoom.transport import new_session
from . import at_zoom, of_connection, of_events
from .findings import Diagnosis, Notes
from .looking import Zoom

if TYPE_CHECKING:
    import requests


@dataclass(frozen=True)
class Patient:
    """A connector, as `load` was told to make it."""

    catalogue: Catalogue
    settings: Callable[[], Settings]
    tenant: str
    clock: Clock
    session: "requests.Session | None"
    store: Store | None
    """A platform's own; it is not looked into but for its connections."""


def examine(patient: Patient, name: str | None, keys: Sequence[str]) -> Diagnosis:
    """Look at one connection, or at the app of the settings and every connection; change nothing and renew nothing.

    Args:
        patient: what to look at.
        name: of the connection.
        keys: actions and triggers whose scopes are to be there, besides those of the triggers subscribed to.

    Raises:
        InvalidInputs: `unknown_connection` or `unknown_action`; what keeps the store from being read is a finding.
    """
    catalogue = patient.catalogue
    for key in keys:
        if key not in catalogue.actions and key not in catalogue.triggers:
            raise InvalidInputs("unknown_action", action=key)
    notes = Notes(catalogue.doctor, catalogue.errors)
    try:
        settings = patient.settings()
    except SettingsError as error:
        notes.failed("settings", error)
        notes.rest("settings", "after", check=notes.title("settings"))
        return Diagnosis(tuple(notes.findings))
    notes.passed("settings")
    with ExitStack() as stack:
        session = patient.session or stack.enter_context(new_session())
        store = _store(patient, settings, notes, stack)
        connections = _chosen(store, name) if store else []
        zoom = Zoom(catalogue, settings, patient.clock, session)
        if not at_zoom.check_way(zoom, notes):
            notes.rest("reach", "after", check=notes.title("reach"))
            return Diagnosis(tuple(notes.findings))
        apps = _apps(settings, connections, zoom, name)
        for app in apps:
            at_zoom.check_app(app, zoom, notes)
        if not apps:
            notes.unchecked("app", "no_app")
            notes.unchecked("redirect", "no_app")
        shut = next((check for check in ("database", "key") if notes.blocked(check)), None)
        if shut is not None:
            notes.rest("redirect", "after", check=notes.title(shut))
        elif store is None or not connections:
            notes.rest("redirect", "no_connection")
        else:
            _look_at_connections(connections, store, keys, zoom, notes)
    return Diagnosis(tuple(notes.findings))


def _store(patient: Patient, settings: Settings, notes: Notes, stack: ExitStack) -> Store | None:
    if patient.store is not None:
        notes.unchecked("database", "brought")
        notes.unchecked("key", "brought")
        return patient.store
    from ..store.looking import find_database, open_to_look

    try:
        database = find_database(settings.database_url.get_secret_value())
    except ZoomConnectorError as error:
        (notes.warned if error.code == "database_behind" else notes.failed)("database", error)
        notes.unchecked("key", "after", check=notes.title("database"))
        return None
    if database is None:
        notes.unchecked("database", "no_database")
        notes.unchecked("key", "no_database")
        return None
    notes.passed("database")
    try:
        store = open_to_look(database, keys=settings.secret_keys, tenant=patient.tenant, clock=patient.clock)
    except ZoomConnectorError as error:
        notes.failed("key", error)
        return None
    if store is None:
        notes.unchecked("key", "no_connection")
        return None
    notes.passed("key")
    return stack.enter_context(closing(store))


def _chosen(store: Store, name: str | None) -> list[Connection]:
    connections = store.connections.all()
    if name is None:
        return connections
    chosen = [each for each in connections if each.name == name]
    if not chosen:
        raise InvalidInputs("unknown_connection", connection=name, known=[each.name for each in connections])
    return chosen


def _apps(settings: Settings, connections: Sequence[Connection], zoom: Zoom, name: str | None) -> list[App]:
    """Return the apps of the connections, and without a name that of the settings too; each client id once."""
    own = own_app(settings)
    used = [of_connection.with_secret(each.grant.app, zoom) for each in connections]
    apps = [own, *used] if own is not None and (name is None or not used) else used
    return list({app.client_id: app for app in apps}.values())


def _look_at_connections(
    connections: Sequence[Connection], store: Store, keys: Sequence[str], zoom: Zoom, notes: Notes
) -> None:
    for connection in connections:
        app = of_connection.with_secret(connection.grant.app, zoom)
        subscriptions = of_events.subscriptions_of(connection.name, store, zoom.catalogue)
        needed = list(dict.fromkeys([*(each.trigger for each in subscriptions), *keys]))
        seen = of_connection.ask(connection, app, store, zoom)
        of_connection.check_kind(connection, app, seen, notes)
        of_connection.check_approval(connection, seen, store, zoom, notes)
        of_connection.check_grant(connection, seen, notes)
        of_connection.check_scopes(connection, needed, zoom, notes)
        of_connection.check_licence(connection, seen, zoom, notes)
        of_events.check_events(connection, subscriptions, store, zoom, notes)
        of_events.check_budget(connection, store, zoom, notes)
