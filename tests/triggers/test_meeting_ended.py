"""Every session of a meeting that is over is found once, however long it lasted."""

from typing import Any

import pytest
from events.polled import ME, SINCE, at, meeting, told, when
from zoom.foreign import reply

from contract.handling import Foreign
from zoom_connector import ZoomUnavailable

LIST = "GET /users/me/meetings"
PLANNED = meeting(1, start_time=at(minutes=-20))
NEVER_HELD = reply({"code": 3001, "message": "Meeting does not exist: 5550100555."}, 404)
ROOM = {"GET /past_meetings/5550100555/instances": NEVER_HELD}


def session(uuid: str, began: str, ended: str, **changed: Any) -> dict[str, Any]:
    past = {
        "id": 1,
        "uuid": uuid,
        "topic": "Meeting 1",
        "type": 2,
        "host_id": "user-jo",
        "user_email": "jo@example.com",
        "start_time": began,
        "end_time": ended,
        "duration": 7,
        "participants_count": 3,
    }
    return past | changed


def sessions(*uuids: tuple[str, str]) -> dict[str, Any]:
    return {"meetings": [{"uuid": uuid, "start_time": began} for uuid, began in uuids]}


def test_a_session_that_is_over_is_found_with_the_plan_of_its_meeting(zoom: Foreign) -> None:
    answers = {
        LIST: {"meetings": [PLANNED]},
        "GET /past_meetings/1/instances": sessions(("a/b==", at(minutes=-20))),
        "GET /past_meetings/a%2Fb%3D%3D": session("a/b==", at(minutes=-20), at(minutes=3)),
    }
    zoom.answer({**ME, **ROOM, **answers})

    (found,) = zoom.poll("meeting_ended", SINCE).items

    assert found.happened_at == when(minutes=3)
    assert told("meeting_ended", found) == {
        "id": "1",
        "uuid": "a/b==",
        "topic": "Meeting 1",
        "host_id": "user-jo",
        "host_email": "jo@example.com",
        "type": 2,
        "start_time": at(minutes=-20),
        "end_time": at(minutes=3),
        "timezone": "Europe/Amsterdam",
        "duration": 45,
    }


def test_every_session_is_found_once_and_asked_about_once(zoom: Foreign) -> None:
    held = [("old", at(minutes=-60)), ("one", at(minutes=1)), ("two", at(minutes=20))]
    answers = {
        LIST: {"meetings": [PLANNED]},
        "GET /past_meetings/1/instances": [sessions(*held[:2]), sessions(*held)],
        "GET /past_meetings/old": session("old", at(minutes=-60), at(minutes=-30)),
        "GET /past_meetings/one": session("one", at(minutes=1), at(minutes=9)),
        "GET /past_meetings/two": session("two", at(minutes=20), at(minutes=25)),
    }
    zoom.answer({**ME, **ROOM, **answers})

    first = zoom.poll("meeting_ended", SINCE)
    second = zoom.poll("meeting_ended", first.cursor)

    assert [[found.object["uuid"] for found in page.items] for page in (first, second)] == [["one"], ["two"]]
    asked = [sent.path for sent in zoom.sent if sent.path in ("/past_meetings/old", "/past_meetings/one")]
    assert asked == ["/past_meetings/old", "/past_meetings/one"]


def test_the_personal_meeting_room_is_asked_about_although_no_list_has_it(zoom: Foreign) -> None:
    answers = {
        LIST: {"meetings": []},
        "GET /past_meetings/5550100555/instances": sessions(("room", at(minutes=1))),
        "GET /past_meetings/room": session("room", at(minutes=1), at(minutes=2), type=4),
    }
    zoom.answer({**ME, **answers})

    (found,) = zoom.poll("meeting_ended", SINCE).items

    assert (found.object["type"], "duration" in found.object) == (4, False)


def test_one_meeting_that_is_asked_for_is_the_only_one(zoom: Foreign) -> None:
    zoom.hold("meeting:read")
    answers = {
        "GET /past_meetings/1/instances": sessions(("one", at(minutes=1))),
        "GET /past_meetings/one": session("one", at(minutes=1), at(minutes=2)),
        "GET /meetings/1": meeting(1),
    }
    zoom.answer(answers)

    (found,) = zoom.poll("meeting_ended", SINCE, meeting_id="1").items

    assert (found.object["uuid"], found.object["duration"]) == ("one", 45)


def test_a_failure_that_may_pass_loses_nothing(zoom: Foreign) -> None:
    answers = {
        LIST: {"meetings": [PLANNED]},
        "GET /past_meetings/1/instances": sessions(("one", at(minutes=1))),
        "GET /past_meetings/one": reply({}, 503),
    }
    zoom.answer({**ME, **ROOM, **answers})

    with pytest.raises(ZoomUnavailable):
        zoom.poll("meeting_ended", SINCE)


def test_a_meeting_is_not_asked_about_long_before_its_time_and_what_was_held_early_is_found_then(zoom: Foreign) -> None:
    early = sessions(("early", at(minutes=1)))
    answers = {
        LIST: {"meetings": [meeting(1, start_time=at(days=9))]},
        "GET /past_meetings/1/instances": early,
        "GET /past_meetings/early": session("early", at(minutes=1), at(minutes=9)),
    }
    zoom.answer({**ME, **ROOM, **answers})

    first = zoom.poll("meeting_ended", SINCE)
    asked_early = [sent for sent in zoom.sent if sent.path.startswith("/past_meetings/1/")]
    zoom.clock.sleep(8 * 24 * 3600)
    later = zoom.poll("meeting_ended", first.cursor)
    zoom.clock.sleep(23 * 3600)
    in_time = zoom.poll("meeting_ended", later.cursor)

    assert (first.items, asked_early, later.items) == ([], [], [])
    assert [found.object["uuid"] for found in in_time.items] == ["early"]


def test_what_was_never_held_is_asked_about_once_a_day_unless_its_time_is_near(zoom: Foreign) -> None:
    rows = [meeting(1, start_time=at(days=-2)), meeting(2, start_time=at(minutes=5)), meeting(3, type=3)]
    del rows[2]["start_time"]
    zoom.answer({**ME, **ROOM, LIST: {"meetings": rows}, r"GET /past_meetings/\d/instances": NEVER_HELD})
    cursor: Any = SINCE
    asked = []
    for _ in range(3):
        before = len(zoom.sent)
        cursor = zoom.poll("meeting_ended", cursor).cursor
        asked.append([sent.path.split("/")[2] for sent in zoom.sent[before:] if "past" in sent.path])
        zoom.clock.sleep(10 * 3600)

    assert asked == [["1", "2", "3", "5550100555"], ["2", "3"], ["1", "2", "3", "5550100555"]]
