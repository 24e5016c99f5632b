"""What polls send is what Zoom publishes, and so is every answer made up here."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from contract.checks import check_answer, check_declaration, check_request, unlike
from contract.handling import CATALOGUE, Foreign, foreign
from contract.spec import Spec
from zoom_connector.calls import Call

POLLED = {key: trigger for key, trigger in CATALOGUE.triggers.items() if trigger.calls}
SINCE = {"since": "2029-12-01T00:00:00+00:00"}
UUID = "aDYlohsHRtCd4ii1uC2+hA=="

ROW = CATALOGUE.actions["list_meetings"].sample["meetings"][0] | {"host_id": "exampleHostAAAAAAAAAAA"}
USER = CATALOGUE.actions["list_users"].sample["users"][0]
MEETING = dict(CATALOGUE.actions["get_meeting"].sample)
SETTINGS = MEETING["settings"] | {"approval_type": 0}
RECORDING = CATALOGUE.actions["list_recordings"].sample["meetings"][0]
FILE = {name: value for name, value in RECORDING["recording_files"][0].items() if name != "deleted_time"}
TEXT = FILE | {"id": "example-text", "file_type": "TRANSCRIPT", "file_extension": "VTT"}
REGISTRANT = CATALOGUE.actions["list_registrants"].sample["registrants"][0] | {"create_time": "2030-01-06T09:00:00Z"}
HOST = "/users/exampleHostAAAAAAAAAAA"

ANSWERS: Mapping[str, Any] = {
    "GET /users": {"users": [USER | {"id": "exampleHostAAAAAAAAAAA", "user_created_at": "2030-01-06T09:00:00Z"}]},
    f"GET {HOST}": dict(CATALOGUE.actions["get_user"].sample) | {"pmi": USER["pmi"]},
    f"GET {HOST}/meetings": {"meetings": [ROW]},
    f"GET /meetings/{ROW['id']}": MEETING | {"settings": SETTINGS},
    f"GET /meetings/{ROW['id']}/registrants": {"registrants": [REGISTRANT]},
    f"GET /past_meetings/{ROW['id']}/instances": {"meetings": [{"uuid": UUID, "start_time": "2030-01-06T09:00:00Z"}]},
    "GET /past_meetings/aDYlohsHRtCd4ii1uC2%2BhA%3D%3D": CATALOGUE.actions["get_past_meeting"].sample,
    f"GET /past_meetings/{USER['pmi']}/instances": {"meetings": []},
    f"GET {HOST}/recordings": {"meetings": [RECORDING | {"recording_files": [FILE, TEXT]}]},
}
FILTERS: Mapping[str, Mapping[str, Any]] = {"meeting_starting_soon": {"minutes_before": 1440}}


@pytest.fixture
def zoom() -> Iterator[Foreign]:
    with foreign() as zoom:
        zoom.hold("meeting:read:admin", "recording:read:admin", "user:read:admin")
        zoom.answer(ANSWERS)
        yield zoom


def wrong(spec: Spec, call: Call) -> list[str]:
    """Check that a call is read as the action that makes it alone declares it."""
    listings = {action.request.path: action.request for action in CATALOGUE.actions.values() if action.request}
    same = listings.get(call.path)
    return [*check_declaration(spec, call), *(unlike("list", call.listing, same.listing) if same else ())]


@pytest.mark.parametrize("answer", ANSWERS)
def test_the_answers_made_up_here_are_zooms(spec: Spec, answer: str) -> None:
    method, path = answer.split()

    assert check_answer(spec, method, path, ANSWERS[answer]) == []


@pytest.mark.parametrize("key", POLLED)
def test_the_calls_of_a_poll_are_what_zoom_publishes(spec: Spec, key: str) -> None:
    assert [deviation for call in POLLED[key].calls for deviation in wrong(spec, call)] == []


@pytest.mark.parametrize("filters", [{}, {"host": "exampleHostAAAAAAAAAAA"}, {"meeting_id": ROW["id"]}])
@pytest.mark.parametrize("key", POLLED)
def test_a_poll_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, key: str, filters: dict[str, str]) -> None:
    first = zoom.poll(key, SINCE, **filters, **FILTERS.get(key, {}))
    zoom.poll(key, first.cursor, **filters, **FILTERS.get(key, {}))

    assert len(first.items) == (0 if key == "meeting_changed" else 1)
    assert [
        deviation
        for sent in zoom.sent
        for deviation in check_request(spec, sent.method, sent.path, sent.query, sent.body)
    ] == []


@pytest.mark.parametrize("key", POLLED)
def test_every_call_of_a_poll_is_made(spec: Spec, zoom: Foreign, key: str) -> None:
    zoom.answer({**ANSWERS, f"GET {HOST}/meetings": {"meetings": [ROW | {"type": 8}]}})

    for filters in ({}, {"host": "exampleHostAAAAAAAAAAA"}, {"meeting_id": ROW["id"]}):
        zoom.poll(key, SINCE, **filters, **FILTERS.get(key, {}))

    made = [spec.operation(sent.method, sent.path) for sent in zoom.sent]
    assert [call.path for call in POLLED[key].calls if spec.operation(call.method, call.path) not in made] == []
