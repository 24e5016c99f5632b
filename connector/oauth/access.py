"""A grant's tokens, renewed by one worker at a time however many there are.

Look, take the lease, look again, renew, save, use. No transaction is open while Zoom is asked.
"""

from datetime import timedelta

from ..clock import Clock
from ..errors import ReconnectRequired, ZoomError, ZoomUnavailable
from ..store import Store
from ..store.grants import Lease
from ..store.values import Connection, Grant, GrantState, Person, Tokens
from ..zoom.access import Token
from .server import AuthorizationServer

_MARGIN = timedelta(seconds=60)
"""A token is renewed this long before its end, so that it lasts for the call that it is asked for."""
_POLL = 0.2
"""Seconds between two looks at a grant that another process is renewing."""


class GrantAccess:
    """The grant behind a connection, as `zoom.access.Access` asks for it. Threads may share it."""

    def __init__(self, connection: Connection, store: Store, server: AuthorizationServer, clock: Clock) -> None:
        self.connection = connection.name
        self.account = connection.grant.person.account_id
        self.user = "me"
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

    def person(self) -> tuple[Person, Token]:
        """Ask Zoom whose grant this is, and say with which token; raises as `token` does, and what Zoom answers."""
        token = self.token()
        try:
            try:
                return self._server.person(token), token
            except ZoomError as error:
                if error.code != "token_rejected":
                    raise
            token = self.renew(token)
            return self._server.person(token), token
        except ReconnectRequired as error:
            grant = self._look()
            if grant.tokens.access == token.value:
                self._store.grants.end(grant, _state(error))
            raise ReconnectRequired(error.code, zoom=error.zoom, connection=self.connection) from error

    def revoke(self) -> bool:
        """End the grant at Zoom; False when Zoom says that there is nothing left to end.

        Raises:
            ZoomUnavailable, RateLimited: Zoom gave no usable answer.
        """
        try:
            self._server.revoke(self._look().app, self.token().value)
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
        except ReconnectRequired as error:
            # Another worker may have used this refresh token up, and saved what it got for it.
            if self._store.grants.end(lease.grant, _state(error)):
                raise ReconnectRequired(error.code, zoom=error.zoom, connection=self.connection) from error

    def _ask(self, grant: Grant) -> Tokens:
        try:
            return self._server.renew(grant.app, grant.tokens.refresh)
        except ZoomUnavailable:
            # The answer may have been lost after Zoom gave it; right after a renewal the old token has been seen to
            # work once more.
            return self._server.renew(grant.app, grant.tokens.refresh)


def token_of(tokens: Tokens) -> Token:
    """Return the half that calls to the API need."""
    return Token(tokens.access, tokens.api_url, tokens.scopes)


def _state(error: ReconnectRequired) -> GrantState:
    try:
        return GrantState(error.code)
    except ValueError:
        return GrantState.DEAD
