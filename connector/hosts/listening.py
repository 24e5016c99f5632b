"""Where a server of ours listens."""

import socket


def listen(host: str, port: int) -> socket.socket:
    """Listen for connections whose answers leave at once; port 0 is any that is free.

    Raises:
        OSError: the port is taken, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=2048)
    # What is accepted inherits it. Without it the body of every answer waits 40 ms for the client to acknowledge the
    # headers (RFC 1122, 4.2.3.2 and 4.2.3.4), and asyncio sets it only for sockets that it made itself.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
