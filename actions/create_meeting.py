"""Create a meeting exactly once, and name what Zoom did not take over.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/users/{userId}/meetings
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from zoom_connector import Fault, Inputs, InvalidInputs, Outputs, ZoomClient, fill_tracking_fields, schedule_meeting

_CREATE = "POST /users/{user_id}/meetings"

_TYPES = {"instant": 1, "scheduled": 2, "recurring_no_fixed_time": 3, "recurring": 8}
_DAILY, _WEEKLY, _MONTHLY = 1, 2, 3
_LONGEST_INTERVAL = {_DAILY: 99, _WEEKLY: 50, _MONTHLY: 10}

_RECURRENCE = (
    "repeats",
    "repeat_every",
    "weekdays",
    "month_day",
    "month_week",
    "month_weekday",
    "repeat_times",
    "repeat_until",
)
_NOT_FOR = {
    "instant": ("start_time", "schedule_for", *_RECURRENCE),
    "scheduled": _RECURRENCE,
    "recurring_no_fixed_time": ("start_time", *_RECURRENCE),
    "recurring": (),
}


_NOT_ANSWERED = ("schedule_for", "default_password")
"""What only says how to make the meeting: Zoom does not answer it."""


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    kind = inputs.get("kind", "recurring" if "repeats" in inputs else "scheduled")
    faults = list(_faults(kind, inputs))
    if faults:
        raise InvalidInputs("inputs_invalid", faults)

    tracking_fields = fill_tracking_fields(zoom, inputs.get("tracking_fields", ()))
    wanted = {name: value for name, value in inputs.items() if name != "kind"}
    if tracking_fields:
        wanted["tracking_fields"] = tracking_fields
    if "repeat_until" in inputs:
        wanted["repeat_until"] = _utc(inputs, "repeat_until").strftime("%Y-%m-%dT%H:%M:%SZ")

    made = schedule_meeting(zoom, wanted | {"type": _TYPES[kind]})

    # A series begins on its first matching day, not when the step says.
    silent = (*_NOT_ANSWERED, "start_time") if kind == "recurring" else _NOT_ANSWERED
    answered = {name: value for name, value in wanted.items() if name not in silent}
    return made | {"not_applied": zoom.not_applied(_CREATE, answered, made)}


def _faults(kind: str, inputs: Inputs) -> Iterator[Fault]:
    yield from (Fault(f"/{name}", "not_for_kind", kind) for name in _NOT_FOR[kind] if name in inputs)
    if kind in ("scheduled", "recurring") and "start_time" not in inputs:
        yield Fault("/start_time", "required")
    if kind == "recurring":
        yield from _recurrence_faults(inputs)


def _recurrence_faults(inputs: Inputs) -> Iterator[Fault]:
    if "timezone" not in inputs:
        yield Fault("/timezone", "zone_missing")
    if "repeats" not in inputs:
        yield Fault("/repeats", "required")
        return
    if inputs.get("repeat_every", 1) > _LONGEST_INTERVAL[inputs["repeats"]]:
        yield Fault("/repeat_every", "maximum", _LONGEST_INTERVAL[inputs["repeats"]])
    # Zoom would take Sunday, the first of the month and a single time for what is left out here.
    if inputs["repeats"] == _WEEKLY and "weekdays" not in inputs:
        yield Fault("/weekdays", "required")
    if inputs["repeats"] == _MONTHLY:
        if not inputs.keys() & {"month_day", "month_week", "month_weekday"}:
            yield Fault("/month_day", "required")
        if "month_day" in inputs and "month_week" in inputs:
            yield Fault("/month_week", "only_one", "month_day")
        if ("month_week" in inputs) != ("month_weekday" in inputs):
            yield Fault("/month_weekday" if "month_week" in inputs else "/month_week", "required")
    if "repeat_times" in inputs and "repeat_until" in inputs:
        yield Fault("/repeat_until", "only_one", "repeat_times")
    elif "repeat_until" in inputs:
        if {"start_time", "timezone"} <= inputs.keys() and _utc(inputs, "repeat_until") < _utc(inputs, "start_time"):
            yield Fault("/repeat_until", "end_before_start", inputs["start_time"])
    elif "repeat_times" not in inputs:
        yield Fault("/repeat_times", "required")


def _utc(inputs: Inputs, name: str) -> datetime:
    moment = datetime.fromisoformat(inputs[name])
    return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(inputs["timezone"]))).astimezone(UTC)
