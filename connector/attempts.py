"""Reads that an action can do without: what the grant, the role or the plan does not allow is left out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from .errors import MissingScopes, ZoomError
from .types import Inputs, Outputs

if TYPE_CHECKING:
    from .zoom.client import ZoomClient

T = TypeVar("T")


def attempt(zoom: "ZoomClient", name: str, inputs: Inputs | None = None) -> Outputs | None:
    """Make a declared call; None where the scopes, the role or the plan do not allow it, or there is no such thing.

    Raises:
        ZoomConnectorError: what has another reason, and may pass.
    """
    return _unless_refused(lambda: zoom.call(name, inputs)) if zoom.may(name) else None


def attempt_list(zoom: "ZoomClient", name: str, inputs: Inputs | None = None) -> list[Outputs] | None:
    """Read a declared list as a whole; see `attempt`."""
    return _unless_refused(lambda: list(zoom.list(name, inputs))) if zoom.may(name) else None


def _unless_refused(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except MissingScopes:
        return None
    except ZoomError as error:
        if error.retryable:
            raise
        return None
