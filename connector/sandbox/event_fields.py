"""Which fields of a meeting Zoom shows in events; it has others in the API."""

CREATED_SETTINGS = ("use_pmi", "alternative_hosts", "meeting_invitees", "join_before_host", "jbh_time")
UPDATED_SETTINGS = (
    *CREATED_SETTINGS,
    "host_video",
    "participant_video",
    "mute_upon_entry",
    "audio",
    "auto_recording",
    "waiting_room",
    "watermark",
    "approval_type",
    "registration_type",
    "meeting_authentication",
    "language_interpretation",
    "sign_language_interpretation",
    "continuous_meeting_chat",
    "auto_start_meeting_summary",
    "auto_start_ai_companion_questions",
    "email_in_attendee_report",
)
RECURRENCE = (
    "type",
    "repeat_interval",
    "weekly_days",
    "monthly_day",
    "monthly_week",
    "monthly_week_day",
    "end_times",
    "end_date_time",
)
