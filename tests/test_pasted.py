"""Whatever people copy out of Zoom, in whatever state, is explained as the failure it is, or not at all."""

import html
import json
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from zoom_connector.catalogue import Catalogue
from zoom_connector.explain import Explanation, explain

CATALOGUE = Catalogue().errors
COPIED: dict[str, list[str]] = json.loads((Path(__file__).parent / "error_texts.json").read_text(encoding="utf-8"))
"""Texts as people copied them, by the entry that explains them; `unknown` has those of other programs."""


def explained(text: str) -> Explanation:
    return explain(text, CATALOGUE)


@pytest.mark.parametrize("code", COPIED)
def test_what_a_person_copied_is_recognised(code: str) -> None:
    told = {text: explained(text).code for text in COPIED[code]}

    assert told == dict.fromkeys(COPIED[code], code)


def test_every_failure_of_zooms_has_a_text_to_know_it_by() -> None:
    assert {code for code, entry in CATALOGUE.items() if "recognise" in entry} - COPIED.keys() == set()


SAID = {
    "admin_required": (None, "An account admin is required to install this type of app."),
    "app_not_published": (None, "Unable to install this app without the developer's account."),
    "approval_withdrawn": (4738, "The token is disabled by admin."),
    "daily_limit": (429, "You have reached the maximum daily rate limit for this API."),
    "grant_dead": (124, "Invalid access token."),
    "grant_replaced": (4741, "The token has been revoked."),
    "grant_scopes_changed": (4711, "Refresh token invalid."),
    "hosting_not_allowed": (3161, "Your user account is not allowed meeting hosting and scheduling capabilities."),
    "meeting_not_found": (3001, "Meeting does not exist: 97763643886."),
    "meeting_not_started": (3000, "Meeting 97763643886 has not started."),
    "paid_plan_needed": (200, "Only available for Paid account: example."),
    "permission_missing": (200, "No permission."),
    "redirect_mismatch": (4700, "Invalid redirect: https://platform.example.com/callback"),
    "registration_off": (3000, "Registration has not been enabled for this webinar: 97763643886."),
    "scope_missing": (4711, "Invalid access token, does not contain scopes:[meeting:read, meeting:read:admin]."),
    "shared_access_off": (3001, "Authenticated user has not permitted access to the targeted resource"),
    "user_not_in_account": (1001, "User jo@example.com does not exist or does not belong to this account."),
    "zoom_inputs_refused": (300, "Validation Failed."),
}


def as_body(number: int | None, message: str) -> str:
    return json.dumps({"code": number, "message": message} if number else {"message": message})


