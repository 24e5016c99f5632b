"""What Zoom dropped without a word is named as the step names it."""

from typing import Any

import pytest

from zoom_connector.calls import Call, Scopes
from zoom_connector.zoom.applied import not_applied

UPDATE = Call(
    "PATCH",
    "/meetings/{meeting_id}",
    "update",
    Scopes(),
    "light",
    query=("occurrence_id",),
    names={
        "waiting_room": "settings.waiting_room",
        "registration": "settings.approval_type",
        "recording": "settings.auto_recording",
        "alternative_hosts": "settings.alternative_hosts",
        "invitees": "settings.meeting_invitees[].email",
        "chat": "settings.continuous_meeting_chat.enable",
        "repeat_until": "recurrence.end_date_time",
        "deep": "settings.breakout_room",
    },
    constants={"settings.audio": "both"},
    joins={"alternative_hosts": ";"},
)


def test_what_came_back_otherwise_is_named_and_the_rest_is_not() -> None:
    sent = {"meeting_id": "97763643886", "topic": "Kick-off", "waiting_room": True, "recording": "cloud", "chat": None}
    answer = {"id": 1, "topic": "Kick-off", "settings": {"waiting_room": False, "auto_recording": "none"}}

    assert not_applied(UPDATE, sent, answer) == ["waiting_room", "recording"]


def test_what_goes_to_the_path_or_the_query_is_no_setting() -> None:
    assert not_applied(UPDATE, {"meeting_id": "1", "occurrence_id": "2"}, {"meeting_id": "3"}) == []


@pytest.mark.parametrize("answer", [{}, {"settings": {}}, {"settings": None}, {"settings": {"waiting_room": None}}])
def test_what_the_answer_leaves_out_was_not_switched_on(answer: dict[str, Any]) -> None:
    assert not_applied(UPDATE, {"waiting_room": True, "registration": 0}, answer) == ["waiting_room", "registration"]
    assert not_applied(UPDATE, {"waiting_room": False, "agenda": "", "invitees": []}, answer) == []


@pytest.mark.parametrize(
    ("sent", "settings"),
    [
        (
            {"alternative_hosts": ["jo@example.com", "Sam@example.com"]},
            {"alternative_hosts": "sam@example.com,jo@example.com"},
        ),
        (
            {"invitees": ["kim@example.com"]},
            {"meeting_invitees": [{"email": "al@example.com"}, {"email": "KIM@example.com"}]},
        ),
        ({"alternative_hosts": []}, {"alternative_hosts": ""}),
        ({"registration": 2}, {"approval_type": "2"}),
        ({"deep": {}}, {"breakout_room": {"enable": True}}),
    ],
)
def test_lists_are_alike_in_any_order_and_texts_in_any_case(sent: dict[str, Any], settings: dict[str, Any]) -> None:
    assert not_applied(UPDATE, sent, {"settings": settings}) == []


@pytest.mark.parametrize(
    ("sent", "settings"),
    [
        ({"alternative_hosts": ["jo@example.com", "al@example.com"]}, {"alternative_hosts": "jo@example.com"}),
        ({"invitees": ["kim@example.com"]}, {"meeting_invitees": [{"name": "Kim"}]}),
        ({"invitees": []}, {"meeting_invitees": [{"email": "kim@example.com"}]}),
        ({"registration": 2}, {"approval_type": 0}),
    ],
)
def test_a_list_that_lacks_something_is_named(sent: dict[str, Any], settings: dict[str, Any]) -> None:
    assert not_applied(UPDATE, sent, {"settings": settings}) == list(sent)


def test_rows_are_alike_when_the_answer_has_each_with_all_that_was_sent() -> None:
    rows = [{"field": "Team", "value": "", "visible": True}, {"field": "Cost centre", "value": "4711"}]

    assert (
        not_applied(UPDATE, {"tracking_fields": [{"field": "Cost centre", "value": "4711"}]}, {"tracking_fields": rows})
        == []
    )
    assert not_applied(
        UPDATE, {"tracking_fields": [{"field": "Team", "value": "Blue"}]}, {"tracking_fields": rows}
    ) == ["tracking_fields"]


def test_inside_an_object_each_differing_name_is_given_with_dots() -> None:
    sent = {"deep": {"enable": True, "rooms": [{"name": "A"}], "limits": {"minutes": 5, "warn": False}}}
    answer = {"settings": {"breakout_room": {"enable": False, "rooms": [{"name": "A"}], "limits": {"minutes": 9}}}}

    assert not_applied(UPDATE, sent, answer) == ["deep.enable", "deep.limits.minutes"]


@pytest.mark.parametrize(
    ("sent", "differing"),
    [
        ({"start_time": "2030-01-07T10:00:00", "timezone": "Europe/Amsterdam"}, []),
        ({"start_time": "2030-01-07T09:00:30Z"}, []),
        ({"start_time": "2030-01-07T09:00:00"}, []),
        ({"start_time": "2030-01-07T10:00:00Z"}, ["start_time"]),
    ],
)
def test_times_are_alike_when_they_mean_the_same_minute(sent: dict[str, Any], differing: list[str]) -> None:
    answer = {"start_time": "2030-01-07T09:00:00Z", "timezone": "Europe/Amsterdam"}

    assert not_applied(UPDATE, sent, answer) == differing
