"""One call to Zoom, as a manifest declares it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Effect = Literal["read", "create", "update", "delete"]
"""What a call does at Zoom: it decides what may be sent again and how hosts mark the action."""

EFFECTS: Mapping[str, Effect] = {
    "GET": "read",
    "POST": "create",
    "PUT": "update",
    "PATCH": "update",
    "DELETE": "delete",
}
"""What an operation does that is known by its method only."""

RateLimit = Literal["light", "medium", "heavy", "resource_intensive"]
"""Zoom's label for what an operation costs (https://developers.zoom.us/docs/api/rate-limits/)."""


@dataclass(frozen=True)
class Scopes:
    """The scopes Zoom publishes for an operation: within a family any one is enough."""

    classic: tuple[str, ...] = ()
    granular: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """How the rows of a list are found and put together."""

    items: str
    """The field of Zoom's answer that holds the rows."""
    key: tuple[str, ...] = ()
    """The fields that make a row unique; none: no row is dropped."""
    page_size: int | None = None
    """Rows asked for per page; None: the operation is not paged."""
    days: int | None = None
    """The widest `from`..`to` window of one call, both ends counted; None: Zoom sets no limit."""


@dataclass(frozen=True)
class Call:
    """One operation of Zoom and how inputs become its request."""

    method: str
    path: str
    effect: Effect
    scopes: Scopes
    rate_limit: RateLimit
    query: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)
    joins: Mapping[str, str] = field(default_factory=dict)
    listing: Listing | None = None
    optional: bool = False
    """An action works without it, so its scopes are not asked for before a run."""
    purpose: str = ""
    """What it is for, where the action does not tell: a reason to ask for its scope."""


def read_call(raw: Mapping[str, Any]) -> Call:
    """Read one entry of `request`, `calls` or `operations.json`."""
    listing = raw.get("list")
    return Call(
        method=raw["method"],
        path=raw["path"],
        effect=raw["effect"],
        scopes=Scopes(tuple(raw["scopes"]["classic"]), tuple(raw["scopes"]["granular"])),
        rate_limit=raw["rate_limit"],
        query=tuple(raw.get("query", ())),
        names=raw.get("names", {}),
        constants=raw.get("constants", {}),
        joins=raw.get("joins", {}),
        listing=listing
        and Listing(listing["items"], tuple(listing.get("key", ())), listing.get("page_size"), listing.get("days")),
        optional=raw.get("optional", False),
        purpose=raw.get("purpose", ""),
    )
