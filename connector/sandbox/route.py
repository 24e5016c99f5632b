"""One operation that the local Zoom knows: method, path, rate-limit label and scopes, as Zoom publishes them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .call import Call

MEETING_READ = ("meeting:read", "meeting:read:admin")
MEETING_WRITE = ("meeting:write", "meeting:write:admin")
RECORDING_READ = ("recording:read", "recording:read:admin")
RECORDING_WRITE = ("recording:write", "recording:write:admin")
USER_WRITE = ("user:write", "user:write:admin")
USER = ("user:read", "user:write", "user:read:admin", "user:write:admin")


@dataclass(frozen=True)
class Route:
    """One operation; within a family of scopes any one is enough."""

    method: str
    path: str
    label: str
    classic: tuple[str, ...]
    granular: tuple[str, ...]
    run: Callable[[Call], dict[str, Any] | list[Any] | None]
    success: int = 200
    played: bool = True
    """False: the answer is an example, whatever is asked."""

    @cached_property
    def template(self) -> tuple[str, ...]:
        """The segments of the path."""
        return tuple(self.path.strip("/").split("/"))


def granular(scope: str, *levels: str) -> tuple[str, ...]:
    """Return a scope and the same one at higher levels."""
    return (scope, *(f"{scope}:{level}" for level in levels))
