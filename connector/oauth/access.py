"""A grant's tokens, renewed by one worker at a time however many there are.

Look, take the lease, look again, renew, save, use. No transaction is open while Zoom is asked.
"""

import logging
from datetime import timedelta

from ..clock import Clock
from ..errors import ReconnectRequired, ZoomError, ZoomUnavailable
from ..store import Store
from ..store.values import AppKind, Connection, Grant, GrantState, Lease, Person, Tokens
from ..zoom.access import Token
from .server import AuthorizationServer

_log = logging.getLogger(__name__)

_MARGIN = timedelta(seconds=60)
"""A token is renewed this long before its end, so that it lasts for the call that it is asked for."""
_REFRESH_LIFE = timedelta(days=90) - timedelta(hours=1)
"""How long after the access token, which came with it and lasts an hour, a refresh token can still be good.

https://developers.zoom.us/docs/integrations/oauth/
"""
_POLL = 0.2
"""Seconds between two looks at a grant that another process is renewing."""


class GrantAccess:
    """The grant behind a connection, as `zoom.access.Access` asks for it. Threads may share it."""

    def __init__(self, connection: Connection, store: Store, server: AuthorizationServer, clock: Clock) -> None:
        self.connection = connection.name
        self.account = connection.grant.person.account_id
        self.user = connection.grant.acts_as
        self._id = connection.grant.id
        self._store = store
        self._server = server
        self._clock = clock

    def token(self) -> Token:
        """Return a token that is valid now, renewing one that is about to expire.

        Raises:
            ReconnectRequired: the grant is over; the code says how.
            ZoomUnavailable: Zoom gave no usable answer.
        """
        grant = self._look()
        if grant.tokens.expires_at - _MARGIN > self._clock.now():
            return token_of(grant.tokens)
        return token_of(self._renewed(grant))

    def renew(self, rejected: Token) -> Token:
        """Return a token other than `rejected`, which Zoom refused; renew unless somebody already did.

        Raises:
            ReconnectRequired: the grant is over; the code says how.
            ZoomUnavailable: Zoom gave no usable answer.
        """
        grant = self._look()
        if grant.tokens.access != rejected.value:
            return self.token()
        return token_of(self._renewed(grant))

    def ended(self, refused: Token, error: ReconnectRequired) -> Token:
        """Remember that Zoom called the grant over, unless the token that it refused is not the grant's any more.

        Returns:
            The token that a sign-in or another worker has brought in the meantime.

        Raises:
            ReconnectRequired: the grant is over; the code says how.
            ZoomUnavailable: Zoom gave no usable answer.
        """
        grant = self._store.grants.get(self._id)
        if grant is not None and grant.tokens.access == refused.value:
            if grant.app.kind is AppKind.SERVER:
                # Its tokens have ended one another at times (https://devforum.zoom.us/t/72070); minting one tells.
                return self.renew(refused)
            state = GrantState(error.code)
            if self._store.grants.end(grant, state):
                raise ReconnectRequired(state.value, zoom=error.zoom, connection=self.connection) from error
        return self.token()

    def person(self) -> Person | None:
        """Ask Zoom whose grant this is; None when that would take a refresh token.

        A test may run every minute and from anywhere, so it must not use up what keeps the connection alive. The token
        of a server-to-server app is minted, which uses up nothing.

        Raises:
            ReconnectRequired: the grant is over; the code says how.
            ZoomUnavailable: Zoom gave no usable answer.
        """
        grant = self._look()
        mints = grant.app.kind is AppKind.SERVER
        if not mints and grant.tokens.expires_at <= self._clock.now():
            return None
        token = self.token() if mints else token_of(grant.tokens)
        try:
            return self._server.person(token, self.user)
        except ReconnectRequired as error:
            token = self.ended(token, error)
        except ZoomError as error:
            if error.code != "token_rejected":
                raise
            if not mints:
                return None
            token = self.renew(token)
        return self._server.person(token, self.user)

    def revoke(self) -> bool:
        """End the grant at Zoom; False when there is nothing to end: no longer, or never, as of a server-to-server app.

        Raises:
            ZoomUnavailable, RateLimited: Zoom gave no usable answer.
        """
        try:
            app = self._look().app
            if app.kind is AppKind.SERVER:
                return False
            self._server.revoke(app, self.token().value)
        except ReconnectRequired:
            return False
        except ZoomError as error:
            if error.retryable:
                raise
            return False
        return True

    def _look(self) -> Grant:
        grant = self._store.grants.get(self._id)
        if grant is None:
            raise ReconnectRequired("grant_dead", connection=self.connection)
        if grant.state is not GrantState.ACTIVE:
            raise ReconnectRequired(grant.state.value, connection=self.connection)
        return grant

    def _renewed(self, stale: Grant) -> Tokens:
        with self._store.grants.turn(self._id):
            while (now := self._look()).fence == stale.fence:
                lease = self._store.grants.lease(self._id)
                if lease is None:
                    self._clock.sleep(_POLL)
                    continue
                try:
                    if lease.grant.fence == stale.fence and lease.grant.state is GrantState.ACTIVE:
                        self._renew(lease)
                finally:
                    self._store.grants.release(lease)
        return now.tokens

    def _renew(self, lease: Lease) -> None:
        """Save new tokens, unless newer ones come from elsewhere meanwhile; the caller looks again."""
        try:
            self._store.grants.save(lease, self._ask(lease.grant))
            _log.info("The tokens of %s are renewed", self.connection)
        except ReconnectRequired as error:
            state = self._ending(lease.grant, error)
            _log.info("The tokens of %s are not renewed: %s", self.connection, state.value)
            # Another worker may have used this refresh token up, and saved what it got for it.
            if self._store.grants.end(lease.grant, state):
                raise ReconnectRequired(state.value, zoom=error.zoom, connection=self.connection) from error

    def _ask(self, grant: Grant) -> Tokens:
        try:
            return self._fresh(grant)
        except ZoomUnavailable:
            # The answer may have been lost after Zoom gave it; right after a renewal the old token has been seen to
            # work once more.
            try:
                return self._fresh(grant)
            except ReconnectRequired as error:
                if error.code != GrantState.DEAD:
                    raise
                raise ReconnectRequired(GrantState.LOST.value, zoom=error.zoom) from error

    def _fresh(self, grant: Grant) -> Tokens:
        if grant.app.kind is AppKind.SERVER:
            return self._server.mint(grant.app, grant.person.account_id)
        return self._server.renew(grant.app, grant.tokens.refresh)

    def _ending(self, grant: Grant, error: ReconnectRequired) -> GrantState:
        """Say how a grant ended. Zoom gives a dead refresh token one answer whatever the reason; its age tells more."""
        state, now = GrantState(error.code), self._clock.now()
        if state not in (GrantState.DEAD, GrantState.LOST):
            return state
        if now >= grant.tokens.expires_at + _REFRESH_LIFE:
            return GrantState.EXPIRED
        if state is GrantState.DEAD and now < grant.tokens.expires_at - _MARGIN:
            # A token is renewed before its last minute only when Zoom refused it, so it knows neither half any more.
            return GrantState.REMOVED
        return state


def token_of(tokens: Tokens) -> Token:
    """Return the half that calls to the API need."""
    return Token(tokens.access, tokens.api_url, tokens.scopes)
