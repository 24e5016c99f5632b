"""Change a meeting, and name what Zoom did not take over: it drops without an error what an account does not allow.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/PATCH/meetings/{meetingId}
"""

from zoom_connector import Inputs, Outputs, ZoomClient, ZoomConnectorError, attempt, fill_tracking_fields

_UPDATE = "PATCH /meetings/{meeting_id}"
_GET = "GET /meetings/{meeting_id}"

_NOT_ANSWERED = ("schedule_for",)
_RECURRING = 8


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    which = {name: inputs[name] for name in ("meeting_id", "occurrence_id") if name in inputs}
    wanted = dict(inputs)
    # Tracking fields belong to the whole meeting.
    if "occurrence_id" not in inputs:
        given = inputs.get("tracking_fields", ())
        if rows := fill_tracking_fields(zoom, given, lambda: zoom.call(_GET, which).get("tracking_fields", ())):
            wanted["tracking_fields"] = rows
    zoom.call(_UPDATE, wanted)
    try:
        meeting = attempt(zoom, _GET, which)
    except ZoomConnectorError:
        meeting = None  # the change is made, and a failure would have it made again
    if meeting is None:
        return {}
    # A series begins on its first matching day, not when the step says.
    series = meeting.get("type") == _RECURRING and "occurrence_id" not in inputs
    silent = (*_NOT_ANSWERED, "start_time") if series else _NOT_ANSWERED
    answered = {name: value for name, value in wanted.items() if name not in silent}
    return {"not_applied": zoom.not_applied(_UPDATE, answered, meeting)}
