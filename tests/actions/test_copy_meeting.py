"""A copy is like its meeting but for what the step says, and what stayed behind is named."""

from typing import Any

import pytest
from zoom.foreign import LOST, START, reply

from contract.handling import Foreign
from zoom_connector import InvalidInputs
from zoom_connector.errors import Fault

GET, POST, LIST = "GET /meetings/97763643886", "POST /users/me/meetings", "GET /users/me/meetings"
COPY = {"meeting_id": "97763643886", "start_time": "2030-02-04T10:00"}
SOURCE = {
    "id": 97763643886,
    "uuid": "a",
    "topic": "Kick-off",
    "type": 2,
    "agenda": "",
    "start_time": "2030-01-07T09:00:00Z",
    "timezone": "Europe/Amsterdam",
    "duration": 45,
    "password": "example7",
    "join_url": "https://example.com/j/97763643886",
    "settings": {
        "waiting_room": False,
        "authentication_domains": "",
        "audio": "both",
        "global_dial_in_numbers": [{"number": "+31"}],
        "meeting_invitees": [{"email": "kim@example.com", "internal_user": True}],
        "continuous_meeting_chat": {"enable": True, "channel_id": "x"},
        "resources": [{"resource_id": "board"}],
    },
    "tracking_fields": [{"field": "Team", "value": "Red", "visible": True}, {"field": "Project", "value": ""}],
}
SETTINGS = {
    "waiting_room": False,
    "audio": "both",
    "meeting_invitees": [{"email": "kim@example.com"}],
    "continuous_meeting_chat": {"enable": True},
}
WANTED = {
    "topic": "Kick-off",
    "timezone": "Europe/Amsterdam",
    "duration": 45,
    "password": "example7",
    "type": 2,
    "settings": SETTINGS,
    "tracking_fields": [{"field": "Team", "value": "Red"}],
    "start_time": "2030-02-04T10:00:00",
}


def body(zoom: Foreign) -> Any:
    return next(sent.body for sent in zoom.sent if sent.method == "POST")


def test_details_settings_and_tracking_fields_are_copied_to_another_time(zoom: Foreign) -> None:
    made = WANTED | {"id": 2}
    zoom.answer({GET: SOURCE, POST: reply(made, 201)})

    outputs = zoom.run("copy_meeting", COPY | {"timezone": "Europe/Amsterdam"})

    assert body(zoom) == WANTED
    assert outputs == made | {"not_copied": ["resources"]}


def test_what_the_step_says_is_not_copied(zoom: Foreign) -> None:
    zoom.answer({GET: SOURCE, POST: reply({"id": 2}, 201)})
    new = {"topic": "Second group", "agenda": "Goals", "duration": 60, "timezone": "Europe/Paris"}

    zoom.run("copy_meeting", COPY | new | {"tracking_fields": [{"field": "Team", "value": "Blue"}]})

    assert body(zoom) == WANTED | new | {"tracking_fields": [{"field": "Team", "value": "Blue"}]}


def test_settings_that_zoom_dropped_are_named(zoom: Foreign) -> None:
    zoom.answer(
        {GET: SOURCE, POST: reply(WANTED | {"id": 2, "settings": {"waiting_room": True, "audio": "both"}}, 201)}
    )

    outputs = zoom.run("copy_meeting", COPY | {"timezone": "Europe/Amsterdam"})

    assert outputs["not_copied"] == ["resources", "waiting_room", "meeting_invitees", "continuous_meeting_chat.enable"]


def test_a_series_goes_on_for_as_long_as_the_one_it_is_copied_from(zoom: Foreign) -> None:
    recurrence = {"type": 2, "repeat_interval": 1, "weekly_days": "2", "end_date_time": "2030-01-28T22:59:00Z"}
    days = ["2030-01-07T09:00:00Z", "2030-01-14T09:00:00Z", "2030-01-21T09:00:00Z"]
    status = ["available", "deleted", "available"]
    occurrences = [{"start_time": day, "status": each} for day, each in zip(days, status, strict=True)]
    series = SOURCE | {"type": 8, "recurrence": recurrence, "occurrences": occurrences}
    del series["start_time"]
    zoom.answer({GET: series, POST: reply(WANTED | {"id": 2}, 201)})

    outputs = zoom.run("copy_meeting", COPY | {"timezone": "Europe/Amsterdam"})

    assert body(zoom)["type"] == 8
    assert body(zoom)["recurrence"] == recurrence | {"end_date_time": "2030-02-25T22:59:00Z"}
    assert outputs["not_copied"] == ["resources", "occurrences"]
    assert zoom.sent[0].query == {"show_previous_occurrences": "true"}


@pytest.mark.parametrize(
    ("type", "start", "fault"),
    [
        (3, {"start_time": "2030-02-04T10:00:00Z"}, Fault("/start_time", "not_for_kind", "recurring_no_fixed_time")),
        (8, {}, Fault("/start_time", "required")),
        (2, {}, Fault("/start_time", "required")),
    ],
)
def test_only_a_meeting_with_a_time_needs_another(
    zoom: Foreign, type: int, start: dict[str, str], fault: Fault
) -> None:
    zoom.answer({GET: SOURCE | {"type": type}})

    with pytest.raises(InvalidInputs) as refused:
        zoom.run("copy_meeting", {"meeting_id": "97763643886"} | start)

    assert list(refused.value.faults) == [fault]
    assert [sent.method for sent in zoom.sent] == ["GET"]


def test_a_meeting_without_a_fixed_time_is_copied_as_one(zoom: Foreign) -> None:
    zoom.answer({GET: SOURCE | {"type": 3}, POST: reply({"id": 2}, 201)})

    zoom.run("copy_meeting", {"meeting_id": "97763643886"})

    assert (body(zoom)["type"], body(zoom).keys() & {"start_time", "recurrence"}) == (3, set())


def test_a_copy_whose_answer_is_lost_is_found_and_not_made_twice(zoom: Foreign) -> None:
    row = {
        "id": 2,
        "topic": "Kick-off",
        "type": 2,
        "start_time": "2030-02-04T09:00:00Z",
        "created_at": START.isoformat(),
    }
    zoom.answer({GET: SOURCE, POST: LOST, LIST: {"meetings": [row]}, "GET /meetings/2": WANTED | {"id": 2}})

    outputs = zoom.run("copy_meeting", COPY | {"timezone": "Europe/Amsterdam"})

    assert outputs["id"] == 2
    assert [sent.method for sent in zoom.sent].count("POST") == 1
