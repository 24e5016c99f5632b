"""Who was in a past meeting and for how long: one row per person, however often they came in.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}/participants
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from .attempts import attempt, attempt_list
from .errors import NotReady
from .types import Outputs

if TYPE_CHECKING:
    from .zoom.client import ZoomClient

_DETAILS = "/past_meetings/{meeting_id}"
_PARTICIPANTS = "/past_meetings/{meeting_id}/participants"
_REPORT = "/report/meetings/{meeting_id}/participants"

_WORKED_ON = timedelta(hours=1)
"""How long after its end Zoom may still count; until then every duration is 0."""

Visit = Mapping[str, Any]
"""One stay of somebody, as Zoom lists it: a new row after each coming back, in each room and on each device."""
Key = tuple[str, str]
Stay = tuple[datetime, datetime]


@dataclass(frozen=True)
class Session:
    """One time that a meeting was held."""

    uuid: str
    details: Mapping[str, Any]
    """As of a past meeting; empty where the grant may not read it."""
    visits: Sequence[Visit]
    """Without those to the waiting room."""

    @property
    def start(self) -> datetime | None:
        """When it began; the first coming in, where Zoom does not say."""
        joins = [join for visit in self.visits if (join := _moment(visit.get("join_time")))]
        return _moment(self.details.get("start_time")) or min(joins, default=None)

    @property
    def end(self) -> datetime | None:
        """When it ended; the last going out, where Zoom does not say."""
        leaves = [left for visit in self.visits if (left := _left(visit))]
        return _moment(self.details.get("end_time")) or max(leaves, default=self.start)

    @property
    def seconds(self) -> float:
        """How long it was; 0 where nothing tells."""
        return (self.end - self.start).total_seconds() if self.start and self.end else 0.0

    @property
    def summary(self) -> Outputs:
        """A row for a list of sessions."""
        times = {"start_time": _text(self.start), "end_time": _text(self.end)}
        return {"uuid": self.uuid, **times, "minutes": round(self.seconds / 60, 1)}


def read_session(zoom: "ZoomClient", meeting: str) -> Session:
    """Read a past meeting and everybody's visits: from the report, or from the meeting where there is no right to that.

    The action declares `/past_meetings/{meeting_id}` and `/report/meetings/{meeting_id}/participants` as optional, and
    `/past_meetings/{meeting_id}/participants`.

    Args:
        zoom: of the run.
        meeting: UUID of one time it was held, or the meeting's ID for the last time.

    Raises:
        NotReady: it ended a short while ago, and Zoom is not done with counting.
    """
    details = attempt(zoom, _DETAILS, {"meeting_id": meeting}) or {}
    held = details.get("uuid", meeting)
    rows = attempt_list(zoom, _REPORT, {"meeting_id": held})
    if rows is None:
        rows = list(zoom.list(_PARTICIPANTS, {"meeting_id": held}))
    session = Session(held, details, [row for row in rows if row.get("status") != "in_waiting_room"])
    uncounted = session.visits and not any(visit.get("duration") for visit in session.visits)
    if uncounted and session.end and zoom.now - session.end < _WORKED_ON:
        raise NotReady("participants_not_ready", retry_in_seconds=60)
    return session


def attendees(sessions: Sequence[Session]) -> list[Outputs]:
    """Return a row per person, by their first coming in.

    Zoom knows a person who signed in by ID and address, a registrant by the registration; all others only by the name
    they gave. Times at once, such as on two devices, count once. `score` is the share of the length of all sessions.
    """
    length = sum(session.seconds for session in sessions)
    visits = [(session, visit) for session in sessions for visit in session.visits]
    rows = [_person(list(theirs), length) for theirs in _by_person(visits)]
    return sorted(rows, key=lambda row: (row["first_join"] or "", row["name"]))


def _by_person(visits: Iterable[tuple[Session, Visit]]) -> Iterable[list[tuple[Session, Visit]]]:
    """Put together what shares an ID, an address or a registration, be it by way of a third visit."""
    leader: dict[Key, Key] = {}

    def lead(key: Key) -> Key:
        while leader.setdefault(key, key) != key:
            key = leader[key]
        return key

    keyed = [(session, visit, _keys(visit)) for session, visit in visits]
    for _, _, keys in keyed:
        for other in keys[1:]:
            leader[lead(other)] = lead(keys[0])
    people = defaultdict(list)
    for session, visit, keys in keyed:
        people[lead(keys[0])].append((session, visit))
    return people.values()


def _keys(visit: Visit) -> list[Key]:
    known = {name: str(visit.get(name) or "").casefold() for name in ("id", "user_email", "registrant_id")}
    return [(name, value) for name, value in known.items() if value] or [("name", _name(visit).casefold())]


def _name(visit: Visit) -> str:
    return " ".join(str(visit.get("name") or "").split())


def _person(visits: Sequence[tuple[Session, Visit]], length: float) -> Outputs:
    in_session: defaultdict[int, list[Stay]] = defaultdict(list)
    for session, visit in visits:
        in_session[id(session)] += _stay(session, visit)
    stays = [stay for theirs in in_session.values() for stay in _merged(theirs)]
    seconds = sum((left - join).total_seconds() for join, left in stays)

    def last(name: str) -> str:
        return next((str(visit[name]) for _, visit in reversed(visits) if visit.get(name)), "")

    return {
        "id": last("id"),
        "name": last("name"),
        "user_email": last("user_email"),
        "registrant_id": last("registrant_id"),
        "first_join": _text(min((join for join, _ in stays), default=None)),
        "last_leave": _text(max((left for _, left in stays), default=None)),
        "minutes": round(seconds / 60, 1),
        "joins": len(stays),
        "instances": len(in_session),
        "score": min(100, round(100 * seconds / length)) if length else 0,
    }


def _stay(session: Session, visit: Visit) -> Iterator[Stay]:
    join = _moment(visit.get("join_time")) or session.start
    left = _left(visit) or session.end
    if join and left:
        yield join, max(join, left)


def _merged(stays: Iterable[Stay]) -> list[Stay]:
    merged: list[Stay] = []
    for join, left in sorted(stays):
        if merged and join <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], left)
        else:
            merged.append((join, left))
    return merged


def _left(visit: Visit) -> datetime | None:
    join = _moment(visit.get("join_time"))
    counted = join + timedelta(seconds=visit["duration"]) if join and visit.get("duration") else None
    return _moment(visit.get("leave_time")) or counted


def _moment(text: object) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if isinstance(text, str) else None
    except ValueError:
        return None


def _text(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
