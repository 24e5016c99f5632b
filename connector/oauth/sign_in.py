"""Signing in: leave for Zoom's consent page, come back with a code, end with a connection.

RFC 6749 (4.1) with PKCE (RFC 7636). The code works once and kills the tokens of an earlier sign-in, so each step is
saved before the next, and a sign-in that was cut off goes on when its callback URL is given again.
"""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from ..catalogue import Identity
from ..clock import Clock
from ..errors import MissingScopes, SignInFailed, ZoomAnswer
from ..store import App, Connection, Pending, Store
from .access import token_of
from .names import Connected, Names, check_name, check_owner
from .server import AuthorizationServer

_LIFE = timedelta(minutes=10)
"""From leaving for Zoom to coming back; Zoom's own SDK allows as much."""


@dataclass(frozen=True)
class SignIn:
    """A sign-in that has begun: open `url` in a browser."""

    url: str = field(repr=False)
    redirect_uri: str
    """Must stand in the app at Zoom, character by character: as redirect URL and in the allow list."""


class SignIns:
    """Begins and finishes sign-ins."""

    def __init__(self, store: Store, server: AuthorizationServer, identity: Identity, clock: Clock) -> None:
        self._store = store
        self._server = server
        self._clock = clock
        self._names = Names(store, server, identity, clock)

    def begin(self, connection: str, app: App, *, redirect_uri: str) -> SignIn:
        """Make the address of the consent page.

        Args:
            connection: what the connection will be called; one that exists is connected anew.
            app: from `modes.app_for`.
            redirect_uri: where Zoom sends the browser back to.

        Raises:
            InvalidInputs: `connection_name_invalid`.
        """
        check_name(connection)
        state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        pending = Pending(connection, app, redirect_uri, verifier)
        self._store.sign_ins.put(state, pending, expires_at=self._clock.now() + _LIFE)
        url = self._server.authorize_url(app, redirect_uri=redirect_uri, state=state, verifier=verifier)
        return SignIn(url, redirect_uri)

    def finish(self, callback_url: str, *, replace: bool = False) -> Connected:
        """Make the connection, out of the URL that Zoom sent the browser to; one pasted by a person will do.

        After `connection_exists` the same URL is good for one more call, `finish` with `replace` or `abandon`; after
        an answer that never came, for another `finish`.

        Args:
            callback_url: the whole URL, or what follows its `?`.
            replace: let the connection's name mean the user who has now signed in, whoever it meant before.

        Raises:
            SignInFailed: `state_missing`, `state_unknown`, `state_used`, `state_expired`, `code_missing`,
                `code_expired`, `sign_in_declined`, or `sign_in_refused` for any other `error=`.
            InvalidInputs: `connection_exists`, the name means another user of Zoom.
            MissingScopes: the app may not even read who signed in.
            ZoomUnavailable: Zoom gave no usable answer.
            ZoomError: the app's credentials or redirect were refused.
        """
        callback = _Callback.read(callback_url)
        pending = self._store.sign_ins.take(callback.state)
        before, scopes = self._store.connections.get(pending.connection), self._names.scopes()
        grant_id = pending.grant_id or self._identify(callback, pending)
        grant = self._store.grants.get(grant_id)
        if grant is None:
            raise SignInFailed("state_used", connection=pending.connection)
        if not replace:
            check_owner(before, grant.person)
        self._store.sign_ins.finish(callback.state, pending.connection, grant_id)
        return self._names.outcome(pending.connection, before, scopes)

    def abandon(self, callback_url: str) -> None:
        """Leave everything as it was after `connection_exists`; a grant that no connection uses is ended at Zoom.

        Raises:
            SignInFailed: the URL is none that `finish` answered so.
            ZoomUnavailable: Zoom gave no usable answer.
        """
        callback = _Callback.read(callback_url)
        pending = self._store.sign_ins.take(callback.state)
        grant = self._store.grants.get(pending.grant_id) if pending.grant_id else None
        if grant is None:
            raise SignInFailed("state_used", connection=pending.connection)
        self._names.retire(Connection(pending.connection, grant, grant.since))
        self._store.sign_ins.finish(callback.state, None, grant.id)

    def _identify(self, callback: "_Callback", pending: Pending) -> str:
        """Find out who signed in, and save it."""
        tokens = pending.tokens
        if tokens is None:
            callback.refuse(pending.connection)
            tokens = self._server.exchange(
                pending.app, code=callback.code, redirect_uri=pending.redirect_uri, verifier=pending.verifier
            )
            self._store.sign_ins.keep(callback.state, tokens)
        try:
            person = self._server.person(token_of(tokens))
        except MissingScopes as error:
            raise MissingScopes(
                error.code, zoom=error.zoom, **{**error.params, "connection": pending.connection}
            ) from error
        return self._store.sign_ins.settle(callback.state, pending, person, tokens)


@dataclass(frozen=True)
class _Callback:
    """What Zoom put into the query of the redirect (RFC 6749, 4.1.2)."""

    state: str
    code: str = field(repr=False)
    error: str
    description: str

    @classmethod
    def read(cls, url: str) -> "_Callback":
        text = url.strip()
        query = parse_qs(urlsplit(text).query if "?" in text else text)
        state, code, error, description = (
            query.get(name, [""])[0] for name in ("state", "code", "error", "error_description")
        )
        if not state:
            raise SignInFailed("state_missing")
        return cls(state, code, error, description)

    def refuse(self, connection: str) -> None:
        if self.error:
            # Anybody can write these two into a URL, so they are cut to what a message may hold.
            zoom = ZoomAnswer(error=_printable(self.error), message=_printable(self.description))
            code = "sign_in_declined" if self.error == "access_denied" else "sign_in_refused"
            raise SignInFailed(code, zoom=zoom, connection=connection)
        if not self.code:
            raise SignInFailed("code_missing", connection=connection)


def _printable(text: str) -> str:
    return "".join(character for character in text if character.isprintable())[:200]
