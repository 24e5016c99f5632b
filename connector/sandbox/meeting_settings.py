"""Which settings of a meeting its host may use; Zoom drops the others without a word."""

from collections.abc import Mapping
from typing import Any

from .people import User
from .settings import is_on

_NEEDS = {
    "additional_data_center_regions": "in_meeting.custom_data_center_regions",
    "auto_start_ai_companion_questions": "in_meeting.ai_companion_questions.enable",
    "auto_start_meeting_summary": "in_meeting.meeting_summary_with_ai_companion.enable",
    "breakout_room": "in_meeting.breakout_room",
    "continuous_meeting_chat": "schedule_meeting.continuous_meeting_chat.enable",
    "focus_mode": "in_meeting.allow_host_to_enable_focus_mode",
    "language_interpretation": "in_meeting.language_interpretation.enable",
    "question_and_answer": "in_meeting.meeting_question_answer",
    "sign_language_interpretation": "in_meeting.sign_language_interpretation.enable",
}
_CALENDAR = "push_change_to_calendar"
"""Needs a calendar that is connected with the account; the local Zoom has none."""
WITHOUT_REGISTRATION = 2


def allows(user: User, path: str) -> bool:
    """Tell whether a setting is on for a user and in the user's account."""
    return is_on(user.settings, path) and is_on(user.account.settings, path)


def usable(settings: Mapping[str, Any], host: User) -> dict[str, Any]:
    """Return the settings that take effect for this host."""
    return {name: value for name, value in settings.items() if _is_usable(name, value, host)}


def _is_usable(name: str, value: object, host: User) -> bool:
    if name == "approval_type":
        return host.licensed or value == WITHOUT_REGISTRATION
    if name == "auto_recording" and value == "cloud":
        return host.licensed and allows(host, "recording.cloud_recording")
    if name == "auto_recording" and value == "local":
        return allows(host, "recording.local_recording")
    return name != _CALENDAR and (name not in _NEEDS or allows(host, _NEEDS[name]))
