"""Settings of users and accounts: what there is at the start, and what a change of them does."""

from collections.abc import Iterator, Mapping
from typing import Any

Settings = dict[str, Any]
"""Sections, the settings in them, and in some settings parts of their own."""

USER_SETTINGS: Mapping[str, Any] = {
    "schedule_meeting": {
        "audio_type": "both",
        "continuous_meeting_chat": {"enable": True, "can_add_external_users": False},
        "embed_password_in_join_link": True,
        "host_video": False,
        "join_before_host": False,
        "participants_video": False,
        "personal_meeting": True,
        "require_password_for_scheduling_new_meetings": True,
        "use_pmi_for_instant_meetings": False,
        "use_pmi_for_scheduled_meetings": False,
    },
    "in_meeting": {
        "ai_companion_questions": {"enable": True, "auto_enable": False},
        "allow_host_to_enable_focus_mode": True,
        "allow_live_streaming": True,
        "annotation": True,
        "breakout_room": True,
        "chat": True,
        "closed_caption": True,
        "co_host": True,
        "custom_data_center_regions": True,
        "e2e_encryption": False,
        "entry_exit_chime": "none",
        "feedback": False,
        "file_transfer": False,
        "language_interpretation": {"enable": True, "languages": ["English", "German"]},
        "meeting_polling": {"enable": True, "advanced_polls": True},
        "meeting_question_answer": True,
        "meeting_reactions": True,
        "meeting_summary_with_ai_companion": {"enable": True, "auto_enable": False},
        "meeting_survey": True,
        "non_verbal_feedback": False,
        "polling": True,
        "private_chat": True,
        "remote_support": False,
        "screen_sharing": True,
        "sign_language_interpretation": {"enable": False},
        "virtual_background": True,
        "waiting_room": False,
        "who_can_share_screen": "host",
    },
    "email_notification": {
        "alternative_host_reminder": True,
        "cancel_meeting_reminder": True,
        "cloud_recording_available_reminder": True,
        "jbh_reminder": True,
        "schedule_for_reminder": True,
    },
    "recording": {
        "auto_delete_cmr": False,
        "auto_recording": "none",
        "cloud_recording": True,
        "local_recording": True,
        "record_audio_file": True,
        "record_gallery_view": False,
        "record_speaker_view": True,
        "recording_audio_transcript": True,
        "save_chat_text": True,
        "show_timestamp": False,
    },
    "telephony": {
        "audio_conference_info": "",
        "show_international_numbers_link": False,
        "third_party_audio": False,
    },
    "feature": {
        "large_meeting": False,
        "meeting_capacity": 100,
        "webinar": False,
        "zoom_phone": False,
        "zoom_whiteboard": True,
    },
    "whiteboard": {"in_meeting_advanced_whiteboard": True},
}
SECURITY: Mapping[str, Any] = {
    "auto_security": True,
    "block_user_domain": False,
    "block_user_domain_list": [],
    "embed_password_in_join_link": True,
    "encryption_type": "enhanced_encryption",
    "end_to_end_encrypted_meetings": False,
    "meeting_password": True,
    "only_authenticated_can_join_from_webclient": False,
    "waiting_room": False,
}
_ACCOUNT_SECTIONS = ("email_notification", "in_meeting", "recording", "schedule_meeting", "telephony")
"""What the account decides as well, under the same names; Zoom has more, and leaves a few settings out."""
_USERS_ONLY = frozenset(
    {
        "audio_conference_info",
        "embed_password_in_join_link",
        "participants_video",
        "show_international_numbers_link",
        "waiting_room",
    }
)
_FORBIDDEN = frozenset({"auto_delete_cmr", "e2e_encryption", "file_transfer", "remote_support"})


class WrongSettings(Exception):
    """Values that do not fit; `args` are the dotted paths."""


def account_settings() -> Settings:
    """Make the settings of an account: its users may switch on all but a few things."""
    return {
        section: {
            name: _all_on(value) if name not in _FORBIDDEN else False
            for name, value in USER_SETTINGS[section].items()
            if name not in _USERS_ONLY
        }
        for section in _ACCOUNT_SECTIONS
    }


def change(current: Settings, asked: Mapping[str, Any], allowed: Mapping[str, Any] | None = None) -> None:
    """Take over what is asked for.

    What the local Zoom does not know is dropped without a word, and so is what would switch something on that
    `allowed` has switched off, as Zoom does.

    Raises:
        WrongSettings: a value is of another type; nothing is changed.
    """
    if wrong := list(_wrong(current, asked, "")):
        raise WrongSettings(*wrong)
    _take(current, asked, allowed or {})


def is_on(settings: Mapping[str, Any], path: str) -> bool:
    """Tell whether a setting, named by its dotted path, is switched on; what is not known is on."""
    found: Any = settings
    for name in path.split("."):
        found = found.get(name, True) if isinstance(found, dict) else True
    return found is not False


def picked(settings: Mapping[str, Any], names: set[str]) -> Settings:
    """Return the settings of these names, wherever they stand."""
    result: Settings = {}
    for name, value in settings.items():
        if name in names:
            result[name] = value
        elif isinstance(value, dict) and (inner := picked(value, names)):
            result[name] = inner
    return result


def _all_on(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _all_on(inner) for name, inner in value.items()}
    return True if isinstance(value, bool) else value


def _wrong(current: Mapping[str, Any], asked: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, value in asked.items():
        if name not in current:
            continue
        if type(value) is not type(current[name]):
            yield prefix + name
        elif isinstance(value, dict):
            yield from _wrong(current[name], value, f"{prefix}{name}.")


def _take(current: Settings, asked: Mapping[str, Any], allowed: Mapping[str, Any]) -> None:
    for name, value in asked.items():
        if isinstance(value, dict) and isinstance(current.get(name), dict):
            inner = allowed.get(name, {})
            _take(current[name], value, inner if isinstance(inner, dict) else {})
        elif name in current and not (value is True and allowed.get(name) is False):
            current[name] = value
