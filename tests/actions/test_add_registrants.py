"""Everybody is registered who can be, and every row says what became of it."""

from pathlib import Path
from typing import Any

import pytest
from zoom.foreign import LOST, reply

from contract.handling import Foreign
from zoom_connector import InvalidInputs, ZoomError
from zoom_connector.errors import Fault

BATCH, ONE = "POST /meetings/97763643886/batch_registrants", "POST /meetings/97763643886/registrants"
LIST = "GET /meetings/97763643886/registrants"
MEETING = {"meeting_id": "97763643886"}
WRITE, READ = "meeting:write", "meeting:read"
REFUSED = reply({"code": 300, "message": "Validation Failed."}, 400)


def people(*names: str) -> list[dict[str, str]]:
    return [{"email": f"{name}@example.com", "first_name": name.title()} for name in names]


def added(*names: str) -> dict[str, Any]:
    return {
        "registrants": [
            {"email": f"{name}@example.com", "registrant_id": name, "join_url": f"https://example.com/{name}"}
            for name in names
        ]
    }


def alone(name: str) -> dict[str, Any]:
    return {"registrant_id": name, "join_url": f"https://example.com/{name}"}


def states(outputs: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [(row["email"].partition("@")[0], row["state"], row.get("reason")) for row in outputs["registrants"]]


def sizes(zoom: Foreign) -> list[int]:
    return [len(sent.body["registrants"]) if sent.path.endswith("batch_registrants") else 1 for sent in zoom.sent]


def test_people_are_added_in_batches_of_thirty(zoom: Foreign) -> None:
    names = [f"p{number}" for number in range(61)]
    zoom.hold(WRITE)
    zoom.answer({BATCH: [added(*names[:30]), added(*names[30:60])], ONE: alone("p60")})

    outputs = zoom.run("add_registrants", MEETING | {"registrants": people(*names), "send_confirmation": True})

    assert sizes(zoom) == [30, 30, 1]
    assert zoom.sent[0].body["registrants_confirmation_email"] is True
    assert zoom.sent[2].body == people("p60")[0]
    assert {name: outputs[name] for name in ("registered", "failed", "complete")} == {
        "registered": 61,
        "failed": 0,
        "complete": True,
    }
    assert outputs["registrants"][60] == {
        "row": 61,
        "email": "p60@example.com",
        "state": "registered",
        "registrant_id": "p60",
        "join_url": "https://example.com/p60",
    }


def test_one_bad_row_never_loses_the_others(zoom: Foreign) -> None:
    zoom.hold(WRITE)
    host = reply({"code": 3027, "message": "Host cannot register."}, 400)
    zoom.answer({BATCH: REFUSED, ONE: [alone("kim"), host, alone("al")]})
    rows = [
        *people("kim"),
        {"email": "no address", "first_name": "No"},
        *people("jo", "al", "KIM"),
        {"first_name": "X"},
    ]

    outputs = zoom.run("add_registrants", MEETING | {"registrants": rows})

    assert states(outputs) == [
        ("kim", "registered", None),
        ("no address", "failed", "registrant_incomplete"),
        ("jo", "failed", "host_cannot_register"),
        ("al", "registered", None),
        ("KIM", "failed", "registrant_twice"),
        ("", "failed", "registrant_incomplete"),
    ]
    assert "A host takes part anyway." in outputs["registrants"][2]["reason_detail"]
    assert (outputs["registered"], outputs["failed"], outputs["complete"]) == (2, 4, False)


def test_whom_a_batch_leaves_out_is_added_alone(zoom: Foreign) -> None:
    zoom.hold(WRITE)
    zoom.answer({BATCH: added("kim"), ONE: alone("al")})

    outputs = zoom.run("add_registrants", MEETING | {"registrants": people("kim", "al")})

    assert states(outputs) == [("kim", "registered", None), ("al", "registered", None)]


def test_a_meeting_that_takes_no_batches_is_not_offered_another(zoom: Foreign) -> None:
    zoom.hold(WRITE)
    zoom.answer({BATCH: reply({"code": 303, "message": "This API can only be used for …"}, 400), ONE: alone("x")})

    outputs = zoom.run("add_registrants", MEETING | {"registrants": people(*[f"p{number}" for number in range(32)])})

    assert outputs["complete"]
    assert sizes(zoom) == [2 * 15, *[1] * 32]


@pytest.mark.parametrize("more", [{"occurrence_ids": ["1894006800000"]}, {"language": "de-DE"}])
def test_what_a_batch_cannot_say_is_said_one_by_one(zoom: Foreign, more: dict[str, Any]) -> None:
    zoom.hold(WRITE)
    zoom.answer({ONE: alone("x")})

    zoom.run("add_registrants", MEETING | {"registrants": people("kim", "al"), "send_confirmation": True} | more)

    assert sizes(zoom) == [1, 1]
    assert "registrants_confirmation_email" not in zoom.sent[0].body


def test_a_table_brings_its_own_columns_and_answers_to_the_questions_of_the_meeting(
    zoom: Foreign, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    table = "E-mail Address;First Name;Company;Shoe size;What do you eat?\nkim@example.com;Kim;Example Ltd;43;Plants\n"
    file.write_text(table, encoding="utf-8")
    zoom.hold(WRITE, READ)
    questions = {"custom_questions": [{"title": "What do you  eat?"}]}
    zoom.answer({f"{LIST}/questions": questions, ONE: alone("kim")})

    outputs = zoom.run("add_registrants", MEETING | {"csv_file": str(file)})

    assert outputs["ignored_columns"] == ["shoe size"]
    assert zoom.sent[-1].body == {
        "email": "kim@example.com",
        "first_name": "Kim",
        "org": "Example Ltd",
        "custom_questions": [{"title": "What do you  eat?", "value": "Plants"}],
    }


def test_a_lost_answer_is_looked_up_among_the_registrants(zoom: Foreign) -> None:
    zoom.hold(WRITE, READ)
    listed = {"registrants": [{"id": "kim", "email": "kim@example.com", "join_url": "https://example.com/kim"}]}
    zoom.answer({BATCH: LOST, LIST: [listed, {"registrants": []}]})

    outputs = zoom.run("add_registrants", MEETING | {"registrants": people("kim", "al")})

    assert states(outputs) == [("kim", "registered", None), ("al", "unknown", "outcome_unknown")]
    assert (outputs["registrants"][0]["registrant_id"], outputs["unknown"]) == ("kim", 1)
    assert [sent.query.get("status") for sent in zoom.sent] == [None, "approved", "pending"]


def test_after_three_lost_answers_nothing_more_is_sent(zoom: Foreign) -> None:
    zoom.hold(WRITE)
    zoom.answer({ONE: LOST, LIST: reply({}, 503)})

    outputs = zoom.run("add_registrants", MEETING | {"registrants": people(*"abcde"), "language": "de-DE"})

    assert [row[1] for row in states(outputs)] == ["unknown"] * 3 + ["not_tried"] * 2
    assert [sent.method for sent in zoom.sent].count("POST") == 3


@pytest.mark.parametrize(
    "refused",
    [
        reply({"code": 3001, "message": "Meeting does not exist: 1."}, 404),
        reply({"code": 404, "message": "Registration has not been enabled for this meeting: 1."}, 400),
        reply({"code": 429, "message": "You have reached the maximum daily rate limit for this API."}, 429),
    ],
)
def test_what_would_meet_every_row_is_the_failure_of_the_step_when_nobody_was_added(
    zoom: Foreign, refused: Any
) -> None:
    zoom.hold(WRITE)
    zoom.answer({BATCH: refused, ONE: refused})

    with pytest.raises(ZoomError):
        zoom.run("add_registrants", MEETING | {"registrants": people("kim", "al")})

    assert len(zoom.sent) == 1


def test_the_rest_is_not_tried_when_the_meeting_is_over_in_between(zoom: Foreign) -> None:
    zoom.hold(WRITE)
    over = reply({"code": 3038, "message": "Meeting is over, you can not register now."}, 400)
    zoom.answer({ONE: [alone("kim"), over]})

    outputs = zoom.run("add_registrants", MEETING | {"registrants": people("kim", "al", "jo"), "language": "de-DE"})

    assert [row[:2] for row in states(outputs)] == [("kim", "registered"), ("al", "not_tried"), ("jo", "not_tried")]
    assert len(zoom.sent) == 2


def test_a_person_whom_zoom_takes_no_more_today_does_not_stop_the_others(zoom: Foreign) -> None:
    zoom.hold(WRITE)
    message = "You have exceeded the daily rate limit (3) of Add a meeting registrant API requests for this registrant."
    zoom.answer({BATCH: REFUSED, ONE: [reply({"code": 429, "message": message}, 429), alone("al")]})

    outputs = zoom.run("add_registrants", MEETING | {"registrants": people("kim", "al")})

    assert states(outputs) == [("kim", "failed", "daily_limit"), ("al", "registered", None)]


@pytest.mark.parametrize(
    ("inputs", "fault"),
    [
        ({}, Fault("/registrants", "required")),
        ({"csv": "a", "registrants": people("kim")}, Fault("/csv", "only_one", "registrants")),
        ({"csv": "name,town\nKim,Utrecht"}, Fault("/csv", "csv_columns")),
        ({"csv": "email,name\n" + "a@example.com,A\n" * 5000}, Fault("/csv", "maxItems", 4999)),
    ],
)
def test_a_step_without_one_readable_list_is_refused_unsent(
    zoom: Foreign, inputs: dict[str, Any], fault: Fault
) -> None:
    with pytest.raises(InvalidInputs) as refused:
        zoom.run("add_registrants", MEETING | inputs)

    assert list(refused.value.faults) == [fault]
    assert zoom.sent == []
