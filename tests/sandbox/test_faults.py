"""What goes wrong when a test says so."""

import threading
from functools import partial
from typing import Any

import pytest
import requests
from sandbox.client import Client, ask_token, authorize_url, sign_in

from zoom_connector.sandbox import Fault, FaultKind, Person, Received, Sandbox, seed

on_create = partial(Fault, method="POST", path="/users/{userId}/meetings")


def outcome(call: Any) -> str:
    try:
        return str(call().status_code)
    except requests.ConnectionError:
        return "reset"


def create(host: Client, topic: str) -> str:
    return outcome(lambda: host("POST", "/users/me/meetings", {"topic": topic}))


def made(zoom: Sandbox) -> list[str]:
    return [meeting.topic for meeting in zoom.meetings if meeting.host.email == seed.HOST][2:]


def read_until_it_breaks(answer: requests.Response) -> tuple[bytes, Exception | None]:
    had = b""
    try:
        for piece in answer.iter_content(10_000):
            had += piece
    except requests.RequestException as error:
        return had, error
    return had, None


def test_an_answer_is_lost_after_the_work_was_done(zoom: Sandbox, host: Client) -> None:
    zoom.faults.add(on_create("lost_answer"))

    outcomes = [create(host, "First"), create(host, "Second")]

    assert (outcomes, made(zoom)) == (["reset", "201"], ["First", "Second"])


def test_a_reset_before_the_work_leaves_nothing_done(zoom: Sandbox, host: Client) -> None:
    zoom.faults.add(on_create(FaultKind.RESET))

    outcomes = [create(host, "First"), create(host, "Second")]

    assert (outcomes, made(zoom)) == (["reset", "201"], ["Second"])


def test_every_first_request_can_be_hit_so_that_sending_it_again_gets_through(zoom: Sandbox, host: Client) -> None:
    fault = zoom.faults.add(on_create("reset", times=None, every_first=lambda request: request.json["topic"]))

    outcomes = [create(host, topic) for topic in ("A", "A", "B", "B", "A")]

    assert (outcomes, made(zoom), fault.hits) == (["reset", "201", "reset", "201", "201"], ["A", "B", "A"], 2)


def test_a_test_may_choose_the_requests_that_are_hit(zoom: Sandbox, host: Client) -> None:
    zoom.faults.add(on_create("reset", times=None, when=lambda request: request.json["topic"] == "B"))

    assert [create(host, topic) for topic in ("A", "B", "A")] == ["201", "reset", "201"]


def test_a_body_is_cut_and_the_rest_can_be_fetched(zoom: Sandbox, host: Client) -> None:
    link = f"{zoom.url}/rec/download/{zoom.recordings[0].files[0].key}"
    whole = host("GET", link).content
    zoom.faults.add(Fault("cut_body", path="/file/{file}", after_bytes=1_000_000))

    had, error = read_until_it_breaks(host.send("GET", link, stream=True))
    rest = host.send("GET", link, {"Range": f"bytes={len(had)}-"}).content

    assert isinstance(error, requests.RequestException)
    assert 0 < len(had) <= 1_000_000
    assert had + rest == whole


@pytest.mark.parametrize(
    ("kind", "status", "content_type", "body"),
    [
        ("server_error", 503, "text/html;charset=utf-8", None),
        ("html", 200, "text/html;charset=utf-8", None),
        ("xml", 200, "application/xml", None),
        ("malformed", 200, "application/json;charset=UTF-8", None),
        (
            "refused_with_200",
            200,
            "application/json;charset=UTF-8",
            {"code": 200, "message": "You do not have the right permissions"},
        ),
        ("revoked", 401, "application/json;charset=UTF-8", {"code": 4741, "message": "The token has been revoked."}),
        ("invalid_token", 401, "application/json;charset=UTF-8", {"code": 124, "message": "Invalid access token."}),
        (
            "withdrawn",
            401,
            "application/json;charset=UTF-8",
            {"code": 4738, "message": "The token is disabled by admin."},
        ),
    ],
)
def test_an_answer_is_replaced_and_nothing_is_done(
    zoom: Sandbox, host: Client, kind: str, status: int, *, content_type: str, body: Any
) -> None:
    zoom.faults.add(on_create(kind))

    answer = host("POST", "/users/me/meetings", {"topic": "Never made"})

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, content_type)
    assert "x-zm-trackingid" in answer.headers
    assert body is None or answer.json() == body
    assert made(zoom) == []


