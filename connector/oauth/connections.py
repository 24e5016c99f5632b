"""What can be done with connections: list, use, test, rename, disconnect, forget."""

from dataclasses import dataclass

from ..catalogue import Identity
from ..clock import Clock
from ..errors import InvalidInputs, ZoomError
from ..store import Connection, Person, Store
from .access import GrantAccess
from .modes import missing_scopes
from .names import check_name, is_name
from .server import AuthorizationServer


@dataclass(frozen=True)
class Tested:
    """What a test found out about a connection that is not known to be dead."""

    connection: str
    person: Person
    """Who is signed in."""
    asked: bool
    """Whether Zoom said so just now; otherwise the access token is over, and the connection's next use renews it."""
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
    """Zoom has ended the grant; False also where it was over before, or the app needs none."""
    unreached: bool = False
    """Zoom gave no answer: the app may still have access there."""


@dataclass(frozen=True)
class Forgotten:
    """A Zoom user of whom nothing is left."""

    connections: tuple[str, ...]
    """Names that are gone."""
    unreached: bool
    """Zoom gave no answer for some grant: the app may still have access there."""


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
        # What cannot be a name may be what a database refuses to compare with one.
        connection = self._store.connections.get(name) if is_name(name) else None
        if connection is None:
            raise InvalidInputs("unknown_connection", connection=name, known=[known.name for known in self.all()])
        return connection

    def access(self, name: str) -> GrantAccess:
        """Return the access to Zoom that this name stands for; raises as `get` does."""
        return self._access(self.get(name))

    def test(self, name: str) -> Tested:
        """Ask Zoom who is signed in, as long as the access token lives: no refresh token is spent on a test.

        Raises:
            InvalidInputs: `unknown_connection`.
            ReconnectRequired: the grant is over.
            ZoomConnectorError: whatever else Zoom answers.
        """
        connection = self.get(name)
        person = self._access(connection).person()
        grant = self.get(name).grant
        missing = missing_scopes(self._identity, grant.app, grant.tokens.scopes)
        return Tested(name, person or grant.person, person is not None, grant.tokens.scopes, missing)

    def rename(self, name: str, new: str) -> None:
        """Give a connection another name; idempotency keys used under the old one go on counting.

        Raises:
            InvalidInputs: `unknown_connection`, `connection_name_invalid`, or `connection_name_taken`.
        """
        self.get(name)
        check_name(new)
        if new != name and not self._store.connections.rename(name, new):
            raise InvalidInputs("connection_name_taken", connection=new)

    def disconnect(self, name: str, *, anyway: bool = False) -> Disconnected:
        """Delete a connection; the last one of a grant ends the grant at Zoom and deletes its tokens.

        Args:
            name: of the connection.
            anyway: delete it even where Zoom gives no answer.

        Raises:
            InvalidInputs: `unknown_connection`.
            ZoomUnavailable: Zoom gave no answer, so nothing was deleted; the grant may be over already.
        """
        connection = self.get(name)
        others = tuple(
            other.name for other in self._store.connections.of_grant(connection.grant.id) if other.name != name
        )
        revoked = unreached = False
        if not others:
            try:
                revoked = self._access(connection).revoke()
            except ZoomError:
                if not anyway:
                    raise
                unreached = True
        self._store.connections.delete(name)
        return Disconnected(name, others, revoked, unreached)

    def forget(self, user: str) -> Forgotten:
        """Delete everything about a Zoom user, ending their grants at Zoom where Zoom answers.

        Args:
            user: e-mail address or user id.

        Raises:
            InvalidInputs: `unknown_user`, nobody of that name is stored.
        """
        grants = self._store.removals.grants_of(user)
        if not grants:
            raise InvalidInputs("unknown_user", user=user)
        unreached = False
        for grant in grants:
            try:
                self._access(Connection("", grant, grant.since)).revoke()
            except ZoomError:
                unreached = True
        return Forgotten(self._store.removals.remove([grant.id for grant in grants]), unreached)

    def _access(self, connection: Connection) -> GrantAccess:
        return GrantAccess(connection, self._store, self._server, self._clock)
