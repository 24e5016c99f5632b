"""What a connection's name may be and mean, and what becomes of the grant that it meant before."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..catalogue import Identity
from ..clock import Clock
from ..errors import InvalidInputs
from ..store import Connection, Person, Store
from .access import GrantAccess
from .modes import missing_scopes
from .server import AuthorizationServer

_NAME = re.compile(r"\w[\w .@-]{0,63}")


@dataclass(frozen=True)
class Connected:
    """What connecting came to."""

    connection: Connection
    renewed: tuple[str, ...]
    """Other connections of the same user and app, which share the grant and work again."""
    missing_scopes: tuple[str, ...]
    """Required scopes that did not come back."""
    lost_scopes: tuple[str, ...] = ()
    """Scopes that the grant had before: neither this connection nor the `renewed` ones can use them any longer."""


class Names:
    """The names in a store, for whoever gives them."""

    def __init__(self, store: Store, server: AuthorizationServer, identity: Identity, clock: Clock) -> None:
        self._store = store
        self._server = server
        self._identity = identity
        self._clock = clock

    def scopes(self) -> Mapping[str, frozenset[str]]:
        """Return what each grant in use may do, to be compared with what it may do later."""
        return {one.grant.id: one.grant.tokens.scopes for one in self._store.connections.all()}

    def outcome(self, name: str, before: Connection | None, scopes: Mapping[str, frozenset[str]]) -> Connected:
        """Tell what giving the name to a grant came to, and end the grant it meant before, if nothing else does.

        Args:
            name: points at its new grant already.
            before: what it was until now.
            scopes: from `scopes`, before the new grant was saved.

        Raises:
            ZoomUnavailable: Zoom gave no usable answer when the former grant was to be ended.
        """
        connection = self._store.connections.get(name)
        if connection is None:
            raise InvalidInputs("unknown_connection", connection=name, known=[])
        grant = connection.grant
        if before and before.grant.id != grant.id:
            self.retire(before)
        sharing = self._store.connections.of_grant(grant.id)
        held = grant.tokens.scopes
        return Connected(
            connection=connection,
            renewed=tuple(one.name for one in sharing if one.name != name),
            missing_scopes=missing_scopes(self._identity, grant.app, held),
            lost_scopes=tuple(sorted(scopes.get(grant.id, frozenset()) - held)),
        )

    def retire(self, old: Connection) -> None:
        """End a grant that no connection uses any more; raises as `GrantAccess.revoke` does."""
        if not self._store.connections.of_grant(old.grant.id):
            GrantAccess(old, self._store, self._server, self._clock).revoke()
            self._store.grants.discard(old.grant.id)


def is_name(name: str) -> bool:
    """Say whether a connection can be called so."""
    return _NAME.fullmatch(name) is not None


def check_name(name: str) -> None:
    """Refuse a name that would not fit into an address or a table.

    Raises:
        InvalidInputs: `connection_name_invalid`.
    """
    if not is_name(name):
        raise InvalidInputs("connection_name_invalid", connection=name)


def check_owner(before: Connection | None, person: Person) -> None:
    """Let a name that exists go on meaning the same Zoom user.

    Raises:
        InvalidInputs: `connection_exists`, it means somebody else.
    """
    if before and _key(before.grant.person) != _key(person):
        raise InvalidInputs(
            "connection_exists",
            connection=before.name,
            user=before.grant.person.email,
            new_user=person.email,
        )


def _key(person: Person) -> tuple[str, str]:
    return person.account_id, person.user_id
