"""What outlives the process: by itself one database, encrypted where it is secret, or a store that a platform brings.

`SqlStore` is imported when it is first used, so that a platform with a store of its own pays for no database library.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .protocol import Store
from .values import App, AppKind, Connection, Grant, GrantState, Lease, Pending, Person, Tokens

if TYPE_CHECKING:
    from .opening import SqlStore

__all__ = [
    "App",
    "AppKind",
    "Connection",
    "Grant",
    "GrantState",
    "Lease",
    "Pending",
    "Person",
    "SqlStore",
    "Store",
    "Tokens",
]


def __getattr__(name: str) -> Any:
    if name != "SqlStore":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return import_module(".opening", __name__).SqlStore
