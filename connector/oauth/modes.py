"""The ways of connecting, and whose app each signs in to."""

from ..catalogue import Identity
from ..errors import Fault, InvalidInputs, SettingsError
from ..settings import Settings
from ..store import App
from ..types import Inputs

OWN_APP = "oauth_authorization_code"
BYO_CLIENT = "oauth_byo_client"


def app_for(mode: str, inputs: Inputs, *, identity: Identity, settings: Settings) -> App:
    """Return the app that a sign-in goes through; from here on nothing can tell whose it is.

    Args:
        mode: a key of `auth` in `connector.json`.
        inputs: what the mode's form was filled in with.
        identity: what `connector.json` says.
        settings: where the platform's own app is.

    Raises:
        InvalidInputs: `mode_unknown`, or `inputs_invalid` for a field left empty.
        SettingsError: `app_not_configured`, the settings name no app.
    """
    if mode not in identity.auth:
        raise InvalidInputs("mode_unknown", mode=mode, known=sorted(identity.auth))
    required = identity.auth[mode]["inputs"].get("required", [])
    filled = {name: str(inputs.get(name) or "").strip() for name in required}
    if empty := [Fault(f"/{name}", "required") for name, value in filled.items() if not value]:
        raise InvalidInputs("inputs_invalid", empty)
    if mode == BYO_CLIENT:
        return App(filled["client_id"], filled["client_secret"])
    own = own_app(settings)
    if own is None:
        raise SettingsError("app_not_configured", settings=["ZOOM_CONNECTOR_CLIENT_ID", "ZOOM_CONNECTOR_CLIENT_SECRET"])
    return own


def own_app(settings: Settings) -> App | None:
    """Return the platform's own app, if the settings name one."""
    if not settings.client_id or settings.client_secret is None:
        return None
    return App(settings.client_id, settings.client_secret.get_secret_value())
