"""The token endpoint and revocation: Basic authentication, form body, Zoom's own error bodies.

https://developers.zoom.us/docs/integrations/oauth/
"""

from collections.abc import Callable, Mapping

from werkzeug.wrappers import Request, Response

from .answers import TokenRefused, json_answer
from .people import App, AppKind
from .tokens import Issued
from .world import World


def answer_token(world: World, request: Request) -> Response:
    """Issue tokens; the caller holds the world's lock.

    Raises:
        TokenRefused: Zoom says no.
    """
    app, form = _client(world, request), request.form
    kind = form.get("grant_type", "")
    if not kind:
        raise TokenRefused("invalid_request", "Missing grant type.")
    if kind not in _GRANTS:
        raise TokenRefused("unsupported_grant_type", "Grant type is not supported from token endpoint.")
    issued = _GRANTS[kind](world, app, form)
    body = {
        "access_token": issued.access_token,
        "token_type": "bearer",
        "expires_in": 3599,
        "scope": " ".join(sorted(issued.access.scopes)),
        "api_url": world.origin,
    }
    if issued.refresh_token is not None:
        body["refresh_token"] = issued.refresh_token
    return json_answer(body, headers={"Cache-Control": "no-store"})


def answer_revoke(world: World, request: Request) -> Response:
    """End the grant behind a token; the caller holds the world's lock.

    Raises:
        TokenRefused: Zoom says no.
    """
    world.tokens.revoke(_client(world, request), request.form.get("token", ""))
    return json_answer({"status": "success"})


def _client(world: World, request: Request) -> App:
    given = request.authorization
    if given is None or given.type != "basic":
        raise TokenRefused("invalid_request", "Client ID or client secret is missing.")
    app = world.people.apps.get(given.username or "")
    if app is None or app.client_secret != given.password:
        raise TokenRefused("invalid_client", "Invalid client_id or client_secret")
    if not app.active:
        raise TokenRefused("invalid_client", "The app has been disabled by the developer")
    return app


def _code(world: World, app: App, form: Mapping[str, str]) -> Issued:
    return world.tokens.exchange(
        app, form.get("code", ""), form.get("redirect_uri", ""), form.get("code_verifier") or None
    )


def _refresh(world: World, app: App, form: Mapping[str, str]) -> Issued:
    return world.tokens.refresh(app, form.get("refresh_token", ""))


def _account(world: World, app: App, form: Mapping[str, str]) -> Issued:
    if app.kind is not AppKind.SERVER_TO_SERVER:
        raise TokenRefused("unauthorized_client", "The grant type is not enabled for this app.")
    if form.get("account_id") != app.account.id:
        raise TokenRefused("invalid_request", "Invalid account_id")
    return world.tokens.mint(app, app.owner)


def _client_credentials(world: World, app: App, form: Mapping[str, str]) -> Issued:
    return world.tokens.mint(app, None)


_GRANTS: Mapping[str, Callable[[World, App, Mapping[str, str]], Issued]] = {
    "authorization_code": _code,
    "refresh_token": _refresh,
    "account_credentials": _account,
    "client_credentials": _client_credentials,
}
