"""A meeting is made once, of the kind the step means, and a step that cannot mean anything is refused unsent."""

from typing import Any

import pytest
from zoom.foreign import LOST, START, reply

from contract.handling import Foreign
from zoom_connector import InvalidInputs, OutcomeUnknown
from zoom_connector.errors import Fault

MEETINGS = "/users/me/meetings"
ONCE = {"topic": "Kick-off", "start_time": "2030-02-04T10:00", "timezone": "Europe/Amsterdam"}
WEEKLY = ONCE | {"repeats": 2, "weekdays": ["2", "4"], "repeat_times": 7}
MADE = {
    "id": 97763643886,
    "topic": "Kick-off",
    "type": 2,
    "start_time": "2030-02-04T09:00:00Z",
    "timezone": "Europe/Amsterdam",
}
ALL_TAKEN: dict[str, Any] = {"not_applied": []}


def listed(**changes: object) -> dict[str, Any]:
    row = MADE | changes
    return {"uuid": f"uuid-{row['id']}", "created_at": START.strftime("%Y-%m-%dT%H:%M:%SZ"), **row}


def test_a_meeting_with_a_start_is_scheduled_in_its_own_time_zone(zoom: Foreign) -> None:
    zoom.answer({f"POST {MEETINGS}": reply(MADE, 201)})

    made = zoom.run("create_meeting", ONCE | {"waiting_room": False, "invitees": ["kim@example.com"]})

    assert made == MADE | {"not_applied": ["invitees"]}
    assert [request.body for request in zoom.sent] == [
        {
            "topic": "Kick-off",
            "type": 2,
            "start_time": "2030-02-04T10:00:00",
            "timezone": "Europe/Amsterdam",
            "settings": {"waiting_room": False, "meeting_invitees": [{"email": "kim@example.com"}]},
        }
    ]


def test_a_step_that_says_how_it_repeats_makes_a_series(zoom: Foreign) -> None:
    zoom.answer({f"POST {MEETINGS}": reply(MADE, 201)})

    zoom.run("create_meeting", WEEKLY)

    assert [request.body for request in zoom.sent] == [
        {
            "topic": "Kick-off",
            "type": 8,
            "start_time": "2030-02-04T10:00:00",
            "timezone": "Europe/Amsterdam",
            "recurrence": {"type": 2, "weekly_days": "2,4", "end_times": 7},
        }
    ]


def test_the_last_moment_of_a_series_reaches_zoom_in_utc(zoom: Foreign) -> None:
    zoom.answer({f"POST {MEETINGS}": reply(MADE, 201)})

    zoom.run("create_meeting", ONCE | {"repeats": 1, "repeat_until": "2030-04-30T18:00"})

    assert zoom.sent[0].body["recurrence"] == {"type": 1, "end_date_time": "2030-04-30T16:00:00Z"}


def test_a_lost_answer_is_found_among_the_meetings_of_the_host(zoom: Foreign) -> None:
    others = [listed(id=1, topic="Other"), listed(id=2, start_time="2030-02-05T09:00:00Z"), listed(id=3, type=8)]
    zoom.answer(
        {
            "POST /users/jo%40example.com/meetings": LOST,
            "GET /users/jo%40example.com/meetings": {"meetings": [*others, listed()]},
            "GET /meetings/97763643886": MADE | {"agenda": "Goals"},
        }
    )

    made = zoom.run("create_meeting", ONCE | {"user_id": "jo@example.com"})

    assert made == MADE | {"agenda": "Goals"} | ALL_TAKEN
    assert [request.method for request in zoom.sent] == ["POST", "GET", "GET"]


def test_a_lost_series_is_found_by_its_topic_because_it_begins_on_its_first_matching_day(zoom: Foreign) -> None:
    zoom.answer(
        {
            f"POST {MEETINGS}": LOST,
            f"GET {MEETINGS}": {"meetings": [listed(type=8, start_time="2030-02-06T09:00:00Z")]},
            "GET /meetings/97763643886": MADE,
        }
    )

    made = zoom.run("create_meeting", WEEKLY)

    assert {name: made[name] for name in MADE} == MADE


