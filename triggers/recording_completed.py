"""Find recordings whose files can be downloaded.

https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording/GET/users/{userId}/recordings
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from zoom_connector import Found, Host, Inputs, Page, Round, ZoomClient, hosts_of, moment, poll_hosts

_LIST = "/users/{user_id}/recordings"

_SLOWEST = timedelta(days=3)
"""Zoom works on a recording for up to twice as long as it is, and for longer when there is much to do."""
_LATER = ("TRANSCRIPT", "CC", "SUMMARY")
"""What Zoom makes when the recording has long been ready, if at all."""


def poll(zoom: ZoomClient, cursor: Mapping[str, Any], filters: Inputs) -> Page:
    return poll_hosts(zoom, cursor, hosts_of(zoom, filters), _ready, overlap=_SLOWEST)


def _ready(zoom: ZoomClient, host: Host, asked: Round) -> Iterator[Found]:
    days = {"from": asked.since.date().isoformat(), "to": zoom.now.date().isoformat()}
    for row in zoom.list(_LIST, {"user_id": host.path, **days}):
        # Timelines and captions are listed without an id.
        listed = [file for file in row.get("recording_files", []) if file.get("id")]
        files = [file for file in listed if file.get("file_type") not in _LATER]
        if not files or any(file.get("status", "completed") != "completed" for file in files):
            continue
        ended = max(moment(file.get("recording_end") or row["start_time"]) for file in files)
        # One that was still worked on in the first round is news although it was recorded before.
        if not asked.knows(row["uuid"]) and (not asked.first or ended >= asked.begin):
            size = sum(int(file.get("file_size", 0)) for file in files)
            told = {"recording_files": files, "recording_count": len(files), "total_size": size}
            yield Found({"host_id": host.id, "host_email": host.email} | row | told, ended)
