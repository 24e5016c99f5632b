"""What the local Zoom knows of meetings that were held."""

from ..operations import past_meetings
from ..route import MEETING_READ, Route, granular

ROUTES = (
    Route(
        "GET",
        "/past_meetings/{meetingId}",
        "light",
        MEETING_READ,
        granular("meeting:read:past_meeting", "admin"),
        past_meetings.get_past_meeting,
    ),
    Route(
        "GET",
        "/past_meetings/{meetingId}/instances",
        "medium",
        MEETING_READ,
        granular("meeting:read:list_past_instances", "admin"),
        past_meetings.list_instances,
    ),
    Route(
        "GET",
        "/past_meetings/{meetingId}/participants",
        "medium",
        MEETING_READ,
        granular("meeting:read:list_past_participants", "admin"),
        past_meetings.list_participants,
    ),
    Route(
        "GET",
        "/past_meetings/{meetingId}/polls",
        "medium",
        MEETING_READ,
        granular("meeting:read:list_poll_results", "admin"),
        past_meetings.list_poll_results,
    ),
    Route(
        "GET",
        "/past_meetings/{meetingId}/qa",
        "medium",
        MEETING_READ,
        granular("meeting:read:past_qa", "admin"),
        past_meetings.list_questions,
    ),
)
