"""The service as an OpenAPI document."""

import json

import pytest

from zoom_connector.catalogue import Catalogue
from zoom_connector.export.openapi import openapi
from zoom_connector.export.schemas import described, secrets_of

CATALOGUE = Catalogue()
DOCUMENT = openapi(CATALOGUE)
RUN = "/connections/{connection}/actions"


def test_every_action_is_a_path_with_its_own_schemas_and_examples() -> None:
    create = DOCUMENT["paths"][f"{RUN}/create_meeting"]["post"]
    action = CATALOGUE.actions["create_meeting"]

    body = create["requestBody"]["content"]["application/json"]
    answer = create["responses"]["200"]["content"]["application/json"]
    assert {path.removeprefix(f"{RUN}/") for path in DOCUMENT["paths"] if path.startswith(f"{RUN}/")} == {
        *CATALOGUE.actions,
        "{key}/lookups/{field}",
    }
    assert (create["operationId"], create["tags"], create["summary"]) == (
        "create_meeting",
        ["Meetings"],
        "Create meeting",
    )
    assert body["schema"]["required"] == ["topic"]
    assert body["example"]["topic"] == "Kick-off"
    assert answer["example"] == action.sample
    assert [parameter["name"] for parameter in create["parameters"]] == [
        "connection",
        "reveal",
        "Idempotency-Key",
        "Prefer",
    ]


def test_every_trigger_is_a_webhook_with_its_outputs() -> None:
    sent = DOCUMENT["webhooks"]["meeting_ended"]["post"]["requestBody"]["content"]["application/json"]["schema"]

    assert DOCUMENT["webhooks"].keys() == set(CATALOGUE.triggers)
    assert sent["properties"]["type"] == {"const": "meeting_ended"}
    assert (
        sent["properties"]["data"]["properties"].keys()
        == CATALOGUE.triggers["meeting_ended"].outputs["properties"].keys()
    )


def test_the_same_manifests_make_the_same_document() -> None:
    assert json.dumps(openapi(Catalogue())) == json.dumps(DOCUMENT)


def test_it_is_written_in_another_language_as_a_whole() -> None:
    dutch = CATALOGUE.in_language("nl")

    summary = openapi(dutch)["paths"][f"{RUN}/create_meeting"]["post"]["summary"]

    assert summary == dutch.actions["create_meeting"].title


def test_words_of_our_own_become_extensions_and_those_of_the_engine_go() -> None:
    lookup = {"action": "list_users", "items": "users", "value": "id", "label": ["email"]}
    schema = {"type": "string", "title": "Host", "group": "People", "advanced": True, "lookup": lookup, "on": ["host"]}

    told = described({"type": "object", "properties": {"host": schema}})

    extended = {"type": "string", "title": "Host", "x-group": "People", "x-advanced": True, "x-lookup": lookup}
    assert told == {"type": "object", "properties": {"host": extended}}


@pytest.mark.parametrize(("kind", "told"), [("integer", ["integer", "string"]), ("string", "string")])
def test_a_masked_secret_is_a_text_whatever_it_was(kind: str, told: object) -> None:
    outputs = {"type": "array", "items": {"type": "object", "properties": {"pin": {"type": kind, "secret": True}}}}

    assert described(outputs, masked=True)["items"]["properties"]["pin"] == {"type": told, "x-secret": True}
    assert described(outputs)["items"]["properties"]["pin"] == {"type": kind, "x-secret": True}
    assert secrets_of(outputs) == ["pin"]
