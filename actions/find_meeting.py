"""Find a meeting by its topic, days, host or number.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/users/{userId}/meetings
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from zoom_connector import Inputs, InvalidInputs, Outputs, ZoomClient, ZoomError, meeting_number

_LIST = "/users/{user_id}/meetings"
_GET = "/meetings/{meeting_id}"

_UNKNOWN = (300, 404, 1001, 3001)
"""No such meeting: never made, deleted, expired, or another account's."""
_TYPES = {"upcoming": "upcoming_meetings", "live": "live", "previous": "previous_meetings", "all": "scheduled"}
_LISTED = ("user_id", "from", "to", "timezone")


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    fitting = [row for row in _searched(zoom, inputs) if _fits(row, inputs)]
    latest_first = inputs.get("which") == "previous"
    fitting.sort(key=lambda row: row.get("start_time", "" if latest_first else "9"), reverse=latest_first)
    matches = len({row["id"] for row in fitting})  # a series has a row for each occurrence
    if not fitting:
        if inputs.get("must_exist", True):
            raise InvalidInputs("no_meeting_fits")
        return {"found": False, "matches": 0}
    if matches > 1 and inputs.get("only_one", False):
        raise InvalidInputs("several_meetings_fit", matches=matches)
    return {**fitting[0], "found": True, "matches": matches}


def _searched(zoom: ZoomClient, inputs: Inputs) -> Iterator[Outputs]:
    if "meeting_id" not in inputs:
        listed = {name: inputs[name] for name in _LISTED if name in inputs}
        yield from zoom.list(_LIST, listed | {"type": _TYPES[inputs.get("which", "upcoming")]})
        return
    try:
        yield zoom.call(_GET, {"meeting_id": meeting_number(inputs["meeting_id"])})
    except ZoomError as error:
        if error.zoom is None or error.zoom.status != 404 or error.zoom.code not in _UNKNOWN:
            raise


def _fits(row: Outputs, inputs: Inputs) -> bool:
    topic, wanted = _plain(row.get("topic", "")), _plain(inputs.get("topic", ""))
    if topic != wanted if inputs.get("whole_topic", False) else wanted not in topic:
        return False
    # Zoom is known to ignore dates that it does not like, and looks at none when the meeting is named.
    if not inputs.keys() & {"from", "to"}:
        return True
    if "start_time" not in row:
        return False
    zone = ZoneInfo(inputs["timezone"]) if "timezone" in inputs else UTC
    day = datetime.fromisoformat(row["start_time"]).astimezone(zone).date().isoformat()
    return bool(inputs.get("from", "") <= day <= inputs.get("to", "9"))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
