"""What people copy out of Zoom, and what Zoom answers, is recognised as the right entry."""

import json
from typing import Any

import pytest

from zoom_connector import errors
from zoom_connector.catalogue import Catalogue
from zoom_connector.explain import Explanation, explain

CATALOGUE = Catalogue().errors


def explained(failure: errors.ZoomConnectorError | str) -> Explanation:
    return explain(failure, CATALOGUE)


SCOPES = "Invalid access token, does not contain scopes:[meeting:read, meeting:read:admin]."
COPIED = {
    "scope_missing": [
        SCOPES,
        json.dumps({"code": 4711, "message": SCOPES}),
        json.dumps({"code": 104, "message": SCOPES}),
        "HTTP 401 " + json.dumps({"code": 4700, "message": SCOPES}),
        json.dumps({"code": 77777, "message": SCOPES}),
    ],
    "grant_dead": [
        '{"reason":"Invalid Token!","error":"invalid_grant"}',
        '{"reason":"Invalid Token!","error":"invalid_request"}',
        '{"code":124,"message":"Invalid access token."}',
        '{"code":124,"message":"Access token is expired."}',
        '{"code":200,"message":"Access token is expired."}',
        "4737",
    ],
    "token_in_address": [
        '{"code":124,"message":"Invalid access token, this access token is not supported as query parameter string."}'
    ],
    "token_kind_wrong": ['{"code":124,"message":"This API only supports OAuth2 authorization."}'],
    "token_or_scope_refused": [
        "Invalid Access Token: The access token is invalid, expired, or missing required scopes. (4,700)"
    ],
    "grant_scopes_changed": ['{"code":4711,"message":"Refresh token invalid."}', "Refresh token invalid."],
    "grant_replaced": [
        "The token has been revoked.",
        "The token has been revoked for an unknown reason.",
        "Error code: 4741",
        "4,741",
    ],
    "approval_withdrawn": [
        "(4738)",
        "The token is disabled by admin.",
        "approval_withdrawn",
        '"code": "approval_withdrawn"',
    ],
    "approval_needed": ["Request pre-approve", "Request Pre-approval", "This app requires pre-approval by admin"],
    "not_authorized_for_app": ["You cannot authorize Example Flows"],
    "admin_required": [
        (
            "You cannot authorize the app. An account admin is required to install this type of app. "
            "Please contact your account admin or IT administrator to install this app."
        )
    ],
    "app_not_published": [
        "Unable to install this app without the developer's account. Please contact the app developer to install.",
        "Unable to install this app without the developer’s account.",  # noqa: RUF001 (as pages write it)
    ],
    "app_not_found": ["Application not found"],
    "redirect_mismatch": [
        "Invalid redirect: https://platform.example.com/callback (4,700)",
        '{"status":false,"errorCode":4700,"errorMessage":"Invalid redirect url","result":null}',
        '{"code":4709,"message":"Redirect URI mismatch."}',
    ],
    "scope_parameter_refused": [
        "Invalid scope",
        "Oops! We were unable to complete your request. Please try again. (4,700)",
        "https://platform.example.com/callback?error=invalid_scope&state=x",
    ],
    "sign_in_declined": ["https://platform.example.com/callback?error=access_denied&state=x"],
    "code_expired": ["Code is expired", "4733"],
    "code_used": ['{"reason":"Invalid authorization code example","error":"invalid_grant"}', "4734"],
    "app_credentials_wrong": [
        '{"reason":"Invalid client_id or client_secret","error":"invalid_client"}',
        "Invalid client.",
        "Invalid client secret.",
        "4702",
    ],
    "app_disabled": ['{"reason":"The app has been disabled by the developer","error":"invalid_client"}'],
    "app_disabled_by_zoom": ["The app has been disabled", "4717"],
    "rate_limited": [
        "You have reached the maximum per-second rate limit for this API. Try again later.",
        "Too many concurrent requests. A request to disassociate this user has already been made.",
    ],
    "daily_limit": [
        (
            "You have reached the maximum daily rate limit for this API. "
            "Refer to the response header for details on when you can make another request."
        )
    ],
    "zoom_unavailable": ["503", "HTTP/1.1 502 Bad Gateway", "https://platform.example.com/callback?error=server_error"],
    "permission_missing": [
        '{"code":200,"message":"No permission."}',
        '{"code":200,"message":"You do not have the right permissions"}',
    ],
    "paid_plan_needed": ['{"code":200,"message":"Only available for paid users: jo@example.com."}'],
    "webinar_plan_needed": ["Webinar plan is missing. You must subscribe to the webinar plan."],
    "app_kind_retired": ['{"code":200,"message":"Account does not enabled REST API."}'],
    "shared_access_off": [
        '{"code":3001,"message":"Authenticated user has not permitted access to the targeted resource"}',
        "Shared Access Permissions is not enabled",
    ],
    "user_not_found": ['{"code":1001,"message":"User does not exist: jo@example.com."}'],
    "user_not_in_account": [
        '{"code":1001,"message":"User jo@example.com does not exist or does not belong to this account."}',
        '{"code":1010,"message":"User not found on this account: example."}',
    ],
    "schedule_for_refused": [
        '{"code":3000,"message":"You cannot schedule a meeting for jo@example.com"}',
        '{"code":300,"message":"The value that you entered in the schedule_for field is invalid."}',
    ],
    "meeting_started": ['{"code":3000,"message":"Meeting 97763643886 has started."}'],
    "meeting_not_started": ['{"code":3000,"message":"Meeting 97763643886 has not started."}'],
    "zoom_inputs_refused": [
        '{"code":300,"message":"Validation Failed.","errors":[{"field":"topic","message":"Invalid field."}]}'
    ],
    "page_token_expired": ['{"code":300,"message":"The next page token is invalid or expired."}'],
    "hosting_not_allowed": [
        "Your user account is not allowed meeting hosting and scheduling capabilities.",
        "3161",
    ],
    "recording_not_found": ['{"code":3301,"message":"There is no recording for this meeting."}'],
    "download_refused": ["<html><head><title>Password Required - Zoom</title></head></html>"],
    "meeting_not_found": [
        "Error 400: Meeting does not exist: 97763643886.",
        "Meeting does not exist: 97763643886. {reference}",
        "404 Meeting not found",
    ],
    "unknown": [
        "",
        "Good morning",
        "{",
        "{}",
        "[]",
        "http://[",
        "12",
        "https://platform.example.com/?code=4738&state=x",
    ],
}


