"""A meeting to come that is changed is told of with what is different, and time alone changes nothing."""

from typing import Any

import pytest
from events.polled import ME, SINCE, at, meeting

from contract.handling import Foreign

LIST = "GET /users/me/meetings"


def changes(zoom: Foreign, *rounds: dict[str, Any], **answers: Any) -> list[list[tuple[list[str], dict[str, Any]]]]:
    """Poll once for each round, five minutes apart; return what changed and how it was."""
    zoom.hold("meeting:read")
    zoom.answer({**ME, LIST: [{"meetings": [row] if row else []} for row in rounds], **answers})
    cursor: Any = SINCE
    found = []
    for _ in rounds:
        page = zoom.poll("meeting_changed", cursor)
        zoom.clock.sleep(300)
        cursor = page.cursor
        found.append([(item.object["changed"], item.object["before"]) for item in page.items])
    return found


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("topic", "Other"),
        ("start_time", at(days=1)),
        ("duration", 30),
        ("timezone", "UTC"),
        ("agenda", "Goals"),
        ("type", 3),
    ],
)
def test_each_thing_that_changes_is_told_once_with_what_it_was(zoom: Foreign, name: str, value: object) -> None:
    before = meeting(1, agenda="None")
    after = before | {name: value}

    assert changes(zoom, before, after, after) == [[], [([name], {name: before[name]})], []]


def test_a_meeting_that_is_new_or_gone_has_not_changed(zoom: Foreign) -> None:
    assert changes(zoom, {}, meeting(1), {}) == [[], [], []]


def test_a_change_that_is_taken_back_and_made_again_is_told_each_time(zoom: Foreign) -> None:
    one, two = meeting(1), meeting(1, topic="Other")

    assert [len(found) for found in changes(zoom, one, two, one, two)] == [0, 1, 1, 1]


def series(*starts: str) -> dict[str, Any]:
    dates = [{"occurrence_id": start, "start_time": start, "duration": 45, "status": "available"} for start in starts]
    return meeting(1, type=8) | {"occurrences": dates}


def test_a_series_changes_by_its_dates_and_not_because_one_of_them_is_over(zoom: Foreign) -> None:
    soon, next_day, moved = at(minutes=2), at(days=1), at(days=2)
    rows = [meeting(1, type=8, start_time=start) for start in (soon, next_day, next_day)]
    dates = [series(soon, next_day), series(next_day), series(moved)]

    found = changes(zoom, *rows, **{"GET /meetings/1": dates})

    before = [
        {name: date[name] for name in ("occurrence_id", "start_time", "duration")} for date in dates[1]["occurrences"]
    ]
    assert found == [[], [], [(["occurrences"], {"occurrences": before})]]


def test_a_cancelled_date_is_a_change_of_the_series(zoom: Foreign) -> None:
    whole = series(at(days=1), at(days=2))
    cancelled = series(at(days=1), at(days=2))
    cancelled["occurrences"][1]["status"] = "deleted"

    found = changes(zoom, meeting(1, type=8), meeting(1, type=8), **{"GET /meetings/1": [whole, cancelled]})

    assert [names for names, _ in found[1]] == [["occurrences"]]
