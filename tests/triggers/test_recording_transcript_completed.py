"""A transcript is found when it is written, after its recording."""

from events.polled import ME, RECORDINGS, SINCE, at, file, listed, recording

from contract.handling import Foreign


def test_a_transcript_is_found_once_it_is_written_and_told_without_the_other_files(zoom: Foreign) -> None:
    video, text = file("MP4"), file("TRANSCRIPT", end=at(minutes=4))
    working, ready = recording("one", video, file("TRANSCRIPT", "processing")), recording("one", video, text)
    zoom.answer({**ME, RECORDINGS: [listed(recording("two", video), working), listed(ready), listed(ready)]})

    pages = [zoom.poll("recording_transcript_completed", SINCE)]
    for _ in range(2):
        pages.append(zoom.poll("recording_transcript_completed", pages[-1].cursor))

    assert [len(page.items) for page in pages] == [0, 1, 0]
    told = {"recording_files": [text], "recording_count": 1, "total_size": 10, "host_email": "jo@example.com"}
    assert pages[1].items[0].object == ready | told


def test_one_written_before_the_beginning_is_not_found(zoom: Foreign) -> None:
    zoom.answer({**ME, RECORDINGS: listed(recording("one", file("TRANSCRIPT", end=at(minutes=-1))))})

    assert zoom.poll("recording_transcript_completed", SINCE).items == []
