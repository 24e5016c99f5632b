"""A user who was added to the account is found once."""

from events.polled import SINCE, at, told, when

from contract.handling import Foreign

KIM = {
    "id": "user-kim",
    "email": "kim@example.com",
    "first_name": "Kim",
    "last_name": "Poe",
    "display_name": "Kim Poe",
    "type": 2,
    "user_created_at": at(minutes=1),
    "host_key": "123456",
}


def test_a_new_user_is_found_once(zoom: Foreign) -> None:
    jo = KIM | {"id": "user-jo", "user_created_at": at(days=-1)}
    zoom.answer({"GET /users": {"users": [jo, KIM]}})

    first = zoom.poll("user_created", SINCE)
    second = zoom.poll("user_created", first.cursor)

    (found,) = first.items
    assert (found.happened_at, second.items) == (when(minutes=1), [])
    assert told("user_created", found) == {
        "id": "user-kim",
        "email": "kim@example.com",
        "first_name": "Kim",
        "last_name": "Poe",
        "display_name": "Kim Poe",
        "type": 2,
    }
    assert "host_key" not in found.object
