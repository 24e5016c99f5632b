"""Create a thing once, although Zoom has no idempotency key and an answer may get lost.

A lost answer leaves two possibilities. A listing decides: the thing is there and is adopted, or it is not there and the
request is sent again. Where the listing cannot decide, nothing is sent again.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from ..clock import Clock
from ..errors import OutcomeUnknown, ZoomConnectorError, ZoomUnavailable
from ..types import Outputs

Row = Mapping[str, Any]


class Claims(Protocol):
    """Which request made which thing: shared by all workers."""

    def hold(self, mark: str) -> AbstractContextManager[None]:
        """Let one create per mark (64 hexadecimal digits) run at a time, for five minutes at least; the others wait."""

    def claim(self, made: str) -> bool:
        """Note that a thing has its request; False when it had one already."""

    def claimed(self, made: Collection[str]) -> set[str]:
        """Return those that have their request."""


_SENDS = 3
_LOOKS = (0.0, 2.0, 6.0)
"""Seconds before each look at the listing; Zoom may still be at work on the lost request."""
_LONGEST = timedelta(minutes=4)
"""How long a listing is believed: afterwards the turn may have passed to somebody else."""
_TOLERANCE = timedelta(seconds=2)
"""`created_at` leaves out fractions of a second, and so does the `Date` header that tells the clocks' difference."""


@dataclass(frozen=True)
class Create:
    """One create that a listing can prove.

    Args:
        mark: the same for creates that a listing could not tell apart, and for no others.
        space: put before ids, so that those of different accounts and kinds never meet.
        send: raises `OutcomeUnknown` when the answer got lost.
        candidates: the rows that could be the thing made; each has `key` and `created_at`.
        fetch: turns a row into what `send` would have returned.
        skew: how far Zoom's clock is ahead of ours, asked right after `candidates`.
        key: the field that identifies the thing, in the answer and in the rows.
    """

    mark: str
    space: str
    send: Callable[[], Outputs]
    candidates: Callable[[], Iterable[Row]]
    fetch: Callable[[Row], Outputs]
    skew: Callable[[], timedelta]
    key: str = "id"

    def run(self, claims: Claims, clock: Clock) -> Outputs:
        """Make it once.

        Raises:
            OutcomeUnknown: it may have been made; nothing proves that it was not, or which one it is.
            ZoomUnavailable: it was not made, however often it was sent.
            ZoomConnectorError: Zoom refused it.
        """
        with claims.hold(self.mark):
            sent = clock.now()
            for _ in range(_SENDS):
                try:
                    made = self.send()
                except OutcomeUnknown as unclear:
                    lost = unclear
                else:
                    claims.claim(self._name(made))
                    return made
                found = self._find(sent, claims, clock, lost)
                if found is not None:
                    return self._adopt(found, lost)
        raise ZoomUnavailable("zoom_unavailable" if lost.zoom else "zoom_unreachable", zoom=lost.zoom) from lost

    def _find(self, sent: datetime, claims: Claims, clock: Clock, lost: OutcomeUnknown) -> Row | None:
        """Return the one that was made and claim it; None is proof that there is none."""
        for seconds in _LOOKS:
            try:
                clock.sleep(seconds)
                rows = list(self.candidates())
            except ZoomConnectorError as error:
                raise OutcomeUnknown("outcome_unknown", zoom=lost.zoom, reason=error.code) from error
            if clock.now() - sent > _LONGEST:
                raise OutcomeUnknown("outcome_unknown", zoom=lost.zoom, reason="too_slow") from lost
            earliest = sent + self.skew() - _TOLERANCE
            recent = {self._name(row): row for row in rows if _created(row, lost) >= earliest}
            free = recent.keys() - claims.claimed(recent.keys())
            if len(free) > 1:
                raise OutcomeUnknown("outcome_unknown", zoom=lost.zoom, candidates=len(free)) from lost
            for name in free:
                if claims.claim(name):
                    return recent[name]
        return None

    def _adopt(self, row: Row, lost: OutcomeUnknown) -> Outputs:
        try:
            return self.fetch(row)
        except ZoomConnectorError as error:
            # It was made: a failure that invites to try again would make a second one.
            raise OutcomeUnknown("outcome_unknown", zoom=lost.zoom, made=str(row[self.key])) from error

    def _name(self, row: Row) -> str:
        return f"{self.space} {row[self.key]}"


def _created(row: Row, lost: OutcomeUnknown) -> datetime:
    try:
        return datetime.fromisoformat(row["created_at"])
    except (KeyError, TypeError, ValueError) as error:
        raise OutcomeUnknown("outcome_unknown", zoom=lost.zoom, reason="created_at") from error
