"""What the published app is for: actions and triggers that an app of its kind can do, and the scopes they need."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..catalogue import Action, Catalogue
from ..scope_sets import ScopeSet, smallest_set
from ..scopes import Usage
from ..trigger import Trigger


@dataclass(frozen=True)
class Chosen:
    """What the app is for."""

    actions: tuple[Action, ...] = field(repr=False)
    triggers: tuple[Trigger, ...] = field(repr=False)
    impossible: tuple[str, ...]
    """Keys of what was asked for and cannot be done, because Zoom has no scope for it that such an app can have."""
    scopes: ScopeSet = field(repr=False)

    @property
    def all(self) -> list[Action | Trigger]:
        """The actions, then the triggers."""
        return [*self.actions, *self.triggers]


def chosen(catalogue: Catalogue, wanted: Iterable[Action | Trigger], usage: Usage) -> Chosen:
    """Keep what an app can do that has granular scopes, the only ones that a new app can have.

    Args:
        catalogue: where everything is.
        wanted: what the app is for.
        usage: who manages it.
    """
    wanted = list(wanted)
    scopes = smallest_set(catalogue.identity, wanted, usage=usage, family="granular")
    impossible = tuple(dict.fromkeys(use.who for use in scopes.beyond if not use.call.optional))
    possible = [one for one in wanted if one.key not in impossible]
    actions = tuple(one for one in possible if isinstance(one, Action))
    return Chosen(actions, tuple(one for one in possible if isinstance(one, Trigger)), impossible, scopes)
