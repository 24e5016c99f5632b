"""Failures as the web tells them: RFC 9457, with the explanation in it, and a status that says what a program may do.

What may not be repeated blindly never gets a status that platforms repeat by themselves (408, 429, 5xx).
"""

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from ...errors import (
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
    ZoomUnavailable,
)
from ...explain import Explanation
from ...plugin import Connector
from .headers import HEADERS

_TYPE = "application/problem+json"


class Refused(Exception):
    """The request itself is not as it has to be.

    Attributes:
        status: what to answer.
        failure: why.
    """

    def __init__(self, status: int, failure: ZoomConnectorError) -> None:
        super().__init__(failure.code)
        self.status = status
        self.failure = failure


def told_by(connector: Connector, served: FastAPI) -> None:
    """Let a server tell its failures in the words of a connector, in the language of whoever asked."""

    @served.exception_handler(Refused)
    def refused(request: Request, refusal: Refused) -> JSONResponse:
        more = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else {}
        return problem(for_caller(connector, request), refusal.failure, refusal.status, more)

    @served.exception_handler(ZoomConnectorError)
    def failed(request: Request, failure: ZoomConnectorError) -> JSONResponse:
        return problem(for_caller(connector, request), failure)

    @served.exception_handler(HTTPException)
    def not_routed(request: Request, failure: HTTPException) -> JSONResponse:
        why = InvalidInputs("nothing_here", path=request.url.path)
        if failure.status_code == 405:
            why = InvalidInputs("method_not_allowed", allowed=(failure.headers or {}).get("Allow"))
        return problem(for_caller(connector, request), why, failure.status_code, failure.headers)

    @served.exception_handler(Exception)
    def broken(request: Request, _: Exception) -> JSONResponse:
        # The server writes the traceback into its log, and closes the connection: who is not told may use it once more
        # (RFC 9112, 9.6). No middleware sees this answer.
        headers = {**HEADERS, "Connection": "close"}
        return problem(for_caller(connector, request), ManifestError("connector_failed"), 500, headers)


def for_caller(connector: Connector, request: Request) -> Connector:
    """Return the connector in the language that a request asks for."""
    wanted = request.headers.get("accept-language")
    return connector.in_language(wanted) if wanted else connector


def problem(
    connector: Connector,
    failure: ZoomConnectorError,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Tell a failure.

    Args:
        connector: explains it.
        failure: what happened.
        status: of the answer; what fits the failure when left out.
        headers: of the answer.
    """
    explanation = connector.explain(failure)
    wait = _seconds(failure, explanation, connector.engine.clock.now()) if explanation.retryable else None
    body = as_problem(failure, explanation, status)
    more = {"Retry-After": str(wait)} if wait is not None else {}
    return JSONResponse(body, body["status"], {**(headers or {}), **more}, media_type=_TYPE)


def as_problem(failure: ZoomConnectorError, explanation: Explanation, status: int | None = None) -> dict[str, Any]:
    """Return the body of a problem; arguments as for `problem`."""
    return {"type": "about:blank", "status": status or status_of(failure, explanation), **explanation.as_dict()}


def status_of(failure: ZoomConnectorError, explanation: Explanation) -> int:
    """Choose the status of a failure that is not the request's own."""
    match failure:
        case InvalidInputs() if failure.code.startswith("unknown_") and failure.code != "unknown_reveal":
            return 404
        case MissingScopes() | ReconnectRequired() | SignInFailed():
            return 403
        case RateLimited():
            return 429
        case NotReady() | OutcomeUnknown():
            return 409
        case SettingsError() | ManifestError():
            return 503 if explanation.retryable else 500
        case FileFailed() if explanation.who == "connector_admin":
            return 500
        case ZoomUnavailable():
            return 503
    answered = failure.zoom.status if failure.zoom else None
    return {401: 403, 403: 403, 404: 404}.get(answered or 0, 409)


def _seconds(failure: ZoomConnectorError, explanation: Explanation, now: datetime) -> int | None:
    """Return when to come back (RFC 9110, 10.2.3), where anybody knows."""
    if explanation.retry_at is not None:
        return max(0, math.ceil((explanation.retry_at - now).total_seconds()))
    known = failure.params.get("retry_in_seconds")
    return known if isinstance(known, int) else None
