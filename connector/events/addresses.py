"""Where a sink may be: an address of the public internet, looked at each time before anything is sent there.

Whoever names a sink chooses an address that the connector's own machine then calls. Without a limit that would open
the host's network to them: databases, admin pages, the metadata of a cloud
(https://owasp.org/www-community/attacks/Server_Side_Request_Forgery).
"""

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from ..errors import InvalidInputs

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host; raises `OSError` when there are none."""

_PORTS = {"https": 443, "http": 80}
_GLOBAL_V6 = IPv6Network("2000::/3")
"""All that has been handed out for the whole internet (https://www.iana.org/assignments/ipv6-address-space)."""
_V4_BEHIND = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""Addresses that end in the IPv4 address they stand for: of NAT64 (RFC 6052) and IPv4-compatible ones (RFC 4291)."""
_NOT_FOR_US = tuple(ip_network(net) for net in ("192.0.0.0/24", "192.88.99.0/24"))
"""Kept for protocols; Python counts parts of them as global."""


@dataclass(frozen=True)
class Destination:
    """Where to send a request, with its name looked up and found harmless."""

    scheme: str
    host: str
    port: int
    netloc: str
    """Host and port as the URL has them."""
    path: str = field(repr=False)
    """With the query, which may hold a secret."""
    addresses: tuple[str, ...]


def resolve(host: str, port: int) -> Sequence[str]:
    """Look a host up, as a connection to it would."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def destination(url: str, *, private: bool, resolve: Resolve = resolve) -> Destination:
    """Look up where a URL leads.

    Args:
        url: of a sink.
        private: the host's own network and plain HTTP will do, as on a developer's machine.
        resolve: looks names up.

    Raises:
        InvalidInputs: `sink_url_invalid`; `sink_host_unknown`, nobody knows the name; `sink_private`, some address of
            the name is not of the public internet. The URL itself, which may hold a secret, is never told.
    """
    parsed = _parsed(url, schemes=("https", "http") if private else ("https",))
    host = (parsed.host or "").strip("[]")
    port = parsed.port or _PORTS[parsed.scheme or ""]
    try:
        addresses = tuple(dict.fromkeys(resolve(host, port)))
    except (OSError, UnicodeError) as error:
        raise InvalidInputs("sink_host_unknown", host=host) from error
    if not addresses:
        raise InvalidInputs("sink_host_unknown", host=host)
    # One address inside is enough to refuse: which of them is called would be a matter of luck.
    if not private and not all(is_public(address) for address in addresses):
        raise InvalidInputs("sink_private", host=host)
    return Destination(parsed.scheme or "", host, port, parsed.netloc or "", parsed.request_uri, addresses)


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet, also behind what IPv6 wraps IPv4 addresses in."""
    try:
        found = _unwrapped(ip_address(address))
    except ValueError:
        return False
    if found.is_multicast or not found.is_global or any(found in net for net in _NOT_FOR_US):
        return False
    return isinstance(found, IPv4Address) or (found in _GLOBAL_V6 and found.scope_id is None)


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if any(address in net for net in _V4_BEHIND):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _parsed(url: str, schemes: Sequence[str]) -> Url:
    try:
        parsed = parse_url(url)
    except LocationParseError as error:
        raise InvalidInputs("sink_url_invalid", schemes=schemes) from error
    if parsed.scheme not in schemes or not parsed.host or parsed.auth or parsed.port == 0:
        raise InvalidInputs("sink_url_invalid", schemes=schemes)
    return parsed
