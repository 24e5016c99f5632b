"""What the local Zoom knows of meetings."""

from ..operations.meetings import (
    create_meeting,
    delete_meeting,
    get_invitation,
    get_meeting,
    list_meetings,
    list_upcoming_meetings,
    update_meeting,
    update_meeting_status,
)
from ..route import MEETING_READ, MEETING_WRITE, Route, granular

ROUTES = (
    Route(
        "POST",
        "/users/{userId}/meetings",
        "light",
        MEETING_WRITE,
        granular("meeting:write:meeting", "admin"),
        create_meeting,
        201,
    ),
    Route(
        "GET",
        "/users/{userId}/meetings",
        "medium",
        MEETING_READ,
        granular("meeting:read:list_meetings", "admin"),
        list_meetings,
    ),
    Route(
        "GET",
        "/users/{userId}/upcoming_meetings",
        "medium",
        MEETING_READ,
        granular("meeting:read:list_upcoming_meetings", "admin"),
        list_upcoming_meetings,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}",
        "light",
        MEETING_READ,
        granular("meeting:read:meeting", "admin"),
        get_meeting,
    ),
    Route(
        "PATCH",
        "/meetings/{meetingId}",
        "light",
        MEETING_WRITE,
        granular("meeting:update:meeting", "admin"),
        update_meeting,
        204,
    ),
    Route(
        "DELETE",
        "/meetings/{meetingId}",
        "light",
        MEETING_WRITE,
        granular("meeting:delete:meeting", "admin"),
        delete_meeting,
        204,
    ),
    Route(
        "PUT",
        "/meetings/{meetingId}/status",
        "light",
        MEETING_WRITE,
        granular("meeting:update:status", "admin"),
        update_meeting_status,
        204,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}/invitation",
        "light",
        MEETING_READ,
        granular("meeting:read:invitation", "admin"),
        get_invitation,
    ),
)
