"""Where a server of a command listens."""

import socket
from ipaddress import ip_address

from ..listening import listen
from .caller import words
from .output import refuse


def is_this_machine(host: str) -> bool:
    """Say whether nobody but this machine reaches an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen_on(host: str, port: int) -> socket.socket:
    """Listen, or end the command with a sentence."""
    try:
        return listen(host, port)
    except OSError:
        refuse(words("Port {port} of {host} cannot be used here; name another one with --port.", port=port, host=host))


def origin(host: str, listening: socket.socket) -> str:
    """Return the address that browsers on this machine reach it by."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listening.getsockname()[1]}"
