"""Operations on the survey that follows a meeting.

https://developers.zoom.us/docs/api/meetings/#tag/surveys
"""

from typing import Any

from ..answers import Refused, invalid_fields
from ..call import Call
from ..meeting import Meeting
from ..meeting_settings import allows
from ..rule import FLAG, OBJECT, Rule, refused

_RULES = {"custom_survey": OBJECT, "show_in_the_browser": FLAG, "third_party_survey": Rule(str, most=64)}
_CUSTOM = {
    "title": Rule(str, most=64),
    "anonymous": FLAG,
    "numbered_questions": FLAG,
    "show_question_type": FLAG,
    "feedback": Rule(str, most=320),
    "questions": Rule(list, least=1, most=100),
}


def get_survey(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/survey`."""
    return {"show_in_the_browser": True} | _meeting(call).survey


def update_survey(call: Call) -> None:
    """Answer `PATCH /meetings/{meetingId}/survey`."""
    meeting = _meeting(call)
    if wrong := [*refused(call.body, _RULES), *refused(call.body.get("custom_survey", {}), _CUSTOM, "custom_survey.")]:
        raise invalid_fields(*wrong)
    meeting.survey |= {name: call.body[name] for name in _RULES if name in call.body}


def delete_survey(call: Call) -> None:
    """Answer `DELETE /meetings/{meetingId}/survey`."""
    _meeting(call).survey.clear()


def _meeting(call: Call) -> Meeting:
    meeting = call.meeting()
    if not allows(meeting.host, "in_meeting.meeting_survey"):
        raise Refused(
            400,
            3000,
            'Meeting survey disabled. To enable this feature, enable the "Meeting Survey" setting in the Zoom web '
            'portal\'s "Settings" interface.',
        )
    return meeting
