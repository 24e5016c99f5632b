"""Change who may watch a recording, and say what Zoom left as it was.

https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/PATCH/meetings/{meetingId}/recordings/settings
"""

from zoom_connector import Inputs, Outputs, ZoomClient

_CHANGE = "PATCH /meetings/{meeting_id}/recordings/settings"
_READ = "GET /meetings/{meeting_id}/recordings/settings"


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    zoom.call(_CHANGE, inputs)
    settings = zoom.call(_READ, {"meeting_id": inputs["meeting_id"]})
    # Only a role that may view the recording is shown its passcode, so a missing one proves nothing.
    comparable = {name: value for name, value in inputs.items() if name != "password" or name in settings}
    return {**settings, "not_applied": zoom.not_applied(_CHANGE, comparable, settings)}
