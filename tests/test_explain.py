"""A failure becomes an explanation: whole sentences, who acts, what is next."""

import json
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from zoom_connector import errors
from zoom_connector.catalogue import Catalogue
from zoom_connector.explain import Explanation, explain

CATALOGUE = Catalogue().errors


def explained(failure: errors.ZoomConnectorError | str) -> Explanation:
    return explain(failure, CATALOGUE)


def test_a_failure_becomes_the_object_that_every_host_hands_out() -> None:
    answer = errors.ZoomAnswer(401, 4738, "The token is disabled by admin.", "v=2.0;tid=example")

    told = explained(errors.ReconnectRequired("approval_withdrawn", zoom=answer, connection="sales"))

    assert told.as_dict() == {
        "code": "approval_withdrawn",
        "title": "Your Zoom admin switched this app off",
        "detail": (
            "The app was approved before. Its approval was withdrawn, so Zoom no longer accepts the connection “sales”."
        ),
        "who": "zoom_admin",
        "steps": [
            "Zoom admin: sign in at marketplace.zoom.us as owner or admin and open the app's page.",
            (
                "Zoom admin: approve the app again (the switch may be called Pre-approve or Approve use of this app) "
                "for the users who need it."
            ),
            "Then sign in to Zoom again (on the command line: zoom-connector connect sales).",
            (
                "Read more in the connector's documentation (zoom-connector docs DIR writes it): "
                "approvals.md#approve-one-app."
            ),
        ],
        "retryable": False,
        "retry_at": None,
        "candidates": [],
        "zoom": {
            "status": 401,
            "code": 4738,
            "message": "The token is disabled by admin.",
            "tracking_id": "v=2.0;tid=example",
        },
    }
    assert json.loads(json.dumps(told.as_dict())) == told.as_dict()


def test_a_used_up_limit_says_when_it_starts_anew() -> None:
    told = explained(
        errors.RateLimited("daily_limit", retry_at=datetime(2030, 1, 8, 1, tzinfo=timezone(timedelta(hours=1))))
    )

    assert (
        told.detail
        == "Zoom counts the calls of all apps on the Zoom account. It answers again from 2030-01-08 00:00 UTC."
    )
    assert told.as_dict()["retry_at"] == "2030-01-08T01:00:00+01:00"
    assert told.retryable


@pytest.mark.parametrize(
    ("failure", "exit_code"),
    [
        (errors.InvalidInputs("inputs_invalid"), 2),
        (errors.ReconnectRequired("grant_dead"), 3),
        (errors.MissingScopes("scope_missing", scopes=["meeting:write"]), 3),
        (errors.SettingsError("key_wrong"), 3),
        (errors.OutcomeUnknown("outcome_unknown"), 3),
        (errors.ZoomUnavailable("zoom_unavailable"), 4),
        (errors.RateLimited("daily_limit"), 4),
        (errors.SettingsError("database_locked", path="example.db"), 4),
    ],
)
def test_the_exit_code_says_who_is_next(failure: errors.ZoomConnectorError, exit_code: int) -> None:
    assert explained(failure).exit_code == exit_code


@pytest.mark.parametrize(("who", "exit_code"), [("zoom", 1), ("nobody", 1), ("other_user", 3), ("workflow_author", 2)])
def test_a_failure_that_nobody_here_can_mend_ends_as_failed(who: str, exit_code: int) -> None:
    entry = {"title": "Gone", "detail": "It is gone.", "who": who, "steps": ["Go home."]}

    assert explain("gone_for_good", {"gone_for_good": entry}).exit_code == exit_code


@pytest.mark.parametrize("code", CATALOGUE)
def test_without_a_single_value_every_sentence_is_whole(code: str) -> None:
    told = explained(code)

    for sentence in (told.title, told.detail, *told.steps):
        assert not re.search(r"[{}\[\]]|\s[.,;:)]|\(\)|\s\s|^$|^\W|[,;:]\.", sentence), sentence
    for sentence in (told.detail, *told.steps):
        assert sentence.endswith("."), sentence


def test_every_link_to_the_documentation_leads_to_a_heading() -> None:
    told = [step for code in CATALOGUE for step in explained(code).steps]
    links = {link for step in told for link in re.findall(r"(\w+\.md)#([\w-]+)", step)}

    assert {page for page, _ in links} == {"approvals.md"}
    assert [link for link in links if link not in headings(link[0])] == []


