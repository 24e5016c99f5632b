"""Pages of a listing: `next_page_token` and `page_size`."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from .answers import Refused
from .clock import Clock

TOKEN_LIFE = timedelta(minutes=15)

Row = TypeVar("Row")


@dataclass(frozen=True)
class _Place:
    query: tuple[tuple[str, str], ...]
    offset: int
    expires: datetime


class Paging:
    """Hand out tokens that lead on; each is bound to the query that it came from. The caller holds the world's lock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._places: dict[str, _Place] = {}

    def page(
        self, rows: Sequence[Row], listing: str, query: Mapping[str, str], *, largest: int = 300
    ) -> tuple[Sequence[Row], dict[str, Any]]:
        """Cut one page out, and return with it the fields that describe it.

        A token is good for the same `listing` (what is listed, and of whom) with the same query only. A `page_size`
        above `largest` is silently cut to it, a nonsensical one means 30.

        Raises:
            Refused: the token is unknown, too old, or came from another query.
        """
        asked = query.get("page_size", "")
        size = min(int(asked), largest) if asked.isdecimal() and int(asked) > 0 else 30
        bound = (("", listing), *sorted((name, value) for name, value in query.items() if name != "next_page_token"))
        offset = self._offset(query.get("next_page_token", ""), bound)
        token = ""
        if offset + size < len(rows):
            token = secrets.token_urlsafe(16)
            self._places[token] = _Place(bound, offset + size, self._clock.now() + TOKEN_LIFE)
        return rows[offset : offset + size], {
            "page_size": size,
            "page_count": -(-len(rows) // size),
            "total_records": len(rows),
            "next_page_token": token,
        }

    def _offset(self, token: str, bound: tuple[tuple[str, str], ...]) -> int:
        if not token:
            return 0
        place = self._places.get(token)
        if place is None or place.query != bound or self._clock.now() > place.expires:
            raise Refused(400, 300, "The next page token is invalid or expired.")
        return place.offset
