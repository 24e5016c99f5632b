"""What a store keeps for whoever is asked for help."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ..errors import ZoomAnswer

_LONGEST_DOING, _LONGEST_CODE, _LONGEST_TRACKING_ID = 100, 60, 200


@dataclass(frozen=True)
class Failed:
    """A failure without anything personal: no name, no address, no input and no text of Zoom's."""

    at: datetime
    doing: str
    """Key of the action; or `connect`."""
    code: str
    status: int | None = None
    """HTTP status of Zoom's answer."""
    number: int | None = None
    """Zoom's own number."""
    tracking_id: str | None = None

    @classmethod
    def of(cls, code: str, doing: str, at: datetime, zoom: ZoomAnswer | None) -> "Failed":
        """Take down what a failure is explained as, without what Zoom said in words."""
        known = zoom or ZoomAnswer()
        tracking_id = known.tracking_id and known.tracking_id[:_LONGEST_TRACKING_ID]
        return cls(at, doing[:_LONGEST_DOING], code[:_LONGEST_CODE], known.status, known.code, tracking_id)


class Failures(Protocol):
    """What failed lately: the latest 200 failures of the last 30 days."""

    def note(self, failed: Failed) -> None:
        """Keep a failure, and let go of those that are too old or too many."""

    def recent(self) -> list[Failed]:
        """Return what is kept, the latest first."""
