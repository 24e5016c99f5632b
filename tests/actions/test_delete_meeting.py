"""One meeting or one occurrence is deleted; a series only when the step says so."""

from typing import Any

import pytest

from contract.handling import NO_CONTENT, Foreign, Sent
from zoom_connector import InvalidInputs

MEETING = {"meeting_id": "97763643886"}
DELETE = "DELETE /meetings/97763643886"
GET = "GET /meetings/97763643886"


def test_a_meeting_that_does_not_repeat_is_deleted(zoom: Foreign) -> None:
    zoom.answer({GET: {"id": 97763643886, "type": 2}, DELETE: NO_CONTENT})

    outputs = zoom.run("delete_meeting", MEETING | {"notify_hosts": False, "notify_registrants": True})

    assert outputs == {}
    assert zoom.sent[1:] == [
        Sent(
            "DELETE",
            "/meetings/97763643886",
            {"schedule_for_reminder": "false", "cancel_meeting_reminder": "true"},
        )
    ]


@pytest.mark.parametrize("kind", [3, 8])
def test_a_series_is_not_deleted_by_accident(zoom: Foreign, kind: int) -> None:
    zoom.answer({GET: {"id": 97763643886, "type": kind, "topic": "Stand-up"}, DELETE: NO_CONTENT})

    with pytest.raises(InvalidInputs) as refused:
        zoom.run("delete_meeting", MEETING)

    assert (refused.value.code, refused.value.params) == ("series_not_confirmed", {"topic": "Stand-up"})
    assert [request.method for request in zoom.sent] == ["GET"]


@pytest.mark.parametrize(
    ("chosen", "query"),
    [({"whole_series": True}, {}), ({"occurrence_id": "1894006800000"}, {"occurrence_id": "1894006800000"})],
)
def test_what_the_step_names_is_deleted_without_a_look(
    zoom: Foreign, chosen: dict[str, Any], query: dict[str, str]
) -> None:
    zoom.answer({DELETE: NO_CONTENT})

    zoom.run("delete_meeting", MEETING | chosen)

    assert zoom.sent == [Sent("DELETE", "/meetings/97763643886", query)]


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"occurrence_id": "1894006800000", "whole_series": True}, "occurrence_or_series"),
        ({"occurrence_id": ""}, "inputs_invalid"),
    ],
)
def test_a_step_that_may_mean_the_series_is_refused_before_it_is_sent(
    zoom: Foreign, inputs: dict[str, Any], code: str
) -> None:
    with pytest.raises(InvalidInputs) as refused:
        zoom.run("delete_meeting", MEETING | inputs)

    assert refused.value.code == code
    assert zoom.sent == []
