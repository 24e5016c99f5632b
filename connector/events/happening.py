"""One name for everything that reports the same happening."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from ..catalogue import Catalogue
from ..trigger import Trigger, said


class Happenings:
    """Names happenings as the triggers' manifests tell them apart."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def key(self, body: Mapping[str, Any]) -> str:
        """Return 64 letters that are the same whenever the same happening is reported, by a webhook or by a poll.

        Args:
            body: the event as Zoom sends it, or as a poll made it up.
        """
        name = str(body.get("event"))
        trigger = self._declared.get(name)
        facts = _facts(trigger, body) if trigger else None
        if facts is None:
            # Zoom may send the same event twice, with links and tokens made anew each time.
            facts = [body.get("event_ts"), _lasting(body.get("payload"))]
        return hashlib.sha256(json.dumps([name, facts], sort_keys=True).encode()).hexdigest()

    @cached_property
    def _declared(self) -> Mapping[str, Trigger]:
        triggers = [trigger for trigger in self._catalogue.triggers.values() if trigger.happening]
        # What only a poll can find goes by the trigger's key.
        return {name: trigger for trigger in triggers for name in trigger.events or (trigger.key,)}


def _facts(trigger: Trigger, body: Mapping[str, Any]) -> list[Any] | None:
    outputs = said(trigger, body)
    facts = [_at(outputs, path.split(".")) for path in trigger.happening]
    # Zoom leaves empty what it does not know, and that tells nothing apart.
    return None if any(fact in (None, "", []) for fact in facts) else facts


def _at(value: Any, steps: Sequence[str]) -> Any:
    if not steps:
        return value
    inner = value.get(steps[0].removesuffix("[]")) if isinstance(value, Mapping) else None
    if not steps[0].endswith("[]"):
        return _at(inner, steps[1:])
    rows = [_at(row, steps[1:]) for row in inner or ()]
    return sorted(str(row) for row in rows if row)  # Zoom keeps no order


def _lasting(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _lasting(inner) for name, inner in value.items() if not _passing(name, inner)}
    if isinstance(value, list):
        return [_lasting(inner) for inner in value]
    return value


def _passing(name: str, value: Any) -> bool:
    return name.endswith(("_url", "_token")) or (isinstance(value, str) and value.startswith(("https://", "http://")))
