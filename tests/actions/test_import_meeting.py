"""A meeting that exists is taken over with its invitation, and with the tracking fields that it lacked."""

from typing import Any

import pytest
from zoom.foreign import reply

from contract.handling import NO_CONTENT, Foreign
from zoom_connector import InvalidInputs, ZoomError
from zoom_connector.errors import Fault

GET, PATCH = "GET /meetings/97763643886", "PATCH /meetings/97763643886"
REQUIRED = {"field": "Cost centre", "required": True, "recommended_values": ["4711"]}
MEETING = {"id": 97763643886, "topic": "Kick-off", "tracking_fields": []}
READ, TRACKING = "meeting:read", "tracking_fields:read:admin"


@pytest.mark.parametrize(
    "meeting_id",
    [
        "97763643886",
        "977 6364 3886",
        "977-6364-3886",
        "https://example.com/j/97763643886?pwd=x",
        "https://example.com/wc/join/97763643886",
        "https://example.com/s/97763643886?zak=x",
        "zoommtg://example.com/join?action=join&confno=97763643886",
    ],
)
def test_a_meeting_is_found_by_its_number_or_any_link_with_it(zoom: Foreign, meeting_id: str) -> None:
    zoom.hold(READ)
    zoom.answer({GET: MEETING, f"{GET}/invitation": {"invitation": "Come!"}})

    outputs = zoom.run("import_meeting", {"meeting_id": meeting_id})

    assert outputs == MEETING | {"invitation": "Come!", "filled_in": []}


@pytest.mark.parametrize(
    "meeting_id", ["https://example.com/my/jo", "https://example.com/meeting/register/x1", "12345"]
)
def test_what_holds_no_number_is_refused_unsent(zoom: Foreign, meeting_id: str) -> None:
    with pytest.raises(InvalidInputs) as refused:
        zoom.run("import_meeting", {"meeting_id": meeting_id})

    assert list(refused.value.faults) == [Fault("/meeting_id", "meeting_number")]
    assert zoom.sent == []


def test_a_required_tracking_field_is_filled_in_and_the_meeting_is_read_again(zoom: Foreign) -> None:
    zoom.hold(READ, TRACKING)
    filled: dict[str, Any] = MEETING | {"tracking_fields": [{"field": "Cost centre", "value": "4711"}]}
    answers = {GET: [MEETING, filled], PATCH: NO_CONTENT, "GET /tracking_fields": {"tracking_fields": [REQUIRED]}}
    zoom.answer(answers)

    outputs = zoom.run("import_meeting", {"meeting_id": "97763643886"})

    assert outputs == filled | {"invitation": None, "filled_in": ["Cost centre"]}
    assert [sent.body for sent in zoom.sent if sent.method == "PATCH"] == [
        {"tracking_fields": [{"field": "Cost centre", "value": "4711"}]}
    ]


def test_a_meeting_that_lacks_nothing_is_not_changed(zoom: Foreign) -> None:
    zoom.hold(READ, TRACKING)
    meeting: dict[str, Any] = MEETING | {"tracking_fields": [{"field": "Cost centre", "value": "1"}]}
    zoom.answer({GET: meeting, "GET /tracking_fields": {"tracking_fields": [REQUIRED]}})

    outputs = zoom.run("import_meeting", {"meeting_id": "97763643886"})

    assert outputs == meeting | {"invitation": None, "filled_in": []}
    assert {sent.method for sent in zoom.sent} == {"GET"}


def test_a_meeting_that_does_not_exist_is_a_failure(zoom: Foreign) -> None:
    zoom.answer({GET: reply({"code": 3001, "message": "Meeting does not exist: 1."}, 404)})

    with pytest.raises(ZoomError, match="3001"):
        zoom.run("import_meeting", {"meeting_id": "97763643886"})
