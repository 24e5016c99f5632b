"""Groups of users."""

import base64
import hashlib
from dataclasses import dataclass, field

from .answers import Refused


@dataclass(eq=False)
class Group:
    """Some users of an account."""

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    """Ids of users, in the order in which they came."""


class Groups:
    """The groups of one account. The caller holds the world's lock."""

    def __init__(self) -> None:
        self._all: dict[str, Group] = {}
        self._made = 0

    def add(self, name: str) -> Group:
        """Make a group.

        Raises:
            Refused: there is one of this name.
        """
        if any(group.name == name for group in self._all.values()):
            raise Refused(409, 4132, f'The group name "{name}" is already in use.')
        self._made += 1
        digest = hashlib.sha256(f"group {self._made}".encode()).digest()[:16]
        group = Group(base64.urlsafe_b64encode(digest).decode().rstrip("="), name)
        self._all[group.id] = group
        return group

    def find(self, group_id: str) -> Group:
        """Find a group.

        Raises:
            Refused: there is none.
        """
        if group_id not in self._all:
            raise Refused(404, 4130, f"A group with this {group_id} does not exist.")
        return self._all[group_id]

    def listed(self) -> list[Group]:
        """List all of them."""
        return list(self._all.values())

    def of(self, user_id: str) -> list[str]:
        """List the ids of the groups that a user is in."""
        return [group.id for group in self._all.values() if user_id in group.members]
