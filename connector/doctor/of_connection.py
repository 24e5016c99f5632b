"""One connection: the app's kind against the user's role, approval, sign-in, scopes, licence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import MissingScopes, ReconnectRequired, SettingsError, ZoomConnectorError, ZoomError
from ..oauth.modes import missing_scopes
from ..scope_sets import calls_of
from ..scopes import Standing, parse, standing, suited, usage
from ..store.protocol import Store
from ..store.values import App, AppKind, Connection, GrantState
from .findings import Notes
from .looking import LookingAccess, Zoom

_READS_APPS = ("marketplace_app:read:admin", "marketplace:read:list_apps:admin")
_ADMINS = ("owner", "admin")
_MEMBER = "member"
"""Zoom's own roles; an account can make others (https://developers.zoom.us/docs/api/users/)."""
_BASIC = 1
_LICENSED = 2


@dataclass(frozen=True)
class Seen:
    """What Zoom says about the user of a connection now."""

    user: Mapping[str, Any]
    """Empty when nothing was said."""
    failure: ZoomConnectorError | None = None
    asked: bool = True

    @property
    def accepted(self) -> bool:
        """Whether Zoom took the access token; it may still not say who the user is, for want of a scope."""
        return self.asked and (self.failure is None or isinstance(self.failure, MissingScopes))


def ask(connection: Connection, app: App, store: Store, zoom: Zoom) -> Seen:
    """Ask Zoom who the user is, unless that would use up a refresh token."""
    state = connection.grant.state
    if state is not GrantState.ACTIVE:
        return Seen({}, ReconnectRequired(state.value, connection=connection.name), asked=False)
    access = LookingAccess(connection.name, connection.grant, app, zoom)
    if not access.usable:
        return Seen({}, asked=False)
    client = zoom.client(access, store)
    try:
        return Seen(client.send("GET", f"/users/{client.user}"))
    except ZoomConnectorError as error:
        return Seen({}, error)


def check_kind(connection: Connection, app: App, seen: Seen, notes: Notes) -> None:
    """Check whether the user's role is enough for an app of this kind."""
    held, name = connection.grant.tokens.scopes, connection.name
    role = str(seen.user.get("role_name", ""))
    admins_only = app.kind is AppKind.ADMIN or (app.kind is AppKind.USER and usage(held) == "admin")
    if app.kind is AppKind.ADMIN and held and usage(held) == "user":
        notes.warned("kind", SettingsError("app_kind_wrong", connection=name), name)
    elif not admins_only:
        notes.passed("kind", name)
    elif not role:
        notes.unchecked("kind", "no_user_data", name)
    elif role.lower() in _ADMINS:
        notes.passed("kind", name, role=role)
    elif role.lower() == _MEMBER:
        notes.failed("kind", ZoomError("admin_required", connection=name), name)
    else:
        notes.warned("kind", ZoomError("role_unclear", role=role, connection=name), name)


def check_approval(connection: Connection, seen: Seen, store: Store, zoom: Zoom, notes: Notes) -> None:
    """Check whether an admin has withdrawn the app's approval; where Zoom was not asked, by way of an admin's sign-in.

    Zoom's listings name apps by ids and names of their own, not by client id, so they show only which apps it may be.
    """
    name = connection.name
    if seen.failure is not None and seen.failure.code == "approval_withdrawn":
        notes.failed("approval", seen.failure, name)
    elif seen.accepted:
        notes.passed("approval", name)
    elif (withdrawn := _withdrawn(connection, store, zoom)) is None:
        notes.unchecked("approval", "no_admin", name)
    elif withdrawn:
        notes.warned("approval", ZoomError("apps_withdrawn", apps=withdrawn), name)
    else:
        notes.unchecked("approval", "none_withdrawn", name)


def _withdrawn(connection: Connection, store: Store, zoom: Zoom) -> list[str] | None:
    """Name the apps of the account whose approval was withdrawn; None where nobody here may read that."""
    for admin in store.connections.all():
        grant = admin.grant
        access = LookingAccess(admin.name, grant, with_secret(grant.app, zoom), zoom)
        readable = any(scope in grant.tokens.scopes for scope in _READS_APPS)
        if grant.person.account_id != connection.grant.person.account_id or not readable or not access.usable:
            continue
        try:
            answer = zoom.client(access, store).send("GET", "/marketplace/apps", {"type": "restricted_apps"})
        except ZoomConnectorError:
            continue
        return [str(row.get("app_name", "")) for row in answer.get("apps", ())]
    return None


def check_grant(connection: Connection, seen: Seen, notes: Notes) -> None:
    """Check whether Zoom takes the sign-in; a refresh token is not tried out."""
    name = connection.name
    if isinstance(seen.failure, ReconnectRequired):
        notes.failed("grant", seen.failure, name)
    elif seen.failure is not None and seen.failure.code == "token_rejected":
        # The next use renews the token, and only that shows whether the sign-in lives.
        notes.warned("grant", seen.failure, name)
    elif seen.accepted:
        notes.passed("grant", name, user=connection.grant.person.email)
    elif seen.failure is not None:
        notes.failed("grant", seen.failure, name)
    else:
        notes.unchecked("grant", "access_over", name)


def check_scopes(connection: Connection, keys: Sequence[str], zoom: Zoom, notes: Notes) -> None:
    """Check the scopes that every connection needs, and those of actions and triggers."""
    held, name = connection.grant.tokens.scopes, connection.name
    missing = list(missing_scopes(zoom.catalogue.identity, connection.grant.app, held))
    lacking = dict(_lacking(keys, held, zoom))
    for scopes in lacking.values():
        missing += [scope for scope in scopes if scope not in missing]
    if missing:
        action = ", ".join(lacking) or None
        notes.failed("scopes", MissingScopes("scope_missing", scopes=missing, action=action, connection=name), name)
    else:
        notes.passed("scopes", name, keys=list(keys))


def _lacking(keys: Iterable[str], held: frozenset[str], zoom: Zoom) -> Iterator[tuple[str, list[str]]]:
    for key in keys:
        wanted = zoom.catalogue.triggers.get(key) or zoom.catalogue.actions[key]
        for call in calls_of(wanted):
            if not call.optional and standing(call.scopes, held) is Standing.MISSING:
                names = [*call.scopes.classic, *call.scopes.granular]
                yield wanted.title, suited(names, held) or sorted(names, key=lambda scope: parse(scope).level)


def check_licence(connection: Connection, seen: Seen, zoom: Zoom, notes: Notes) -> None:
    """Check whether the user has a licence; what plan the account is on, Zoom tells nobody."""
    name, kind = connection.name, seen.user.get("type")
    if kind == _LICENSED:
        notes.passed("licence", name, plan=zoom.settings.plan)
    elif kind is None:
        notes.unchecked("licence", "no_user_data", name)
    else:
        user = connection.grant.person.email if kind == _BASIC else None
        notes.warned("licence", ZoomError("user_without_licence", user=user), name)


def with_secret(app: App, zoom: Zoom) -> App:
    """Return an app with the secret of the settings, where it is theirs: its owner may have renewed it."""
    own, secret = zoom.settings.client_id, zoom.settings.client_secret
    if app.client_id != own or secret is None:
        return app
    return App(app.client_id, secret.get_secret_value(), app.kind)
