"""Every action agrees with what Zoom publishes: paths, names, values, scopes, labels and samples."""

import pytest

from contract.checks import check_action, check_answer, check_declaration
from contract.spec import Spec
from zoom_connector.catalogue import Catalogue

CATALOGUE = Catalogue()
HANDED_ON = {
    "create_meeting": ("POST", "/users/{user_id}/meetings"),
    "copy_meeting": ("POST", "/users/{user_id}/meetings"),
    "import_meeting": ("GET", "/meetings/{meeting_id}"),
}
"""Handlers that hand on what one of their calls answers."""
BESIDE = {"not_applied", "not_copied", "invitation", "filled_in"}
"""What these handlers add to it."""


@pytest.mark.parametrize("key", CATALOGUE.actions)
def test_the_action_is_what_zoom_publishes(key: str, spec: Spec) -> None:
    assert check_action(spec, CATALOGUE.actions[key]) == []


@pytest.mark.parametrize("key", HANDED_ON)
def test_the_sample_of_the_handler_is_what_zoom_publishes(key: str, spec: Spec) -> None:
    answer = {name: value for name, value in CATALOGUE.actions[key].sample.items() if name not in BESIDE}

    assert check_answer(spec, *HANDED_ON[key], answer) == []


def test_the_table_of_operations_is_all_that_zoom_publishes(spec: Spec) -> None:
    ours = CATALOGUE.operations

    assert {(call.method, call.path) for call in ours} == {(other.method, other.path) for other in spec.operations}
    assert [deviation for call in ours for deviation in check_declaration(spec, call)] == []
