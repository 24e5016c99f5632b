"""What every request has to be like, and every answer is like."""

from collections.abc import Mapping

import pytest
from hosts.http.serving import Service, code

RUN = "/connections/sales/actions/get_my_user"
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    "headers",
    [{}, {"Content-Type": "text/plain"}, {"Content-Type": "application/json; charset=latin-1"}],
    ids=["none", "text", "latin"],
)
def test_a_body_that_is_not_said_to_be_json_is_refused(service: Service, headers: Mapping[str, str]) -> None:
    assert code(service.served.post(RUN, data=b"{}", headers=headers)) == (415, "content_type_wrong")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"topic": NaN}',
        b'{"topic": -Infinity}',
        b'{"topic": 1e999}',
        b'{"topic": "\\ud800"}',
        b'{"topic": "\xff"}',
        b"[" * 100_000,
        b"1" * 5000,
    ],
    ids=["empty", "cut", "nan", "infinity", "overflow", "surrogate", "latin", "deep", "long-number"],
)
def test_a_body_that_is_no_json_is_refused(service: Service, body: bytes) -> None:
    assert code(service.served.post(RUN, data=body, headers=JSON)) == (400, "body_not_json")


def test_a_body_that_is_too_long_is_refused(service: Service) -> None:
    assert code(service.served.post(RUN, data=b" " * 10_000_001, headers=JSON)) == (413, "body_too_long")


def test_an_address_that_there_is_not_is_explained_like_everything_else(service: Service) -> None:
    assert code(service.served.get("/meetings")) == (404, "nothing_here")
    assert code(service.served.get("/jobs/a%00b")) == (404, "nothing_here")


def test_a_method_that_an_address_does_not_have_is_answered_with_those_it_has(service: Service) -> None:
    answer = service.served.delete("/subscriptions")

    assert code(answer) == (405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "POST"}


@pytest.mark.parametrize("path", ["/actions", "/meetings", "/oauth/start", "/healthz", "/metrics"])
def test_every_answer_has_the_headers_that_zooms_review_asks_for(service: Service, path: str) -> None:
    headers = service.served.get(path).headers

    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED


EXPECTED = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def test_what_the_connector_was_not_made_for_is_told_without_its_inside(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise RuntimeError("an inside that nobody is to see")

    monkeypatch.setattr(type(service.served.connector), "connections", broken)

    answer = service.served.get("/connections")

    assert code(answer) == (500, "connector_failed")
    assert "inside" not in answer.text
    assert answer.headers["Connection"] == "close"
    assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED


def test_parameters_are_checked_like_bodies(service: Service) -> None:
    wrong = {"limit": "many", "after": "2030-01-07T10:00:00"}
    answers = [service.served.get("/events", params={name: value}) for name, value in wrong.items()]

    assert [code(answer) for answer in answers] == [(422, "inputs_invalid")] * 2
    assert "limit: this must be a whole number." in answers[0].json()["detail"]
    assert "after: add a time zone" in answers[1].json()["detail"]
    assert code(service.served.get("/approvals")) == (422, "inputs_invalid")
