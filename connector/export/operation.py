"""One thing that the web service can be asked, as data: the server and its document are made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..types import Schema
from .answers import Shape


@dataclass(frozen=True)
class Operation:
    """One thing that the service can be asked."""

    id: str
    method: str
    path: str
    """With the names of its parts in braces."""
    tag: str
    summary: str
    answer: Shape | None = None
    """Schema of what it answers; None: nothing."""
    status: int = 200
    query: Mapping[str, Schema] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    """Names of `query` that must be given."""
    body: Schema | None = None
    """Schema of what must be sent."""
    open: bool = False
    """Answers those without a key too."""
    description: str = ""


TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
NAME: Schema = {"type": "string", "minLength": 1, "maxLength": 64}
FLAG: Schema = {"type": "boolean", "default": False}
