"""Which fields a meeting has, and what Zoom accepts in them: facts, and the check that goes with them.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/users/{userId}/meetings
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .rule import FLAG, LIST, OBJECT, TEXT, Rule, refused
from .zones import known_zones

_START = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?")


FIELDS: Mapping[str, Rule] = {
    "agenda": Rule(str, most=2000),
    "default_password": FLAG,
    "duration": Rule(int, least=1, most=1440),
    "password": Rule(str, most=10),
    "pre_schedule": FLAG,
    "recurrence": OBJECT,
    "schedule_for": TEXT,
    "settings": OBJECT,
    "start_time": TEXT,
    "template_id": TEXT,
    "timezone": TEXT,
    "topic": Rule(str, most=200),
    "tracking_fields": LIST,
    "type": Rule(int, choices=(1, 2, 3, 8, 10)),
}
RECURRENCE: Mapping[str, Rule] = {
    "type": Rule(int, choices=(1, 2, 3)),
    "repeat_interval": Rule(int, least=1, most=99),
    "weekly_days": TEXT,
    "monthly_day": Rule(int, least=1, most=31),
    "monthly_week": Rule(int, choices=(-1, 1, 2, 3, 4)),
    "monthly_week_day": Rule(int, choices=(1, 2, 3, 4, 5, 6, 7)),
    "end_times": Rule(int, least=0, most=60),
    "end_date_time": TEXT,
}
_LONGEST_INTERVAL = {1: 99, 2: 50, 3: 10}

SETTINGS: Mapping[str, Rule] = {
    "additional_data_center_regions": LIST,
    "allow_host_control_participant_mute_state": FLAG,
    "allow_multiple_devices": FLAG,
    "alternative_host_manage_cloud_recording": FLAG,
    "alternative_host_manage_meeting_summary": FLAG,
    "alternative_host_update_polls": FLAG,
    "alternative_hosts": TEXT,
    "alternative_hosts_email_notification": FLAG,
    "approval_type": Rule(int, choices=(0, 1, 2)),
    "approved_or_denied_countries_or_regions": OBJECT,
    "audio": Rule(str, choices=("both", "telephony", "voip", "thirdParty")),
    "audio_conference_info": Rule(str, most=2048),
    "authentication_domains": TEXT,
    "authentication_exception": LIST,
    "authentication_option": TEXT,
    "auto_add_recording_to_video_management": OBJECT,
    "auto_recording": Rule(str, choices=("local", "cloud", "none")),
    "auto_start_ai_companion_questions": FLAG,
    "auto_start_deepfake_detection": FLAG,
    "auto_start_meeting_summary": FLAG,
    "breakout_room": OBJECT,
    "calendar_type": Rule(int, choices=(1, 2)),
    "close_registration": FLAG,
    "cn_meeting": FLAG,
    "contact_email": TEXT,
    "contact_name": TEXT,
    "continuous_meeting_chat": OBJECT,
    "device_testing": FLAG,
    "disable_participant_video": FLAG,
    "email_in_attendee_report": FLAG,
    "email_notification": FLAG,
    "encryption_type": Rule(str, choices=("enhanced_encryption", "e2ee")),
    "focus_mode": FLAG,
    "global_dial_in_countries": LIST,
    "host_pause_stop_recording": FLAG,
    "host_save_video_order": FLAG,
    "host_video": FLAG,
    "in_meeting": FLAG,
    "internal_meeting": FLAG,
    "jbh_time": Rule(int, choices=(0, 5, 10, 15)),
    "join_before_host": FLAG,
    "language_interpretation": OBJECT,
    "meeting_authentication": FLAG,
    "meeting_invitees": LIST,
    "mute_upon_entry": FLAG,
    "participant_focused_meeting": FLAG,
    "participant_video": FLAG,
    "private_meeting": FLAG,
    "push_change_to_calendar": FLAG,
    "question_and_answer": OBJECT,
    "registrants_confirmation_email": FLAG,
    "registrants_email_notification": FLAG,
    "registration_type": Rule(int, choices=(1, 2, 3)),
    "request_permission_to_unmute_participants": FLAG,
    "resources": LIST,
    "show_join_info": FLAG,
    "show_share_button": FLAG,
    "sign_language_interpretation": OBJECT,
    "summary_template_id": TEXT,
    "use_pmi": FLAG,
    "waiting_room": FLAG,
    "waiting_room_options": OBJECT,
    "watermark": FLAG,
    "who_can_ask_questions": Rule(int, choices=(1, 2, 3, 4, 5)),
    "who_will_receive_summary": Rule(int, choices=(1, 2, 3, 4)),
}
DEFAULT_SETTINGS: Mapping[str, Any] = {
    "allow_multiple_devices": False,
    "alternative_hosts": "",
    "alternative_hosts_email_notification": True,
    "approval_type": 2,
    "audio": "both",
    "auto_recording": "none",
    "close_registration": False,
    "cn_meeting": False,
    "device_testing": False,
    "email_notification": True,
    "encryption_type": "enhanced_encryption",
    "focus_mode": False,
    "host_video": False,
    "in_meeting": False,
    "internal_meeting": False,
    "jbh_time": 0,
    "join_before_host": False,
    "meeting_authentication": False,
    "mute_upon_entry": False,
    "participant_video": False,
    "private_meeting": False,
    "registrants_confirmation_email": True,
    "registrants_email_notification": True,
    "show_share_button": False,
    "use_pmi": False,
    "waiting_room": False,
    "watermark": False,
}


def wrong_fields(body: Mapping[str, Any]) -> list[str]:
    """Name every field that Zoom would not take, by its dotted path; fields that Zoom does not know are ignored."""
    return list(_wrong(body))


def parse_start(text: str, zone: str) -> datetime:
    """Read a start time that has passed the check: `…Z` is UTC, without it the time is local in the zone."""
    if text.endswith("Z"):
        return datetime.fromisoformat(text).astimezone(UTC)
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _wrong(body: Mapping[str, Any]) -> Iterator[str]:
    yield from refused(body, FIELDS, "")
    if not _is_moment(body.get("start_time", "")):
        yield "start_time"
    if body.get("timezone") and body["timezone"] not in known_zones():
        yield "timezone"
    if isinstance(settings := body.get("settings", {}), dict):
        yield from refused(settings, SETTINGS, "settings.")
    if isinstance(recurrence := body.get("recurrence", {"type": 1}), dict):
        yield from _wrong_recurrence(recurrence)


def _wrong_recurrence(recurrence: Mapping[str, Any]) -> Iterator[str]:
    wrong = list(refused(recurrence, RECURRENCE, "recurrence."))
    yield from wrong
    if "type" not in recurrence:
        yield "recurrence.type"
    elif not wrong and recurrence.get("repeat_interval", 1) > _LONGEST_INTERVAL[recurrence["type"]]:
        yield "recurrence.repeat_interval"
    days = recurrence.get("weekly_days", "1")
    if isinstance(days, str) and not re.fullmatch("[1-7](,[1-7])*", days):
        yield "recurrence.weekly_days"
    if not str(end := recurrence.get("end_date_time", "Z")).endswith("Z") or not _is_moment(end if end != "Z" else ""):
        yield "recurrence.end_date_time"
    if "end_date_time" in recurrence and "end_times" in recurrence:
        yield "recurrence.end_times"


def _is_moment(text: object) -> bool:
    """Zoom documents these two forms; an offset such as `+01:00` is neither."""
    if text == "" or not isinstance(text, str):
        return True  # absent, or refused already because of its type
    try:
        return bool(_START.fullmatch(text)) and datetime.fromisoformat(text) is not None
    except ValueError:
        return False
