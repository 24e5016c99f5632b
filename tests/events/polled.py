"""Zoom as polls see it: who there is, and what an event made of a find says."""

from datetime import datetime, timedelta
from typing import Any

from zoom.foreign import START

from contract.handling import CATALOGUE
from zoom_connector import Found
from zoom_connector.trigger import said

JO = {"id": "user-jo", "email": "jo@example.com", "pmi": 5550100555}
ME = {"GET /users/me": JO}
RECORDINGS = "GET /users/me/recordings"
SINCE = {"since": START.isoformat()}


def at(**later: float) -> str:
    """Write a moment, counted from the start, as Zoom does."""
    return (START + timedelta(**later)).strftime("%Y-%m-%dT%H:%M:%SZ")


def when(**later: float) -> datetime:
    return START + timedelta(**later)


def meeting(id: int, **changed: Any) -> dict[str, Any]:
    """Return a row of the list of meetings."""
    row = {
        "id": id,
        "uuid": f"uuid-{id}",
        "host_id": "user-jo",
        "topic": f"Meeting {id}",
        "type": 2,
        "start_time": at(hours=2),
        "duration": 45,
        "timezone": "Europe/Amsterdam",
        "created_at": at(minutes=1),
        "join_url": f"https://example.com/j/{id}",
    }
    return row | changed


def told(key: str, found: Found) -> dict[str, Any]:
    """Return the outputs of a find, but for what every event has."""
    outputs = said(CATALOGUE.triggers[key], {"event": "example", "payload": {"object": found.object}})
    return {name: value for name, value in outputs.items() if name not in ("event", "happened_at", "payload")}


def file(type: str, status: str = "completed", end: str = at(minutes=2)) -> dict[str, Any]:
    return {"id": f"file-{type}", "file_type": type, "file_size": 10, "recording_end": end, "status": status}


def recording(uuid: str, *files: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": 1,
        "uuid": uuid,
        "host_id": "user-jo",
        "topic": "Meeting 1",
        "type": "2",
        "start_time": at(minutes=-10),
        "duration": 12,
        "total_size": 10,
        "recording_count": len(files),
        "recording_files": list(files),
    }


def listed(*recordings: dict[str, Any]) -> dict[str, Any]:
    return {"meetings": list(recordings)}
