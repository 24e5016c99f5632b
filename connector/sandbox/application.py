"""One request from its arrival to its answer: which endpoint, which fault, what is written down."""

import secrets
import socket
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from werkzeug.wrappers import Request, Response

from .answers import Refused, TokenRefused, html_answer
from .api import answer_api, bearer
from .app_logs import LoggedCall
from .consent import answer_consent
from .downloads import answer_file, answer_link
from .faults import FaultKind, Switched, wrong_answer
from .limits import category
from .pages import message_page
from .received import Received, received
from .routes import ROUTES, match
from .samples import Samples
from .token_endpoint import answer_revoke, answer_token
from .world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


@dataclass(frozen=True)
class _Endpoint:
    template: str
    answer: Callable[[World, Request], Response]
    label: str = "light"


class Application:
    """The WSGI application."""

    def __init__(self, world: World, samples: Samples) -> None:
        self._world = world
        self._samples = samples

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        path = environ["REQUEST_URI"].partition("?")[0]
        endpoint = self._endpoint(request.method, path)
        noted = received(request, path, endpoint.template)
        with self._world.lock:
            fault = self._world.faults.pick(noted)
            response = self._answer(endpoint, request, fault)
            self._note(noted, request, response)
        if fault is not None:
            response = _spoilt(fault, response, environ)
        if response is None:
            raise _reset(environ)
        return response(environ, start_response)

    def _endpoint(self, method: str, path: str) -> _Endpoint:
        if not path.startswith("/v2/"):
            return _endpoint(method, path)
        played = () if self._world.behaviour.samples_only else ROUTES
        found = match(method, path.removeprefix("/v2"), (*played, *self._samples.routes))
        if found is None:
            return _Endpoint(path, lambda world, request: answer_api(world, request, None))
        return _Endpoint(found[0].path, lambda world, request: answer_api(world, request, found), found[0].label)

    def _answer(self, endpoint: _Endpoint, request: Request, fault: Switched | None) -> Response | None:
        """Do the work, or not, as the fault wants it; None means that the connection is reset instead."""
        if fault is not None and fault.before_the_work:
            return self._finished(wrong_answer(fault, endpoint.label, self._world.clock), endpoint)
        try:
            response = endpoint.answer(self._world, request)
        except (Refused, TokenRefused) as refused:
            response = refused.answer()
        if fault is not None and fault.kind is FaultKind.LOST_ANSWER:
            return None
        if fault is not None:
            response = wrong_answer(fault, endpoint.label, self._world.clock) or response
        return self._finished(response, endpoint)

    def _finished(self, response: Response | None, endpoint: _Endpoint) -> Response | None:
        if response is not None:
            response.headers["x-zm-trackingid"] = f"v=2.0;clid=sandbox;rid=WEB_{secrets.token_hex(16)}"
            response.headers.setdefault("X-RateLimit-Category", category(endpoint.label))
        return response

    def _note(self, noted: Received, request: Request, response: Response | None) -> None:
        self._world.requests.append(replace(noted, status=None if response is None else response.status_code))
        app = self._world.tokens.app_of(bearer(request) or "")
        if app is None or response is None or not noted.path.startswith("/v2/"):
            return
        trace, now = response.headers["x-zm-trackingid"], self._world.clock.now()
        self._world.calls.append(
            LoggedCall(app.client_id, noted.method, noted.template, response.status_code, now, trace)
        )


def _endpoint(method: str, path: str) -> _Endpoint:
    if (method, path) in _OAUTH:
        return _Endpoint(path, _OAUTH[method, path])
    for prefix, answer in _FILES.items():
        if method in ("GET", "HEAD") and path.startswith(prefix):
            return _Endpoint(f"{prefix}{{file}}", partial(answer, key=unquote(path.removeprefix(prefix))))
    return _Endpoint(path, lambda _world, _request: html_answer(message_page("Zoom", "This page does not exist."), 404))


_OAUTH: dict[tuple[str, str], Callable[[World, Request], Response]] = {
    ("GET", "/oauth/authorize"): answer_consent,
    ("POST", "/oauth/authorize"): answer_consent,
    ("POST", "/oauth/token"): answer_token,
    ("POST", "/oauth/revoke"): answer_revoke,
}
_FILES = {"/rec/download/": answer_link, "/file/": answer_file}


def _spoilt(fault: Switched, response: Response | None, environ: "WSGIEnvironment") -> Response | None:
    """Apply what a fault does to an answer that is there; outside the lock, because it may wait."""
    if fault.kind is FaultKind.SLOW:
        fault.wait()
    if fault.kind is FaultKind.CUT_BODY and response is not None:
        response.response = _cut(response.iter_encoded(), fault.fault.after_bytes, environ)
    return response


def _cut(body: Iterable[bytes], after: int, environ: "WSGIEnvironment") -> Iterator[bytes]:
    for piece in body:
        if after < len(piece):
            yield piece[:after]
            raise _reset(environ)
        after -= len(piece)
        yield piece


def _reset(environ: "WSGIEnvironment") -> ConnectionResetError:
    """Make the connection end with a reset as soon as the server closes it (SO_LINGER with zero seconds)."""
    connection: socket.socket = environ["werkzeug.socket"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return ConnectionResetError("the local Zoom was told to")
