"""The local Zoom answers as Zoom publishes it: routes, scopes, labels, and every answer by Zoom's schema, closed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest
import requests
from jsonschema import Draft202012Validator
from sandbox.client import Client

from contract.sandbox_calls import FAMILY_CALLS
from contract.spec import Spec, closed
from zoom_connector.sandbox import MovableClock, Sandbox, seed
from zoom_connector.sandbox.recordings import Look
from zoom_connector.sandbox.route import Route
from zoom_connector.sandbox.routes import ROUTES

EVERY_SCOPE = frozenset(
    scope for route in ROUTES for scope in route.classic or route.granular if not scope.endswith((":admin", ":master"))
)
RECORDED = quote(seed.RECORDED_UUID)
SERIES = {
    "type": 8,
    "start_time": "2026-03-03T10:00:00Z",
    "recurrence": {"type": 2, "weekly_days": "2,4", "end_times": 4},
}
FULL = {
    "topic": "Everything",
    "agenda": "All of it",
    "start_time": "2026-03-02T12:00:00Z",
    "password": "open-1",
    "pre_schedule": False,
    "tracking_fields": [{"field": "Cost centre", "value": "1"}],
    "settings": {
        "approval_type": 0,
        "alternative_hosts": seed.COLLEAGUE,
        "auto_recording": "cloud",
        "breakout_room": {"enable": True, "rooms": [{"name": "One", "participants": [seed.HOST]}]},
        "meeting_invitees": [{"email": "guest@example.com"}],
        "waiting_room": True,
    },
}


@pytest.fixture(scope="module")
def host() -> Iterator[Client]:
    """A host whose app has every scope of user level, with a little of everything."""
    with Sandbox(clock=MovableClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))) as zoom:
        zoom.app(seed.CLIENT_ID).scopes = EVERY_SCOPE
        zoom.app("sandbox-admin-client").scopes |= {"marketplace:read:list_api_logs:admin"}
        host = Client.of(zoom)
        zoom.add_recording("Still processing", uuid="processing==", processing=True)
        zoom.start_meeting(host.create(topic="Running", start_time="2026-03-02T09:00:00Z")["id"])
        yield host


def series(host: Client) -> str:
    return f"/meetings/{host.create(**SERIES)['id']}"


def running(host: Client) -> str:
    number = host.create()["id"]
    host.zoom.start_meeting(number)
    return f"/meetings/{number}"


def doomed(host: Client) -> str:
    host.zoom.add_recording("Doomed", uuid="doomed==")
    return "/meetings/doomed=="


def trashed(host: Client) -> str:
    host("DELETE", f"{doomed(host)}/recordings")
    return "/meetings/doomed=="


def a_file(host: Client) -> str:
    """The video of a recording that nobody else needs."""
    recording = host.zoom.add_recording("Pieces")
    return f"/meetings/{quote(quote(recording.uuid, safe=''))}/recordings/{recording.files[0].id}"


def a_trashed_file(host: Client) -> str:
    file = a_file(host)
    host("DELETE", file)
    return file


def watched(host: Client) -> str:
    recording = host.zoom.recordings[0]
    recording.looks.append(Look(host.zoom.clock.now(), "Kim", "kim@example.com", 60))
    return f"/meetings/{quote(recording.uuid)}"


RECOVER = {"action": "recover"}
VIEWERS = f"/meetings/{RECORDED}/recordings/registrants"
GUEST = {"email": "guest@example.com", "first_name": "Guest"}
QUESTIONS = {"questions": [{"field_name": "last_name", "required": False}]}

CALLS: dict[str, Any] = {
    "the user": lambda host: host("GET", "/users/me"),
    "users": lambda host: host("GET", "/users"),
    "an instant meeting": lambda host: host("POST", "/users/me/meetings", {"type": 1}),
    "a scheduled meeting": lambda host: host("POST", "/users/me/meetings", FULL),
    "a meeting at any time": lambda host: host("POST", "/users/me/meetings", {"type": 3}),
    "a series": lambda host: host("POST", "/users/me/meetings", SERIES),
    "a meeting with everything": lambda host: host("GET", f"/meetings/{host.create(**FULL)['id']}"),
    "a series, read": lambda host: host("GET", series(host), show_previous_occurrences="true"),
    "a date of a series": lambda host: host("GET", series(host), occurrence_id="1772618400000"),
    "scheduled meetings": lambda host: host("GET", "/users/me/meetings", page_size=1),
    "live meetings": lambda host: host("GET", "/users/me/meetings", type="live"),
    "previous meetings": lambda host: host("GET", "/users/me/meetings", type="previous_meetings"),
    "upcoming meetings": lambda host: host("GET", "/users/me/upcoming_meetings"),
    "an update": lambda host: host("PATCH", series(host), {"topic": "Changed"}),
    "a deletion": lambda host: host("DELETE", series(host)),
    "an end": lambda host: host("PUT", f"{running(host)}/status", {"action": "end"}),
    "an invitation": lambda host: host("GET", f"{series(host)}/invitation"),
    "a past meeting": lambda host: host("GET", f"/past_meetings/{RECORDED}"),
    "recordings": lambda host: host("GET", "/users/me/recordings", **{"from": "2026-02-20", "to": "2026-03-02"}),
    "a recording": lambda host: host("GET", f"/meetings/{RECORDED}/recordings", include_fields="download_access_token"),
    "a recording, removed": lambda host: host("DELETE", f"{doomed(host)}/recordings"),
    "recordings in the trash": lambda host: (
        host("DELETE", f"{doomed(host)}/recordings"),
        host("GET", "/users/me/recordings", trash="true"),
    )[1],
    "a transcript": lambda host: host("GET", f"/meetings/{RECORDED}/transcript"),
    "a transcript that is not ready": lambda host: host("GET", "/meetings/processing==/transcript"),
    "a transcript, removed": lambda host: host("DELETE", f"{doomed(host)}/transcript"),
    "a recording out of the trash": lambda host: host("PUT", f"{trashed(host)}/recordings/status", RECOVER),
    "a recording's file, removed": lambda host: host("DELETE", a_file(host)),
    "a recording's file out of the trash": lambda host: host("PUT", f"{a_trashed_file(host)}/status", RECOVER),
    "files in the trash": lambda host: (
        a_trashed_file(host),
        host("GET", "/users/me/recordings", trash="true", trash_type="recording_file"),
    )[1],
    "settings of a recording": lambda host: host("GET", f"/meetings/{RECORDED}/recordings/settings"),
    "settings of a recording, changed": lambda host: host(
        "PATCH", f"/meetings/{RECORDED}/recordings/settings", {"on_demand": True, "approval_type": 1}
    ),
    "who watched": lambda host: host("GET", f"{watched(host)}/recordings/analytics_details"),
    "how often it was watched": lambda host: host("GET", f"{watched(host)}/recordings/analytics_summary"),
    "a recording's registrant, added": lambda host: host("POST", VIEWERS, GUEST),
    "a recording's registrants": lambda host: (host("POST", VIEWERS, GUEST), host("GET", VIEWERS, status="pending"))[1],
    "a recording's registrants, decided": lambda host: host(
        "PUT", f"{VIEWERS}/status", {"action": "approve", "registrants": []}
    ),
    "a recording's questions": lambda host: host("GET", f"{VIEWERS}/questions"),
    "a recording's questions, changed": lambda host: host("PATCH", f"{VIEWERS}/questions", QUESTIONS),
    **FAMILY_CALLS,
}
"""One call for every route, and for every shape that its answer may have."""


@pytest.mark.parametrize("name", CALLS)
def test_an_answer_keeps_to_zooms_schema(spec: Spec, host: Client, name: str) -> None:
    answer: requests.Response = CALLS[name](host)

    noted = host.zoom.requests[-1]
    operation = spec.operation(noted.method, noted.template)
    assert answer.status_code in operation.success
    if operation.response_schema is None:
        assert answer.content == b""
    else:
        validator = Draft202012Validator(closed(operation.response_schema))
        assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer.json())] == []
        assert answer.json()


def test_every_route_is_called(host: Client) -> None:
    for call in CALLS.values():
        call(host)

    called = {(request.method, request.template) for request in host.zoom.requests}
    assert {(route.method, route.path) for route in ROUTES} - called == set()


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_a_route_has_the_scopes_and_the_label_that_zoom_publishes(spec: Spec, route: Route) -> None:
    operation = spec.operation(route.method, route.path)

    assert operation.path == route.path
    assert (frozenset(route.classic), frozenset(route.granular), route.label, (route.success,)) == (
        operation.scopes.classic,
        operation.scopes.granular,
        operation.label or "medium",
        operation.success,
    )
