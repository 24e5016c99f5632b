"""What can be done with connections: list, use, test, disconnect."""

from dataclasses import dataclass

from ..catalogue import Identity
from ..clock import Clock
from ..errors import InvalidInputs
from ..scopes import lacking
from ..store import Connection, Person, Store
from .access import GrantAccess
from .server import AuthorizationServer


@dataclass(frozen=True)
class Tested:
    """A connection that works."""

    connection: str
    person: Person
    """Who Zoom says is signed in."""
    scopes: frozenset[str]
    missing_scopes: tuple[str, ...]
    """Required scopes that the grant lacks."""


@dataclass(frozen=True)
class Disconnected:
    """A connection that is gone."""

    connection: str
    others: tuple[str, ...]
    """Connections that share the grant and keep working."""
    revoked: bool
    """Zoom has ended the grant; False also where it was over before."""


class Connections:
    """The connections in a store."""

    def __init__(self, store: Store, server: AuthorizationServer, identity: Identity, clock: Clock) -> None:
        self._store = store
        self._server = server
        self._identity = identity
        self._clock = clock

    def all(self) -> list[Connection]:
        """Return every connection with the state of its grant, by name; asks Zoom nothing."""
        return self._store.connections.all()

    def get(self, name: str) -> Connection:
        """Return the connection of this name.

        Raises:
            InvalidInputs: `unknown_connection`, with the names there are.
        """
        connection = self._store.connections.get(name)
        if connection is None:
            raise InvalidInputs("unknown_connection", connection=name, known=[known.name for known in self.all()])
        return connection

    def access(self, name: str) -> GrantAccess:
        """Return the access to Zoom that this name stands for; raises as `get` does."""
        return self._access(self.get(name))

    def test(self, name: str) -> Tested:
        """Ask Zoom who is signed in. A token that is still valid is used; none is renewed for the test's sake.

        Raises:
            InvalidInputs: `unknown_connection`.
            ReconnectRequired: the grant is over.
            ZoomConnectorError: whatever else Zoom answers.
        """
        person, token = self.access(name).person()
        missing = lacking(self._identity.required_scopes.items(), token.scopes)
        return Tested(name, person, token.scopes, tuple(missing))

    def disconnect(self, name: str) -> Disconnected:
        """Delete a connection; the last one of a grant ends the grant at Zoom and deletes its tokens.

        Raises:
            InvalidInputs: `unknown_connection`.
            ZoomUnavailable: Zoom gave no answer, so nothing was deleted; the grant may be over already.
        """
        connection = self.get(name)
        others = tuple(
            other.name for other in self._store.connections.of_grant(connection.grant.id) if other.name != name
        )
        revoked = not others and self._access(connection).revoke()
        self._store.connections.delete(name)
        return Disconnected(name, others, revoked)

    def _access(self, connection: Connection) -> GrantAccess:
        return GrantAccess(connection, self._store, self._server, self._clock)
