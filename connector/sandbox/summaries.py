"""What AI Companion wrote of a meeting."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(eq=False)
class Summary:
    """The summary of one time that a meeting was held."""

    created: datetime
    overview: str
    details: dict[str, str] = field(default_factory=dict)
    """Headings, and what was said under them."""
    next_steps: list[str] = field(default_factory=list)
    trashed: bool = False
