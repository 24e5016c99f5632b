"""Lists longer than a page, and wider than a window."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from zoom_connector.calls import Listing
from zoom_connector.errors import Fault, InvalidInputs, ZoomAnswer, ZoomError
from zoom_connector.types import Outputs
from zoom_connector.zoom.paging import rows, windows
from zoom_connector.zoom.request import Request

TODAY = date(2030, 1, 31)
FIRST = Request("GET", "/users/me/meetings", (("type", "live"),))
PAGED = Listing("meetings", ("id",), 2)


def expired() -> ZoomError:
    return ZoomError("zoom_refused", zoom=ZoomAnswer(400, 300, "The next page token is invalid or expired."))


class Pages:
    """Answers one after the other; a failure among them is raised."""

    def __init__(self, *answers: Outputs | ZoomError) -> None:
        self.asked: list[dict[str, str]] = []
        self._answers = iter(answers)

    def __call__(self, request: Request) -> Outputs:
        self.asked.append(dict(request.query))
        answer = next(self._answers)
        if isinstance(answer, ZoomError):
            raise answer
        return answer


def page(*ids: Any, token: str = "") -> Outputs:
    return {"meetings": [{"id": number} for number in ids], "next_page_token": token}


def ids(listing: Listing, pages: Callable[[Request], Outputs], request: Request = FIRST) -> list[Any]:
    return [row["id"] for row in rows(listing, request, pages, today=TODAY)]


def test_pages_are_followed_with_the_same_query() -> None:
    pages = Pages(page(1, 2, token="t1"), page(3))

    assert ids(PAGED, pages) == [1, 2, 3]
    assert pages.asked == [
        {"type": "live", "page_size": "2"},
        {"type": "live", "page_size": "2", "next_page_token": "t1"},
    ]


def test_a_page_is_asked_for_only_when_its_rows_are() -> None:
    pages = Pages(page(1, 2, token="t1"))

    first = next(rows(PAGED, FIRST, pages, today=TODAY))

    assert (first, len(pages.asked)) == ({"id": 1}, 1)


def test_a_list_without_pages_is_asked_for_once() -> None:
    pages = Pages(page(1, token="t1"))

    assert ids(Listing("meetings"), pages) == [1]
    assert pages.asked == [{"type": "live"}]


@pytest.mark.parametrize("answer", [{}, {"meetings": None}, {"meetings": []}])
def test_no_rows_are_no_failure(answer: Outputs) -> None:
    assert ids(PAGED, Pages(answer)) == []


def test_an_expired_token_reads_again_and_gives_no_row_twice() -> None:
    pages = Pages(page(1, 2, token="t1"), expired(), page(9, 1, token="t2"), page(2, 3))

    assert ids(PAGED, pages) == [1, 2, 9, 3]
    assert pages.asked[2] == {"type": "live", "page_size": "2"}


def test_rows_without_a_key_survive_an_expired_token_each_as_often_as_zoom_has_them() -> None:
    pages = Pages(page(1, 1, token="t1"), expired(), page(1, 1, token="t2"), page(1, 2))

    assert ids(Listing("meetings", (), 2), pages) == [1, 1, 1, 2]


def test_a_token_that_expires_again_and_again_ends_with_zooms_failure() -> None:
    given: list[Outputs] = []

    with pytest.raises(ZoomError) as caught:
        given.extend(
            rows(PAGED, FIRST, Pages(page(1, token="t1"), expired(), page(1, token="t2"), expired()), today=TODAY)
        )

    assert caught.value.zoom == expired().zoom


def test_another_failure_is_not_taken_for_an_expired_token() -> None:
    refused = ZoomError("zoom_refused", zoom=ZoomAnswer(400, 300, "Invalid field."))

    with pytest.raises(ZoomError) as caught:
        ids(PAGED, Pages(page(1, token="t1"), refused))

    assert caught.value is refused


def test_a_repeated_token_ends_the_paging() -> None:
    pages = Pages(page(1, token="t1"), page(2, token="t1"))

    assert ids(PAGED, pages) == [1, 2]


def test_a_row_on_two_pages_is_given_once() -> None:
    pages = Pages(page(1, 2, token="t1"), page(2, 3))

    assert ids(PAGED, pages) == [1, 2, 3]


def dated(**dates: str) -> Request:
    return Request("GET", "/x", tuple(dates.items()))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, [{}]),
        ({"from": "2030-01-01", "to": "2030-01-10"}, [("2030-01-01", "2030-01-10")]),
        ({"from": "2030-01-01", "to": "2030-01-01"}, [("2030-01-01", "2030-01-01")]),
        (
            {"from": "2029-12-31", "to": "2030-01-20"},
            [("2030-01-11", "2030-01-20"), ("2030-01-01", "2030-01-10"), ("2029-12-31", "2029-12-31")],
        ),
        ({"from": "2030-01-21"}, [("2030-01-22", "2030-01-31"), ("2030-01-21", "2030-01-21")]),
        ({"from": "2030-02-01"}, [("2030-02-01", "2030-02-10")]),
        ({"to": "2030-01-10"}, [("2030-01-01", "2030-01-10")]),
    ],
)
def test_a_date_range_is_split_into_windows_that_meet_and_do_not_overlap(
    dates: dict[str, str], expected: list[Any]
) -> None:
    found = windows(dated(**dates), 10, TODAY)

    assert [dict(window.query) for window in found] == [
        window if isinstance(window, dict) else dict(zip(("from", "to"), window, strict=True)) for window in expected
    ]


@pytest.mark.parametrize(
    ("dates", "first", "last"),
    [
        ({"from": "0630-06-25", "to": "2011-05-10"}, "2011-05-10", "2011-04-21"),
        ({"from": "0001-01-01", "to": "0001-01-01"}, "0001-01-01", "0001-01-01"),
        ({"to": "0001-01-01"}, "0001-01-01", "0001-01-01"),
        ({"from": "2030-01-31", "to": "9999-12-31"}, "2040-01-29", "2030-01-31"),
        ({"from": "9999-12-31"}, "9999-12-31", "9999-12-31"),
    ],
)
def test_a_slip_in_a_year_does_not_become_thousands_of_calls(dates: dict[str, str], first: str, last: str) -> None:
    found = [dict(window.query) for window in windows(dated(**dates), 10, TODAY)]

    assert (found[0]["to"], found[-1]["from"]) == (first, last)


def test_without_a_widest_window_dates_are_left_alone() -> None:
    assert windows(dated(to="2030-01-10"), None, TODAY) == [dated(to="2030-01-10")]


@pytest.mark.parametrize(
    ("dates", "fault"),
    [
        ({"from": "2030-01-02", "to": "2030-01-01"}, Fault("/to", "end_before_start")),
        ({"from": "yesterday"}, Fault("/from", "format", "date")),
    ],
)
def test_a_range_that_is_none_is_refused(dates: dict[str, str], fault: Fault) -> None:
    with pytest.raises(InvalidInputs) as caught:
        windows(dated(**dates), 10, TODAY)

    assert caught.value.faults == (fault,)


def test_a_row_on_the_edge_of_two_windows_is_given_once() -> None:
    pages = Pages(page(3, 2), page(2, 1))
    listing = Listing("meetings", ("id",), 2, 10)

    assert ids(listing, pages, dated(**{"from": "2030-01-01", "to": "2030-01-20"})) == [3, 2, 1]


def test_an_expired_token_reads_only_its_own_window_again() -> None:
    pages = Pages(page(4), page(3, token="t1"), expired(), page(3, token="t2"), page(2))
    listing = Listing("meetings", ("id",), 1, 10)

    assert ids(listing, pages, dated(**{"from": "2030-01-01", "to": "2030-01-20"})) == [4, 3, 2]
    assert [asked["from"] for asked in pages.asked] == ["2030-01-11", *["2030-01-01"] * 4]
