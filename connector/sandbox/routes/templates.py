"""What the local Zoom knows of templates, summaries and live streams of meetings."""

from ..operations import live_streaming, summaries, templates
from ..route import MEETING_READ, MEETING_WRITE, Route, granular

ROUTES = (
    Route(
        "GET",
        "/users/{userId}/meeting_templates",
        "medium",
        MEETING_READ,
        granular("meeting:read:list_templates", "admin"),
        templates.list_templates,
    ),
    Route(
        "POST",
        "/users/{userId}/meeting_templates",
        "medium",
        MEETING_WRITE,
        granular("meeting:write:template", "admin"),
        templates.create_template,
        201,
    ),
    Route(
        "GET",
        "/users/{userId}/meeting_templates/{meetingTemplateId}",
        "medium",
        (
            "user:read",
            "user:read:admin",
        ),
        (),
        templates.get_template,
    ),
    Route(
        "GET",
        "/users/{userId}/meeting_summary_templates",
        "medium",
        (
            "user:read",
            "user:read:admin",
        ),
        granular("user:read:settings", "admin"),
        templates.list_summary_templates,
    ),
    Route(
        "GET",
        "/meetings/meeting_summaries",
        "medium",
        ("meeting_summary:read:admin",),
        ("meeting:read:list_summaries:admin",),
        summaries.list_summaries,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}/meeting_summary",
        "light",
        (
            "meeting_summary:read",
            "meeting_summary:read:admin",
        ),
        granular("meeting:read:summary", "admin"),
        summaries.get_summary,
    ),
    Route(
        "DELETE",
        "/meetings/{meetingId}/meeting_summary",
        "light",
        (
            "meeting_summary:write",
            "meeting_summary:write:admin",
        ),
        granular("meeting:delete:summary", "admin"),
        summaries.delete_summary,
        204,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}/livestream",
        "light",
        MEETING_READ,
        granular("meeting:read:livestream", "admin"),
        live_streaming.get_live_stream,
    ),
    Route(
        "PATCH",
        "/meetings/{meetingId}/livestream",
        "light",
        MEETING_WRITE,
        granular("meeting:update:livestream", "admin"),
        live_streaming.update_live_stream,
        204,
    ),
    Route(
        "PATCH",
        "/meetings/{meetingId}/livestream/status",
        "light",
        MEETING_WRITE,
        granular("meeting:update:livestream_status", "admin"),
        live_streaming.set_live_stream_status,
        204,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}/jointoken/live_streaming",
        "light",
        (
            "meeting_token:read:admin:live_streaming",
            "meeting_token:read:live_streaming",
        ),
        granular("meeting:read:live_streaming_token", "admin"),
        live_streaming.get_live_stream_token,
    ),
)
