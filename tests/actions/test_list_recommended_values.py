"""The values that an account recommends for a tracking field can be chosen from."""

import pytest

from contract.handling import Foreign

DEFINED = [
    {"id": "one", "field": "Cost centre", "required": True, "recommended_values": ["", "4711", "4712"]},
    {"id": "two", "field": "Team", "required": False, "recommended_values": ["Blue"]},
    {"id": "three", "field": "Note", "required": False},
]


@pytest.mark.parametrize(
    ("field", "values"),
    [("Cost centre", ["4711", "4712"]), ("cost  CENTRE", ["4711", "4712"]), ("Note", []), ("No such field", [])],
)
def test_the_values_are_those_of_the_field_in_the_order_of_the_account(
    zoom: Foreign, field: str, values: list[str]
) -> None:
    zoom.answer({"GET /tracking_fields": {"tracking_fields": DEFINED}})

    outputs = zoom.run("list_recommended_values", {"field": field})

    assert outputs == {"values": [{"value": value} for value in values]}


def test_an_account_without_tracking_fields_recommends_nothing(zoom: Foreign) -> None:
    zoom.answer({"GET /tracking_fields": {}})

    assert zoom.run("list_recommended_values", {"field": "Team"}) == {"values": []}
