"""Who registers for a meeting to come is found once, approved or not."""

from typing import Any

from events.polled import ME, SINCE, at, meeting, told, when

from contract.handling import Foreign

LIST = "GET /users/me/meetings"
REGISTRANTS = "GET /meetings/1/registrants"


def registrant(id: str, **changed: Any) -> dict[str, Any]:
    row = {
        "id": id,
        "email": f"{id}@example.com",
        "first_name": "Kim",
        "last_name": "Poe",
        "create_time": at(minutes=1),
    }
    return row | changed


def with_registration(id: int, approval_type: int = 0) -> dict[str, Any]:
    return meeting(id) | {"settings": {"approval_type": approval_type}, "start_url": "https://example.com/s/1?zak=x"}


def test_approved_and_waiting_people_are_found_once(zoom: Foreign) -> None:
    zoom.hold("meeting:read")
    approved = {"registrants": [registrant("kim"), registrant("old", create_time=at(minutes=-1))]}
    waiting = {"registrants": [registrant("lee", create_time=at(minutes=2))]}
    late = {"registrants": [registrant("kim"), registrant("mo", create_time=at(minutes=3))]}
    answers = {
        LIST: {"meetings": [meeting(1), meeting(1, start_time=at(days=1)), meeting(2)]},
        "GET /meetings/1": with_registration(1),
        "GET /meetings/2": with_registration(2, approval_type=2),
        REGISTRANTS: [approved, waiting, late, waiting],
    }
    zoom.answer({**ME, **answers})

    first = zoom.poll("meeting_registration_created", SINCE)
    second = zoom.poll("meeting_registration_created", first.cursor)

    ids = [[found.object["registrant"]["id"] for found in page.items] for page in (first, second)]
    assert ids == [["kim", "lee"], ["mo"]]
    assert [sent.query["status"] for sent in zoom.sent if sent.path == "/meetings/1/registrants"] == [
        "approved",
        "pending",
    ] * 2
    assert "GET /meetings/2/registrants" not in {f"{sent.method} {sent.path}" for sent in zoom.sent}
    assert first.items[1].happened_at == when(minutes=2)
    assert told("meeting_registration_created", first.items[1]) == {
        "id": "1",
        "uuid": "uuid-1",
        "topic": "Meeting 1",
        "host_id": "user-jo",
        "type": 2,
        "start_time": at(hours=2),
        "timezone": "Europe/Amsterdam",
        "duration": 45,
        "registrant": {
            "id": "lee",
            "email": "lee@example.com",
            "first_name": "Kim",
            "last_name": "Poe",
            "status": "pending",
        },
    }
    assert "start_url" not in first.items[0].object


def test_one_meeting_that_is_asked_for_is_the_only_one(zoom: Foreign) -> None:
    zoom.hold("meeting:read")
    zoom.answer({"GET /meetings/1": with_registration(1), REGISTRANTS: {"registrants": [registrant("kim")]}})

    page = zoom.poll("meeting_registration_created", SINCE, meeting_id="1")

    assert [found.object["registrant"]["status"] for found in page.items] == ["approved"]
