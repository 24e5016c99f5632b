"""Zoom's scopes: is a grant allowed to make a call?

Classic names are `resource:action[:level]`, granular ones `resource:action:claim[:level]`
(https://developers.zoom.us/docs/integrations/oauth-scopes-overview/). Levels rise from none (the user's own data) over
`admin` (the account) to `master` (sub-accounts), and a higher level serves a lower one.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from .calls import Scopes

_LEVELS = ("", "admin", "master")


class Standing(Enum):
    """What a grant's scopes say about a call."""

    HELD = "held"
    UNCERTAIN = "uncertain"
    """Not named, but Zoom may accept it: the call is sent and Zoom's answer is read."""
    MISSING = "missing"


@dataclass(frozen=True)
class _Parsed:
    name: str
    resource: str
    level: int


def standing(needed: Scopes, held: Collection[str]) -> Standing:
    """Compare what a call needs with what a grant holds.

    Only a grant without any scope of the call's resource at a sufficient level is turned down, because Zoom's own
    lists are incomplete: classic `meeting:write`, for one, is described as viewing too but not listed for reading.
    """
    wanted = [_parse(scope) for scope in (*needed.classic, *needed.granular)]
    if not wanted:
        return Standing.HELD
    owned = [_parse(scope) for scope in held]
    if any(has.name == want.name and has.level >= want.level for has in owned for want in wanted):
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
    owned = [_parse(scope) for scope in held]

    def holds(scope: str) -> bool:
        want = _parse(scope)
        return any(has.name == want.name and has.level >= want.level for has in owned)

    granular_app = any(len(has.name.split(":")) > 2 for has in owned)
    missing: list[str] = []
    for classic, granular in required:
        if holds(classic) or all(holds(scope) for scope in granular):
            continue
        missing += [scope for scope in granular if not holds(scope)] if granular_app else [classic]
    return missing


def _parse(scope: str) -> _Parsed:
    name, _, last = scope.rpartition(":")
    if last not in _LEVELS[1:]:
        name, last = scope, ""
    return _Parsed(name, name.partition(":")[0], _LEVELS.index(last))
