"""What the poll of a trigger finds, and how it gets through many users in several turns.

Zoom is asked for what happened since the last round and a while before it, because lists lag behind; what was there
in the last round is left out. A poll for a whole account stops after a while and goes on in its next turn.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .errors import RateLimited, ZoomError, ZoomUnavailable
from .types import Inputs, Outputs

if TYPE_CHECKING:
    from .zoom.client import ZoomClient

_USERS = "/users"
_USER = "/users/{user_id}"

_TURN = timedelta(minutes=2)
"""After this long a poll lets others go first; a worker that dies in the middle of one has no more to repeat."""
_BREAK = timedelta(minutes=1)
"""How long a poll that Zoom stopped in the middle waits, unless Zoom says when to come back."""


@dataclass(frozen=True)
class Found:
    """Something that has happened."""

    object: Mapping[str, Any]
    """What an event of Zoom has as its object, and around it."""
    happened_at: datetime


@dataclass(frozen=True)
class Page:
    """What one turn of a poll came to."""

    items: Sequence[Found]
    cursor: Mapping[str, Any]
    """Given to the next turn; JSON."""
    again_at: datetime | None = None
    """When to ask again, where the regular time would be too late."""


@dataclass(frozen=True)
class Host:
    """A user whose things are looked at."""

    path: str
    """How a call names the user: `me` under the user's own grant."""
    id: str
    email: str
    pmi: str = ""
    """Number of the personal meeting room, where it is known."""


class Round:
    """One look at everybody, and what the last one left.

    Args:
        cursor: what the last turn left; the first one gets `since`, where to begin.
        now: the present moment.
        overlap: how long before the last round to look again.
    """

    def __init__(self, cursor: Mapping[str, Any], now: datetime, overlap: timedelta) -> None:
        last = moment(cursor["since"])
        self.first = "begin" not in cursor
        """Whether nobody has looked before."""
        self.begin = last if self.first else moment(cursor["begin"])
        """What happened earlier is nobody's concern."""
        self.since = last - overlap
        """How far to look back."""
        self.after: str = cursor.get("after", "")
        self.soonest = moment(cursor["soonest"]) if "soonest" in cursor else None
        self._began = moment(cursor["until"]) if "until" in cursor else now
        self._cursor = {name: cursor[name] for name in ("since", "begin", "known") if name in cursor}
        self._known: Mapping[str, Any] = cursor.get("known", {})
        self._noted: dict[str, Any] = dict(cursor.get("noted", {}))
        self._fresh: dict[str, Any] = {}

    def covers(self, happened_at: datetime) -> bool:
        """Say whether something happened within the time that is looked at."""
        return happened_at >= max(self.begin, self.since)

    def knows(self, key: str) -> bool:
        """Say whether something was there in the last round, or earlier in this one; it is noted for the next."""
        return self.swap(key, True) is not None

    def swap(self, key: str, state: Any) -> Any:
        """Note how something is, and return how it was in the last round, or earlier in this one; None: not there."""
        noted = self._noted | self._fresh
        before = noted.get(key, self._known.get(key))
        self._fresh[key] = state
        return before

    def again(self, at: datetime) -> None:
        """Let the next round not be later than this."""
        self.soonest = min(at, self.soonest or at)

    def done(self, host: Host) -> None:
        """Note that everything of a host was looked at."""
        self._noted |= self._fresh
        self._fresh, self.after = {}, host.id

    def undone(self) -> None:
        """Forget what was noted of a host who could not be looked at as a whole."""
        self._fresh = {}

    def pause(self, items: Sequence[Found], again_at: datetime) -> Page:
        """End a turn before everybody was looked at."""
        cursor = {**self._cursor, "until": text(self._began), "after": self.after, "noted": self._noted}
        if self.soonest:
            cursor["soonest"] = text(self.soonest)
        return Page(items, cursor, again_at)

    def end(self, items: Sequence[Found]) -> Page:
        """End a turn after which everybody was looked at."""
        return Page(
            items, {"since": text(self._began), "begin": text(self.begin), "known": self._noted}, again_at=self.soonest
        )


def poll_hosts(
    zoom: "ZoomClient",
    cursor: Mapping[str, Any],
    hosts: Iterable[Host],
    look: "Callable[[ZoomClient, Host, Round], Iterator[Found]]",
    *,
    overlap: timedelta,
) -> Page:
    """Look at what is new of each host, in one turn of a poll.

    Somebody whose things Zoom does not show keeps nothing back from the others.

    Args:
        zoom: made for the turn.
        cursor: what the last turn left.
        hosts: whom to look at; see `hosts_of`.
        look: finds what is new of one host.
        overlap: how long Zoom may take to list what happened.

    Raises:
        ZoomConnectorError: nobody could be looked at.
    """
    began = zoom.now
    everybody = sorted(hosts, key=lambda host: host.id)
    asked = Round(cursor, began, overlap)
    items: list[Found] = []
    looked_at = 0
    for host in everybody:
        if asked.after and host.id <= asked.after:
            continue
        if looked_at and zoom.now - began >= _TURN:
            return asked.pause(items, zoom.now)
        try:
            items += list(look(zoom, host, asked))
        except (RateLimited, ZoomUnavailable) as error:
            if not looked_at:
                raise
            return asked.pause(items, getattr(error, "retry_at", None) or zoom.now + _BREAK)
        except ZoomError:
            if len(everybody) == 1:
                raise
            asked.undone()
        asked.done(host)
        looked_at += 1
    return asked.end(items)


def hosts_of(zoom: "ZoomClient", filters: Inputs) -> list[Host]:
    """Return whose things a poll looks at: the user of a user's grant, the host asked for, or everybody.

    Raises:
        ZoomConnectorError: Zoom does not say who there is.
    """
    if not zoom.whole_account:
        return [_host(zoom.call(_USER, {"user_id": zoom.user}), zoom.user)]
    if "host" in filters:
        user = zoom.call(_USER, {"user_id": filters["host"]})
        return [_host(user, user["id"])]
    return [_host(user, user["id"]) for user in zoom.list(_USERS)]


def moment(written: str) -> datetime:
    """Read a moment as Zoom writes it."""
    read = datetime.fromisoformat(written)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def text(at: datetime) -> str:
    """Write a moment so that `moment` can read it."""
    return at.astimezone(UTC).isoformat()


def _host(user: Outputs, path: str) -> Host:
    return Host(path, str(user["id"]), str(user.get("email", "")), str(user.get("pmi", "")))
