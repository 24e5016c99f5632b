"""Which fields a meeting has, and what Zoom accepts in them: facts, and the check that goes with them.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/POST/users/{userId}/meetings
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

_START = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z?")


@dataclass(frozen=True)
class Rule:
    """What a value must be."""

    type: type
    choices: tuple[object, ...] = ()
    least: int | None = None
    most: int | None = None
    """Largest number, or longest text."""

    def accepts(self, value: object) -> bool:
        if not isinstance(value, self.type) or (isinstance(value, bool) and self.type is not bool):
            return False
        size = len(value) if isinstance(value, str) else value
        if isinstance(size, int) and not (
            (self.least is None or size >= self.least) and (self.most is None or size <= self.most)
        ):
            return False
        return not self.choices or value in self.choices


_TEXT, _FLAG, _LIST, _OBJECT = Rule(str), Rule(bool), Rule(list), Rule(dict)

FIELDS: Mapping[str, Rule] = {
    "agenda": Rule(str, most=2000),
    "default_password": _FLAG,
    "duration": Rule(int, least=1, most=1440),
    "password": Rule(str, most=10),
    "pre_schedule": _FLAG,
    "recurrence": _OBJECT,
    "schedule_for": _TEXT,
    "settings": _OBJECT,
    "start_time": _TEXT,
    "template_id": _TEXT,
    "timezone": _TEXT,
    "topic": Rule(str, most=200),
    "tracking_fields": _LIST,
    "type": Rule(int, choices=(1, 2, 3, 8, 10)),
}
RECURRENCE: Mapping[str, Rule] = {
    "type": Rule(int, choices=(1, 2, 3)),
    "repeat_interval": Rule(int, least=1, most=99),
    "weekly_days": _TEXT,
    "monthly_day": Rule(int, least=1, most=31),
    "monthly_week": Rule(int, choices=(-1, 1, 2, 3, 4)),
    "monthly_week_day": Rule(int, choices=(1, 2, 3, 4, 5, 6, 7)),
    "end_times": Rule(int, least=0, most=60),
    "end_date_time": _TEXT,
}
_LONGEST_INTERVAL = {1: 99, 2: 50, 3: 10}

SETTINGS: Mapping[str, Rule] = {
    "additional_data_center_regions": _LIST,
    "allow_host_control_participant_mute_state": _FLAG,
    "allow_multiple_devices": _FLAG,
    "alternative_host_manage_cloud_recording": _FLAG,
    "alternative_host_manage_meeting_summary": _FLAG,
    "alternative_host_update_polls": _FLAG,
    "alternative_hosts": _TEXT,
    "alternative_hosts_email_notification": _FLAG,
    "approval_type": Rule(int, choices=(0, 1, 2)),
    "approved_or_denied_countries_or_regions": _OBJECT,
    "audio": Rule(str, choices=("both", "telephony", "voip", "thirdParty")),
    "audio_conference_info": Rule(str, most=2048),
    "authentication_domains": _TEXT,
    "authentication_exception": _LIST,
    "authentication_option": _TEXT,
    "auto_add_recording_to_video_management": _OBJECT,
    "auto_recording": Rule(str, choices=("local", "cloud", "none")),
    "auto_start_ai_companion_questions": _FLAG,
    "auto_start_deepfake_detection": _FLAG,
    "auto_start_meeting_summary": _FLAG,
    "breakout_room": _OBJECT,
    "calendar_type": Rule(int, choices=(1, 2)),
    "close_registration": _FLAG,
    "cn_meeting": _FLAG,
    "contact_email": _TEXT,
    "contact_name": _TEXT,
    "continuous_meeting_chat": _OBJECT,
    "device_testing": _FLAG,
    "disable_participant_video": _FLAG,
    "email_in_attendee_report": _FLAG,
    "email_notification": _FLAG,
    "encryption_type": Rule(str, choices=("enhanced_encryption", "e2ee")),
    "focus_mode": _FLAG,
    "global_dial_in_countries": _LIST,
    "host_pause_stop_recording": _FLAG,
    "host_save_video_order": _FLAG,
    "host_video": _FLAG,
    "in_meeting": _FLAG,
    "internal_meeting": _FLAG,
    "jbh_time": Rule(int, choices=(0, 5, 10, 15)),
    "join_before_host": _FLAG,
    "language_interpretation": _OBJECT,
    "meeting_authentication": _FLAG,
    "meeting_invitees": _LIST,
    "mute_upon_entry": _FLAG,
    "participant_focused_meeting": _FLAG,
    "participant_video": _FLAG,
    "private_meeting": _FLAG,
    "push_change_to_calendar": _FLAG,
    "question_and_answer": _OBJECT,
    "registrants_confirmation_email": _FLAG,
    "registrants_email_notification": _FLAG,
    "registration_type": Rule(int, choices=(1, 2, 3)),
    "request_permission_to_unmute_participants": _FLAG,
    "resources": _LIST,
    "show_join_info": _FLAG,
    "show_share_button": _FLAG,
    "sign_language_interpretation": _OBJECT,
    "summary_template_id": _TEXT,
    "use_pmi": _FLAG,
    "waiting_room": _FLAG,
    "waiting_room_options": _OBJECT,
    "watermark": _FLAG,
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
    yield from _refused(body, FIELDS, "")
    if not _is_moment(body.get("start_time", "")):
        yield "start_time"
    if body.get("timezone") and body["timezone"] not in available_timezones():
        yield "timezone"
    if isinstance(settings := body.get("settings", {}), dict):
        yield from _refused(settings, SETTINGS, "settings.")
    if isinstance(recurrence := body.get("recurrence", {"type": 1}), dict):
        yield from _wrong_recurrence(recurrence)


def _wrong_recurrence(recurrence: Mapping[str, Any]) -> Iterator[str]:
    refused = list(_refused(recurrence, RECURRENCE, "recurrence."))
    yield from refused
    if "type" not in recurrence:
        yield "recurrence.type"
    elif not refused and recurrence.get("repeat_interval", 1) > _LONGEST_INTERVAL[recurrence["type"]]:
        yield "recurrence.repeat_interval"
    days = recurrence.get("weekly_days", "1")
    if isinstance(days, str) and not re.fullmatch("[1-7](,[1-7])*", days):
        yield "recurrence.weekly_days"
    if not str(end := recurrence.get("end_date_time", "Z")).endswith("Z") or not _is_moment(end if end != "Z" else ""):
        yield "recurrence.end_date_time"
    if "end_date_time" in recurrence and "end_times" in recurrence:
        yield "recurrence.end_times"


def _refused(values: Mapping[str, Any], rules: Mapping[str, Rule], prefix: str) -> Iterator[str]:
    for name, value in values.items():
        if name in rules and not rules[name].accepts(value):
            yield prefix + name


def _is_moment(text: object) -> bool:
    """Zoom documents these two forms; an offset such as `+01:00` is neither."""
    if text == "" or not isinstance(text, str):
        return True  # absent, or refused already because of its type
    try:
        return bool(_START.fullmatch(text)) and datetime.fromisoformat(text) is not None
    except ValueError:
        return False
