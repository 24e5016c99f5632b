"""What somebody wants to be told of, checked before it is promised."""

import difflib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from ..calls import Scopes
from ..catalogue import Catalogue
from ..errors import InvalidInputs, MissingScopes
from ..inputs import normalise
from ..outputs import SECRET_NAMES, check_reveal
from ..scopes import Standing, standing, suited
from ..store.feed import Sink, Subscription
from ..store.values import Connection
from ..trigger import Trigger
from ..types import Inputs


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be told of, and how.

    Attributes:
        trigger: key of a trigger.
        filters: as the trigger's `filters` describe them.
        ordered: nothing is delivered before what was received earlier.
        reveal: names of secret outputs, or of secrets inside `payload`, that are not masked.
        safety_net: Zoom is asked regularly as well, in case a webhook got lost.
        since: where the first poll begins; now when left out. One without a zone is this computer's time.
    """

    trigger: str
    filters: Inputs
    ordered: bool = False
    reveal: Collection[str] = ()
    safety_net: bool = False
    since: datetime | None = None


def checked(wish: Wish, catalogue: Catalogue, connection: Connection, sink: Sink, now: datetime) -> Subscription:
    """Make the subscription that somebody wishes for.

    Raises:
        InvalidInputs: `unknown_trigger`; `inputs_invalid`, the filters do not fit; `unknown_reveal`; `no_safety_net`,
            Zoom cannot be asked for this.
        MissingScopes: `scope_missing`, Zoom will not tell this connection.
    """
    trigger = trigger_named(wish.trigger, catalogue)
    filters = normalise(trigger.filters, wish.filters)
    check_reveal(trigger.outputs, wish.reveal, known=SECRET_NAMES)
    polls = wish.safety_net or not (trigger.events or trigger.any_event)
    if polls and not trigger.calls:
        raise InvalidInputs("no_safety_net", trigger=trigger.key)
    needed = [trigger.scopes, *(call.scopes for call in trigger.calls if polls and not call.optional)]
    for scopes in needed:
        _check_scopes(scopes, trigger, connection)
    return Subscription(
        id=f"sub_{secrets.token_hex(8)}",  # short, because people type it
        trigger=trigger.key,
        connection=connection.name,
        filters=filters,
        sink=sink,
        since=wish.since.astimezone(UTC) if wish.since else now,
        ordered=wish.ordered,
        reveal=tuple(wish.reveal),
        polls=polls,
    )


def trigger_named(key: str, catalogue: Catalogue) -> Trigger:
    """Return a trigger.

    Raises:
        InvalidInputs: `unknown_trigger`, with keys that look like it.
    """
    triggers = catalogue.triggers
    if key not in triggers:
        raise InvalidInputs("unknown_trigger", trigger=key, similar=difflib.get_close_matches(key, triggers))
    return triggers[key]


def _check_scopes(needed: Scopes, trigger: Trigger, connection: Connection) -> None:
    held = connection.grant.tokens.scopes
    if standing(needed, held) is Standing.MISSING:
        alternatives = [*needed.classic, *needed.granular]
        scopes = suited(alternatives, held) or alternatives
        raise MissingScopes("scope_missing", scopes=scopes, action=trigger.key, connection=connection.name)
