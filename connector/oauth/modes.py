"""The ways of connecting, whose app each goes through, and the scopes that such an app needs."""

from collections.abc import Collection, Mapping
from typing import Any

from ..catalogue import Identity
from ..errors import SettingsError
from ..scopes import lacking
from ..settings import Settings
from ..store import App, AppKind

OWN_APP = "oauth_authorization_code"
BYO_CLIENT = "oauth_byo_client"
SERVER_TO_SERVER = "server_to_server"


def app_for(mode: str, filled: Mapping[str, Any], settings: Settings) -> App:
    """Return the app that a connection goes through; from here on nothing can tell whose it is.

    Args:
        mode: a key of `auth` in `connector.json`.
        filled: the mode's form, from `forms.fill`.
        settings: where the platform's own app is.

    Raises:
        SettingsError: `app_not_configured`, the settings name no app.
    """
    if mode == SERVER_TO_SERVER:
        return App(filled["client_id"], filled["client_secret"], AppKind.SERVER)
    if mode == BYO_CLIENT:
        return App(filled["client_id"], filled["client_secret"], AppKind(filled.get("usage", AppKind.USER)))
    own = own_app(settings)
    if own is None:
        raise SettingsError("app_not_configured", settings=["ZOOM_CONNECTOR_CLIENT_ID", "ZOOM_CONNECTOR_CLIENT_SECRET"])
    return own


def own_app(settings: Settings) -> App | None:
    """Return the platform's own app, if the settings name one."""
    if not settings.client_id or settings.client_secret is None:
        return None
    return App(settings.client_id, settings.client_secret.get_secret_value())


def missing_scopes(identity: Identity, app: App, held: Collection[str]) -> tuple[str, ...]:
    """Name the required scopes that a grant lacks, in the family and at the level of its app.

    User and admin scopes never mix in one app, so one scope of the account's level tells for all, whatever was said
    about the app (https://developers.zoom.us/docs/build-flow/basic-info/app-mgmt/).
    """
    broader = identity.broader_scopes
    has = {*held, *(scope for scope, wide in broader.items() if wide in held)}
    if app.kind is AppKind.USER and not any(scope.endswith((":admin", ":master")) for scope in held):
        return tuple(lacking(identity.required_scopes.items(), has))
    raised = {
        f"{broader.get(classic, classic)}:admin": [f"{scope}:admin" for scope in granular]
        for classic, granular in identity.required_scopes.items()
    }
    return tuple(lacking(raised.items(), has))
