"""Make a meeting exactly once: when Zoom's answer is lost, the host's meetings tell whether it was made.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/users/{userId}/meetings
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from .types import Inputs, Outputs

if TYPE_CHECKING:
    from .zoom.client import ZoomClient

_CREATE = "POST /users/{user_id}/meetings"
_LIST = "GET /users/{user_id}/meetings"
_GET = "GET /meetings/{meeting_id}"

_INSTANT, _SCHEDULED = 1, 2


def schedule_meeting(zoom: "ZoomClient", meeting: Inputs) -> Outputs:
    """Make a meeting and return it as Zoom answers.

    The action declares the calls `POST /users/{user_id}/meetings`, `GET /users/{user_id}/meetings` and
    `GET /meetings/{meeting_id}`.

    Args:
        zoom: of the run.
        meeting: what the create takes; `topic` and `type` are there, and `start_time` where the type has one.

    Raises:
        OutcomeUnknown: it may have been made, and nothing proves what became of it.
    """
    kind = meeting["type"]
    if kind == _INSTANT:
        # No listing shows instant meetings, so nothing could prove that a lost one was not made.
        return zoom.call(_CREATE, meeting)

    host = meeting.get("schedule_for") or meeting.get("user_id") or zoom.user
    # A listing gives only a one-off meeting the start that was asked for: a series begins on its first matching day.
    start = _minute(meeting["start_time"], meeting.get("timezone")) if kind == _SCHEDULED else None
    topic = meeting["topic"].strip()

    def candidates() -> Iterator[Outputs]:
        for row in zoom.list(_LIST, {"user_id": host, "type": "scheduled"}):
            alike = row.get("type") == kind and row.get("topic", "").strip() == topic
            if alike and (start is None or ("start_time" in row and _minute(row["start_time"]) == start)):
                yield row

    return zoom.create(
        _CREATE,
        meeting,
        mark=[host, topic, str(start), str(kind)],
        candidates=candidates,
        fetch=lambda row: zoom.call(_GET, {"meeting_id": row["id"]}),
    )


def _minute(text: str, zone: str | None = None) -> datetime:
    moment = datetime.fromisoformat(text)
    local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone or "UTC"))
    return local.astimezone(UTC).replace(second=0, microsecond=0)
