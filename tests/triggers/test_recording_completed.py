"""A recording is found when its files are ready, however long Zoom worked on them."""

from typing import Any

from events.polled import ME, RECORDINGS, SINCE, at, file, listed, recording, told, when

from contract.handling import Foreign


def found(zoom: Foreign, *rounds: dict[str, Any]) -> list[list[str]]:
    zoom.answer({**ME, RECORDINGS: list(rounds)})
    cursor: Any = SINCE
    uuids = []
    for _ in rounds:
        page = zoom.poll("recording_completed", cursor)
        zoom.clock.sleep(300)
        cursor = page.cursor
        uuids.append([item.object["uuid"] for item in page.items])
    return uuids


def test_a_recording_that_is_ready_is_found(zoom: Foreign) -> None:
    timeline = {"file_type": "TIMELINE", "recording_end": at(minutes=2)}
    zoom.answer({**ME, RECORDINGS: listed(recording("one", file("MP4"), timeline))})

    (one,) = zoom.poll("recording_completed", SINCE).items

    assert one.happened_at == when(minutes=2)
    assert told("recording_completed", one) == {
        "id": "1",
        "uuid": "one",
        "topic": "Meeting 1",
        "type": 2,
        "host_id": "user-jo",
        "host_email": "jo@example.com",
        "start_time": at(minutes=-10),
        "duration": 12,
        "total_size": 10,
        "recording_count": 1,
        "recording_files": [
            {
                "id": "file-MP4",
                "file_type": "MP4",
                "file_size": 10,
                "status": "completed",
                "recording_end": at(minutes=2),
            },
        ],
    }


def test_one_that_zoom_works_on_is_found_when_it_is_ready_and_only_then(zoom: Foreign) -> None:
    working, ready = recording("one", file("MP4"), file("M4A", "processing")), recording("one", file("MP4"))

    assert found(zoom, listed(working), listed(ready), listed(ready)) == [[], ["one"], []]


def test_one_recorded_before_counts_when_it_becomes_ready_after_the_beginning(zoom: Foreign) -> None:
    before = at(minutes=-60)
    old = recording("old", file("MP4", end=before))
    working, ready = recording("one", file("MP4", "processing", before)), recording("one", file("MP4", end=before))

    assert found(zoom, listed(old, working), listed(old, ready)) == [[], ["one"]]


def test_one_that_the_list_shows_a_day_late_is_found(zoom: Foreign) -> None:
    zoom.answer({**ME, RECORDINGS: [listed(), listed(recording("one", file("MP4")))]})

    first = zoom.poll("recording_completed", SINCE)
    zoom.clock.sleep(24 * 3600)
    second = zoom.poll("recording_completed", first.cursor)

    assert (len(second.items), zoom.sent[-1].query["from"], zoom.sent[-1].query["to"]) == (
        1,
        at(days=-3)[:10],
        at(days=1)[:10],
    )


def test_a_transcript_that_is_still_written_does_not_hold_a_recording_back(zoom: Foreign) -> None:
    assert found(zoom, listed(recording("one", file("MP4"), file("TRANSCRIPT", "processing")))) == [["one"]]