def test_a_gateway_may_fail_after_the_work_was_done(zoom: Sandbox, host: Client) -> None:
    zoom.faults.add(on_create("server_error", status=504, after_work=True))

    assert (create(host, "Made"), made(zoom)) == ("504", ["Made"])


@pytest.mark.parametrize(
    ("kind", "header", "value"),
    [
        ("too_many_at_once", "X-RateLimit-Reset", "1772442001"),
        ("too_many_today", "Retry-After", "2026-03-03T00:00:00Z"),
    ],
)
def test_both_kinds_of_429_can_be_had_without_counting(
    zoom: Sandbox, host: Client, kind: str, header: str, value: str
) -> None:
    zoom.faults.add(Fault(kind))

    answer = host("GET", "/users/me/meetings")

    assert (answer.status_code, answer.headers[header]) == (429, value)
    assert answer.headers["X-RateLimit-Category"] == "Medium"


def test_a_slow_answer_waits_until_it_is_released_and_holds_up_nobody_else(zoom: Sandbox, host: Client) -> None:
    slow = zoom.faults.add(on_create("slow"))
    outcomes: list[str] = []
    waiting = threading.Thread(target=lambda: outcomes.append(create(host, "Slow")))

    waiting.start()
    assert slow.reached.wait(10)
    others = host("GET", "/users/me").status_code
    before = list(outcomes)
    slow.release()
    waiting.join()

    assert (others, before, outcomes, made(zoom)) == (200, [], ["201"], ["Slow"])


def test_a_fault_hits_as_often_as_it_should_and_can_be_switched_off(zoom: Sandbox, host: Client) -> None:
    twice = zoom.faults.add(Fault("server_error", times=2))
    counted = [outcome(lambda: host("GET", "/users/me")) for _ in range(3)]
    zoom.faults.add(Fault("server_error", times=None))
    always = [outcome(lambda: host("GET", "/users/me")) for _ in range(2)]
    zoom.faults.clear()

    assert (counted, twice.hits, always, outcome(lambda: host("GET", "/users/me"))) == (
        ["503", "503", "200"],
        2,
        ["503", "503"],
        "200",
    )


def test_the_token_endpoint_can_fail_as_well(zoom: Sandbox) -> None:
    zoom.faults.add(Fault("malformed", path="/oauth/token"))

    with pytest.raises(requests.JSONDecodeError):
        sign_in(zoom)


def test_a_kind_that_does_not_exist_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="earthquake"):
        Fault("earthquake")


def test_requests_are_written_down_with_what_was_answered(zoom: Sandbox, host: Client) -> None:
    zoom.faults.add(on_create("lost_answer"))
    before = len(zoom.requests)
    create(host, "Lost")
    host("GET", "/meetings/1", occurrence_id="2")

    assert zoom.requests[before:] == [
        Received("POST", "/v2/users/me/meetings", "/users/{userId}/meetings", json={"topic": "Lost"}),
        Received("GET", "/v2/meetings/1", "/meetings/{meetingId}", query={"occurrence_id": "2"}, status=404),
    ]


def test_a_refusal_comes_in_the_words_and_the_shape_that_the_test_gives(zoom: Sandbox, host: Client) -> None:
    zoom.faults.add(on_create("refused", status=401, code=4735, message="The owner of the token does not exist."))
    zoom.faults.add(Fault("refused", path="/oauth/token", status=400, error="invalid_client", message="Example"))
    zoom.faults.add(Fault("refused", path="/oauth/token", status=400, error="unauthorized_client"))
    zoom.faults.add(Fault("html", path="/oauth/authorize", message="Oops <4,700>"))

    refused = host("POST", "/users/me/meetings", {"topic": "First"})
    with_reason, without = (ask_token(zoom, grant_type="refresh_token") for _ in range(2))
    page = Person(zoom.url, seed.HOST).read(authorize_url(zoom))

    assert refused.status_code == 401
    assert refused.json() == {"code": 4735, "message": "The owner of the token does not exist."}
    assert with_reason.json() == {"error": "invalid_client", "reason": "Example"}
    assert (without.status_code, without.json()) == (400, {"error": "unauthorized_client"})
    assert page == "Oops <4,700>"