def test_what_the_listing_does_not_show_is_sent_again(zoom: Foreign) -> None:
    zoom.answer({f"POST {MEETINGS}": [LOST, reply(MADE, 201)], f"GET {MEETINGS}": {"meetings": []}})

    made = zoom.run("create_meeting", ONCE)

    assert made == MADE | ALL_TAKEN
    assert [request.method for request in zoom.sent].count("POST") == 2


def test_somebody_else_is_looked_up_as_the_host_of_a_meeting_scheduled_for_them(zoom: Foreign) -> None:
    zoom.answer(
        {
            f"POST {MEETINGS}": LOST,
            "GET /users/sam%40example.com/meetings": {"meetings": [listed()]},
            "GET /meetings/97763643886": MADE,
        }
    )

    assert zoom.run("create_meeting", ONCE | {"schedule_for": "sam@example.com"}) == MADE | ALL_TAKEN


def test_a_lost_instant_meeting_is_never_sent_again(zoom: Foreign) -> None:
    zoom.answer({f"POST {MEETINGS}": LOST})

    with pytest.raises(OutcomeUnknown):
        zoom.run("create_meeting", {"topic": "Kick-off", "kind": "instant"})

    assert [request.body for request in zoom.sent] == [{"topic": "Kick-off", "type": 1}]


def test_what_zoom_left_out_of_a_meeting_is_named(zoom: Foreign) -> None:
    settings = {"waiting_room": False, "auto_recording": "none", "mute_upon_entry": True}
    zoom.answer({f"POST {MEETINGS}": reply(MADE | {"settings": settings}, 201)})
    asked = {"waiting_room": True, "auto_recording": "cloud", "mute_upon_entry": True, "default_password": True}

    made = zoom.run("create_meeting", ONCE | asked)

    assert made["not_applied"] == ["waiting_room", "auto_recording"]


def test_a_series_is_not_told_that_its_first_day_is_another_one(zoom: Foreign) -> None:
    recurrence = {"type": 2, "weekly_days": "2,4", "end_times": 7}
    first = {"type": 8, "start_time": "2030-02-06T09:00:00Z", "recurrence": recurrence}
    zoom.answer({f"POST {MEETINGS}": reply(MADE | first, 201)})

    assert zoom.run("create_meeting", WEEKLY)["not_applied"] == []


def test_tracking_fields_that_the_account_requires_get_the_first_value_it_recommends(zoom: Foreign) -> None:
    defined = [
        {"field": "Cost centre", "required": True, "recommended_values": ["", "4711", "4712"]},
        {"field": "Team", "required": True, "recommended_values": ["Blue"]},
        {"field": "Project", "required": False, "recommended_values": ["Moon"]},
    ]
    zoom.hold("tracking_fields:read:admin")
    zoom.answer({"GET /tracking_fields": {"tracking_fields": defined}, f"POST {MEETINGS}": reply(MADE, 201)})

    zoom.run("create_meeting", ONCE | {"tracking_fields": [{"field": "team", "value": "Red"}]})

    assert zoom.sent[-1].body["tracking_fields"] == [
        {"field": "Team", "value": "Red"},
        {"field": "Cost centre", "value": "4711"},
    ]


def test_a_tracking_field_that_is_named_without_a_value_gets_the_first_one_recommended(zoom: Foreign) -> None:
    defined = [
        {"field": "Project", "required": False, "recommended_values": ["Moon", "Mars"]},
        {"field": "Team", "required": False, "recommended_values": ["Blue"]},
        {"field": "Note", "required": False, "recommended_values": []},
    ]
    given = [{"field": "Project"}, {"field": "Team", "value": ""}, {"field": "Note"}]
    zoom.hold("tracking_fields:read:admin")
    zoom.answer({"GET /tracking_fields": {"tracking_fields": defined}, f"POST {MEETINGS}": reply(MADE, 201)})

    zoom.run("create_meeting", ONCE | {"tracking_fields": given})

    assert zoom.sent[-1].body["tracking_fields"] == [
        {"field": "Project", "value": "Moon"},
        {"field": "Team", "value": ""},
        {"field": "Note"},
    ]