WAYS: dict[str, Callable[[int | None, str], str]] = {
    "a page, with the number in brackets": lambda number, message: f"{message} ({number:,})" if number else message,
    "a body": as_body,
    "a body in the text of another body": lambda number, message: json.dumps(
        {"detail": f"400 - {as_body(number, message)}"}
    ),
    "a body deep in another one": lambda number, message: json.dumps(
        {"message": "Request failed", "code": "ERR", "response": {"data": [{"code": number or 0, "message": message}]}}
    ),
    "a body with its quotes escaped": lambda number, message: as_body(number, message).replace('"', '\\"'),
    "a body with HTML entities": lambda number, message: html.escape(as_body(number, message)),
    "a body with the quotes of a forum": lambda number, message: "“".join(as_body(number, message).split('"')),
    "a dictionary of Python": lambda number, message: repr(
        {"code": number, "message": message} if number else {"m": message}
    ),
    "an array of PHP": lambda number, message: (
        f"Array ( [code] => {number} [message] => {message} )" if number else message
    ),
    "a map of Ruby": lambda number, message: f'{{"code"=>{number}, "message"=>"{message}"}}' if number else message,
    "XML": lambda number, message: f"<result><code>{number or ''}</code><message>{message}</message></result>",
    "a log line": lambda number, message: (
        f"2030-01-07T10:00:00Z ERROR step 3 failed: HTTP 400 {as_body(number, message)}"
    ),
    "a trace": lambda number, message: (
        f'Traceback:\n  File "flow.py", line 12, in run\nZoomError: {number or ""} {message}'
    ),
    "capitals": lambda _, message: message.upper(),
    "narrow lines": lambda _, message: textwrap.fill(message, 24),
    "a mail's quotation": lambda _, message: textwrap.indent(textwrap.fill(message, 24), "> "),
    "a page's markup": lambda _, message: f"<p>{html.escape(message).replace(' ', ' <b></b>', 1)}</p>",
    "bold, as forums write it": lambda _, message: f"I get **{message}** since today",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_failure_is_recognised_however_it_was_copied(way: str) -> None:
    told = {code: explained(WAYS[way](*said)).code for code, said in SAID.items()}

    assert told == {code: code for code in SAID}


@pytest.mark.parametrize("mark", [",", ".", " ", "'", "\u00a0", "\u202f"])
def test_a_number_is_read_with_any_thousands_mark(mark: str) -> None:
    assert explained(f"(4{mark}738)").code == "approval_withdrawn"


@pytest.mark.parametrize("label", ["Code d’erreur :", "Foutcode", "Код ошибки:", "Fehlercode:", "error_code=", "ZOOM"])  # noqa: RUF001
def test_a_number_is_read_after_its_label_in_other_languages(label: str) -> None:
    assert explained(f"{label} 4738").code == "approval_withdrawn"


def test_letters_and_numbers_of_full_width_are_read() -> None:
    assert explained("\uff084\uff0c738\uff09").code == "approval_withdrawn"


def test_a_number_decides_where_the_text_is_in_a_language_nobody_wrote_down() -> None:
    assert explained("El administrador ha desactivado el token (4.738)").code == "approval_withdrawn"


@pytest.mark.parametrize(
    ("text", "code", "candidates"),
    [
        ("Invalid access token, does not (4,711)", "ambiguous_code", {"grant_scopes_changed", "scope_missing"}),
        ('{"code":3001,"message":"quote price incorrect"}', "ambiguous_code", set()),
        ("HTTP 500: NullPointerException at com.example.Main", "ambiguous_code", {"zoom_unavailable"}),
        ("Something quite new", "unknown", set()),
    ],
)
def test_what_is_not_certain_is_not_explained(text: str, code: str, candidates: set[str]) -> None:
    told = explained(text)

    assert told.code == code
    assert candidates <= set(told.candidates)


def test_a_body_counts_before_the_words_around_it() -> None:
    text = 'While looking for "Application not found" I got {"code":3161,"message":"x"}'

    assert explained(text).code == "hosting_not_allowed"


def test_a_common_word_decides_only_beside_a_number_of_zooms() -> None:
    assert explained("Device does not exist").code == "unknown"
    assert explained('{"code":30055012,"message":"Device does not exist"}').code == "zoom_finds_nothing"


def test_the_text_of_a_body_that_nobody_knows_does_not_hide_what_stands_beside_it() -> None:
    assert explained('{"code":77777,"message":"x"} The token is disabled by admin.').code == "approval_withdrawn"


def test_a_line_of_our_own_log_is_explained_as_what_zoom_said() -> None:
    line = "zoom_refused (status=404, code=3001, message='Meeting does not exist: 97763643886.', tracking_id='v=2.0')"

    assert (explained(line).code, explained("zoom_refused (status=400)").code) == ("meeting_not_found", "zoom_refused")


@pytest.mark.parametrize(
    "piece", ["{", "[", '{"a":', "<", "<script>", "(4,7", "\\", "&amp;", "> ", "a_", "daily rate limit "]
)
def test_a_text_made_to_be_hard_is_only_unknown(piece: str) -> None:
    assert explained(piece * 20_000).code == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        '{"reason":"Invalid authorization code not-a-real-one","error":"invalid_grant"}',
        '{"code":3161,"message":"not-a-real-one"}',
        "Nobody knows not-a-real-one",
        "https://platform.example.com/callback?code=not-a-real-one&state=not-a-real-one",
        "Invalid redirect: https://platform.example.com/callback?code=not-a-real-one (4,700)",
    ],
)
def test_what_was_copied_is_not_repeated(text: str) -> None:
    assert "not-a-real-one" not in json.dumps(explained(text).as_dict())


@pytest.mark.parametrize(
    ("text", "status", "number"),
    [
        ('HTTP 404 {"code":3301,"message":"There is no recording for this meeting."}', 404, 3301),
        ("status code: 401, error: (4,738)", 401, 4738),
        ("Request failed with status code 429", 429, None),
    ],
)
def test_status_and_number_of_what_was_copied_are_kept(text: str, status: int, number: int | None) -> None:
    shown: dict[str, Any] = explained(text).as_dict()["zoom"]

    assert shown == {"status": status, "code": number, "message": "", "tracking_id": None}


def test_the_scopes_in_zooms_text_are_named() -> None:
    assert explained(SAID["scope_missing"][1]).detail == (
        "A permission (scope) is missing. "
        "It needs meeting:read, meeting:read:admin; where several are named, one of them is enough."
    )
