"""Custom connectors for Power Platform.

Microsoft's own schemas of these files are in no package that could be installed for a test; docs/power-platform.md says
how to check against them. What they ask beyond Swagger 2.0 is asked here too.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV2SpecValidator

from zoom_connector.catalogue import Catalogue
from zoom_connector.export import files
from zoom_connector.export.openapi import openapi
from zoom_connector.export.operations import operations
from zoom_connector.export.power_platform_schemas import Lookups, form, shown

CATALOGUE = Catalogue()
BOTH = pytest.mark.parametrize("part", ["actions", "triggers"])
SUBSCRIBE = next(operation for operation in operations(CATALOGUE) if operation.id == "create_subscription")
LIMIT = 1_000_000
"""Bytes: https://learn.microsoft.com/en-us/connectors/custom-connectors/define-openapi-definition"""
WIDE = {"integer": "int64", "number": "double"}
MICROSOFTS = (
    "x-ms-dynamic-list",
    "x-ms-dynamic-values",
    "x-ms-enum-values",
    "x-ms-notification-content",
    "x-ms-notification-url",
    "x-ms-summary",
    "x-ms-trigger",
    "x-ms-url-encoding",
    "x-ms-visibility",
)
CALLBACK = "https://flows.example.com/callback"
PARAMETER = "x-ms-apimTemplateParameter"


@cache
def written() -> Mapping[str, str]:
    return files("power-platform", CATALOGUE)


@cache
def definition_of(part: str) -> dict[str, Any]:
    definition: dict[str, Any] = json.loads(written()[f"{part}/apiDefinition.swagger.json"])
    return definition


def properties_of(part: str) -> dict[str, Any]:
    properties: dict[str, Any] = json.loads(written()[f"{part}/apiProperties.json"])
    return properties


