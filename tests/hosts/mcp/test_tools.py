"""What an agent is offered, and how it is described."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from zoom_connector import InvalidInputs
from zoom_connector.catalogue import Catalogue
from zoom_connector.hosts.mcp.tools import RESOURCES, Choice, tool

CATALOGUE = Catalogue()
ACTIONS = CATALOGUE.actions
EVERY_SCOPE = frozenset(
    scope
    for action in ACTIONS.values()
    for call in ([action.request] if action.request else action.calls)
    for scope in (*call.scopes.classic, *call.scopes.granular)
)


def chosen(**choice: Any) -> set[str]:
    return {action.key for action in Choice(**choice).of(ACTIONS, EVERY_SCOPE)}


def test_without_a_choice_a_few_dozen_tools_are_offered() -> None:
    offered = chosen()

    assert {ACTIONS[key].resource for key in offered} == set(RESOURCES)
    assert "create_meeting" in offered
    assert len(offered) < 50


def test_resources_and_single_actions_can_be_chosen() -> None:
    assert chosen(resources=["groups"], keys=["find_user"]) == {
        "find_user",
        *(key for key, action in ACTIONS.items() if action.resource == "groups"),
    }
    assert chosen(keys=["find_user"]) == {"find_user"}
    assert chosen(resources=["all"]) == set(ACTIONS)


def test_reading_only_leaves_out_whatever_changes_something() -> None:
    assert {ACTIONS[key].effect for key in chosen(resources=["all"], read_only=True)} == {"read"}


def test_what_the_scopes_do_not_allow_is_not_offered() -> None:
    offered = {action.key for action in Choice(("all",)).of(ACTIONS, {"recording:read", "user_info:read"})}

    assert "list_recordings" in offered
    assert "create_meeting" not in offered


def test_a_mistyped_resource_names_those_there_are() -> None:
    with pytest.raises(InvalidInputs) as caught:
        chosen(resources=["meeting"])

    assert (caught.value.code, caught.value.params["resource"]) == ("unknown_resource", "meeting")
    assert "meetings" in str(caught.value.params["known"])


def test_no_tool_at_all_is_told() -> None:
    with pytest.raises(InvalidInputs, match="nothing_to_offer"):
        chosen(keys=["create_meeting"], read_only=True)


def test_hints_follow_from_what_an_action_does() -> None:
    hints = {key: tool(ACTIONS[key]).annotations for key in ("list_meetings", "create_meeting", "delete_meeting")}

    assert {
        key: found and (found.read_only_hint, found.destructive_hint, found.idempotent_hint)
        for key, found in hints.items()
    } == {
        "list_meetings": (True, False, True),
        "create_meeting": (False, False, False),
        "delete_meeting": (False, True, True),
    }


def test_a_field_with_a_list_to_choose_from_names_the_tool_that_has_it() -> None:
    fields = tool(ACTIONS["get_meeting"]).input_schema["properties"]

    assert fields["meeting_id"]["description"].endswith("(list_meetings: meetings[].id)")


@pytest.mark.parametrize("schema", ["input_schema", "output_schema"])
def test_every_tool_speaks_plain_json_schema(schema: str) -> None:
    words = {
        word
        for action in ACTIONS.values()
        for part in parts(getattr(tool(action), schema))
        for word in part
        if word not in Draft202012Validator.META_SCHEMA["properties"]
    }
    keywords = {
        "additionalProperties", "const", "contentEncoding", "contentMediaType", "default", "description", "enum",
        "examples", "format", "items", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "oneOf",
        "pattern", "properties", "required", "title", "type", "uniqueItems",
    }  # fmt: skip

    assert words - keywords == set()


def parts(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield schema
    for inner in schema.get("properties", {}).values():
        yield from parts(inner)
    if isinstance(schema.get("items"), Mapping):
        yield from parts(schema["items"])
