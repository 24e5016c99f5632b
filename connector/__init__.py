"""A Zoom connector for workflow-automation platforms: the public names, nothing else.

They are imported when they are first used, so that loading the manifests costs no HTTP library and no database.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .attempts import attempt, attempt_list
    from .attendance import attendees, read_session
    from .connection import Connection
    from .errors import (
        Fault,
        FileFailed,
        InvalidInputs,
        ManifestError,
        MissingScopes,
        NotReady,
        OutcomeUnknown,
        RateLimited,
        ReconnectRequired,
        RunStopped,
        SettingsError,
        SignInFailed,
        ZoomConnectorError,
        ZoomError,
        ZoomUnavailable,
    )
    from .explain import Explanation
    from .loading import load
    from .meeting_numbers import meeting_number
    from .outputs import mask_known
    from .plugin import Connector
    from .poll import Found, Host, Page, Round, hosts_of, moment, poll_hosts
    from .scheduling import schedule_meeting
    from .tables import read_table, read_table_file, write_table
    from .tracking_fields import fill_tracking_fields, recommended_values
    from .types import Inputs, Outputs
    from .zoom.client import ZoomClient
    from .zoom.folder import Folder

__all__ = [
    "Connection",
    "Connector",
    "Explanation",
    "Fault",
    "FileFailed",
    "Folder",
    "Found",
    "Host",
    "Inputs",
    "InvalidInputs",
    "ManifestError",
    "MissingScopes",
    "NotReady",
    "OutcomeUnknown",
    "Outputs",
    "Page",
    "RateLimited",
    "ReconnectRequired",
    "Round",
    "RunStopped",
    "SettingsError",
    "SignInFailed",
    "ZoomClient",
    "ZoomConnectorError",
    "ZoomError",
    "ZoomUnavailable",
    "attempt",
    "attempt_list",
    "attendees",
    "fill_tracking_fields",
    "hosts_of",
    "load",
    "mask_known",
    "meeting_number",
    "moment",
    "poll_hosts",
    "read_session",
    "read_table",
    "read_table_file",
    "recommended_values",
    "schedule_meeting",
    "write_table",
]

_HOMES = {
    "Connection": "connection",
    "Connector": "plugin",
    "Explanation": "explain",
    "Folder": "zoom.folder",
    "Found": "poll",
    "Host": "poll",
    "Inputs": "types",
    "Outputs": "types",
    "Page": "poll",
    "Round": "poll",
    "ZoomClient": "zoom.client",
    "attempt": "attempts",
    "attempt_list": "attempts",
    "attendees": "attendance",
    "fill_tracking_fields": "tracking_fields",
    "hosts_of": "poll",
    "load": "loading",
    "mask_known": "outputs",
    "meeting_number": "meeting_numbers",
    "moment": "poll",
    "poll_hosts": "poll",
    "read_session": "attendance",
    "read_table": "tables",
    "read_table_file": "tables",
    "recommended_values": "tracking_fields",
    "schedule_meeting": "scheduling",
    "write_table": "tables",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES.get(name, 'errors')}", __name__), name)
