"""Put together what is known of one past meeting: who was there, the answers to its polls, and its questions.

https://developers.zoom.us/docs/api/meetings/#tag/meetings/GET/past_meetings/{meetingId}
"""

from typing import Any

from zoom_connector import Inputs, Outputs, ZoomClient, attempt, attendees, read_session, write_table

_POLLS = "/past_meetings/{meeting_id}/polls"
_QUESTIONS = "/past_meetings/{meeting_id}/qa"

_COLUMNS = {
    "participants": ("name", "user_email", "first_join", "last_leave", "minutes", "joins", "score"),
    "polls": ("name", "email", "question", "answer", "date_time"),
    "questions": ("name", "email", "question", "answer"),
}

Row = dict[str, Any]


def run(zoom: ZoomClient, inputs: Inputs) -> Outputs:
    session = read_session(zoom, inputs["meeting_id"])
    which = {"meeting_id": session.uuid}
    answers = {"polls": attempt(zoom, _POLLS, which), "questions": attempt(zoom, _QUESTIONS, which)}
    parts = {"participants": attendees([session])} | {name: _flat(answer) for name, answer in answers.items()}
    return {
        **session.details,
        **session.summary,
        **parts,
        **{f"{name}_csv": write_table(rows, _COLUMNS[name]) for name, rows in parts.items()},
        "missing": [name for name, answer in answers.items() if answer is None],
    }


def _flat(answer: Outputs | None) -> list[Row]:
    """Give one row per answer; Zoom has one per person."""
    people = (answer or {}).get("questions", [])
    return [
        {"name": person.get("name"), "email": person.get("email"), **detail}
        for person in people
        for detail in person.get("question_details", [])
    ]
