"""A meeting that was made is found once, with all that a webhook would say of it."""

from events.polled import JO, ME, SINCE, at, meeting, told, when
from zoom.foreign import reply

from contract.handling import Foreign

LIST = "GET /users/me/meetings"
DETAILS = {
    "password": "example-passcode",
    "pmi": "5550100555",
    "creation_source": "web_portal",
    "start_url": "https://example.com/s/1?zak=example",
    "settings": {"use_pmi": False, "waiting_room": True, "alternative_hosts": ""},
}


def test_a_meeting_made_since_then_is_found_with_what_the_list_leaves_out(zoom: Foreign) -> None:
    zoom.hold("meeting:read")
    zoom.answer({**ME, LIST: {"meetings": [meeting(1)]}, "GET /meetings/1": meeting(1) | DETAILS})

    page = zoom.poll("meeting_created", SINCE)

    (found,) = page.items
    assert found.happened_at == when(minutes=1)
    assert told("meeting_created", found) == {
        "id": "1",
        "uuid": "uuid-1",
        "topic": "Meeting 1",
        "type": 2,
        "start_time": at(hours=2),
        "timezone": "Europe/Amsterdam",
        "duration": 45,
        "host_id": "user-jo",
        "join_url": "https://example.com/j/1",
        "password": "example-passcode",
        "pmi": "5550100555",
        "creation_source": "web_portal",
        "operation": "all",
        "settings": {"use_pmi": False, "alternative_hosts": ""},
    }
    assert "start_url" not in found.object


def test_what_was_made_before_is_not_found_and_what_was_found_is_not_found_again(zoom: Foreign) -> None:
    rows = [meeting(1, created_at=at(minutes=-1)), meeting(2)]
    zoom.answer({**ME, LIST: [{"meetings": rows[:1]}, {"meetings": rows}, {"meetings": rows}]})

    pages = [zoom.poll("meeting_created", SINCE)]
    for minutes in (5, 10):
        zoom.clock.sleep(minutes * 60)
        pages.append(zoom.poll("meeting_created", pages[-1].cursor))

    assert [[found.object["id"] for found in page.items] for page in pages] == [[], [2], []]


def test_a_meeting_that_the_list_shows_late_is_found(zoom: Foreign) -> None:
    zoom.answer({**ME, LIST: [{"meetings": []}, {"meetings": [meeting(1, created_at=at(minutes=5))]}]})
    zoom.clock.sleep(600)

    first = zoom.poll("meeting_created", SINCE)
    second = zoom.poll("meeting_created", first.cursor)

    assert [len(page.items) for page in (first, second)] == [0, 1]


def test_each_date_of_a_series_is_the_same_meeting(zoom: Foreign) -> None:
    dates = [meeting(1, type=8, start_time=at(days=day)) for day in (1, 2)]
    zoom.answer({**ME, LIST: {"meetings": dates}})

    assert len(zoom.poll("meeting_created", SINCE).items) == 1


def test_a_meeting_that_is_gone_again_is_told_as_the_list_has_it(zoom: Foreign) -> None:
    zoom.hold("meeting:read")
    gone = reply({"code": 3001, "message": "Meeting does not exist: 1."}, 404)
    zoom.answer({**ME, LIST: {"meetings": [meeting(1)]}, "GET /meetings/1": gone})

    (found,) = zoom.poll("meeting_created", SINCE).items

    assert found.object == meeting(1) | {"operation": "all"}


def test_under_the_grant_of_an_account_everybody_is_asked_for(zoom: Foreign) -> None:
    zoom.hold("meeting:read:admin", "user:read:admin")
    sam = {"id": "user-sam", "email": "sam@example.com"}
    answers = {
        "GET /users": {"users": [sam, JO]},
        "GET /users/user-jo/meetings": {"meetings": [meeting(1)]},
        "GET /users/user-sam/meetings": {"meetings": [meeting(2, host_id="user-sam")]},
    }
    zoom.answer(answers)

    page = zoom.poll("meeting_created", SINCE)

    assert [found.object["host_id"] for found in page.items] == ["user-jo", "user-sam"]


def test_a_host_who_is_asked_for_is_the_only_one(zoom: Foreign) -> None:
    zoom.hold("meeting:read:admin", "user:read:admin")
    zoom.answer({"GET /users/jo%40example.com": JO, "GET /users/user-jo/meetings": {"meetings": [meeting(1)]}})

    assert len(zoom.poll("meeting_created", SINCE, host="jo@example.com").items) == 1
