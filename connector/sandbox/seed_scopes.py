"""The scopes that the apps of a new local Zoom hold."""

USER_CLASSIC = frozenset({"meeting:write", "recording:read", "user_info:read"})
FULL_USER_CLASSIC = USER_CLASSIC | {
    "marketplace_app:read",
    "meeting:read",
    "meeting_summary:read",
    "meeting_summary:write",
    "recording:write",
    "user:read",
    "user:write",
}
ADMIN_CLASSIC = frozenset(
    {
        "account:read:admin",
        "group:read:admin",
        "group:write:admin",
        "marketplace_app:read:admin",
        "marketplace_app:write:admin",
        "meeting:read:admin",
        "meeting:write:admin",
        "meeting_summary:read:admin",
        "meeting_summary:write:admin",
        "recording:read:admin",
        "recording:write:admin",
        "report:read:admin",
        "role:read:admin",
        "tracking_fields:read:admin",
        "tracking_fields:write:admin",
        "user:read:admin",
        "user:write:admin",
    }
)
USER_GRANULAR = frozenset(
    {
        "user:read:user",
        "meeting:write:meeting",
        "meeting:read:meeting",
        "meeting:read:list_meetings",
        "meeting:read:list_upcoming_meetings",
        "meeting:read:invitation",
        "meeting:read:past_meeting",
        "meeting:update:meeting",
        "meeting:update:status",
        "meeting:delete:meeting",
        "cloud_recording:read:list_user_recordings",
        "cloud_recording:read:list_recording_files",
        "cloud_recording:read:meeting_transcript",
    }
)
_FAMILY = {
    "account:read": "settings",
    "cloud_recording:delete": "meeting_recording meeting_transcript recording_file",
    "cloud_recording:read": (
        "list_recording_registrants recording_analytics_details recording_analytics_summary "
        "recording_settings registration_questions"
    ),
    "cloud_recording:update": (
        "recording_settings recover_meeting_recordings recover_single_recording registrant_status "
        "registration_questions"
    ),
    "cloud_recording:write": "recording_registrant",
    "group:delete": "member",
    "group:read": "group list_groups list_members",
    "group:write": "group member",
    "marketplace:read": "app app_request list_api_logs list_apps list_user_app_requests",
    "marketplace:update": "app_request",
    "marketplace:write": "app_pre_approve app_request",
    "meeting:delete": "live_meeting_chat_message poll registrant summary survey",
    "meeting:read": (
        "list_past_instances list_past_participants list_poll_results list_polls list_registrants "
        "list_registration_questions list_summaries list_templates live_streaming_token livestream "
        "local_recording_token past_qa poll registrant summary survey token"
    ),
    "meeting:update": (
        "in_meeting_controls live_meeting_chat_message livestream livestream_status "
        "participant_rtms_app_status poll registrant_status registration_question survey"
    ),
    "meeting:write": "batch_polls batch_registrants invite_links poll registrant sip_dialing template",
    "report:read": (
        "disclaimer list_history_meetings list_meeting_participants list_meeting_polls list_users "
        "list_webinar_participants list_webinar_polls meeting meeting_activity_log meeting_qna meeting_survey "
        "operation_logs remote_support telephone upcoming_meetings_webinars user user_activities webinar "
        "webinar_qna webinar_survey"
    ),
    "role:read": "list_roles",
    "tracking_field:delete": "tracking_field",
    "tracking_field:read": "list_tracking_fields tracking_field",
    "tracking_field:update": "tracking_field",
    "tracking_field:write": "tracking_field",
    "user:delete": "assistant scheduler",
    "user:read": "list_assistants list_permissions list_schedulers list_users settings",
    "user:update": "settings status user",
    "user:write": "assistant user",
    "webinar:read": "list_webinars",
}
"""What else the actions of the meeting family need, by resource and verb."""
ADMIN_GRANULAR = frozenset(
    {
        *(f"{scope}:admin" for scope in USER_GRANULAR),
        *(f"{verb}:{name}:admin" for verb, names in _FAMILY.items() for name in names.split()),
        "account:read:managed_domains:master",
        "account:read:trusted_domains:master",
    }
)
"""The last two exist at this level only."""
