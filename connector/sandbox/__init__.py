"""A local Zoom for demos and tests: sign-in, API, recordings, webhooks and faults, on 127.0.0.1.

It shares no code with the engine and imports nothing of it, so that it does not share its mistakes either. What it
does not play it answers with an example, which is marked; see `samples`.
"""

from .attendance import Visit
from .clock import MovableClock
from .deliveries import Delivery, Endpoint
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
    "Delivery",
    "Endpoint",
    "Fault",
    "FaultKind",
    "MovableClock",
    "Person",
    "Received",
    "Role",
    "Sandbox",
    "Switched",
    "User",
    "Visit",
]
