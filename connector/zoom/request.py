"""Build the request of a declared call out of inputs, and say who may see a token.

Pure: no sockets, no clock.
"""

import re
from collections.abc import Collection, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from ..calls import Call
from ..errors import Fault, InvalidInputs
from ..types import Inputs

Query = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Request:
    """One request to Zoom's API, without the origin and without the token."""

    method: str
    path: str
    """Encoded, below `/v2`."""
    query: Query = ()
    json: Any | None = None
    """The JSON body; None sends none."""


_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_IN_QUERY_ONLY = ("GET", "DELETE")


def build(call: Call, inputs: Inputs, *, user: str = "me") -> Request:
    """Put inputs where the manifest says Zoom expects them.

    `null` means absent; every other value is sent, falsy ones too.

    Args:
        call: what the manifest declares.
        inputs: valid by the action's schema.
        user: who an absent `user_id` in the path means.

    Raises:
        InvalidInputs: a value cannot stand in the path.
    """
    given = {name: value for name, value in inputs.items() if value is not None}
    in_path = _PLACEHOLDER.findall(call.path)
    path = _PLACEHOLDER.sub(lambda placeholder: _segment(placeholder[1], given, user), call.path)

    query: dict[str, str] = {}
    body: dict[str, Any] = {}
    for name, value in call.constants.items():
        if _goes_to_query(call, name):
            query[name] = query_text(value)
        else:
            _place(body, name, value)
    for name, value in given.items():
        if name in in_path:
            continue
        zooms_name = call.names.get(name, name)
        if _goes_to_query(call, name):
            query[zooms_name] = query_text(value)
        else:
            separator = call.joins.get(name)
            _place(body, zooms_name, value if separator is None else separator.join(map(str, value)))
    return Request(call.method, path, tuple(query.items()), body or None)


def raw_path(path: str) -> str:
    """Check and encode a path below `/v2` that somebody typed; what is percent-encoded already stays as it is.

    Raises:
        InvalidInputs: it is not a path, has an empty or dotted segment, or brings its own query.
    """
    segments = path.removeprefix("/v2/").removeprefix("/").split("/")
    plain = [segment.lower().replace("%2e", ".") for segment in segments]
    if any(segment in _UNSAFE for segment in plain) or re.search(r"[?#\\\s]", path):
        raise InvalidInputs("inputs_invalid", [Fault("/path", "path_value")])
    return "/" + "/".join(quote(segment, safe="%~:@!$&'()*+,;=") for segment in segments)


def matches(call: Call, method: str, path: str) -> bool:
    """Say whether an encoded path is one that a declared call describes."""
    pattern = _PLACEHOLDER.sub(r"[^/]+", re.sub(r"[.+]", r"\\\g<0>", call.path))
    return call.method == method and re.fullmatch(pattern, path) is not None


def query_text(value: Any) -> str:
    """Write a value as Zoom reads it in a query: lists with commas, booleans in lower case."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return ",".join(map(query_text, value))
    return str(value)


def query_of(inputs: Inputs) -> Query:
    """Write inputs as a query; `null` means absent."""
    return tuple((name, query_text(value)) for name, value in inputs.items() if value is not None)


def trusted(url: str, hosts: Collection[str]) -> bool:
    """Say whether a token may go to this URL.

    Args:
        url: anything that claims to be one.
        hosts: domains, their subdomains included, for https on its usual port; or `host:port` of a sandbox, where plain
            http will do.
    """
    # Parsers disagree about a backslash, a blank and user information: such a URL goes nowhere with a token.
    if re.search(r"[\\\s\x00-\x1f]", url):
        return False
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = (parts.hostname or "").lower()
    if "@" in parts.netloc or not host:
        return False
    if parts.scheme == "https" and port in (None, 443):
        return any(host == known or host.endswith(f".{known}") for known in hosts)
    return parts.scheme in ("http", "https") and f"{host}:{port}" in hosts


def host_of(url: str) -> str:
    """Return the host of a URL, for a message; "" when it has none that can be read."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


_UNSAFE = ("", ".", "..")


def _goes_to_query(call: Call, name: str) -> bool:
    return call.method in _IN_QUERY_ONLY or name in call.query


def _segment(name: str, given: Mapping[str, Any], user: str) -> str:
    if name not in given:
        if name == "user_id":
            return quote(user, safe="")
        if name == "account_id":
            return "me"
        raise InvalidInputs("inputs_invalid", [Fault(f"/{name}", "required")])
    value = str(given[name])
    if value in _UNSAFE:
        raise InvalidInputs("inputs_invalid", [Fault(f"/{name}", "path_value")])
    once = quote(value, safe="")
    # https://developers.zoom.us/docs/api/using-zoom-apis/: a UUID that begins with "/" or holds "//" is encoded twice.
    return quote(once, safe="") if value.startswith("/") or "//" in value else once


def _place(target: MutableMapping[str, Any], name: str, value: Any) -> None:
    """Put a value under a dotted name; `rows[].field` makes one object per value."""
    first, _, rest = name.partition(".")
    if first.endswith("[]"):
        rows = target.setdefault(first.removesuffix("[]"), [])
        rows += [{} for _ in range(len(value) - len(rows))]
        for row, item in zip(rows, value, strict=False):
            _place(row, rest, item)
    elif rest:
        _place(target.setdefault(first, {}), rest, value)
    else:
        target[first] = value
