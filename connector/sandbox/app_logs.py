"""What Zoom writes down for the developer of an app."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LoggedCall:
    """One call of the API, with a token of the app."""

    client_id: str
    method: str
    pattern: str
    """Template of the operation."""
    status: int
    moment: datetime
    trace_id: str
