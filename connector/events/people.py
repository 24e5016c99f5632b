"""People whom filters name by e-mail address; most of Zoom's events name people by id only."""

from collections.abc import Callable, Sequence
from typing import Any

from ..errors import ZoomConnectorError
from ..trigger import Trigger
from ..types import Inputs


def by_id(trigger: Trigger, filters: Inputs, user_id: Callable[[str], str]) -> Inputs:
    """Return filters with users' ids where addresses would be compared with ids.

    An address that Zoom knows nobody by stays where it can be compared with an address as well.

    Args:
        trigger: what the filters mean.
        filters: that fit the trigger.
        user_id: asks Zoom for the id of whoever has an address.

    Raises:
        ZoomConnectorError: whatever `user_id` raises, where there is nothing but ids to compare with.
    """
    fields = trigger.filters.get("properties", {})
    return {name: _found(fields[name].get("on", ()), wanted, user_id) for name, wanted in filters.items()}


def _found(outputs: Sequence[str], wanted: Any, user_id: Callable[[str], str]) -> Any:
    if not (outputs and outputs[0].endswith("id") and isinstance(wanted, str) and "@" in wanted):
        return wanted
    try:
        return user_id(wanted)
    except ZoomConnectorError:
        if all(output.endswith("id") for output in outputs):
            raise
        return wanted
