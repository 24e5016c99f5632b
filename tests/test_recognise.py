"""Numbers and texts of an answer of Zoom's together say which entry explains it; see also `test_pasted.py`."""

from typing import Any

import pytest

from zoom_connector import errors
from zoom_connector.catalogue import Catalogue
from zoom_connector.explain import Explanation, explain

CATALOGUE = Catalogue().errors


def explained(failure: errors.ZoomConnectorError | str) -> Explanation:
    return explain(failure, CATALOGUE)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        (
            "200",
            {
                "app_kind_retired",
                "feature_not_in_plan",
                "grant_dead",
                "licence_needed",
                "licences_used_up",
                "paid_plan_needed",
                "permission_missing",
                "tracking_field_exists",
                "user_kind_refused",
                "user_not_found",
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
        ("124", {"grant_dead", "token_in_address", "token_kind_wrong", "token_not_received"}),
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
    "by_loose_text": entry({"codes": [3000], "text": "not possible", "loose": True}),
    "by_loose_text_alone": entry({"text": "not possible at all", "loose": True}),
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
        (errors.ZoomAnswer(code=3000, message="That is not possible at all."), "by_loose_text", ()),
        (errors.ZoomAnswer(code=3999, message="That is not possible at all."), "by_loose_text_alone", ()),
        (
            errors.ZoomAnswer(code=300, message="That is not possible at all."),
            "by_number",
            ("by_number", "by_number_and_status"),
        ),
        (errors.ZoomAnswer(message="That is not possible at all."), "zoom_refused", ()),
        (errors.ZoomAnswer(status=400, message="Words of somebody else."), "zoom_refused", ("by_status",)),
    ],
)
def test_agreement_wins_then_the_longest_text_then_the_most_facts_then_the_order(
    answer: errors.ZoomAnswer, code: str, candidates: tuple[str, ...]
) -> None:
    told = explain(errors.ZoomError("zoom_refused", zoom=answer), SMALL)

    assert (told.code, told.candidates) == (code, candidates)


def test_zooms_own_words_count_more_than_what_another_program_says_of_them() -> None:
    told = explained("Could not verify your Mattermost account in Zoom: The token is disabled by admin.")

    assert told.code == "approval_withdrawn"
