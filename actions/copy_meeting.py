"""Make a new meeting like one that exists, at another time.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/users/{userId}/meetings
"""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from zoom_connector import (
    Fault,
    Inputs,
    InvalidInputs,
    Outputs,
    ZoomClient,
    fill_tracking_fields,
    meeting_number,
    schedule_meeting,
)

_CREATE = "POST /users/{user_id}/meetings"
_GET = "GET /meetings/{meeting_id}"

_SCHEDULED, _NO_FIXED_TIME, _SERIES = 2, 3, 8
_KINDS = {_NO_FIXED_TIME: _NO_FIXED_TIME, _SERIES: _SERIES}
"""Whatever else a meeting is, its copy is scheduled once."""
_COPIED = ("topic", "agenda", "duration", "timezone", "password", "settings", "recurrence", "tracking_fields")
_NEW = ("topic", "agenda", "duration", "timezone", "user_id", "schedule_for")
_ANSWERED_ONLY = (
    "authentication_name",
    "custom_keys",
    "enforce_login",
    "enforce_login_domains",
    "global_dial_in_numbers",
    "internal_user",
    "channel_id",
)
"""Settings that Zoom answers and does not take: it makes them itself."""
_OF_ONE_MEETING = ("authentication_exception", "auto_add_recording_to_video_management", "resources")
"""Settings that belong to the one meeting: links for single people, channels of its host, whiteboards."""


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    which = {"meeting_id": meeting_number(inputs["meeting_id"]), "show_previous_occurrences": True}
    source = zoom.call(_GET, which)
    kind = _KINDS.get(source.get("type", _SCHEDULED), _SCHEDULED)
    if kind == _NO_FIXED_TIME and "start_time" in inputs:
        raise InvalidInputs("inputs_invalid", [Fault("/start_time", "not_for_kind", "recurring_no_fixed_time")])
    if kind != _NO_FIXED_TIME and "start_time" not in inputs:
        raise InvalidInputs("inputs_invalid", [Fault("/start_time", "required")])

    copy = {name: source[name] for name in _COPIED if source.get(name) not in (None, "", [], {})}
    copy |= {name: inputs[name] for name in _NEW if name in inputs} | {"type": kind}
    settings = source.get("settings", {})
    left = [name for name in _OF_ONE_MEETING if settings.get(name)]
    copy["settings"] = _settable({name: value for name, value in settings.items() if name not in left})
    kept = [
        {"field": row["field"], "value": row["value"]} for row in source.get("tracking_fields", ()) if row.get("value")
    ]
    copy["tracking_fields"] = fill_tracking_fields(zoom, [*kept, *inputs.get("tracking_fields", ())])
    if "start_time" in inputs:
        copy["start_time"] = inputs["start_time"]
    if kind == _SERIES:
        copy["recurrence"] = _moved(source, copy)
    else:
        copy.pop("recurrence", None)
    changed = any(row.get("status") == "deleted" for row in source.get("occurrences", ()))

    made = schedule_meeting(zoom, copy)

    answered: dict[str, Any] = {
        name: copy[name] for name in ("settings", "tracking_fields", "password") if name in copy
    }
    dropped = [name.removeprefix("settings.") for name in zoom.not_applied(_CREATE, answered, made)]
    return {**made, "not_copied": [*left, *dropped, *(["occurrences"] if changed else [])]}


def _settable(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _settable(inner) for name, inner in value.items() if name not in _ANSWERED_ONLY and inner != ""}
    return [_settable(inner) for inner in value] if isinstance(value, list) else value


def _moved(source: Outputs, copy: Outputs) -> dict[str, Any]:
    """Return how the copy repeats: as often and as long as the meeting, from its own start on."""
    recurrence = dict(source.get("recurrence", {}))
    zone = ZoneInfo(copy.get("timezone") or "UTC")
    starts = [row["start_time"] for row in source.get("occurrences", ()) if "start_time" in row]
    old = min([*starts, *([source["start_time"]] if "start_time" in source else [])], default=None)
    if old and "end_date_time" in recurrence:
        later = _moment(copy["start_time"], zone) - _moment(old, zone)
        end = (_moment(recurrence["end_date_time"], zone) + later).astimezone(UTC)
        recurrence["end_date_time"] = end.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {name: value for name, value in recurrence.items() if value not in (None, "")}


def _moment(text: str, zone: ZoneInfo) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
