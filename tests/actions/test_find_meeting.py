"""The first meeting that fits is found, and that none fits is an answer only where the step says so."""

from typing import Any

import pytest
from zoom.foreign import reply

from contract.handling import Foreign, Sent
from zoom_connector import InvalidInputs, ZoomError

LIST = "GET /users/me/meetings"


def row(id: int, topic: str, start: str | None) -> dict[str, Any]:
    return {"id": id, "topic": topic, "uuid": f"{id}{start}"} | ({"start_time": start} if start else {})


ROWS = [
    row(1, "Weekly  review", None),
    row(2, "Review of Q1", "2030-01-09T23:30:00Z"),
    row(3, "Kick-off", "2030-01-07T09:00:00Z"),
    row(4, "REVIEW", "2030-01-08T09:00:00Z"),
]


@pytest.mark.parametrize(
    ("inputs", "id", "matches"),
    [
        ({}, 3, 4),
        ({"topic": "review"}, 4, 3),
        ({"topic": "review", "which": "previous"}, 2, 3),
        ({"topic": "weekly review"}, 1, 1),
        ({"topic": "review", "whole_topic": True}, 4, 1),
        ({"from": "2030-01-09"}, 2, 1),
        ({"from": "2030-01-10", "timezone": "Europe/Amsterdam"}, 2, 1),
        ({"to": "2030-01-07"}, 3, 1),
    ],
)
def test_the_first_that_fits_is_returned(zoom: Foreign, inputs: dict[str, Any], id: int, matches: int) -> None:
    zoom.answer({LIST: {"meetings": ROWS}})

    outputs = zoom.run("find_meeting", inputs)

    assert outputs == ROWS[id - 1] | {"found": True, "matches": matches}


@pytest.mark.parametrize(
    ("which", "type"),
    [("upcoming", "upcoming_meetings"), ("live", "live"), ("previous", "previous_meetings"), ("all", "scheduled")],
)
def test_zoom_is_asked_for_the_meetings_that_the_step_means(zoom: Foreign, which: str, type: str) -> None:
    zoom.answer({"GET /users/jo%40example.com/meetings": {"meetings": ROWS}})
    days = {"from": "2030-01-01", "to": "2030-01-31", "timezone": "Europe/Amsterdam"}

    zoom.run("find_meeting", days | {"which": which, "user_id": "jo@example.com", "topic": "review"})

    assert zoom.sent == [Sent("GET", "/users/jo%40example.com/meetings", days | {"type": type, "page_size": "300"})]


def test_a_number_or_link_finds_one_meeting_whosever_it_is(zoom: Foreign) -> None:
    zoom.answer({"GET /meetings/97763643886": row(97763643886, "Kick-off", "2030-01-07T09:00:00Z")})
    link = {"meeting_id": "https://example.com/j/97763643886?pwd=x", "must_exist": False}

    assert zoom.run("find_meeting", link)["found"] is True
    assert zoom.run("find_meeting", link | {"topic": "review"}) == {"found": False, "matches": 0}


@pytest.mark.parametrize("inputs", [{"topic": "party"}, {"meeting_id": "97763643886"}])
def test_that_none_fits_is_a_failure_unless_the_step_allows_it(zoom: Foreign, inputs: dict[str, Any]) -> None:
    unknown = reply({"code": 3001, "message": "Meeting does not exist: 97763643886."}, 404)
    zoom.answer({LIST: {"meetings": ROWS}, "GET /meetings/97763643886": unknown})

    assert zoom.run("find_meeting", inputs | {"must_exist": False}) == {"found": False, "matches": 0}
    with pytest.raises(InvalidInputs, match="no_meeting_fits"):
        zoom.run("find_meeting", inputs)


def test_several_that_fit_are_a_failure_when_it_must_be_the_only_one(zoom: Foreign) -> None:
    zoom.answer({LIST: {"meetings": ROWS}})

    with pytest.raises(InvalidInputs) as refused:
        zoom.run("find_meeting", {"topic": "review", "only_one": True})

    assert (refused.value.code, refused.value.params) == ("several_meetings_fit", {"matches": 3})


def test_the_occurrences_of_a_series_are_one_meeting(zoom: Foreign) -> None:
    series = [row(5, "Stand-up", "2030-01-09T09:00:00Z"), row(5, "Stand-up", "2030-01-08T09:00:00Z")]
    zoom.answer({LIST: {"meetings": series}})

    assert zoom.run("find_meeting", {"topic": "stand-up", "only_one": True}) == series[1] | {
        "found": True,
        "matches": 1,
    }


def test_another_failure_is_not_taken_for_a_meeting_that_is_not_there(zoom: Foreign) -> None:
    zoom.answer({"GET /meetings/97763643886": reply({"code": 3000, "message": "Cannot access webinar info."}, 400)})

    with pytest.raises(ZoomError, match="3000"):
        zoom.run("find_meeting", {"meeting_id": "97763643886", "must_exist": False})
