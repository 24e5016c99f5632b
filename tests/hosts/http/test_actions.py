"""Running actions over HTTP."""

import pytest
from hosts.http.serving import Service, code

from zoom_connector.hosts.http.actions import patience
from zoom_connector.sandbox import Fault, FaultKind

MEETING = {"topic": "Kick-off", "start_time": "2030-01-07T10:00:00Z", "waiting_room": False}


def test_an_action_is_run_as_in_python(service: Service) -> None:
    made = service.run("create_meeting", MEETING)

    python = service.served.connector.connection("sales").run("get_meeting", {"meeting_id": made.json()["id"]})
    assert made.status_code == 200
    assert {name: made.json()[name] for name in ("id", "topic", "start_time")} == {
        name: python[name] for name in ("id", "topic", "start_time")
    }
    assert python["settings"]["waiting_room"] is False


def test_the_same_idempotency_key_gives_the_same_outputs(service: Service) -> None:
    first, second = (service.run("create_meeting", MEETING, **{"Idempotency-Key": "order-1"}) for _ in range(2))
    other = service.run("create_meeting", {**MEETING, "topic": "Review"}, **{"Idempotency-Key": "order-1"})

    assert first.json() == second.json()
    assert code(other) == (409, "idempotency_key_reused")


def test_secrets_are_masked_unless_they_are_asked_for(service: Service) -> None:
    made = service.run("create_meeting", {**MEETING, "password": "abc123"}).json()

    shown = service.run("get_meeting", {"meeting_id": made["id"]}, query="?reveal=password&reveal=start_url").json()

    assert (made["password"], shown["password"]) == ("********", "abc123")
    assert shown["start_url"].startswith("http")
    assert code(service.run("get_meeting", {"meeting_id": made["id"]}, query="?reveal=topic")) == (
        422,
        "inputs_invalid",
    )


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ({"topic": ""}, "topic: this is too short"),
        ({"topic": 5}, "topic: this must be text."),
        ({"topic": None}, "topic: this must be text."),
        ({}, "topic: fill this in."),
        ({"topic": "Kick-off", "durations": 3}, "durations: this step has no such field. Did you mean duration?"),
        (["topic"], "input: this must be a group of fields."),
    ],
)
def test_a_body_that_does_not_follow_the_document_is_refused_field_by_field(
    service: Service, inputs: object, said: str
) -> None:
    refused = service.run("create_meeting", inputs)

    assert code(refused) == (422, "inputs_invalid")
    assert said in refused.json()["detail"]


def test_what_the_document_allows_and_the_rules_do_not_is_a_conflict(service: Service) -> None:
    refused = service.run("create_meeting", {"topic": "Kick-off", "start_time": "2030-01-07T10:00:00"})

    assert code(refused) == (409, "inputs_invalid")
    assert "add a time zone" in refused.json()["detail"]


def test_what_there_is_not_is_not_found(service: Service) -> None:
    meeting = service.run("get_meeting", {"meeting_id": "99999999999"})

    assert code(service.run("create_party", {})) == (404, "unknown_action")
    assert code(service.run("get_my_user", {}, on="marketing")) == (404, "unknown_connection")
    assert code(service.run("get_my_user", {}, on="a%00b")) == (404, "unknown_connection")
    assert code(meeting) == (404, "meeting_not_found")
    assert meeting.json()["zoom"]["tracking_id"]


@pytest.mark.parametrize(
    ("fault", "told", "retry_after"),
    [
        (Fault(FaultKind.TOO_MANY_TODAY, times=None), (429, "daily_limit"), True),
        (Fault(FaultKind.SERVER_ERROR, times=None), (503, "zoom_unavailable"), False),
        (Fault(FaultKind.REFUSED, status=400, code=300, message="Not today."), (409, "zoom_refused"), False),
    ],
    ids=["limit", "away", "no"],
)
def test_the_status_says_whether_to_come_back(
    service: Service, fault: Fault, told: tuple[int, str], *, retry_after: bool
) -> None:
    service.zoom.faults.add(fault)

    answer = service.run("get_my_user", {})
    service.zoom.faults.clear()

    assert code(answer) == told
    assert ("Retry-After" in answer.headers) is retry_after


def test_a_create_that_is_in_doubt_gets_no_status_that_platforms_repeat(service: Service) -> None:
    service.zoom.faults.add(Fault(FaultKind.RESET, times=None, method="GET"))
    service.zoom.faults.add(Fault(FaultKind.LOST_ANSWER, method="POST"))

    answer = service.run("create_meeting", MEETING)
    service.zoom.faults.clear()

    assert code(answer) == (409, "outcome_unknown")
    assert answer.json()["retryable"] is False


def test_failures_are_told_in_the_language_of_the_caller(service: Service) -> None:
    answer = service.run("create_party", {}, **{"Accept-Language": "fr-CA, en;q=0.5"})

    french = service.served.connector.in_language("fr")
    assert answer.json()["title"] == french.catalogue.errors["unknown_action"]["title"]
    assert answer.json()["title"] != service.served.connector.catalogue.errors["unknown_action"]["title"]


@pytest.mark.parametrize(
    ("prefer", "seconds"),
    [
        ([], 20),
        (["respond-async"], 0),
        (["wait=5"], 5),
        (["respond-async, Wait = 3"], 3),
        (["respond-async", "wait=4; x=1"], 4),
        (["wait=86400"], 60),
        (["wait=soon, handling=lenient"], 20),
    ],
)
def test_a_caller_says_how_long_it_waits(prefer: list[str], seconds: float) -> None:
    assert patience(prefer) == seconds
