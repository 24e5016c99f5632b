"""Send a request for one grant until its outcome is clear, or say why it is not.

What may be sent again depends on what the call does: a create whose answer is lost may have been carried out.
"""

import logging
import random
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import requests

from ..calls import Effect, RateLimit
from ..clock import Clock
from ..errors import (
    MissingScopes,
    OutcomeUnknown,
    RateLimited,
    ReconnectRequired,
    ZoomConnectorError,
    ZoomError,
    ZoomUnavailable,
)
from ..scopes import suited
from .access import Access, Token
from .answers import decode, zoom_time
from .limits import Limits
from .request import Request, host_of, trusted
from .transport import NoAnswer, Timeout, exchange

_log = logging.getLogger(__name__)

_FAULTS = 3
_THROTTLES = 8
_TIMEOUT: Timeout = (5, 30)


@dataclass
class Sender:
    """Sends for one grant; of one run, so of one thread.

    Args:
        hosts: where the token may go (see `trusted`).
    """

    access: Access
    session: requests.Session
    clock: Clock
    limits: Limits
    hosts: Collection[str]
    timeout: Timeout = _TIMEOUT
    look: Callable[[], None] = lambda: None
    """Ends the run before the next call, if it is to stop."""
    skew: timedelta = timedelta(0)
    """How far Zoom's clock was ahead of ours at the last answer."""
    changed: bool = False
    """Zoom has carried out a call that changes something."""

    def send(self, request: Request, *, effect: Effect, label: RateLimit) -> Any:
        """Return the JSON value of Zoom's answer.

        Raises:
            OutcomeUnknown: it may have been carried out, and sending it again might do it twice.
            ReconnectRequired, MissingScopes, RateLimited, ZoomUnavailable, ZoomError: see `decode`.
        """
        try:
            return self._send(request, effect, label)
        except ZoomConnectorError as error:
            error.params.setdefault("connection", self.access.connection)
            raise

    def _send(self, request: Request, effect: Effect, label: RateLimit) -> Any:
        repeatable = effect in ("read", "delete") or (effect == "update" and request.method in ("PUT", "PATCH"))
        token = self.access.token()
        renewed = maybe_done = False
        faults = throttles = 0
        while True:
            self.look()
            self.limits.wait(self.access.account, label)
            try:
                answer = self._exchange(request, token)
            except RateLimited as error:
                throttles += 1
                if error.code == "daily_limit" or throttles > _THROTTLES:
                    raise
                # Zoom turned it down before doing anything, so even a create may come again.
                self._note_again(request, error)
                soon = self.clock.now() + timedelta(seconds=_jitter())
                self.limits.hold_back(self.access.account, label, until=max(soon, error.retry_at or soon))
                continue
            except ReconnectRequired as error:
                # Zoom looked at the token and turned the call down, so even a create may come again.
                newer = self.access.ended(token, error)
                if renewed:
                    raise
                token, renewed = newer, True
            except ZoomError as error:
                if error.code == "token_rejected":
                    if renewed:
                        raise ReconnectRequired("grant_dead", zoom=error.zoom) from error
                    token, renewed = self.access.renew(token), True
                    continue
                if maybe_done and effect == "delete" and _is_gone(error):
                    self.changed = True
                    return {}
                unclear = _is_unclear(error)
                if unclear and not repeatable:
                    raise OutcomeUnknown("outcome_unknown", zoom=error.zoom) from error
                if not isinstance(error, ZoomUnavailable) or faults == _FAULTS:
                    raise
                maybe_done = maybe_done or unclear
                self._note_again(request, error)
                self.clock.sleep(backoff(faults))
                faults += 1
            else:
                self.changed = self.changed or effect != "read"
                return answer

    def _exchange(self, request: Request, token: Token) -> Any:
        url = f"{token.api_url}/v2{request.path}"
        if not trusted(url, self.hosts):
            raise ZoomError("host_not_trusted", host=host_of(url))
        try:
            response = exchange(
                self.session,
                request.method,
                url,
                token=token.value,
                timeout=self.timeout,
                query=request.query,
                json=request.json,
                headers={"Accept": "application/json"},
            )
        except NoAnswer as lost:
            raise ZoomUnavailable(lost.code, sent=lost.sent) from lost
        # No path: it may hold an e-mail address. Zoom's support finds the call by its tracking id.
        tracking_id = response.headers.get("x-zm-trackingid")
        _log.debug("%s for %s: %d, %s", request.method, self.access.connection, response.status_code, tracking_id)
        now = self.clock.now()
        self.skew = (zoom_time(response.headers) or now) - now
        try:
            return decode(response.status_code, response.headers, response.content, now=now)
        except MissingScopes as error:
            # Zoom names the scope at every level, and an app can be given only some.
            if isinstance(named := error.params.get("scopes"), list):
                error.params["scopes"] = suited(named, token.scopes) or named
            raise

    def _note_again(self, request: Request, error: ZoomError) -> None:
        _log.info("%s for %s is sent again: %s", request.method, self.access.connection, error.code)


def backoff(faults: int) -> float:
    """Return how many seconds to wait after so many earlier faults: up to one, then twice as many each time."""
    return _jitter() / 2 * 2.0**faults


def _jitter() -> float:
    """Return between one and two seconds, so that callers stopped together do not come back together."""
    return 1 + random.random()  # noqa: S311 (nothing secret)


def _is_gone(error: ZoomError) -> bool:
    return error.zoom is not None and (error.zoom.status == HTTPStatus.NOT_FOUND or error.zoom.code == _NO_SUCH_MEETING)


_NO_SUCH_MEETING = 3001


def _is_unclear(error: ZoomError) -> bool:
    """Say whether Zoom may have done it: no answer, a failure of its own, or success in words nobody can read."""
    if isinstance(error, ZoomUnavailable):
        return bool(error.params.get("sent", True))
    accepted = error.zoom is not None and (error.zoom.status or 0) < HTTPStatus.MULTIPLE_CHOICES
    return error.code == "answer_unreadable" and accepted
