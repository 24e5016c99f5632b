"""Pages, their tokens, and rate limits."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sandbox.client import Client

from zoom_connector.sandbox import MovableClock, Sandbox, seed

EXPIRED = {"code": 300, "message": "The next page token is invalid or expired."}


@pytest.fixture
def many(host: Client) -> Client:
    """A host with seven meetings that are coming up."""
    for number in range(7):
        host.create(topic=str(number), start_time="2026-04-02T10:00:00Z")
    return host


def page(host: Client, **query: str | int) -> Any:
    return host("GET", "/users/me/meetings", type="upcoming", **query).json()


def test_pages_lead_through_everything_once(many: Client) -> None:
    first = page(many, page_size=3)
    second = page(many, page_size=3, next_page_token=first["next_page_token"])
    third = page(many, page_size=3, next_page_token=second["next_page_token"])

    assert [[row["topic"] for row in answer["meetings"]] for answer in (first, second, third)] == [
        ["0", "1", "2"],
        ["3", "4", "5"],
        ["6"],
    ]
    assert {name: value for name, value in third.items() if name != "meetings"} == {
        "page_size": 3,
        "page_count": 3,
        "page_number": 1,
        "total_records": 7,
        "next_page_token": "",
    }


@pytest.mark.parametrize(("asked", "size"), [("2000", 300), ("0", 30), ("-1", 30), ("many", 30), ("5", 5)])
def test_the_page_size_is_silently_put_right(many: Client, asked: str, size: int) -> None:
    assert page(many, page_size=asked)["page_size"] == size


def test_a_page_token_works_for_fifteen_minutes(zoom: Sandbox, many: Client) -> None:
    token = page(many, page_size=3)["next_page_token"]

    zoom.clock.move(minutes=15)
    in_time = page(many, page_size=3, next_page_token=token)
    zoom.clock.move(seconds=1)
    late = page(many, page_size=3, next_page_token=token)

    assert (len(in_time["meetings"]), late) == (3, EXPIRED)


def test_a_page_token_is_for_the_query_that_it_came_from(many: Client) -> None:
    token = page(many, page_size=3)["next_page_token"]

    other_query = page(many, page_size=2, next_page_token=token)
    other_listing = many("GET", "/users/me/recordings", page_size=3, next_page_token=token).json()
    made_up = page(many, page_size=3, next_page_token="made-up")

    assert [other_query, other_listing, made_up] == [EXPIRED] * 3


def test_without_limits_nobody_is_slowed_down(host: Client) -> None:
    assert {host("GET", "/users/me/meetings").status_code for _ in range(30)} == {200}


@pytest.fixture
def limited() -> Any:
    with Sandbox(clock=MovableClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC)), plan="free", limits=True) as zoom:
        yield zoom


def test_too_many_calls_in_a_second_are_refused_until_the_next(limited: Sandbox) -> None:
    host = Client.of(limited)

    answers = [host("GET", "/users/me") for _ in range(5)]
    limited.clock.move(seconds=1)
    later = host("GET", "/users/me")

    assert [answer.status_code for answer in [*answers, later]] == [200, 200, 200, 200, 429, 200]
    assert answers[-1].json() == {
        "code": 429,
        "message": "You have reached the maximum per-second rate limit for this API. Try again later.",
    }
    assert limit_headers(answers[-1].headers) == {
        "X-RateLimit-Category": "Light",
        "X-RateLimit-Type": "QPS",
        "X-RateLimit-Limit": "4",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": "1772442001",
    }


def test_too_many_calls_in_a_day_are_refused_until_midnight(limited: Sandbox) -> None:
    limited.limits.figures["light"] = replace(limited.limits.figures["light"], per_day=2)
    host = Client.of(limited)

    answers = [host("GET", "/users/me") for _ in range(3)]
    limited.clock.move(hours=15)
    later = Client.of(limited)("GET", "/users/me")

    assert [answer.status_code for answer in [*answers, later]] == [200, 200, 429, 200]
    assert answers[-1].json()["message"] == (
        "You have reached the maximum daily rate limit for this API. "
        "Refer to the response header for details on when you can make another request."
    )
    assert limit_headers(answers[-1].headers) == {
        "X-RateLimit-Category": "Light",
        "X-RateLimit-Type": "Daily-limit",
        "X-RateLimit-Limit": "2",
        "X-RateLimit-Remaining": "0",
        "Retry-After": "2026-03-03T00:00:00Z",
    }


def test_limits_are_counted_by_account_and_label(limited: Sandbox) -> None:
    host, colleague = Client.of(limited), Client.of(limited, seed.COLLEAGUE)

    light = [host("GET", "/users/me").status_code for _ in range(4)]
    medium = [client("GET", "/users/me/meetings").status_code for client in (host, colleague, host)]

    assert (light, medium) == ([200] * 4, [200, 200, 429])


def test_a_host_may_have_so_many_meetings_created_or_updated_in_a_day(limited: Sandbox) -> None:
    limited.limits.meetings_per_host = 2
    host = Client.of(limited)

    number = host.create()["id"]
    updated = host("PATCH", f"/meetings/{number}", {"topic": "Changed"})
    third = host("POST", "/users/me/meetings", {})
    other = Client.of(limited, seed.COLLEAGUE)("POST", "/users/me/meetings", {})

    assert [answer.status_code for answer in (updated, third, other)] == [204, 429, 201]
    assert third.headers["Retry-After"] == "2026-03-03T00:00:00Z"


def limit_headers(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.startswith("X-RateLimit") or name == "Retry-After"}
