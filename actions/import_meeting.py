"""Take over a meeting that exists: everything about it, its invitation, and the tracking fields that it lacks.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/meetings/{meetingId}
"""

from zoom_connector import Inputs, Outputs, ZoomClient, attempt, fill_tracking_fields, meeting_number

_GET = "GET /meetings/{meeting_id}"
_UPDATE = "PATCH /meetings/{meeting_id}"
_INVITATION = "/meetings/{meeting_id}/invitation"


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    which = {"meeting_id": meeting_number(inputs["meeting_id"])}
    meeting = zoom.call(_GET, which)
    given = inputs.get("tracking_fields", ())
    lacking = fill_tracking_fields(zoom, given, lambda: meeting.get("tracking_fields", ()))
    if lacking:
        zoom.call(_UPDATE, which | {"tracking_fields": lacking})
        meeting = zoom.call(_GET, which)
    invitation = attempt(zoom, _INVITATION, which) or {}
    filled_in = [row["field"] for row in lacking]
    return {**meeting, "invitation": invitation.get("invitation"), "filled_in": filled_in}
