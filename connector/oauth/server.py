"""Zoom as an authorization server (RFC 6749): its addresses, and what is asked of them through Authlib."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]  # it ships no types

from ..catalogue import Identity
from ..clock import Clock
from ..errors import ReconnectRequired, SignInFailed, ZoomAnswer, ZoomError, ZoomUnavailable
from ..settings import Settings
from ..store.values import App, Person, Tokens
from ..zoom.access import Token
from ..zoom.answers import decode
from ..zoom.request import trusted
from ..zoom.transport import NoAnswer, exchange, new_session

TIMEOUT = (5.0, 30.0)
"""Seconds to connect, and to wait for an answer."""
_JSON = {"Accept": "application/json"}


@dataclass(frozen=True)
class Endpoints:
    """Where Zoom is."""

    authorize: str
    token: str
    revoke: str
    api_url: str
    """Origin of the API, for an answer that names none."""
    hosts: frozenset[str]
    """Where credentials may go; see `zoom.request.trusted`."""

    @classmethod
    def of(cls, identity: Identity, settings: Settings) -> "Endpoints":
        """Take the addresses of `connector.json`, or those that the settings put in their place."""
        zoom = settings.zoom_url or identity.endpoints["zoom_url"]
        api = settings.api_url or identity.endpoints["api_url"]
        configured = {_host(url) for url in (settings.zoom_url, settings.api_url) if url}
        return cls(
            authorize=zoom + identity.endpoints["authorize"],
            token=zoom + identity.endpoints["token"],
            revoke=zoom + identity.endpoints["revoke"],
            api_url=api,
            hosts=frozenset(identity.hosts) | configured,
        )


class AuthorizationServer:
    """Asks Zoom for tokens, and who they belong to.

    Every answer is read by `zoom.answers.decode`, so the failures are those of the API.

    Args:
        endpoints: where Zoom is.
        clock: tells when tokens end.
        session: a session of requests, such as one with a proxy; one for each question when left out.
    """

    def __init__(self, endpoints: Endpoints, clock: Clock, session: requests.Session | None = None) -> None:
        self._endpoints = endpoints
        self._clock = clock
        self._session = session

    def authorize_url(self, app: App, *, redirect_uri: str, state: str, verifier: str) -> str:
        """Return the address of the consent page.

        `scope` is left out: the app's configuration decides, and sending it has broken sign-ins
        (https://devforum.zoom.us/t/52654). PKCE is RFC 7636.
        """
        client = OAuth2Session(app.client_id, code_challenge_method="S256")
        url: str = client.create_authorization_url(
            self._endpoints.authorize, state=state, code_verifier=verifier, redirect_uri=redirect_uri
        )[0]
        return url

    def exchange(self, app: App, *, code: str, redirect_uri: str, verifier: str) -> Tokens:
        """Trade an authorization code for tokens. A code works once, so this is never done again by itself.

        Raises:
            SignInFailed: `code_expired`, the code is too old or was used.
            ZoomUnavailable: no usable answer.
            ZoomError: the app's credentials or redirect were refused.
        """
        try:
            return self._tokens(
                app,
                lambda client: client.fetch_token(
                    self._endpoints.token,
                    grant_type="authorization_code",
                    code=code,
                    redirect_uri=redirect_uri,
                    code_verifier=verifier,
                    timeout=TIMEOUT,
                    allow_redirects=False,
                ),
            )
        except ReconnectRequired as error:
            raise SignInFailed("code_expired", zoom=error.zoom) from error

    def renew(self, app: App, refresh_token: str) -> Tokens:
        """Trade a refresh token for new tokens.

        Raises:
            ReconnectRequired: the grant is over; the code says how.
            ZoomUnavailable: no usable answer; the token may have been used up all the same.
            ZoomError: the app's credentials were refused.
        """
        try:
            return self._tokens(
                app,
                lambda client: client.refresh_token(
                    self._endpoints.token, refresh_token=refresh_token, timeout=TIMEOUT, allow_redirects=False
                ),
            )
        except ZoomError as error:
            if error.zoom is not None and error.zoom.error == "invalid_grant":
                raise ReconnectRequired("grant_dead", zoom=error.zoom) from error
            raise

    def mint(self, app: App, account_id: str | None) -> Tokens:
        """Ask for a token with nothing but an app's own credentials.

        Args:
            app: whose they are.
            account_id: whom the token stands for, as that of a server-to-server app does; None: the app itself, for
                its event subscriptions and nothing else.

        Source:
            https://developers.zoom.us/docs/internal-apps/s2s-oauth/ and
            https://developers.zoom.us/docs/api/webhooks/#configure-webhooks-via-zoom-api

        Raises:
            ZoomUnavailable: no usable answer.
            ZoomError: the app's credentials or the account were refused.
        """
        grant = {"grant_type": "client_credentials"}
        if account_id is not None:
            grant = {"grant_type": "account_credentials", "account_id": account_id}
        return self._tokens(
            app,
            lambda client: client.fetch_token(self._endpoints.token, timeout=TIMEOUT, allow_redirects=False, **grant),
            alone=True,
        )

    def revoke(self, app: App, access_token: str) -> None:
        """End the grant that a token belongs to.

        Raises:
            ZoomUnavailable: no usable answer.
            ZoomConnectorError: Zoom does not know the token, or refused the app's credentials.
        """
        with self._client(app) as client:
            answer = client.revoke_token(
                self._endpoints.revoke, token=access_token, timeout=TIMEOUT, allow_redirects=False
            )
        self._decoded(answer)

    def person(self, token: Token, user: str = "me") -> Person:
        """Ask Zoom whose token this is, or who the user is whom a server-to-server app stands for.

        Raises:
            MissingScopes: the app may not read its user.
            ZoomError: `token_rejected`, or anything else that the API refuses with, such as a user it does not know.
            ZoomUnavailable: no usable answer.
        """
        url = f"{token.api_url}/v2/users/{quote(user, safe='@')}"
        if not trusted(url, self._endpoints.hosts):
            raise ZoomError("host_not_trusted", host=urlsplit(url).hostname)
        try:
            with self._pool() as session:
                answer = exchange(session, "GET", url, token=token.value, timeout=TIMEOUT, headers=_JSON)
        except NoAnswer as error:
            raise ZoomUnavailable(error.code) from error
        me = self._decoded(answer)
        match me:
            case {"id": str(user_id), "account_id": str(account_id)}:
                name = me.get("display_name") or f"{me.get('first_name', '')} {me.get('last_name', '')}".strip()
                return Person(account_id, user_id, str(me.get("email", "")), str(name))
        raise ZoomError("answer_unreadable")

    @contextmanager
    def _pool(self) -> Iterator[requests.Session]:
        if self._session is not None:
            yield self._session
            return
        with new_session() as session:
            yield session

    @contextmanager
    def _client(self, app: App) -> Iterator[Any]:
        def checked(answer: requests.Response) -> requests.Response:
            match self._decoded(answer):
                case {"access_token": str(), "expires_in": int()}:
                    return answer
            raise ZoomError("answer_unreadable", zoom=ZoomAnswer(status=answer.status_code))

        client = OAuth2Session(app.client_id, app.client_secret)
        client.register_compliance_hook("access_token_response", checked)
        client.register_compliance_hook("refresh_token_response", checked)
        with self._pool() as client.session:
            try:
                yield client
            except requests.ReadTimeout as error:
                raise ZoomUnavailable("zoom_timeout") from error
            except requests.RequestException as error:
                raise ZoomUnavailable("zoom_unreachable") from error

    def _decoded(self, answer: requests.Response) -> Any:
        return decode(answer.status_code, answer.headers, answer.content, now=self._clock.now())

    def _tokens(self, app: App, ask: Callable[[Any], Mapping[str, Any]], *, alone: bool = False) -> Tokens:
        asked_at = self._clock.now()
        with self._client(app) as client:
            answer = ask(client)
        refresh = "" if alone else answer.get("refresh_token")
        match answer:
            case {"access_token": str(access), "expires_in": int(seconds)} if isinstance(refresh, str):
                return Tokens(
                    access=access,
                    refresh=refresh,
                    expires_at=asked_at + timedelta(seconds=seconds),
                    scopes=frozenset(str(answer.get("scope", "")).split()),
                    api_url=str(answer.get("api_url") or self._endpoints.api_url).rstrip("/"),
                )
        raise ZoomError("answer_unreadable")


def _host(url: str) -> str:
    parts = urlsplit(url)
    return parts.netloc if parts.scheme == "http" else parts.hostname or ""
