"""Zoom's scopes: is a grant allowed to make a call, and what could its app be given?

Classic names are `resource:action[:level]`, granular ones `resource:action:claim[:level]`
(https://developers.zoom.us/docs/integrations/oauth-scopes-overview/). Levels rise from none (the user's own data) over
`admin` (the account) to `master` (sub-accounts), and a higher level serves a lower one. An app is either managed by
its users and has scopes without a level, or by admins and has the others
(https://developers.zoom.us/docs/build-flow/basic-info/app-mgmt/).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Literal

from .calls import Scopes

Usage = Literal["user", "admin"]
"""Who manages an app: each user for their own data, or an admin for the account."""

Family = Literal["granular", "classic"]
"""Which of Zoom's two sets of names an app uses; new apps have granular ones."""

_LEVELS = ("", "admin", "master")
_ACTIONS = ("read", "write", "update", "delete")
_OWN_DATA_ONLY = frozenset(
    ["app:notification:read", "app:notification:write", "user_info:read", "user_profile", "user_zak:read"]
)
"""Classic scopes that have no counterpart for the account."""
_LOOK_GRANULAR = frozenset(
    f"{resource}:{claim}"
    for resource in ("meeting", "webinar", "meeting_token", "webinar_token")
    for claim in ("write:sip_dialing", "read:live_streaming", "read:local_archiving", "read:local_recording")
)
"""Classic scopes of three parts; Zoom puts their level in the middle (`meeting:write:admin:sip_dialing`)."""


class Standing(Enum):
    """What a grant's scopes say about a call."""

    HELD = "held"
    UNCERTAIN = "uncertain"
    """Not named, but Zoom may accept it: the call is sent and Zoom's answer is read."""
    MISSING = "missing"


@dataclass(frozen=True)
class Scope:
    """A scope taken apart."""

    name: str
    """Without its level."""
    level: int
    """0 for the user's own data, 1 for the account, 2 for sub-accounts."""

    @property
    def resource(self) -> str:
        """What it is about, such as `meeting`."""
        return self.name.partition(":")[0]

    @property
    def granular(self) -> bool:
        """Whether it names a claim on its resource, such as `list_meetings`."""
        parts = self.name.split(":")
        return len(parts) > 2 and parts[1] in _ACTIONS and self.name not in _LOOK_GRANULAR


@lru_cache(maxsize=4096)  # Zoom has fewer, and a call is compared with all that a grant holds
def parse(scope: str) -> Scope:
    """Take a scope apart, wherever its level stands."""
    parts = scope.split(":")
    levels = [part for part in parts[1:] if part in _LEVELS[1:]]
    name = ":".join([parts[0], *(part for part in parts[1:] if part not in levels)])
    return Scope(name, _LEVELS.index(levels[0]) if levels else 0)


def standing(needed: Scopes, held: Collection[str]) -> Standing:
    """Compare what a call needs with what a grant holds.

    Only a grant without any scope of the call's resource at a sufficient level is turned down, because Zoom's own
    lists are incomplete: classic `meeting:write`, for one, is described as viewing too but not listed for reading.
    """
    wanted = [parse(scope) for scope in (*needed.classic, *needed.granular)]
    if not wanted:
        return Standing.HELD
    owned = [parse(scope) for scope in held]
    if any(_serves(has, want) for has in owned for want in wanted):
        return Standing.HELD
    lowest = min(want.level for want in wanted)
    resources = {want.resource for want in wanted}
    if any(has.resource in resources and has.level >= lowest for has in owned):
        return Standing.UNCERTAIN
    return Standing.MISSING


def lacking(required: Iterable[tuple[str, Collection[str]]], held: Collection[str]) -> list[str]:
    """Name the required scopes that a grant lacks, in the family the grant's app uses.

    Args:
        required: classic scope and the granular scopes that replace it, all of them together.
        held: the scopes of the grant, as the token endpoint returned them.
    """
    owned = [parse(scope) for scope in held]
    family, _ = _app(owned)

    def holds(scope: str) -> bool:
        return any(_serves(has, parse(scope)) for has in owned)

    missing: list[str] = []
    for classic, granular in required:
        if holds(classic) or all(holds(scope) for scope in granular):
            continue
        missing += [scope for scope in granular if not holds(scope)] if family == "granular" else [classic]
    return missing


def suited(scopes: Iterable[str], held: Collection[str]) -> list[str]:
    """Keep those of some scopes that the app behind a grant could be given: of its family and at its level.

    Args:
        scopes: alternatives of both families and all levels.
        held: the scopes of the grant; when there are none, nothing is known of the app, and all are kept.
    """
    alternatives = list(scopes)
    owned = [parse(scope) for scope in held]
    family, usage = _app(owned)
    of_family = [scope for scope in alternatives if parse(scope).granular == (family == "granular")]
    return at_level(of_family, usage) if owned else alternatives


def at_level(scopes: Iterable[str], usage: Usage) -> list[str]:
    """Keep those of some alternatives of one family that an app may have, in their order.

    A classic scope stands for its counterpart for the account as well: for the recordings of a meeting Zoom lists
    `recording:read` and leaves out `recording:read:admin`.
    """
    level = 1 if usage == "admin" else 0
    found: dict[str, None] = {}
    for scope in scopes:
        has = parse(scope)
        if has.level == level:
            found[scope] = None
        elif level > has.level and not has.granular and has.name not in _OWN_DATA_ONLY | _LOOK_GRANULAR:
            found[f"{has.name}:admin"] = None
    return list(found)


def usage(held: Iterable[str]) -> Usage:
    """Say who manages the app behind a grant, by the scopes of the grant."""
    return _app([parse(scope) for scope in held])[1]


def _app(owned: Collection[Scope]) -> tuple[Family, Usage]:
    family: Family = "granular" if any(has.granular for has in owned) else "classic"
    return family, "admin" if any(has.level for has in owned) else "user"


def _serves(has: Scope, want: Scope) -> bool:
    return has.name == want.name and has.level >= want.level
