"""Which scopes actions need, as few as possible, and what a scope is good for."""

import difflib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from .calls import Call
from .catalogue import Action, Catalogue, Identity
from .errors import InvalidInputs
from .scopes import Family, Standing, Usage, at_level, parse, standing
from .trigger import Trigger, needs


@dataclass(frozen=True)
class Use:
    """A call that is made, and by whom."""

    call: Call
    action: Action | Trigger | None = None
    """What makes it; None: the connector itself, for every connection."""

    @property
    def who(self) -> str:
        """The key of the action or trigger; empty for the connector itself."""
        return self.action.key if self.action else ""

    @property
    def reason(self) -> str:
        """Why the call is made, in the words of the manifests."""
        if self.action is None:
            return self.call.purpose
        return f"{self.action.title}: {self.call.purpose or self.action.description}"


@dataclass(frozen=True)
class Asked:
    """A scope to ask for, and the calls that need it."""

    scope: str
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class ScopeSet:
    """The smallest set of scopes for some actions, in one family, for an app of one kind."""

    usage: Usage
    family: Family
    scopes: tuple[Asked, ...]
    beyond: tuple[Use, ...]
    """Calls for which Zoom has no such scope: without an optional one an action works, without another it does not."""


@dataclass(frozen=True)
class Allowed:
    """What a scope allows."""

    scope: str
    actions: tuple[Action, ...]
    """Actions that work with it alone, for the account or user that it is for."""
    in_part: tuple[Action, ...]
    """Other actions that make at least one call with it."""
    operations: tuple[Call, ...]


def smallest_set(identity: Identity, actions: Iterable[Action | Trigger], *, usage: Usage, family: Family) -> ScopeSet:
    """Return as few scopes as let every action work and every trigger fire, promises included.

    Any one of a call's alternatives is enough, and only those count that Zoom lists: classic `meeting:write` is
    described as viewing too, but where Zoom does not list it for reading, `meeting:read` is in the set as well. Where
    two sets are equally small, the scopes that every connection should have anyway come first, then reading ones.
    An action whose calls no such app can make asks for nothing.
    """
    needed = [
        (use, at_level(use.call.scopes.granular if family == "granular" else use.call.scopes.classic, usage))
        for use in _uses(identity, actions)
        if use.call.scopes.classic or use.call.scopes.granular
    ]
    impossible = {use.who for use, names in needed if not names and not use.call.optional}
    made = [(use, names) for use, names in needed if names and use.who not in impossible]
    chosen = _fewest([names for _, names in made], _required(identity))
    asked: dict[str, list[Use]] = {}
    for use, names in made:
        asked.setdefault(next(scope for scope in chosen if scope in names), []).append(use)
    beyond = [use for use, names in needed if not names and not (use.call.optional and use.who in impossible)]
    return ScopeSet(usage, family, tuple(Asked(scope, tuple(uses)) for scope, uses in asked.items()), tuple(beyond))


def allowed_by(catalogue: Catalogue, scope: str) -> Allowed:
    """Return what an app with one scope may do, by what Zoom publishes.

    Raises:
        InvalidInputs: `unknown_scope`, with scopes that look like it.
    """
    operations = tuple(call for call in catalogue.operations if _lets(scope, call))
    if not operations:
        known = {name for call in catalogue.operations for name in (*call.scopes.classic, *call.scopes.granular)}
        raise InvalidInputs("unknown_scope", scope=scope, similar=difflib.get_close_matches(scope, sorted(known)))
    actions = [action for action in catalogue.actions.values() if any(_lets(scope, call) for call in calls_of(action))]
    alone = [action for action in actions if all(call.optional or _lets(scope, call) for call in calls_of(action))]
    return Allowed(scope, tuple(alone), tuple(action for action in actions if action not in alone), operations)


def calls_of(action: Action | Trigger) -> tuple[Call, ...]:
    """Return the calls that an action declares, or what a trigger needs."""
    if isinstance(action, Trigger):
        return needs(action)
    return (action.request,) if action.request else action.calls


def _uses(identity: Identity, actions: Iterable[Action | Trigger]) -> Iterator[Use]:
    yield Use(identity.sign_in)
    for action in actions:
        yield from (Use(call, action) for call in calls_of(action))


def _lets(scope: str, call: Call) -> bool:
    known = bool(call.scopes.classic or call.scopes.granular)
    return known and standing(call.scopes, [scope]) is Standing.HELD


def _required(identity: Identity) -> set[str]:
    scopes = [*identity.required_scopes, *(scope for each in identity.required_scopes.values() for scope in each)]
    return {parse(scope).name for scope in scopes}


def _fewest(needs: Sequence[Sequence[str]], required: Collection[str]) -> list[str]:
    """Return the fewest scopes that leave no need without one."""
    forced = dict.fromkeys(need[0] for need in needs if len(need) == 1)
    unmet = [set(need) for need in needs if not forced.keys() & set(need)]
    candidates = sorted(
        dict.fromkeys(scope for need in needs for scope in need if set(need) in unmet),
        key=lambda scope: (parse(scope).name not in required, ":read" not in scope),
    )
    sets = (some for size in range(len(candidates) + 1) for some in combinations(candidates, size))
    return [*forced, *next(some for some in sets if all(need & set(some) for need in unmet))]
