"""The operations that the local Zoom knows: method, path, scopes and rate-limit label, as Zoom publishes them.

This table is the local Zoom's own, so that it does not share the engine's mistakes; a contract test compares it with
Zoom's published list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from .call import Call
from .meeting_operations import (
    create_meeting,
    delete_meeting,
    get_invitation,
    get_meeting,
    get_past_meeting,
    list_meetings,
    list_upcoming_meetings,
    update_meeting,
    update_meeting_status,
)
from .recording_operations import delete_recordings, get_recordings, get_transcript, list_recordings
from .user_operations import get_user, list_users


@dataclass(frozen=True)
class Route:
    """One operation."""

    method: str
    path: str
    label: str
    classic: tuple[str, ...]
    granular: tuple[str, ...]
    run: Callable[[Call], dict[str, Any] | None]
    success: int = 200


_MEETING_READ = ("meeting:read", "meeting:read:admin")
_MEETING_WRITE = ("meeting:write", "meeting:write:admin")
_RECORDING_READ = ("recording:read", "recording:read:admin")
_RECORDING_WRITE = ("recording:write", "recording:write:admin")
_USER = ("user:read", "user:write", "user:read:admin", "user:write:admin")


def _granular(scope: str, *levels: str) -> tuple[str, ...]:
    return (scope, *(f"{scope}:{level}" for level in levels))


ROUTES = (
    Route(
        "GET",
        "/users/{userId}",
        "light",
        (*_USER, "user_info:read", "user_profile"),
        _granular("user:read:user", "admin"),
        get_user,
    ),
    Route("GET", "/users", "medium", _USER, ("user:read:list_users:admin",), list_users),
    Route(
        "POST",
        "/users/{userId}/meetings",
        "light",
        _MEETING_WRITE,
        _granular("meeting:write:meeting", "admin"),
        create_meeting,
        201,
    ),
    Route(
        "GET",
        "/users/{userId}/meetings",
        "medium",
        _MEETING_READ,
        _granular("meeting:read:list_meetings", "admin"),
        list_meetings,
    ),
    Route(
        "GET",
        "/users/{userId}/upcoming_meetings",
        "medium",
        _MEETING_READ,
        _granular("meeting:read:list_upcoming_meetings", "admin"),
        list_upcoming_meetings,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}",
        "light",
        _MEETING_READ,
        _granular("meeting:read:meeting", "admin"),
        get_meeting,
    ),
    Route(
        "PATCH",
        "/meetings/{meetingId}",
        "light",
        _MEETING_WRITE,
        _granular("meeting:update:meeting", "admin"),
        update_meeting,
        204,
    ),
    Route(
        "DELETE",
        "/meetings/{meetingId}",
        "light",
        _MEETING_WRITE,
        _granular("meeting:delete:meeting", "admin"),
        delete_meeting,
        204,
    ),
    Route(
        "PUT",
        "/meetings/{meetingId}/status",
        "light",
        _MEETING_WRITE,
        _granular("meeting:update:status", "admin"),
        update_meeting_status,
        204,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}/invitation",
        "light",
        _MEETING_READ,
        _granular("meeting:read:invitation", "admin"),
        get_invitation,
    ),
    Route(
        "GET",
        "/past_meetings/{meetingId}",
        "light",
        _MEETING_READ,
        _granular("meeting:read:past_meeting", "admin"),
        get_past_meeting,
    ),
    Route(
        "GET",
        "/users/{userId}/recordings",
        "medium",
        _RECORDING_READ,
        _granular("cloud_recording:read:list_user_recordings", "admin", "master"),
        list_recordings,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}/recordings",
        "light",
        ("recording:read", "phone_recording:read:admin"),
        _granular("cloud_recording:read:list_recording_files", "admin", "master"),
        get_recordings,
    ),
    Route(
        "DELETE",
        "/meetings/{meetingId}/recordings",
        "light",
        _RECORDING_WRITE,
        _granular("cloud_recording:delete:meeting_recording", "admin", "master"),
        delete_recordings,
        204,
    ),
    Route(
        "GET",
        "/meetings/{meetingId}/transcript",
        "medium",
        (*_RECORDING_READ, *_RECORDING_WRITE),
        _granular("cloud_recording:read:meeting_transcript", "admin"),
        get_transcript,
    ),
)


def match(method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    """Find the operation of an encoded path below `/v2`, and the values in its place holders.

    A value that begins with `/` or contains `//` is only understood if it was encoded twice, as at Zoom.
    """
    segments = path.strip("/").split("/")
    for route in ROUTES:
        template = route.path.strip("/").split("/")
        if route.method == method and len(template) == len(segments):
            values = _values(template, segments)
            if values is not None:
                return route, values
    return None


def _values(template: list[str], segments: list[str]) -> dict[str, str] | None:
    values = {}
    for expected, segment in zip(template, segments, strict=True):
        once = unquote(segment)
        if not expected.startswith("{"):
            if expected != once:
                return None
        elif not once or once.startswith("/") or "//" in once:
            return None
        else:
            values[expected[1:-1]] = unquote(once)
    return values
