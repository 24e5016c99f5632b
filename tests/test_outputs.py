"""Outputs hold what is declared, in the declared types, with secrets masked."""

import pytest

from zoom_connector.errors import InvalidInputs
from zoom_connector.outputs import MASK, check_reveal, mask, shape

MEETING = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "duration": {"type": "integer"},
        "waiting_room": {"type": "boolean"},
        "start_url": {"type": "string", "secret": True},
        "files": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"size": {"type": "number"}, "pass": {"type": "string", "secret": True}},
            },
        },
        "anything": {"type": "object"},
    },
}


def test_only_declared_fields_are_handed_on() -> None:
    assert shape(MEETING, {"id": "1", "encrypted_password": "x", "files": [{"size": 1, "token": "x"}]}) == {
        "id": "1",
        "files": [{"size": 1}],
    }


def test_values_get_their_declared_types() -> None:
    answer = {"id": 97763643886, "duration": "30", "waiting_room": "true", "files": [{"size": "1.5"}]}

    assert shape(MEETING, answer) == {
        "id": "97763643886",
        "duration": 30,
        "waiting_room": True,
        "files": [{"size": 1.5}],
    }


def test_a_value_that_fits_no_type_is_left_out() -> None:
    assert shape(MEETING, {"id": None, "duration": "soon", "waiting_room": "perhaps", "files": {}, "anything": 1}) == {}


def test_falsy_values_are_kept() -> None:
    assert shape(MEETING, {"id": "", "duration": 0, "waiting_room": False, "files": []}) == {
        "id": "",
        "duration": 0,
        "waiting_room": False,
        "files": [],
    }


def test_an_object_without_declared_fields_is_handed_on_whole() -> None:
    assert shape(MEETING, {"anything": {"a": [1]}}) == {"anything": {"a": [1]}}


@pytest.mark.parametrize("answer", [[], "text", None, 5])
def test_an_answer_that_is_no_object_gives_no_outputs(answer: object) -> None:
    assert shape(MEETING, answer) == {}


def test_secrets_are_masked_at_every_depth_unless_named() -> None:
    outputs = {"id": "1", "start_url": "u", "files": [{"size": 1, "pass": "p"}, {"pass": ""}]}

    assert mask(MEETING, outputs) == {"id": "1", "start_url": MASK, "files": [{"size": 1, "pass": MASK}, {"pass": ""}]}
    assert mask(MEETING, outputs, ["pass", "start_url"]) == outputs


def test_revealing_what_is_no_secret_is_refused() -> None:
    with pytest.raises(InvalidInputs) as caught:
        check_reveal(MEETING, ["start_url", "id", "stort_url"])

    assert caught.value.params == {"names": ["id", "stort_url"], "secret": ["pass", "start_url"]}
