"""One report has everything there is about a past meeting, and says what is missing."""

from typing import Any

import pytest
from zoom.foreign import reply

from contract.handling import Foreign
from zoom_connector import ZoomUnavailable

PAST, UUID = "GET /past_meetings/a%2Fb%3D%3D", "a/b=="
LENGTH = {"start_time": "2030-01-06T09:00:00Z", "end_time": "2030-01-06T10:00:00Z"}
DETAILS = {"id": 97763643886, "uuid": UUID, "topic": "Kick-off", "user_name": "Jo Doe", **LENGTH}
VISIT = {"name": "Kim", "user_email": "kim@example.com", "join_time": "2030-01-06T09:00:00Z", "duration": 1800}
POLLS = {
    "questions": [
        {
            "name": "Kim",
            "email": "kim@example.com",
            "question_details": [
                {"question": "Day?", "answer": "Tuesday", "polling_id": "p", "date_time": "2030-01-06T09:10:00Z"},
                {"question": "Hour?", "answer": "=9", "polling_id": "p", "date_time": "2030-01-06T09:11:00Z"},
            ],
        }
    ]
}
QUESTIONS = {
    "questions": [{"name": "Al", "email": "", "question_details": [{"question": "Who?", "answer": "Sam, Jo"}]}]
}


def answers(**other: Any) -> dict[str, Any]:
    parts = {"polls": POLLS, "qa": QUESTIONS, "participants": {"participants": [VISIT]}} | other
    return {PAST: DETAILS, "GET /past_meetings/97763643886": DETAILS} | {
        f"{PAST}/{name}": part for name, part in parts.items()
    }


def test_a_report_joins_details_participants_polls_and_questions(zoom: Foreign) -> None:
    zoom.hold("meeting:read")
    zoom.answer(answers())

    outputs = zoom.run("get_meeting_report", {"meeting_id": "97763643886"})

    kim = {"name": "Kim", "email": "kim@example.com", "polling_id": "p"}
    assert outputs == DETAILS | {
        "minutes": 60.0,
        "participants": [
            {
                "id": "",
                "name": "Kim",
                "user_email": "kim@example.com",
                "registrant_id": "",
                "first_join": "2030-01-06T09:00:00Z",
                "last_leave": "2030-01-06T09:30:00Z",
                "minutes": 30.0,
                "joins": 1,
                "instances": 1,
                "score": 50,
            }
        ],
        "polls": [
            kim | {"question": "Day?", "answer": "Tuesday", "date_time": "2030-01-06T09:10:00Z"},
            kim | {"question": "Hour?", "answer": "=9", "date_time": "2030-01-06T09:11:00Z"},
        ],
        "questions": [{"name": "Al", "email": "", "question": "Who?", "answer": "Sam, Jo"}],
        "participants_csv": "name,user_email,first_join,last_leave,minutes,joins,score\r\n"
        "Kim,kim@example.com,2030-01-06T09:00:00Z,2030-01-06T09:30:00Z,30.0,1,50\r\n",
        "polls_csv": "name,email,question,answer,date_time\r\n"
        "Kim,kim@example.com,Day?,Tuesday,2030-01-06T09:10:00Z\r\n"
        "Kim,kim@example.com,Hour?,'=9,2030-01-06T09:11:00Z\r\n",
        "questions_csv": 'name,email,question,answer\r\nAl,,Who?,"Sam, Jo"\r\n',
        "missing": [],
    }


def test_parts_that_zoom_does_not_give_are_named_and_the_rest_is_there(zoom: Foreign) -> None:
    zoom.hold("meeting:read")
    off = reply({"code": 3001, "message": "Meeting ID is invalid or not end."}, 404)
    zoom.answer(answers(polls=reply({"code": 12702, "message": "Can not access a meeting a year ago."}, 400), qa=off))

    outputs = zoom.run("get_meeting_report", {"meeting_id": UUID})

    assert outputs["missing"] == ["polls", "questions"]
    assert (outputs["polls"], outputs["polls_csv"]) == ([], "name,email,question,answer,date_time\r\n")
    assert [row["name"] for row in outputs["participants"]] == ["Kim"]


def test_a_part_that_may_come_later_is_not_left_out(zoom: Foreign) -> None:
    zoom.hold("meeting:read")
    zoom.answer(answers(qa=reply({}, 503)))

    with pytest.raises(ZoomUnavailable):
        zoom.run("get_meeting_report", {"meeting_id": UUID})
