"""What every part of the store works with."""

import hashlib
from dataclasses import dataclass, field

from ..clock import Clock
from .cipher import Cipher
from .database import Database
from .turns import Turns


@dataclass(frozen=True)
class Vault:
    """One tenant's share of a database."""

    database: Database
    cipher: Cipher
    tenant: str
    clock: Clock
    turns: Turns = field(default_factory=Turns)


def hashed(text: str) -> str:
    """Return a name for a text that does not tell it."""
    return hashlib.sha256(text.encode()).hexdigest()
