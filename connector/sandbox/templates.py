"""Meeting templates of a user."""

from dataclasses import dataclass
from typing import Any

MOST = 40


@dataclass(frozen=True)
class Template:
    """What new meetings can take their settings from."""

    id: str
    name: str
    settings: dict[str, Any]
