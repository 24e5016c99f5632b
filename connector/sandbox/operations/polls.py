"""Operations on the polls of meetings.

https://developers.zoom.us/docs/api/meetings/#tag/polls
"""

from collections.abc import Mapping
from typing import Any

from ..answers import Refused, invalid_fields
from ..call import Call
from ..meeting import Meeting
from ..meeting_settings import allows
from ..polls import Poll, is_advanced

_BATCH = 25


def list_polls(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/polls`."""
    polls = [_view(poll) for poll in _meeting(call).polls.listed(anonymous=call.flag("anonymous"))]
    return {"total_records": len(polls), "polls": polls}


def create_poll(call: Call) -> dict[str, Any]:
    """Answer `POST /meetings/{meetingId}/polls`."""
    meeting = _meeting(call, call.body)
    return _view(meeting.polls.add(meeting.id, [call.body])[0])


def create_polls(call: Call) -> dict[str, Any]:
    """Answer `POST /meetings/{meetingId}/batch_polls`."""
    bodies = call.body.get("polls")
    if not isinstance(bodies, list) or not 1 <= len(bodies) <= _BATCH:
        raise invalid_fields("polls")
    if wrong := [f"polls[{number}]" for number, body in enumerate(bodies) if not isinstance(body, dict)]:
        raise invalid_fields(*wrong)
    meeting = _meeting(call, *bodies)
    return {"polls": [_view(poll) for poll in meeting.polls.add(meeting.id, bodies, "polls")]}


def get_poll(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/polls/{pollId}`."""
    return _view(_meeting(call).polls.find(call.path["pollId"]))


def update_poll(call: Call) -> None:
    """Answer `PUT /meetings/{meetingId}/polls/{pollId}`."""
    _meeting(call, call.body).polls.replace(call.path["pollId"], call.body)


def delete_poll(call: Call) -> None:
    """Answer `DELETE /meetings/{meetingId}/polls/{pollId}`."""
    _meeting(call).polls.remove(call.path["pollId"])


def _meeting(call: Call, *bodies: Mapping[str, Any]) -> Meeting:
    meeting = call.meeting()
    if not allows(meeting.host, "in_meeting.meeting_polling.enable"):
        raise _disabled("Meeting polls", "Meeting Polls/Quizzes")
    advanced = allows(meeting.host, "in_meeting.meeting_polling.advanced_polls")
    if not advanced and any(is_advanced(body) for body in bodies):
        raise _disabled("Advanced meeting polls", "Allow host to create advanced polls and quizzes")
    return meeting


def _disabled(what: str, setting: str) -> Refused:
    text = f"""{what} disabled. To enable this feature, enable the "{setting}" setting in the Zoom web portal's """
    return Refused(400, 4400, text + '"Settings" interface.')


def _view(poll: Poll) -> dict[str, Any]:
    return {"id": poll.id, "status": poll.status, **poll.fields}