@pytest.mark.parametrize(("text", "code"), [(text, code) for code, texts in COPIED.items() for text in texts])
def test_what_a_person_copied_is_recognised(text: str, code: str) -> None:
    assert explained(text).code == code


def test_the_scopes_in_zooms_text_are_named() -> None:
    assert explained(SCOPES).detail == (
        "A permission (scope) is missing. "
        "It needs meeting:read, meeting:read:admin; where several are named, one of them is enough."
    )


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        (
            "200",
            {
                "app_kind_retired",
                "grant_dead",
                "licences_used_up",
                "paid_plan_needed",
                "permission_missing",
                "tracking_field_exists",
                "user_kind_refused",
                "webinar_plan_needed",
            },
        ),
        ("4400", {"not_with_encryption", "poll_limit_reached", "setting_switched_off"}),
        ("1001", {"user_not_found", "user_not_in_account"}),
        ("2305", {"setting_switched_off", "summary_in_trash"}),
        (
            "(4,700)",
            {
                "redirect_mismatch",
                "scope_missing",
                "scope_parameter_refused",
                "token_not_received",
                "token_or_scope_refused",
                "zoom_gave_no_reason",
            },
        ),
        ("Zoom error code 4 711", {"grant_scopes_changed", "scope_missing"}),
        ("124", {"grant_dead", "token_in_address", "token_kind_wrong"}),
        ("401", {"grant_dead"}),
        ("429", {"daily_limit", "rate_limited"}),
        ("Le compte n'est pas actif (1,001)", {"user_not_found", "user_not_in_account"}),
    ],
)
def test_a_number_that_stands_for_a_family_lists_its_candidates(text: str, candidates: set[str]) -> None:
    told = explained(text)

    assert (told.code, set(told.candidates)) == ("ambiguous_code", candidates)


def test_a_number_with_a_likely_meaning_names_the_others_too() -> None:
    told = explained("invalid_client")

    assert (told.code, told.candidates) == ("app_credentials_wrong", ("app_credentials_wrong", "app_disabled"))


@pytest.mark.parametrize(
    "text",
    [
        '{"reason":"Invalid authorization code not-a-real-one","error":"invalid_grant"}',
        '{"code":3161,"message":"not-a-real-one"}',
        "Nobody knows not-a-real-one",
        "https://platform.example.com/callback?code=not-a-real-one&state=not-a-real-one",
    ],
)
def test_what_was_copied_is_not_repeated(text: str) -> None:
    assert "not-a-real-one" not in json.dumps(explained(text).as_dict())


def test_status_and_number_of_what_was_copied_are_kept() -> None:
    told = explained('HTTP 404 {"code":3301,"message":"There is no recording for this meeting."}')

    assert (told.candidates, told.as_dict()["zoom"]) == (
        (),
        {"status": 404, "code": 3301, "message": "", "tracking_id": None},
    )


def test_a_number_with_one_meaning_has_no_candidates() -> None:
    assert explained("4738").candidates == ()


def entry(*rules: dict[str, Any]) -> dict[str, Any]:
    return {"title": "T", "detail": "D.", "who": "nobody", "steps": ["S."], "recognise": list(rules)}


SMALL = {
    "zoom_refused": {**entry(), "generic": True},
    "by_status": entry({"statuses": [400]}),
    "by_number": entry({"codes": [300]}),
    "by_number_and_status": entry({"codes": [300], "statuses": [404]}),
    "by_another_number": entry({"codes": [3001], "text": "meeting"}),
    "by_short_text": entry({"text": "meeting"}),
    "by_number_and_short_text": entry({"codes": [3038], "text": "meeting"}),
    "by_long_text": entry({"text": "meeting is over"}),
}


@pytest.mark.parametrize(
    ("answer", "code", "candidates"),
    [
        (errors.ZoomAnswer(status=400), "by_status", ()),
        (errors.ZoomAnswer(status=400, code=300), "by_status", ("by_status", "by_number")),
        (errors.ZoomAnswer(status=500, code=300), "by_number", ()),
        (errors.ZoomAnswer(status=404, code=300), "by_number_and_status", ("by_number", "by_number_and_status")),
        (errors.ZoomAnswer(status=404, code=300, message="No such meeting"), "by_short_text", ()),
        (errors.ZoomAnswer(status=404, code=3038, message="No such meeting"), "by_number_and_short_text", ()),
        (errors.ZoomAnswer(status=400, code=3038, message="The Meeting is over."), "by_long_text", ()),
    ],
)
def test_the_longest_text_wins_then_the_most_facts_then_the_order(
    answer: errors.ZoomAnswer, code: str, candidates: tuple[str, ...]
) -> None:
    told = explain(errors.ZoomError("zoom_refused", zoom=answer), SMALL)

    assert (told.code, told.candidates) == (code, candidates)
