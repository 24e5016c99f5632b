"""Everybody who came is one row, however often and from wherever they came in."""

from typing import Any

import pytest
from zoom.foreign import reply

from contract.handling import Foreign
from zoom_connector import NotReady, ZoomError

ID, UUID, NEXT = "97763643886", "a/b==", "c+d=="
PAST, REPORT = "GET /past_meetings/a%2Fb%3D%3D", "GET /report/meetings/a%2Fb%3D%3D/participants"
DAY = "2030-01-06T"
DETAILS = {"id": 97763643886, "uuid": UUID, "topic": "Kick-off"}
LENGTH = {"start_time": DAY + "09:00:00Z", "end_time": DAY + "10:00:00Z"}
READ = "meeting:read"


def visit(name: str, join: str, leave: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "join_time": f"{DAY}{join}:00Z", "leave_time": f"{DAY}{leave}:00Z", "duration": 60, **more}


def listed(*visits: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {f"{PAST}/participants": {"participants": visits}, PAST: DETAILS | LENGTH | more}


def test_a_person_is_one_row_over_all_their_visits(zoom: Foreign) -> None:
    zoom.hold(READ)
    zoom.answer(
        listed(
            visit("Kim", "09:40", "09:50", user_email="kim@example.com"),
            visit("Kim Poe", "09:00", "09:20", id="user-1", user_email="KIM@example.com"),
            visit("Kim (phone)", "09:10", "09:30", id="user-1"),
            visit("Kim Poe", "08:50", "09:00", id="user-1", status="in_waiting_room"),
        )
    )

    outputs = zoom.run("list_past_participants", {"meeting_id": UUID})

    assert outputs == {
        "participants": [
            {
                "id": "user-1",
                "name": "Kim (phone)",
                "user_email": "KIM@example.com",
                "registrant_id": "",
                "first_join": DAY + "09:00:00Z",
                "last_leave": DAY + "09:50:00Z",
                "minutes": 40.0,
                "joins": 2,
                "instances": 1,
                "score": 67,
            }
        ],
        "count": 1,
        "sessions": [{"uuid": UUID, **LENGTH, "minutes": 60.0}],
        "meeting_id": 97763643886,
        "topic": "Kick-off",
    }


def test_people_without_an_address_are_told_apart_by_name(zoom: Foreign) -> None:
    zoom.hold(READ)
    zoom.answer(
        listed(
            visit("Sam", "09:00", "09:30", user_email=""),
            visit("sam ", "09:30", "10:00", user_email=""),
            visit("Sam", "09:00", "10:00", user_email="sam@example.com"),
            visit("Sam", "09:00", "09:30", registrant_id="registrant-1"),
        )
    )

    outputs = zoom.run("list_past_participants", {"meeting_id": UUID})

    assert sorted((row["user_email"], row["registrant_id"], row["minutes"]) for row in outputs["participants"]) == [
        ("", "", 60.0),
        ("", "registrant-1", 30.0),
        ("sam@example.com", "", 60.0),
    ]


def test_the_report_is_read_where_the_grant_may_and_knows_registrations(zoom: Foreign) -> None:
    zoom.hold(READ, "report:read:admin")
    visits = [visit("Kim", "09:00", "10:00", registrant_id="registrant-1")]
    zoom.answer({PAST: DETAILS | LENGTH, REPORT: {"participants": visits}})

    outputs = zoom.run("list_past_participants", {"meeting_id": UUID})

    assert [row["registrant_id"] for row in outputs["participants"]] == ["registrant-1"]
    assert zoom.sent[-1].query == {"include_fields": "registrant_id", "page_size": "300"}


def test_where_zoom_refuses_the_report_the_meeting_itself_is_asked(zoom: Foreign) -> None:
    zoom.hold(READ, "report:read:admin")
    refused = reply({"code": 200, "message": "No permission."}, 400)
    zoom.answer({REPORT: refused} | listed(visit("Kim", "09:00", "10:00")))

    assert zoom.run("list_past_participants", {"meeting_id": UUID})["count"] == 1


def test_sessions_of_a_meeting_are_counted_together(zoom: Foreign) -> None:
    zoom.hold(READ)
    rows = [{"uuid": NEXT, "start_time": "2030-01-07T09:00:00Z"}, {"uuid": UUID, "start_time": DAY + "09:00:00Z"}]
    old = {"uuid": "old", "start_time": "2029-12-31T09:00:00Z"}
    kim = {"user_email": "kim@example.com"}
    later = {"join_time": "2030-01-07T09:00:00Z", "leave_time": "2030-01-07T09:30:00Z", "name": "Kim", "duration": 1800}
    second = DETAILS | {"uuid": NEXT, "start_time": "2030-01-07T09:00:00Z", "end_time": "2030-01-07T09:40:00Z"}
    zoom.answer(
        {
            f"GET /past_meetings/{ID}/instances": {"meetings": [*rows, old]},
            "GET /past_meetings/c%2Bd%3D%3D": second,
            "GET /past_meetings/c%2Bd%3D%3D/participants": {"participants": [kim | later]},
        }
        | listed(visit("Kim", "09:00", "09:20", **kim), visit("Al", "09:00", "10:00"))
    )

    outputs = zoom.run("list_past_participants", {"meeting_id": ID, "from": "2030-01-01"})

    rows = outputs["participants"]
    assert [(row["name"], row["minutes"], row["joins"], row["instances"], row["score"]) for row in rows] == [
        ("Al", 60.0, 1, 1, 60),
        ("Kim", 50.0, 2, 2, 50),
    ]
    assert [session["uuid"] for session in outputs["sessions"]] == [UUID, NEXT]


def test_a_session_is_as_long_as_people_were_there_when_zoom_does_not_say(zoom: Foreign) -> None:
    zoom.hold(READ)
    zoom.answer(
        {f"{PAST}/participants": {"participants": [visit("Al", "09:00", "09:30"), visit("Bo", "09:10", "09:50")]}}
    )

    outputs = zoom.run("list_past_participants", {"meeting_id": UUID})

    assert [row["score"] for row in outputs["participants"]] == [60, 80]
    assert [session["minutes"] for session in outputs["sessions"]] == [50.0]


def test_a_visit_without_an_end_lasts_as_long_as_zoom_counted_or_to_the_end(zoom: Foreign) -> None:
    zoom.hold(READ)
    counted, open_ended = visit("Al", "09:00", "09:00", duration=600), visit("Bo", "09:30", "09:30")
    del counted["leave_time"], open_ended["leave_time"], open_ended["duration"]
    zoom.answer(listed(counted, open_ended))

    outputs = zoom.run("list_past_participants", {"meeting_id": UUID})

    assert [row["minutes"] for row in outputs["participants"]] == [10.0, 30.0]


def test_where_nothing_tells_a_time_none_is_made_up(zoom: Foreign) -> None:
    zoom.hold(READ)
    zoom.answer({f"{PAST}/participants": {"participants": [{"name": "Al"}]}})

    outputs = zoom.run("list_past_participants", {"meeting_id": UUID})

    assert outputs["sessions"] == [{"uuid": UUID, "start_time": None, "end_time": None, "minutes": 0.0}]
    assert [(row["name"], row["first_join"], row["minutes"], row["score"]) for row in outputs["participants"]] == [
        ("Al", None, 0.0, 0)
    ]


@pytest.mark.parametrize(("ended", "ready"), [("2030-01-07T08:30:00Z", False), ("2030-01-07T07:30:00Z", True)])
def test_right_after_a_meeting_zoom_may_not_be_done_with_counting(zoom: Foreign, ended: str, ready: bool) -> None:
    zoom.hold(READ)
    zoom.answer(listed(visit("Al", "09:00", "10:00", duration=0), end_time=ended))

    if ready:
        assert zoom.run("list_past_participants", {"meeting_id": UUID})["count"] == 1
    else:
        with pytest.raises(NotReady, match="participants_not_ready"):
            zoom.run("list_past_participants", {"meeting_id": UUID})


def test_a_meeting_that_nobody_knows_is_a_failure(zoom: Foreign) -> None:
    zoom.hold(READ)
    zoom.answer({"GET .*": reply({"code": 3001, "message": "Meeting does not exist: 1."}, 404)})

    with pytest.raises(ZoomError, match="3001"):
        zoom.run("list_past_participants", {"meeting_id": UUID})