def asked(definition: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what can be asked, by operation id."""
    return {
        said["operationId"]: said
        for path in definition["paths"].values()
        for method, said in path.items()
        if method in ("get", "post", "delete")
    }


def everything(value: Any) -> Iterator[dict[str, Any]]:
    """Walk through all objects."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from everything(each)


def parameters(definition: dict[str, Any], id: str) -> dict[str, dict[str, Any]]:
    """Return the parameters of an operation, by name."""
    resolved = [
        definition["parameters"][each["$ref"].rpartition("/")[2]] if "$ref" in each else each
        for each in asked(definition)[id]["parameters"]
    ]
    return {each["name"]: each for each in resolved}


def field(definition: dict[str, Any], id: str, path: str) -> Any:
    """Return a parameter, or a field in one: `body/connection`."""
    name, *inside = path.split("/")
    found = parameters(definition, id)[name]
    for each in inside:
        found = found.get("schema", found)["properties"][each]
    return found


@BOTH
def test_a_validator_of_swagger_finds_no_fault(part: str) -> None:
    definition = definition_of(part)

    assert [error.message for error in OpenAPIV2SpecValidator(definition).iter_errors()] == []


@BOTH
def test_no_definition_is_longer_than_power_platform_takes(part: str) -> None:
    assert len(written()[f"{part}/apiDefinition.swagger.json"].encode()) < LIMIT


def test_every_action_and_every_trigger_is_there() -> None:
    shown_actions = {
        id for id, said in asked(definition_of("actions")).items() if said.get("x-ms-visibility") != "internal"
    }
    starting = {id for id, said in asked(definition_of("triggers")).items() if said.get("x-ms-trigger") == "single"}

    assert shown_actions == {*CATALOGUE.actions, "get_job"}
    assert starting == {f"on_{key}" for key in CATALOGUE.triggers}


@BOTH
def test_no_number_is_cut_to_32_bits(part: str) -> None:
    definition = definition_of(part)

    found = {(kind, said.get("format")) for said in everything(definition) for kind in WIDE if said.get("type") == kind}

    assert found <= {*WIDE.items()}


@BOTH
def test_nothing_is_said_in_words_that_power_platform_does_not_know(part: str) -> None:
    all_said = [*everything(definition_of(part))]

    words = {word for said in all_said for word in said}
    formats = {form for said in all_said if isinstance(form := said.get("format"), str)}
    assert words.isdisjoint({"const", "oneOf", "anyOf", "$defs", "if", "examples"})
    assert {word for word in words if word.startswith("x-")} <= {*MICROSOFTS}
    assert formats <= {"date", "date-time", "double", "email", "int64", "password"}
    assert [said for said in all_said if isinstance(said.get("type"), list)] == []


@BOTH
def test_every_list_of_values_is_found_by_an_operation_that_is_given_all_it_needs(part: str) -> None:
    definition = definition_of(part)

    wrong = []
    for id in asked(definition):
        for each in everything(parameters(definition, id)):
            for word, reference in (("x-ms-dynamic-values", "parameter"), ("x-ms-dynamic-list", "parameterReference")):
                if found := each.get(word):
                    takes = parameters(definition, found["operationId"])
                    given = found.get("parameters", {})
                    needed = {name for name, said in takes.items() if said.get("required")}
                    pointed = [
                        value[reference] for value in given.values() if isinstance(value, dict) and reference in value
                    ]
                    if not needed <= given.keys() <= takes.keys():
                        wrong.append((id, found))
                    if word == "x-ms-dynamic-list":
                        assert all(field(definition, id, path) for path in pointed)

    assert wrong == []


def test_a_form_shows_first_what_is_not_advanced_and_offers_values() -> None:
    schema = {
        "type": "object",
        "additionalProperties": False,
        "required": ["meeting_id"],
        "properties": {
            "meeting_id": {"type": "string", "title": "Meeting", "lookup": {"action": "list_meetings"}},
            "people": {
                "type": "array",
                "title": "People",
                "advanced": True,
                "items": {"type": "string"},
                "lookup": {"action": "list_users", "depends_on": ["meeting_id"]},
            },
            "repeats": {"type": "integer", "title": "Repeats", "oneOf": [{"const": 1, "title": "Daily"}]},
        },
    }
    meeting = {"connection": {"parameter": "connection"}, "key": "invite"}
    values = {"operationId": "choices", "value-collection": "choices", "value-path": "value", "value-title": "label"}

    told = form(schema, Lookups("choices", "invite", "connection"))

    assert told == {
        "type": "object",
        "required": ["meeting_id"],
        "properties": {
            "meeting_id": {
                "type": "string",
                "x-ms-summary": "Meeting",
                "x-ms-visibility": "important",
                "x-ms-dynamic-values": {**values, "parameters": {**meeting, "field": "meeting_id"}},
            },
            "people": {
                "type": "array",
                "x-ms-summary": "People",
                "x-ms-visibility": "advanced",
                "items": {
                    "type": "string",
                    "x-ms-dynamic-values": {
                        **values,
                        "parameters": {**meeting, "field": "people", "meeting_id": {"parameter": "meeting_id"}},
                    },
                    "x-ms-dynamic-list": {
                        "operationId": "choices",
                        "parameters": {
                            "connection": {"parameterReference": "connection"},
                            "key": {"value": "invite"},
                            "field": {"value": "people"},
                            "meeting_id": {"parameterReference": "body/meeting_id"},
                        },
                        "itemsPath": "choices",
                        "itemValuePath": "value",
                        "itemTitlePath": "label",
                    },
                },
            },
            "repeats": {
                "type": "integer",
                "format": "int64",
                "x-ms-summary": "Repeats",
                "x-ms-visibility": "important",
                "enum": [1],
                "x-ms-enum-values": [{"value": 1, "displayName": "Daily"}],
            },
        },
    }


def test_what_may_be_null_or_masked_is_not_promised_to_be_more() -> None:
    inner = {"pin": {"type": "integer", "secret": True}, "end": {"type": ["string", "null"]}, "id": {"type": "string"}}

    told = shown({"type": "object", "required": ["end", "id"], "properties": inner}, masked=True)

    properties = {"pin": {"type": "string"}, "end": {"type": "string"}, "id": {"type": "string"}}
    assert told == {"type": "object", "required": ["id"], "properties": properties}


def test_a_flow_subscribes_with_what_the_service_takes() -> None:
    assert SUBSCRIBE.body is not None
    service = Draft202012Validator(SUBSCRIBE.body)
    bodies = {key: field(definition_of("triggers"), f"on_{key}", "body")["schema"] for key in CATALOGUE.triggers}

    sent = {
        key: {
            **{name: said["default"] for name, said in body["properties"].items() if "default" in said},
            **{name: CALLBACK for name, said in body["properties"].items() if said.get("x-ms-notification-url")},
            "connection": "sales",
            "filters": {},
        }
        for key, body in bodies.items()
    }

    assert {key: each["trigger"] for key, each in sent.items()} == {key: key for key in bodies}
    assert [error.message for each in sent.values() for error in service.iter_errors(each)] == []
    assert {name for body in bodies.values() for name in body["properties"]} == SUBSCRIBE.body["properties"].keys()


def test_all_triggers_are_routed_to_where_the_service_takes_subscriptions() -> None:
    policies = properties_of("triggers")["properties"]["policyTemplateInstances"]

    routed = {
        name: policy["parameters"]["x-ms-apimTemplateParameter.newPath"]
        for policy in policies
        if policy["templateId"] == "routerequesttoendpoint"
        for name in policy["parameters"]["x-ms-apimTemplate-operationName"]
    }

    assert routed == {f"on_{key}": SUBSCRIBE.path for key in CATALOGUE.triggers}


def test_a_flow_starts_with_what_the_service_sends() -> None:
    sent = openapi(CATALOGUE)["webhooks"]

    told = {
        key: definition_of("triggers")["paths"][f"/triggers/{key}/subscriptions"]["x-ms-notification-content"][
            "schema"
        ]["properties"]
        for key in CATALOGUE.triggers
    }

    bodies = {key: each["post"]["requestBody"]["content"]["application/json"]["schema"] for key, each in sent.items()}
    assert {key: [*each] for key, each in told.items()} == {key: [*body["properties"]] for key, body in bodies.items()}
    assert {key: [*each["data"]["properties"]] for key, each in told.items()} == {
        key: [*body["properties"]["data"]["properties"]] for key, body in bodies.items()
    }


def test_a_flow_that_ends_takes_its_subscription_away_unseen() -> None:
    taken = definition_of("triggers")["paths"]["/subscriptions/{subscription}"]["delete"]

    assert (taken["operationId"], taken["x-ms-visibility"]) == ("delete_subscription", "internal")


def test_only_what_changes_something_can_be_kept_from_being_done_twice() -> None:
    once = {key for key in CATALOGUE.actions if "Idempotency-Key" in parameters(definition_of("actions"), key)}

    assert once == {key for key, action in CATALOGUE.actions.items() if action.effect != "read"}


@BOTH
def test_the_key_is_shown_as_the_service_wants_it(part: str) -> None:
    properties = properties_of(part)["properties"]

    headers = [
        each["parameters"] for each in properties["policyTemplateInstances"] if each["templateId"] == "setheader"
    ]
    told = [(each[f"{PARAMETER}.name"], each[f"{PARAMETER}.value"]) for each in headers]
    assert told == [("Authorization", "Bearer @connectionParameters('api_key')")]
    assert properties["connectionParameters"]["api_key"]["type"] == "securestring"
