"""Every shape in which Zoom answers, decoded."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from zoom_connector.errors import (
    MissingScopes,
    RateLimited,
    ReconnectRequired,
    SignInFailed,
    ZoomAnswer,
    ZoomConnectorError,
    ZoomError,
    ZoomUnavailable,
)
from zoom_connector.zoom.answers import decode

NOW = datetime(2030, 1, 7, 9, 30, tzinfo=UTC)


def failure(status: int, body: object, headers: Mapping[str, str] | None = None) -> ZoomConnectorError:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    with pytest.raises(ZoomConnectorError) as caught:
        decode(status, headers or {}, raw, now=NOW)
    return caught.value


def outcome(error: ZoomConnectorError) -> tuple[type[ZoomConnectorError], str, ZoomAnswer | None]:
    return type(error), error.code, error.zoom


@pytest.mark.parametrize(
    ("status", "body", "value"),
    [
        (200, b'{"id": 97763643886}', {"id": 97763643886}),
        (200, b'[{"id": 1}]', [{"id": 1}]),
        (204, b"", {}),
        (200, b"  \n", {}),
        # Fields that failures use too, in results that Zoom's reference describes.
        (200, b'{"ok": false, "error": "invalid", "errors": []}', {"ok": False, "error": "invalid", "errors": []}),
        (200, b'{"status": "waiting", "id": 1}', {"status": "waiting", "id": 1}),
        (200, b'{"code": 7, "message": "hi", "id": "x"}', {"code": 7, "message": "hi", "id": "x"}),
    ],
)
def test_a_success_is_its_json(status: int, body: bytes, value: Any) -> None:
    assert decode(status, {}, body) == value


def test_a_refusal_keeps_status_code_message_and_tracking_id() -> None:
    error = failure(
        404, {"code": 3001, "message": "Meeting does not exist: 1."}, {"X-Zm-TrackingId": "v=2.0;t=example"}
    )

    assert outcome(error) == (
        ZoomError,
        "zoom_refused",
        ZoomAnswer(404, 3001, "Meeting does not exist: 1.", "v=2.0;t=example"),
    )


def test_a_validation_failure_names_its_fields() -> None:
    body = {"code": 300, "message": "Validation Failed.", "errors": [{"field": "type", "message": "Invalid field."}]}

    assert outcome(failure(400, body)) == (
        ZoomError,
        "zoom_refused",
        ZoomAnswer(400, 300, "Validation Failed. type: Invalid field."),
    )


@pytest.mark.parametrize(("status", "code"), [(400, 4711), (400, 104), (401, 4700), (403, 201), (401, 124)])
def test_missing_scopes_are_recognised_by_their_text_under_any_code(status: int, code: int) -> None:
    text = "Invalid access token, does not contain scopes:[meeting:read:meeting, meeting:read:meeting:admin]."

    error = failure(status, {"code": code, "message": text})

    assert outcome(error) == (MissingScopes, "scope_missing", ZoomAnswer(status, code, text))
    assert error.params == {"scopes": ["meeting:read:meeting", "meeting:read:meeting:admin"]}


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (401, {"code": 124, "message": "Invalid access token."}, "token_rejected"),
        (400, {"code": 124, "message": "Access token is expired."}, "token_rejected"),
        (401, {"code": 200, "message": "Access token is expired."}, "token_rejected"),
        (401, {}, "token_rejected"),
        (401, {"code": 4700, "message": "The access token is invalid, expired, or missing"}, "token_rejected"),
        (400, {"code": 124, "message": "This API only supports OAuth2 authorization."}, "zoom_refused"),
        (
            401,
            {"code": 124, "message": "this access token is not supported as query parameter string."},
            "zoom_refused",
        ),
        (401, {"code": 1010, "message": "User not found on this account: example."}, "zoom_refused"),
    ],
)
def test_a_refused_token_is_told_from_a_refused_call(status: int, body: object, code: str) -> None:
    error = failure(status, body)

    assert (type(error), error.code) == (ZoomError, code)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"code": 4735, "message": "The owner of the token does not exist."}, "token_owner_gone"),
        ({"code": 4737, "message": "Can not find the authentication for the access token."}, "grant_dead"),
        ({"code": 4738, "message": "The token is disabled by admin."}, "approval_withdrawn"),
        ({"code": 4740, "message": "The token ID is out of the token tolerance range."}, "token_limit_reached"),
        ({"code": 4741, "message": "The token has been revoked."}, "grant_replaced"),
        ({"code": 4711, "message": "Refresh token invalid."}, "grant_scopes_changed"),
        ({"error": "invalid_grant", "reason": "Invalid Token!"}, "grant_dead"),
        ({"error": "invalid_request", "reason": "Invalid Token!"}, "grant_dead"),
        ({"error": "invalid_grant", "reason": "The token is disabled by admin."}, "approval_withdrawn"),
        ({"error": "invalid_grant", "reason": "The token has been revoked."}, "grant_replaced"),
    ],
)
@pytest.mark.parametrize("status", [400, 401])
def test_an_ended_grant_says_how_it_ended(status: int, body: object, code: str) -> None:
    error = failure(status, body)

    assert (type(error), error.code) == (ReconnectRequired, code)


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        ({"error": "invalid_grant", "reason": "Invalid authorization code abc"}, SignInFailed, "code_expired"),
        ({"code": 4733, "message": "Code is expired"}, SignInFailed, "code_expired"),
        ({"code": 4734, "message": "Invalid authorization code."}, SignInFailed, "code_expired"),
        (
            {"error": "invalid_client", "reason": "Invalid client_id or client_secret"},
            ZoomError,
            "app_credentials_wrong",
        ),
        ({"code": 4702, "message": "Invalid client."}, ZoomError, "app_credentials_wrong"),
        (
            {"error": "invalid_client", "reason": "The app has been disabled by the developer"},
            ZoomError,
            "app_disabled",
        ),
        ({"code": 4717, "message": "The app has been disabled"}, ZoomError, "app_disabled"),
        ({"error": "unauthorized_client"}, ZoomError, "zoom_refused"),
        ({"code": 4709, "message": "Redirect URI mismatch."}, ZoomError, "zoom_refused"),
    ],
)
def test_the_token_endpoints_failures_say_who_can_act(body: object, kind: type[ZoomError], code: str) -> None:
    error = failure(400, body)

    assert (type(error), error.code) == (kind, code)


def test_the_oauth_class_of_a_failure_is_kept() -> None:
    body = {"error": "invalid_client", "reason": "Invalid client_id or client_secret"}

    assert failure(400, body).zoom == ZoomAnswer(
        400, message="Invalid client_id or client_secret", error="invalid_client"
    )


def test_the_envelope_of_the_consent_page_is_read() -> None:
    body = {"status": False, "errorCode": 4700, "errorMessage": "Invalid redirect url", "result": None}

    assert outcome(failure(200, body)) == (ZoomError, "zoom_refused", ZoomAnswer(200, 4700, "Invalid redirect url"))


def test_a_failure_inside_http_200_is_a_failure() -> None:
    body = {"code": 200, "message": "You do not have the right permissions"}

    assert outcome(failure(200, body)) == (
        ZoomError,
        "zoom_refused",
        ZoomAnswer(200, 200, "You do not have the right permissions"),
    )


@pytest.mark.parametrize("status", [200, 401])
def test_an_xml_failure_reads_like_a_json_one(status: int) -> None:
    body = b"<?xml version='1.0'?><Response><code>124</code>"
    body += b"\n<message>Invalid access token &amp; more.</message></Response>"

    assert outcome(failure(status, body)) == (
        ZoomError,
        "token_rejected",
        ZoomAnswer(status, 124, "Invalid access token & more."),
    )


@pytest.mark.parametrize(
    ("status", "body", "kind", "code", "message"),
    [
        (200, b"<html><title> Sign In - Zoom </title>", ZoomError, "answer_unreadable", "Sign In - Zoom"),
        (200, b'{"id": 97', ZoomError, "answer_unreadable", ""),
        (201, b"\xff\xfe", ZoomError, "answer_unreadable", ""),
        (302, b"", ZoomError, "answer_unreadable", ""),
        (404, b"<html><title>Not found</title>", ZoomError, "zoom_refused", "Not found"),
        (502, b"<html><title>Bad gateway</title>", ZoomUnavailable, "zoom_unavailable", "Bad gateway"),
        (500, b'{"code": 5000, "message": "Internal"}', ZoomUnavailable, "zoom_unavailable", "Internal"),
        (503, b"", ZoomUnavailable, "zoom_unavailable", ""),
    ],
)
def test_what_is_not_json_is_told_by_its_status(
    status: int, body: bytes, kind: type[ZoomError], code: str, message: str
) -> None:
    error = failure(status, body)

    assert (type(error), error.code) == (kind, code)
    assert error.zoom is not None
    assert error.zoom.message == message


PER_SECOND = {"code": 429, "message": "You have reached the maximum per-second rate limit for this API."}
DAILY = {"code": 429, "message": "You have reached the maximum daily rate limit for this API."}
SERVER_DATE = "Mon, 07 Jan 2030 09:20:00 GMT"


@pytest.mark.parametrize(
    ("body", "headers", "code", "retry_at"),
    [
        (PER_SECOND, {}, "rate_limited", None),
        (PER_SECOND, {"Retry-After": "3"}, "rate_limited", datetime(2030, 1, 7, 9, 30, 3, tzinfo=UTC)),
        (PER_SECOND, {"X-RateLimit-Reset": "1893920405"}, "rate_limited", datetime(2030, 1, 6, 9, 0, 5, tzinfo=UTC)),
        (DAILY, {"Retry-After": "2030-01-08T00:00:00Z"}, "daily_limit", datetime(2030, 1, 8, tzinfo=UTC)),
        (DAILY, {"Retry-After": "2030-01-08T01:00:00+01:00"}, "daily_limit", datetime(2030, 1, 8, tzinfo=UTC)),
        (DAILY, {"Retry-After": "Tue, 08 Jan 2030 00:00:00 GMT"}, "daily_limit", datetime(2030, 1, 8, tzinfo=UTC)),
        (DAILY, {}, "daily_limit", datetime(2030, 1, 8, tzinfo=UTC)),
        (DAILY, {"Retry-After": "soon"}, "daily_limit", datetime(2030, 1, 8, tzinfo=UTC)),
        ({}, {"X-RateLimit-Type": "Daily-limit"}, "daily_limit", datetime(2030, 1, 8, tzinfo=UTC)),
        ({}, {"X-RateLimit-Type": "QPS"}, "rate_limited", None),
        # Zoom's clock is ten minutes behind ours: its times are put into ours.
        (
            PER_SECOND,
            {"Date": SERVER_DATE, "X-RateLimit-Reset": "1894008001"},
            "rate_limited",
            datetime(2030, 1, 7, 9, 30, 1, tzinfo=UTC),
        ),
    ],
)
def test_a_rate_limit_says_which_and_until_when(
    body: object, headers: Mapping[str, str], code: str, retry_at: datetime | None
) -> None:
    error = failure(429, body, headers)

    assert isinstance(error, RateLimited)
    assert (error.code, error.retry_at) == (code, retry_at)


def test_without_a_time_of_ours_zooms_own_date_counts() -> None:
    headers = {"date": SERVER_DATE, "retry-after": "60"}

    with pytest.raises(RateLimited) as caught:
        decode(429, headers, b"")

    assert caught.value.retry_at == datetime(2030, 1, 7, 9, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Invalid authorization code aB3-dE_5", "Invalid authorization code"),
        ("Invalid authorization code.", "Invalid authorization code."),
        (
            "Invalid redirect: https://example.com/cb?code=aB3&state=x (4,700)",
            "Invalid redirect: https://example.com/cb (4,700)",
        ),
        ("Bad header Bearer eyJhbGciOi.eyJ.sig-1 sent", "Bad header Bearer […] sent"),
        ("token eyJhbGciOiJIUzUxMiJ9.eyJ2ZXIi.x-y is bad", "token […] is bad"),
        ("client_secret=hush&x=1", "client_secret=[…]&x=1"),
        ("looks odd: " + "aB3_" * 10, "looks odd: […]"),
        ("User u-1@example.com  does\nnot exist", "User u-1@example.com does not exist"),
        ("ab " * 300, ("ab " * 300)[:500]),
    ],
)
def test_a_message_is_kept_without_what_is_secret(text: str, kept: str) -> None:
    zoom = failure(400, {"code": 300, "message": text}).zoom

    assert zoom is not None
    assert zoom.message == kept