def headings(page: str) -> set[tuple[str, str]]:
    text = (Path(__file__).parent.parent / "docs" / page).read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {(page, re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-")) for title in titles}


def test_a_value_that_looks_like_a_placeholder_is_left_as_it_is() -> None:
    told = explained(
        errors.InvalidInputs("unknown_action", action="{similar} [x]", similar=["create_meeting", "get_meeting"])
    )

    assert told.detail == (
        "The action that was named does not exist: {similar} [x]. Did you mean create_meeting, get_meeting?"
    )


def test_every_fault_has_its_sentence() -> None:
    faults = [
        errors.Fault("/confirmed", "const", True),
        errors.Fault("/duration", "type", "integer"),
        errors.Fault("/invitees/2", "format", "email"),
        errors.Fault("/kind", "oneOf", ("instant", "scheduled")),
        errors.Fault("/limit", "minimum", 0),
        errors.Fault("/start~1time", "multipleOf", 3),
        errors.Fault("/topic", "required"),
        errors.Fault("/topicc", "additionalProperties", "topic"),
        errors.Fault("", "minProperties", 1),
    ]

    told = explained(errors.InvalidInputs("inputs_invalid", faults))

    assert told.detail == (
        "confirmed: only one value is possible: true. "
        "duration: this must be a whole number. "
        "invitees/2: this must be a mail address, such as jo@example.com. "
        "kind: choose one of the values on offer: instant, scheduled. "
        "limit: this is too small; the least is 0. "
        "start/time: this value does not fit. "
        "topic: fill this in. "
        "topicc: this step has no such field. Did you mean topic? "
        "input: this value does not fit. "
        "Nothing was sent to Zoom."
    )


def test_a_plain_refusal_takes_the_entry_of_what_zoom_said() -> None:
    answer = errors.ZoomAnswer(404, 3001, "Meeting does not exist: 97763643886.")

    told = explained(errors.ZoomError("zoom_refused", zoom=answer))

    assert (told.code, told.steps[0]) == ("meeting_not_found", "Check the meeting id: 97763643886.")


def test_a_refusal_nobody_knows_still_says_what_zoom_said() -> None:
    answer = errors.ZoomAnswer(400, 300, "Something quite new.", "v=2.0;tid=example")

    told = explained(errors.ZoomError("zoom_refused", zoom=answer))

    assert (told.code, told.detail, told.candidates) == (
        "zoom_refused",
        "Zoom said no (HTTP 400). Its answer: “Something quite new.”",
        (),
    )
    assert "v=2.0;tid=example" in told.steps[-1]


def test_a_refusal_without_a_text_lists_what_its_number_may_mean() -> None:
    told = explained(errors.ZoomError("zoom_refused", zoom=errors.ZoomAnswer(400, 1001)))

    assert (told.code, told.candidates) == ("zoom_refused", ("user_not_found", "user_not_in_account"))


def test_a_create_whose_outcome_is_unknown_never_reads_as_try_again() -> None:
    answer = errors.ZoomAnswer(502, None, "Bad Gateway")

    told = explained(errors.OutcomeUnknown("outcome_unknown", zoom=answer))

    assert (told.code, told.retryable, told.who) == ("outcome_unknown", False, "connection_owner")


def test_a_dead_grant_says_why_where_zoom_said_it() -> None:
    answer = errors.ZoomAnswer(401, 4735, "The owner of the token does not exist.")

    assert explained(errors.ReconnectRequired("grant_dead", zoom=answer)).code == "token_owner_gone"


def test_a_token_that_ran_out_asks_for_a_new_sign_in() -> None:
    answer = errors.ZoomAnswer(401, 124, "Invalid access token.")

    assert explained(errors.ReconnectRequired("grant_dead", zoom=answer, connection="sales")).steps == (
        "Sign in to Zoom again (on the command line: zoom-connector connect sales).",
    )


def test_a_failure_of_a_platform_of_its_own_is_unknown_but_keeps_its_nature() -> None:
    told = explained(errors.NotReady("warehouse_closed"))

    assert (told.code, told.detail, told.exit_code) == (
        "unknown",
        "The connector does not recognise it; its name is warehouse_closed.",
        4,
    )
