"""What Robot Framework, its editors and its documentation page are told of every keyword."""

from collections.abc import Iterator

import pytest
from robot.libdocpkg import LibraryDocumentation
from robot.libdocpkg.model import KeywordDoc, LibraryDoc
from robot.running.arguments import ArgInfo

from zoom_connector.catalogue import Catalogue

CATALOGUE = Catalogue()


@pytest.fixture(scope="module")
def page() -> LibraryDoc:
    page: LibraryDoc = LibraryDocumentation("zoom_connector.hosts.robot::sales")
    return page


def words_of(name: str) -> str:
    return name.lower().replace(" ", "_")


def test_every_action_is_a_keyword_beside_those_that_wait(page: LibraryDoc) -> None:
    assert {words_of(keyword.name) for keyword in page.keywords} == {
        "start_waiting_for",
        "wait_for_event",
        *CATALOGUE.actions,
    }


def test_every_field_is_an_argument_with_a_type_and_help_and_only_required_ones_go_by_position(
    page: LibraryDoc,
) -> None:
    told = {
        words_of(keyword.name): [(each.name, each.kind, each.type is not None) for each in fields_of(keyword)]
        for keyword in page.keywords
        if words_of(keyword.name) in CATALOGUE.actions
    }

    assert told == {
        action.key: [
            *((name, ArgInfo.POSITIONAL_OR_NAMED, True) for name in action.inputs.get("required", ())),
            *(
                (name, ArgInfo.NAMED_ONLY, True)
                for name in action.inputs["properties"]
                if name not in action.inputs.get("required", ())
            ),
        ]
        for action in CATALOGUE.actions.values()
    }
    assert [(keyword.name, each.name) for keyword in page.keywords for each in fields_of(keyword) if not each.doc] == []


def fields_of(keyword: KeywordDoc) -> Iterator[ArgInfo]:
    own = (ArgInfo.NAMED_ONLY_MARKER, ArgInfo.POSITIONAL_ONLY_MARKER)
    return (each for each in keyword.args if each.kind not in own and each.name not in ("idempotency_key", "reveal"))


def test_keywords_are_found_by_resource_and_by_what_they_do(page: LibraryDoc) -> None:
    tags = {words_of(keyword.name): set(keyword.tags) for keyword in page.keywords}

    assert (tags["create_meeting"], tags["wait_for_event"]) == ({"meetings", "create"}, {"events", "read"})


def test_a_secret_may_be_given_as_a_secret_and_revealed_by_name(page: LibraryDoc) -> None:
    (keyword,) = (keyword for keyword in page.keywords if keyword.name == "Create Meeting")
    arguments = {each.name: each for each in keyword.args}

    assert str(arguments["password"].type) == "Secret | str"
    assert "start_url" in arguments["reveal"].doc
