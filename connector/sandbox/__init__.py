"""A local Zoom for demos and tests: sign-in, API, recordings and faults, on 127.0.0.1.

It shares no code with the engine and imports nothing of it, so that it does not share its mistakes either.
"""

from .clock import MovableClock
from .faults import Fault, FaultKind, Switched
from .people import Account, App, AppKind, Role, User
from .person import ConsentRefused, Person
from .received import Received
from .server import Sandbox

__all__ = [
    "Account",
    "App",
    "AppKind",
    "ConsentRefused",
    "Fault",
    "FaultKind",
    "MovableClock",
    "Person",
    "Received",
    "Role",
    "Sandbox",
    "Switched",
    "User",
]
