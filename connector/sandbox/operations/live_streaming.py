"""Operations on the live stream of a meeting.

https://developers.zoom.us/docs/api/meetings/#tag/live-streaming
"""

from typing import Any

from ..answers import Refused, invalid_fields
from ..call import Call
from ..meeting_settings import allows
from ..rule import TEXT, Rule, missing, refused

_RULES = {
    "page_url": Rule(str, least=1, most=1024),
    "stream_key": Rule(str, least=1, most=512),
    "stream_url": Rule(str, least=1, most=1024),
    "resolution": TEXT,
}
_TOKEN_LIFE = 120


def get_live_stream(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/livestream`."""
    return {"page_url": "", "stream_key": "", "stream_url": ""} | call.meeting().live_stream


def update_live_stream(call: Call) -> None:
    """Answer `PATCH /meetings/{meetingId}/livestream`."""
    meeting = call.meeting()
    if wrong := [*refused(call.body, _RULES), *missing(call.body, "page_url", "stream_key", "stream_url")]:
        raise invalid_fields(*wrong)
    meeting.live_stream |= {name: call.body[name] for name in _RULES if name in call.body}


def set_live_stream_status(call: Call) -> None:
    """Answer `PATCH /meetings/{meetingId}/livestream/status`."""
    meeting = call.meeting()
    if call.body.get("action") not in ("start", "stop", "mode"):
        raise invalid_fields("action")
    if not meeting.started:
        raise Refused(400, 4927, f"Meeting {meeting.id} has not started.")


def get_live_stream_token(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/jointoken/live_streaming`."""
    if not allows(call.meeting().host, "in_meeting.allow_live_streaming"):
        raise Refused(
            400,
            3000,
            'Not allowed to start live streaming. To use this feature, enable the "Allow livestreaming of meetings" '
            'setting in the "Settings" page of the Zoom web portal.',
        )
    return {"expire_in": _TOKEN_LIFE, "token": "sandbox-live-streaming"}
