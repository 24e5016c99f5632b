"""Every action that is one call runs through the whole engine with its examples and hands out its sample."""

from collections.abc import Iterator
from typing import Any

import pytest
from e2e.every_action import connected, filled_in
from jsonschema import Draft202012Validator

from zoom_connector import Connection
from zoom_connector.catalogue import Catalogue
from zoom_connector.types import Schema

ACTIONS = Catalogue().actions
OF_ONE_CALL = [key for key, action in ACTIONS.items() if action.request]


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    with connected(tmp_path_factory.mktemp("everything")) as connection:
        yield connection


@pytest.mark.parametrize("key", OF_ONE_CALL)
def test_an_action_of_one_call_hands_out_what_it_declares(everything: Connection, key: str) -> None:
    action = ACTIONS[key]

    outputs = everything.run(key, filled_in(action), reveal=set(secrets(action.outputs)))

    assert outputs.keys() == action.sample.keys()
    assert [error.message for error in Draft202012Validator(closed(action.outputs)).iter_errors(outputs)] == []


def secrets(schema: Schema) -> Iterator[str]:
    """Name the secret outputs: masked, a number is none."""
    for name, inner in schema.get("properties", {}).items():
        if inner.get("secret"):
            yield name
        yield from secrets(inner)
        yield from secrets(inner.get("items", {}))


def closed(schema: Schema) -> dict[str, Any]:
    """Return a schema that accepts nothing that is not declared, and no list without rows."""
    result = dict(schema)
    if "properties" in schema:
        properties = {name: closed(inner) for name, inner in schema["properties"].items()}
        result |= {"properties": properties, "additionalProperties": False}
    if "items" in schema:
        result |= {"items": closed(schema["items"]), "minItems": 1}
    return result
