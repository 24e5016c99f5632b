"""Decode whatever Zoom answers: a JSON value, or the exception that says who can act.

Zoom's failures come in many shapes (https://developers.zoom.us/docs/api/errors/): `code` and `message`, with `errors`
for validation; `error` and `reason` from the token endpoint (RFC 6749, 5.2); `errorCode` and `errorMessage` from the
consent page; XML and HTML from the gateways in front; and some operations report a failure with HTTP status 200.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from ..errors import (
    MissingScopes,
    RateLimited,
    ReconnectRequired,
    SignInFailed,
    ZoomAnswer,
    ZoomConnectorError,
    ZoomError,
    ZoomUnavailable,
)
from .bodies import Said, read


def decode(status: int, headers: Mapping[str, str], body: bytes, *, now: datetime | None = None) -> Any:
    """Return the JSON value of an answer; an empty one is `{}`.

    Answers of the API and of the token endpoint alike. The names of `headers` may be in any case; `now` is our own
    time, for `retry_at`, and Zoom's `Date` header stands in for it.

    Raises:
        MissingScopes, RateLimited, ReconnectRequired, SignInFailed, ZoomUnavailable, ZoomError: by what Zoom said;
            `ZoomError("token_rejected")` asks for a renewed token.
    """
    said = read(body)
    if status < HTTPStatus.MULTIPLE_CHOICES and not said.failed:
        if said.readable:
            return said.value
        raise ZoomError("answer_unreadable", zoom=_answer(status, headers, said))
    raise _failure(status, headers, said, now)


def zoom_time(headers: Mapping[str, str]) -> datetime | None:
    """Read Zoom's own time from the `Date` header of an answer; None when it has none."""
    try:
        return parsedate_to_datetime(_header(headers, "date")).astimezone(UTC)
    except ValueError:
        return None


def _answer(status: int, headers: Mapping[str, str], said: Said) -> ZoomAnswer:
    tracking_id = _header(headers, "x-zm-trackingid") or None
    return ZoomAnswer(status=status, code=said.code, message=said.message, tracking_id=tracking_id, error=said.error)


_SCOPES = re.compile(r"does not contain scopes?\s*:?\s*\[([^\]]*)\]", re.IGNORECASE)

# Zoom's table of OAuth failures: https://developers.zoom.us/docs/integrations/oauth-error-messages/
_GRANT_ENDED = {
    4735: "token_owner_gone",
    4737: "grant_dead",
    4738: "approval_withdrawn",
    4740: "token_limit_reached",
    4741: "grant_replaced",
}
_GRANT_ENDED_TEXTS = {
    "token is disabled by admin": "approval_withdrawn",
    "token has been revoked": "grant_replaced",
    "owner of the token does not exist": "token_owner_gone",
    "can not find the authentication for the access token": "grant_dead",
    "out of the token tolerance range": "token_limit_reached",
    "refresh token invalid": "grant_scopes_changed",
}
_CODE_TEXTS = ("invalid authorization code", "code is expired")
_DISABLED_TEXTS = ("app has been disabled",)
_CREDENTIAL_CODES = (4702, 4704)
_CREDENTIAL_TEXTS = ("client id or client secret is missing",)
# Code 124 that a new token does not mend.
_WRONG_USE_TEXTS = ("only supports oauth2", "not supported as query parameter")
_NO_SUCH_USER = 1010


def _failure(status: int, headers: Mapping[str, str], said: Said, now: datetime | None) -> ZoomConnectorError:
    zoom = _answer(status, headers, said)
    text = said.message.lower()
    if scopes := _SCOPES.search(said.message):
        names = [name for name in re.split(r"[\s,]+", scopes[1]) if name]
        return MissingScopes("scope_missing", zoom=zoom, scopes=names)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _rate_limited(headers, text, zoom, now)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ZoomUnavailable("zoom_unavailable", zoom=zoom)
    if ended := _grant_ended(said, text):
        return ReconnectRequired(ended, zoom=zoom)
    if said.code in (4733, 4734) or _has(text, _CODE_TEXTS):
        return SignInFailed("code_expired", zoom=zoom)
    if said.code == 4717 or _has(text, _DISABLED_TEXTS):
        return ZoomError("app_disabled", zoom=zoom)
    if said.error == "invalid_client" or said.code in _CREDENTIAL_CODES or _has(text, _CREDENTIAL_TEXTS):
        return ZoomError("app_credentials_wrong", zoom=zoom)
    if _is_token_rejected(status, said, text):
        return ZoomError("token_rejected", zoom=zoom)
    known = said.failed or status >= HTTPStatus.BAD_REQUEST
    return ZoomError("zoom_refused" if known else "answer_unreadable", zoom=zoom)


def _grant_ended(said: Said, text: str) -> str | None:
    if said.code in _GRANT_ENDED:
        return _GRANT_ENDED[said.code]
    by_text = next((code for fragment, code in _GRANT_ENDED_TEXTS.items() if fragment in text), None)
    if by_text is None and said.error in ("invalid_grant", "invalid_request") and "invalid token" in text:
        return "grant_dead"
    return by_text


def _is_token_rejected(status: int, said: Said, text: str) -> bool:
    if _has(text, _WRONG_USE_TEXTS):
        return False
    return said.code == 124 or (status == HTTPStatus.UNAUTHORIZED and said.error is None and said.code != _NO_SUCH_USER)


def _rate_limited(headers: Mapping[str, str], text: str, zoom: ZoomAnswer, now: datetime | None) -> RateLimited:
    retry_at = _retry_at(headers, now)
    here = now or zoom_time(headers)
    kind = _header(headers, "x-ratelimit-type").lower()
    daily = "daily" in text or "daily" in kind
    if daily and retry_at is None and here is not None:
        # https://developers.zoom.us/docs/api/rate-limits/: the daily limits start anew at 00:00 UTC
        retry_at = here.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return RateLimited("daily_limit" if daily else "rate_limited", zoom=zoom, retry_at=retry_at)


def _retry_at(headers: Mapping[str, str], now: datetime | None) -> datetime | None:
    """Read when Zoom answers again, in our own time where the two clocks differ.

    `Retry-After` is an ISO 8601 time with the daily limit, though RFC 9110 (10.2.3) means seconds or an HTTP date;
    `X-RateLimit-Reset` is Unix time.
    """
    theirs = zoom_time(headers) or now
    ours = now or theirs
    after, reset = _header(headers, "retry-after"), _header(headers, "x-ratelimit-reset")
    if _SECONDS.fullmatch(after):
        return ours and ours + timedelta(seconds=int(after))
    moment = _moment(after) or (datetime.fromtimestamp(int(reset), UTC) if _SECONDS.fullmatch(reset) else None)
    if moment is None or ours is None or theirs is None:
        return moment
    return ours + (moment - theirs)


_SECONDS = re.compile(r"\d{1,11}")


def _moment(text: str) -> datetime | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(text)
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value.strip() for key, value in headers.items() if key.lower() == name), "")


def _has(text: str, fragments: tuple[str, ...]) -> bool:
    return any(fragment in text for fragment in fragments)
