"""A user is found by address; that nobody has it is an answer."""

import pytest
from zoom.foreign import reply

from contract.handling import Foreign, Sent
from zoom_connector import ZoomError

WANTED = {"email": "jo@example.com"}
USER = "GET /users/jo%40example.com"


def test_the_user_with_the_address_is_found(zoom: Foreign) -> None:
    zoom.answer({USER: {"id": "exampleHostAAAAAAAAAAA", "email": "jo@example.com", "type": 2}})

    outputs = zoom.run("find_user", WANTED)

    assert outputs == {"found": True, "id": "exampleHostAAAAAAAAAAA", "email": "jo@example.com", "type": 2}
    assert zoom.sent == [Sent("GET", "/users/jo%40example.com", {})]


@pytest.mark.parametrize(
    ("status", "code", "message"),
    [
        (404, 1001, "User does not exist: jo@example.com."),
        (400, 1010, "User does not belong to this account: exampleAccountCCCCCCCC."),
        (400, 1120, "A valid invitation was not found for this user."),
    ],
)
def test_an_address_that_nobody_has_is_no_failure(zoom: Foreign, status: int, code: int, message: str) -> None:
    zoom.answer({USER: reply({"code": code, "message": message}, status)})

    assert zoom.run("find_user", WANTED) == {"found": False}


def test_a_refusal_is_not_taken_for_a_missing_user(zoom: Foreign) -> None:
    zoom.answer({USER: reply({"code": 200, "message": "No permission."}, 400)})

    with pytest.raises(ZoomError) as refused:
        zoom.run("find_user", WANTED)

    assert refused.value.zoom is not None
    assert refused.value.zoom.code == 200