def test_a_required_tracking_field_without_any_value_is_refused_by_name(zoom: Foreign) -> None:
    defined = [{"field": "Cost centre", "required": True, "recommended_values": []}]
    zoom.hold("tracking_fields:read:admin")
    zoom.answer({"GET /tracking_fields": {"tracking_fields": defined}})

    with pytest.raises(InvalidInputs) as refused:
        zoom.run("create_meeting", ONCE)

    assert list(refused.value.faults) == [Fault("/tracking_fields", "tracking_field", "Cost centre")]
    assert [request.method for request in zoom.sent] == ["GET"]


@pytest.mark.parametrize("scopes", [(), ("meeting:write",), ("tracking_fields:read:admin",)])
def test_an_account_without_tracking_fields_is_sent_what_the_step_gives(zoom: Foreign, scopes: tuple[str]) -> None:
    zoom.hold(*scopes)
    zoom.answer(
        {
            "GET /tracking_fields": reply({"code": 200, "message": "No permission."}, 400),
            f"POST {MEETINGS}": reply(MADE, 201),
        }
    )

    zoom.run("create_meeting", ONCE | {"tracking_fields": [{"field": "Team", "value": "Red"}]})

    assert zoom.sent[-1].body["tracking_fields"] == [{"field": "Team", "value": "Red"}]


@pytest.mark.parametrize(
    ("inputs", "faults"),
    [
        ({"topic": "Kick-off"}, [Fault("/start_time", "required")]),
        (
            {"topic": "Kick-off", "kind": "recurring"},
            [Fault("/start_time", "required"), Fault("/timezone", "zone_missing"), Fault("/repeats", "required")],
        ),
        (
            {"topic": "Kick-off", "start_time": "2030-02-04T10:00Z", "repeats": 1, "repeat_times": 3},
            [Fault("/timezone", "zone_missing")],
        ),
        (
            ONCE | {"kind": "instant", "schedule_for": "sam@example.com"},
            [Fault("/start_time", "not_for_kind", "instant"), Fault("/schedule_for", "not_for_kind", "instant")],
        ),
        (ONCE | {"kind": "scheduled", "repeat_times": 3}, [Fault("/repeat_times", "not_for_kind", "scheduled")]),
        (ONCE | {"repeats": 2}, [Fault("/weekdays", "required"), Fault("/repeat_times", "required")]),
        (ONCE | {"repeats": 3, "repeat_times": 3}, [Fault("/month_day", "required")]),
        (ONCE | {"repeats": 3, "repeat_times": 3, "month_week": 1}, [Fault("/month_weekday", "required")]),
        (ONCE | {"repeats": 3, "repeat_times": 3, "month_weekday": 1}, [Fault("/month_week", "required")]),
        (
            ONCE | {"repeats": 3, "repeat_times": 3, "month_day": 1, "month_week": 1, "month_weekday": 2},
            [Fault("/month_week", "only_one", "month_day")],
        ),
        (WEEKLY | {"repeat_every": 51}, [Fault("/repeat_every", "maximum", 50)]),
        (WEEKLY | {"repeat_until": "2030-03-01T10:00"}, [Fault("/repeat_until", "only_one", "repeat_times")]),
        (
            ONCE | {"repeats": 1, "repeat_until": "2030-02-03T10:00"},
            [Fault("/repeat_until", "end_before_start", "2030-02-04T10:00:00")],
        ),
    ],
)
def test_a_step_that_cannot_mean_anything_is_refused_before_it_is_sent(
    zoom: Foreign, inputs: dict[str, Any], faults: list[Fault]
) -> None:
    with pytest.raises(InvalidInputs) as refused:
        zoom.run("create_meeting", inputs)

    assert list(refused.value.faults) == faults
    assert zoom.sent == []
