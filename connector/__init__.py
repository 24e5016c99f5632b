"""A Zoom connector for workflow-automation platforms: the public names, nothing else.

They are imported when they are first used, so that loading the manifests costs no HTTP library and no database.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
        SettingsError,
        SignInFailed,
        ZoomConnectorError,
        ZoomError,
        ZoomUnavailable,
    )
    from .explain import Explanation
    from .plugin import Connector, load
    from .types import Inputs, Outputs
    from .zoom.client import ZoomClient

__all__ = [
    "Connection",
    "Connector",
    "Explanation",
    "Fault",
    "FileFailed",
    "Inputs",
    "InvalidInputs",
    "ManifestError",
    "MissingScopes",
    "NotReady",
    "OutcomeUnknown",
    "Outputs",
    "RateLimited",
    "ReconnectRequired",
    "SettingsError",
    "SignInFailed",
    "ZoomClient",
    "ZoomConnectorError",
    "ZoomError",
    "ZoomUnavailable",
    "load",
]

_HOMES = {
    "Connection": "connection",
    "Connector": "plugin",
    "Explanation": "explain",
    "Inputs": "types",
    "Outputs": "types",
    "ZoomClient": "zoom.client",
    "load": "plugin",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES.get(name, 'errors')}", __name__), name)
