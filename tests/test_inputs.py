"""Inputs are checked and brought into one form before anything is sent."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoom_connector.errors import Fault, InvalidInputs
from zoom_connector.inputs import normalise, parse

MEETING: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "required": ["topic"],
    "properties": {
        "topic": {"type": "string", "maxLength": 10},
        "start_time": {"type": "string", "format": "date-time"},
        "timezone": {"type": "string"},
        "duration": {"type": "integer", "minimum": 1},
        "waiting_room": {"type": "boolean"},
        "kind": {"oneOf": [{"const": 2, "title": "Scheduled"}, {"const": 8, "title": "Recurring"}]},
        "alternative_hosts": {"type": "array", "items": {"type": "string", "format": "email"}},
        "days": {"type": "array", "items": {"type": "integer"}},
        "from": {"type": "string", "format": "date"},
        "to": {"type": "string", "format": "date"},
        "slots": {
            "type": "array",
            "items": {"type": "object", "properties": {"start": {"type": "string", "format": "date-time"}}},
        },
    },
}


def faults(**inputs: object) -> list[Fault]:
    with pytest.raises(InvalidInputs) as caught:
        normalise(MEETING, {"topic": "Kick-off", **inputs})
    return list(caught.value.faults)


def test_every_fault_is_reported_not_only_the_first() -> None:
    with pytest.raises(InvalidInputs) as caught:
        normalise(MEETING, {"topik": "Kick-off", "duration": 0, "waiting_room": "perhaps"})

    assert list(caught.value.faults) == [
        Fault("/duration", "minimum", 1),
        Fault("/topic", "required"),
        Fault("/topik", "additionalProperties", "topic"),
        Fault("/waiting_room", "type", "boolean"),
    ]


def test_falsy_inputs_are_kept_and_null_means_absent() -> None:
    filled = normalise(MEETING, {"topic": "", "waiting_room": False, "alternative_hosts": [], "timezone": None})

    assert filled == {"topic": "", "waiting_room": False, "alternative_hosts": []}


def test_a_text_that_answers_a_list_is_split_at_commas_and_semicolons() -> None:
    filled = normalise(MEETING, {"topic": "t", "alternative_hosts": "jo@example.com; al@example.com,", "days": "1,2"})

    assert filled == {"topic": "t", "alternative_hosts": ["jo@example.com", "al@example.com"], "days": [1, 2]}


def test_a_number_that_answers_a_text_becomes_text() -> None:
    assert normalise(MEETING, {"topic": 4711}) == {"topic": "4711"}


@pytest.mark.parametrize(
    ("given_time", "sent"),
    [
        ("2030-01-07T10:00:00+01:00", "2030-01-07T09:00:00Z"),
        ("2030-01-07T10:00Z", "2030-01-07T10:00:00Z"),
        ("2030-01-07T23:30:15.250-05:00", "2030-01-08T04:30:15Z"),
    ],
)
def test_a_time_with_an_offset_becomes_utc(given_time: str, sent: str) -> None:
    assert normalise(MEETING, {"topic": "t", "start_time": given_time})["start_time"] == sent


def test_a_time_without_an_offset_stays_local_beside_its_zone() -> None:
    filled = normalise(MEETING, {"topic": "t", "start_time": "2030-01-07T10:00", "timezone": "Europe/Amsterdam"})

    assert filled["start_time"] == "2030-01-07T10:00:00"


def test_times_inside_lists_of_objects_become_utc_too() -> None:
    filled = normalise(MEETING, {"topic": "t", "slots": [{"start": "2030-01-07T10:00:00+01:00"}]})

    assert filled["slots"] == [{"start": "2030-01-07T09:00:00Z"}]


def test_a_time_with_neither_offset_nor_zone_is_refused() -> None:
    assert faults(start_time="2030-01-07T10:00") == [Fault("/start_time", "zone_missing", "2030-01-07T10:00")]


@pytest.mark.parametrize("zone", ["Europe/Utrecht", "", "../etc/passwd", "Europe"])
def test_a_zone_that_nobody_knows_is_refused(zone: str) -> None:
    assert Fault("/timezone", "zone_unknown", zone) in faults(timezone=zone)


@pytest.mark.parametrize("text", ["tomorrow", "2030-01-07", "2030-13-07T10:00", "2030-01-07T25:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    assert faults(start_time=text, timezone="UTC") == [Fault("/start_time", "format", "date-time")]


def test_an_end_before_its_start_is_refused() -> None:
    assert faults(**{"from": "2030-02-01", "to": "2030-01-01"}) == [Fault("/to", "end_before_start", "2030-02-01")]


@pytest.mark.parametrize("address", ["jo", "@example.com", "jo@example", "jo doe@example.com"])
def test_what_is_no_mail_address_is_refused(address: str) -> None:
    assert faults(alternative_hosts=[address]) == [Fault("/alternative_hosts/0", "format", "email")]


def test_a_choice_outside_the_list_names_the_choices() -> None:
    assert faults(kind=3) == [Fault("/kind", "oneOf", (2, 8))]


def test_a_field_name_with_slashes_is_escaped_in_its_pointer() -> None:
    assert faults(**{"a/b~c": 1}) == [Fault("/a~1b~0c", "additionalProperties")]


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"type": "integer"}, "30", 30),
        ({"type": "integer"}, "thirty", "thirty"),
        ({"type": "boolean"}, "false", False),
        ({"type": "string"}, "30", "30"),
        ({"type": "array"}, "[1, 2]", [1, 2]),
        ({"type": "array"}, "a,b", "a,b"),
        ({"type": "object"}, '{"a": 1}', {"a": 1}),
    ],
)
def test_text_is_read_as_the_declared_type(schema: dict[str, str], text: str, value: object) -> None:
    assert parse(schema, text) == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(st.dictionaries(st.sampled_from([*MEETING["properties"], "other"]), JSON))
def test_any_json_is_refused_with_faults_or_already_in_its_one_form(inputs: dict[str, object]) -> None:
    try:
        filled = normalise(MEETING, inputs)
    except InvalidInputs as refused:
        filled = {} if refused.faults else inputs

    assert not filled or normalise(MEETING, filled) == filled
