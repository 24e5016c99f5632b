"""The running service against its own document: whatever is sent, it answers as the document says (schemathesis)."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from e2e.every_action import connected
from hosts.http.serving import Served, serving
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.generation import GenerationMode

from zoom_connector.catalogue import Catalogue
from zoom_connector.export.openapi import openapi
from zoom_connector.export.operations import operations

CATALOGUE = Catalogue()
DOCUMENT = openapi(CATALOGUE)
FIXED = [each.id for each in operations(CATALOGUE)]
FUZZING = settings().max_examples > 100
"""`make fuzz` asks for every action, again and again; else one of each resource has to do."""
ACTIONS = (
    list(CATALOGUE.actions) if FUZZING else list({one.resource: key for key, one in CATALOGUE.actions.items()}.values())
)
CASES = 15 if FUZZING else 2


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service with a connection that may do everything, for callers on this machine."""
    with connected(tmp_path_factory.mktemp("service")) as everything, serving(everything.connector) as served:
        yield served


@pytest.fixture(scope="module")
def described(served: Served) -> Any:
    schema = schemathesis.openapi.from_dict(served.get("/openapi.json").json())
    schema.config.update(base_url=served.address)
    return schema


@pytest.mark.hypothesis
@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("ids", [FIXED, ACTIONS], ids=["fixed", "actions"])
def test_whatever_is_sent_the_service_answers_as_its_document_says(
    served: Served, described: Any, tmp_path: Path, ids: Sequence[str], mode: GenerationMode
) -> None:
    for id in ids:
        operation = described.find_operation_by_id(id)
        if mode is GenerationMode.POSITIVE or can_be_wrong(operation):
            ask(served, operation, mode, tmp_path)


def can_be_wrong(operation: Any) -> bool:
    """Say whether there is anything to send that the document forbids; a part of a path may be any text."""
    return bool(operation.body or operation.query)


def ask(served: Served, operation: Any, mode: GenerationMode, folder: Path) -> None:
    # To send what a document forbids, schemathesis throws most of what it makes up away.
    @settings(max_examples=CASES, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
    @given(case=operation.as_strategy(generation_mode=mode))
    def answered(case: Any) -> None:
        if "connection" in case.path_parameters and case.method != "DELETE":
            case.path_parameters["connection"] = "everything"
        if isinstance(case.body, dict) and "folder" in case.body:
            case.body["folder"] = str(folder)
        # A download of all the years there has been Zoom asks for 200 months, no faster than Zoom allows.
        case.call_and_validate(session=served.browser, timeout=60)

    answered()


def test_the_document_is_valid() -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(DOCUMENT).iter_errors()] == []


def test_every_operation_has_a_name_of_its_own() -> None:
    paths = [operation for path in DOCUMENT["paths"].values() for operation in path.values()]
    ids = [
        operation["operationId"] for operation in [*paths, *(each["post"] for each in DOCUMENT["webhooks"].values())]
    ]

    assert sorted(ids) == sorted({*FIXED, *CATALOGUE.actions, *(f"on_{key}" for key in CATALOGUE.triggers)})
