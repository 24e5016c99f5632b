"""A meeting that is about to start is told of once, in time."""

from datetime import timedelta
from typing import Any

from events.polled import ME, SINCE, at, meeting, when
from zoom.foreign import START

from contract.handling import Foreign

LIST = "GET /users/me/meetings"


def test_the_next_look_is_at_the_right_moment_and_the_meeting_is_found_once(zoom: Foreign) -> None:
    zoom.answer({**ME, LIST: {"meetings": [meeting(1, start_time=at(minutes=22)), meeting(2, start_time=at(hours=2))]}})

    early = zoom.poll("meeting_starting_soon", SINCE, minutes_before=20)
    zoom.clock.sleep(120)
    due = zoom.poll("meeting_starting_soon", early.cursor, minutes_before=20)
    later = zoom.poll("meeting_starting_soon", due.cursor, minutes_before=20)

    assert (early.items, early.again_at) == ([], when(minutes=2))
    told = meeting(1, start_time=at(minutes=22)) | {"host_email": "jo@example.com", "minutes_before": 20}
    assert [(found.object, found.happened_at) for found in due.items] == [(told, when(minutes=2))]
    assert (later.items, later.again_at) == ([], when(minutes=100))


def test_each_date_of_a_series_and_a_meeting_that_is_moved_count_anew(zoom: Foreign) -> None:
    starts = [at(minutes=1), at(minutes=20), at(minutes=21)]
    zoom.answer({**ME, LIST: [{"meetings": [meeting(1, start_time=start)]} for start in starts]})
    cursor: Any = SINCE
    found = []
    for _ in starts:
        page = zoom.poll("meeting_starting_soon", cursor, minutes_before=10)
        cursor = page.cursor
        found += [item.object["start_time"] for item in page.items]
        zoom.clock.sleep(600)

    assert found == starts


def test_a_meeting_made_at_short_notice_is_told_of_and_one_long_begun_or_without_a_start_is_not(zoom: Foreign) -> None:
    rows = [meeting(1, start_time=at(minutes=-5)), meeting(2, start_time=at(minutes=-6)), meeting(3)]
    del rows[2]["start_time"]
    zoom.answer({**ME, LIST: {"meetings": rows}})

    page = zoom.poll("meeting_starting_soon", SINCE, minutes_before=10)

    assert [found.object["id"] for found in page.items] == [1]
    assert page.items[0].happened_at == START - timedelta(minutes=15)
