"""What the local Zoom knows of recordings."""

from ..operations.recordings import (
    delete_recordings,
    get_recordings,
    get_transcript,
    list_recordings,
)
from ..route import RECORDING_READ, RECORDING_WRITE, Route, granular

ROUTES = (
    Route(
        "GET",
        "/users/{userId}/recordings",
        "medium",
        RECORDING_READ,
        granular("cloud_recording:read:list_user_recordings", "admin", "master"),
        list_recordings,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}/recordings",
        "light",
        ("recording:read", "phone_recording:read:admin"),
        granular("cloud_recording:read:list_recording_files", "admin", "master"),
        get_recordings,
    ),
    Route(
        "DELETE",
        "/meetings/{meetingId}/recordings",
        "light",
        RECORDING_WRITE,
        granular("cloud_recording:delete:meeting_recording", "admin", "master"),
        delete_recordings,
        204,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}/transcript",
        "medium",
        (*RECORDING_READ, *RECORDING_WRITE),
        granular("cloud_recording:read:meeting_transcript", "admin"),
        get_transcript,
    ),
)
