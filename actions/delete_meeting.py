"""Delete a meeting; a whole series only when that is what the step says.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/DELETE/meetings/{meetingId}
"""

from zoom_connector import Inputs, InvalidInputs, Outputs, ZoomClient

_RECURRING = (3, 8)


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    occurrence, whole_series = "occurrence_id" in inputs, inputs.get("whole_series", False)
    if occurrence and whole_series:
        raise InvalidInputs("occurrence_or_series")
    # Without an occurrence Zoom deletes everything, so the meeting must be known not to repeat.
    if not occurrence and not whole_series:
        meeting = zoom.call("GET /meetings/{meeting_id}", {"meeting_id": inputs["meeting_id"]})
        if meeting.get("type") in _RECURRING:
            raise InvalidInputs("series_not_confirmed", topic=meeting.get("topic", ""))
    return zoom.call(
        "DELETE /meetings/{meeting_id}", {name: value for name, value in inputs.items() if name != "whole_series"}
    )
