"""A meeting is changed as the step says, and what Zoom did not take over is named."""

from typing import Any

import pytest
from zoom.foreign import reply

from contract.handling import NO_CONTENT, Foreign, Sent
from zoom_connector import InvalidInputs
from zoom_connector.errors import Fault

PATCH, GET = "PATCH /meetings/97763643886", "GET /meetings/97763643886"
MEETING = {"meeting_id": "97763643886"}
READ, TRACKING = "meeting:read", "tracking_fields:read:admin"
REQUIRED = {"field": "Cost centre", "required": True, "recommended_values": ["4711"]}


def test_what_zoom_dropped_is_named_after_a_look_at_the_meeting(zoom: Foreign) -> None:
    zoom.hold(READ)
    zoom.answer({PATCH: NO_CONTENT, GET: {"type": 2, "topic": "Q1", "settings": {"waiting_room": False}}})

    outputs = zoom.run("update_meeting", MEETING | {"topic": "Q1", "waiting_room": True, "schedule_for": "sam"})

    assert outputs == {"not_applied": ["waiting_room"]}
    assert zoom.sent == [
        Sent(
            "PATCH",
            "/meetings/97763643886",
            {},
            {"topic": "Q1", "settings": {"waiting_room": True}, "schedule_for": "sam"},
        ),
        Sent("GET", "/meetings/97763643886", {}),
    ]


@pytest.mark.parametrize(("type", "named"), [(2, ["start_time"]), (8, [])])
def test_a_start_that_zoom_ignored_is_named_unless_a_series_sets_its_own(
    zoom: Foreign, type: int, named: list[str]
) -> None:
    zoom.hold(READ)
    zoom.answer({PATCH: NO_CONTENT, GET: {"type": type, "start_time": "2030-01-08T09:00:00Z"}})

    assert zoom.run("update_meeting", MEETING | {"start_time": "2020-01-01T09:00:00Z"}) == {"not_applied": named}


def test_one_occurrence_is_changed_and_read_alone(zoom: Foreign) -> None:
    zoom.hold(READ, TRACKING)
    zoom.answer({PATCH: NO_CONTENT, GET: {"type": 8, "start_time": "2030-01-08T09:00:00Z", "duration": 45}})
    occurrence = {"occurrence_id": "1894006800000"}

    outputs = zoom.run("update_meeting", MEETING | occurrence | {"start_time": "2030-01-08T10:00:00Z", "duration": 45})

    assert outputs == {"not_applied": ["start_time"]}
    assert [(sent.method, sent.query) for sent in zoom.sent] == [("PATCH", occurrence), ("GET", occurrence)]


@pytest.mark.parametrize("answer", [reply({"code": 3001}, 404), reply({}, 500)])
def test_a_change_is_done_even_if_it_cannot_be_looked_at(zoom: Foreign, answer: Any) -> None:
    zoom.hold(READ)
    zoom.answer({PATCH: NO_CONTENT, GET: answer})

    assert zoom.run("update_meeting", MEETING | {"topic": "Q1"}) == {}


def test_without_the_scope_nothing_is_looked_at(zoom: Foreign) -> None:
    zoom.answer({PATCH: NO_CONTENT})

    assert zoom.run("update_meeting", MEETING | {"topic": "Q1"}) == {}
    assert [sent.method for sent in zoom.sent] == ["PATCH"]


@pytest.mark.parametrize(
    ("now", "given", "sent"),
    [
        ([], [], [{"field": "Cost centre", "value": "4711"}]),
        ([{"field": "Cost centre", "value": "9"}], [], None),
        (
            [{"field": "Cost centre", "value": "9"}],
            [{"field": "Team", "value": "Red"}],
            [{"field": "Team", "value": "Red"}, {"field": "Cost centre", "value": "9"}],
        ),
        ([], [{"field": "cost centre", "value": "8"}], [{"field": "Cost centre", "value": "8"}]),
    ],
)
def test_required_tracking_fields_keep_their_value_or_get_a_recommended_one(
    zoom: Foreign, now: list[Any], given: list[Any], sent: list[Any] | None
) -> None:
    zoom.hold(READ, TRACKING)
    answers = {"GET /tracking_fields": {"tracking_fields": [REQUIRED]}, GET: {"tracking_fields": now}}
    zoom.answer(answers | {PATCH: NO_CONTENT})

    zoom.run("update_meeting", MEETING | {"topic": "Q1"} | ({"tracking_fields": given} if given else {}))

    patch = next(request for request in zoom.sent if request.method == "PATCH")
    assert patch.body.get("tracking_fields") == sent


def test_a_required_tracking_field_without_any_value_is_refused_before_the_change(zoom: Foreign) -> None:
    zoom.hold(READ, TRACKING)
    zoom.answer({"GET /tracking_fields": {"tracking_fields": [REQUIRED | {"recommended_values": []}]}, GET: {}})

    with pytest.raises(InvalidInputs) as refused:
        zoom.run("update_meeting", MEETING | {"topic": "Q1"})

    assert list(refused.value.faults) == [Fault("/tracking_fields", "tracking_field", "Cost centre")]
    assert [sent.method for sent in zoom.sent] == ["GET", "GET"]
