"""HTTP exchanges through `requests`, with one question answered for every failure: could Zoom have got the request?"""

import ssl
from collections.abc import Iterator, Mapping
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import requests.adapters
import requests.auth
from urllib3.exceptions import HTTPError, NewConnectionError, ReadTimeoutError

from .request import Query

Timeout = tuple[float, float]
"""Seconds to wait for a connection, and for the next byte of an answer."""


class NoAnswer(Exception):
    """No complete answer came.

    Attributes:
        code: `zoom_unreachable` or `zoom_timeout`.
        sent: Zoom may have got the request, and may have carried it out.
    """

    def __init__(self, code: str, *, sent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.sent = sent


def new_session(connections: int = 32) -> requests.Session:
    """Open a pool of connections that many threads and grants may share: no retries of its own, and no cookies."""
    session = requests.Session()
    adapter = requests.adapters.HTTPAdapter(pool_maxsize=connections, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers["User-Agent"] = "zoom-connector"
    return session


def exchange(
    session: requests.Session,
    method: str,
    url: str,
    *,
    token: str | None,
    timeout: Timeout,
    query: Query = (),
    json: Any | None = None,
    headers: Mapping[str, str] | None = None,
    stream: bool = False,
) -> requests.Response:
    """Send one request and return its answer, whatever its status; redirects are not followed.

    `token` is sent as a bearer token; without one no credentials are sent at all. With `stream` the body is left to
    `chunks`, and the caller closes the answer.

    Raises:
        NoAnswer: none came.
    """
    try:
        return session.request(
            method,
            url,
            params=query,
            json=json,
            headers=headers,
            auth=_Bearer(token),
            timeout=timeout,
            stream=stream,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise _no_answer(error) from error


def chunks(response: requests.Response) -> Iterator[bytes]:
    """Read the body of a streamed answer as it comes in, so that what came before a fault is not lost.

    Raises:
        NoAnswer: it broke off.
    """
    try:
        while data := response.raw.read1(_CHUNK, decode_content=True):
            yield data
    except HTTPError as error:
        raise NoAnswer(
            "zoom_timeout" if isinstance(error, ReadTimeoutError) else "zoom_unreachable", sent=True
        ) from error


_CHUNK = 256 * 1024


class _Bearer(requests.auth.AuthBase):
    """With any `auth` at all, requests looks for no password in `~/.netrc`."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def _no_answer(error: requests.RequestException) -> NoAnswer:
    reason = _reason(error)
    # A reset proves nothing: on a pooled connection the request may have gone out before it.
    unsent = (
        isinstance(error, requests.ConnectTimeout | requests.exceptions.ProxyError)
        or isinstance(reason, NewConnectionError)
        or _is_certificate(reason)
    )
    return NoAnswer("zoom_timeout" if isinstance(reason, ReadTimeoutError) else "zoom_unreachable", sent=not unsent)


def _reason(error: BaseException) -> object:
    """Return what urllib3 said: requests keeps it as the argument, and there `MaxRetryError` keeps its reason."""
    first = error.args[0] if error.args else None
    return getattr(first, "reason", first)


def _is_certificate(reason: object) -> bool:
    # Certificates are checked in the handshake, before the request goes out.
    nested = reason.args[0] if isinstance(reason, Exception) and reason.args else None
    return isinstance(reason, ssl.SSLCertVerificationError) or isinstance(nested, ssl.SSLCertVerificationError)
