"""Connecting without a person: a server-to-server app's own credentials stand for the account.

https://developers.zoom.us/docs/internal-apps/s2s-oauth/
"""

from dataclasses import replace

from ..catalogue import Identity
from ..clock import Clock
from ..errors import MissingScopes
from ..store import App, Person, Store, Tokens
from .access import token_of
from .modes import missing_scopes
from .names import Connected, Names, check_name, check_owner
from .server import AuthorizationServer

_PAUSES = (2.0, 4.0, 8.0)
"""Seconds. For about twelve after an app was made or switched on, Zoom may leave scopes out of its tokens."""


class AccountCredentials:
    """Makes connections out of account credentials."""

    def __init__(self, store: Store, server: AuthorizationServer, identity: Identity, clock: Clock) -> None:
        self._store = store
        self._server = server
        self._identity = identity
        self._clock = clock
        self._names = Names(store, server, identity, clock)

    def connect(self, name: str, app: App, *, account_id: str, default_user: str, replaces: bool) -> Connected:
        """Make a connection that stands for one user of the account.

        Where required scopes are missing, Zoom is asked again for a quarter of a minute, because a new app's first
        tokens may lack some.

        Args:
            name: what the connection will be called; one that exists is connected anew.
            app: from `modes.app_for`.
            account_id: of the account that the app was made in.
            default_user: whom an absent `user_id` means: an e-mail address, a user id, or `me` for the app's owner.
            replaces: let the name mean this user, whoever it meant before.

        Raises:
            InvalidInputs: `connection_name_invalid`, or `connection_exists`: the name means another user of Zoom.
            MissingScopes: the app may not even read its users.
            ZoomError: the credentials, the account or the user were refused.
            ZoomUnavailable: Zoom gave no usable answer.
        """
        check_name(name)
        tokens = self._tokens(app, account_id)
        person = self._person(name, tokens, default_user, account_id)
        before = self._store.connections.get(name)
        if not replaces:
            check_owner(before, person)
        scopes = self._names.scopes()
        self._store.connections.make(name, app, person, tokens)
        return self._names.outcome(name, before, scopes)

    def _tokens(self, app: App, account_id: str) -> Tokens:
        tokens = self._server.mint(app, account_id)
        for seconds in _PAUSES:
            if not missing_scopes(self._identity, app, tokens.scopes):
                break
            self._clock.sleep(seconds)
            tokens = self._server.mint(app, account_id)
        return tokens

    def _person(self, name: str, tokens: Tokens, default_user: str, account_id: str) -> Person:
        try:
            person = self._server.person(token_of(tokens), default_user)
        except MissingScopes as error:
            raise MissingScopes(error.code, zoom=error.zoom, **{**error.params, "connection": name}) from error
        return replace(person, account_id=account_id)  # the one that mints tokens
