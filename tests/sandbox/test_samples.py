"""What the local Zoom does not play it answers with an example, and says so."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sandbox.client import Client

from zoom_connector.sandbox import Sandbox, seed

SCOPES = {"classic": ["room:read"], "granular": ["room:read:list"]}
ROOMS = {"rooms": [{"id": "1", "name": "The hall"}]}


def request(method: str, path: str, **more: Any) -> dict[str, Any]:
    return {"request": {"method": method, "path": path, "scopes": SCOPES, "rate_limit": "medium"} | more}


def calls(*operations: str) -> dict[str, Any]:
    facts = {"scopes": SCOPES, "rate_limit": "heavy"}
    return {"calls": [{"method": name.split()[0], "path": name.split()[1], **facts} for name in operations]}


ACTIONS: dict[str, dict[str, Any]] = {
    "add_room": {"sample": {"id": "2"}, **request("POST", "/rooms")},
    "call_anything": {"sample": {"answer": 1}, "calls": "any"},
    "close_room": {"sample": {}, **request("PUT", "/rooms/{room_id}/status", constants={"action": "close"})},
    "get_best_room": {"sample": {"id": "best"}, **request("GET", "/rooms/best")},
    "get_room": {"sample": {"id": "1", "floor": 3}, **request("GET", "/rooms/{room_id}")},
    "get_room_name": {"sample": {"id": "1"}, **request("GET", "/rooms/{room_id}")},
    "list_doors": {"sample": {"items": [{"id": "9"}]}, **request("GET", "/doors", list={"items": "items"})},
    "list_rooms": {"sample": ROOMS, **request("GET", "/rooms", list={"items": "rooms", "page_size": 300})},
    "list_free_rooms": {
        "sample": {"rooms": [{"id": "free"}]},
        **request("GET", "/rooms", constants={"taken": False}, list={"items": "rooms", "page_size": 300}),
    },
    "open_window": {
        "sample": {"state": {"open": True}},
        **request("PATCH", "/windows", constants={"state.open": True}),
    },
    "open_house": {"sample": {"open": True}, **request("GET", "/house", scopes={"classic": [], "granular": []})},
    "swap_rooms": {"sample": {"swapped": 2}, **calls("GET /rooms/{id}", "PATCH /swaps", "GET /swaps")},
    "read_user": {"sample": {"id": "sample"}, **request("GET", "/users/{user_id}")},
}


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A host of a local Zoom whose examples come from a folder of manifests."""
    folder = tmp_path_factory.mktemp("manifests")
    (folder / "actions" / "rooms").mkdir(parents=True)
    for key, action in ACTIONS.items():
        (folder / "actions" / "rooms" / f"{key}.json").write_text(json.dumps(action), encoding="utf-8")
    with Sandbox(manifests=folder) as zoom:
        zoom.app(seed.CLIENT_ID).scopes = frozenset({"room:read", "user_info:read"})
        yield Client.of(zoom)


@pytest.mark.parametrize(
    ("call", "status", "answer"),
    [
        ("GET /rooms", 200, {**ROOMS, "next_page_token": ""}),
        ("GET /rooms?taken=false", 200, {"rooms": [{"id": "free"}], "next_page_token": ""}),
        ("GET /rooms?taken=true", 200, {**ROOMS, "next_page_token": ""}),
        ("GET /rooms/7", 200, {"id": "1", "floor": 3}),
        ("GET /rooms/best", 200, {"id": "best"}),
        ("GET /doors", 200, [{"id": "9"}]),
        ("GET /house", 200, {"open": True}),
        ("GET /swaps", 200, {"swapped": 2}),
        ("POST /rooms", 201, {"id": "2"}),
        ("PATCH /windows", 200, {"state": {"open": True}}),
    ],
)
def test_what_is_not_played_is_answered_with_the_sample_that_fits(
    host: Client, call: str, status: int, answer: Any
) -> None:
    got = host(*call.split())

    assert (got.status_code, got.json()) == (status, answer)
    assert got.headers["X-Sandbox-Answer"] == "sample"


@pytest.mark.parametrize("call", ["PUT /rooms/7/status", "PATCH /swaps"])
def test_an_action_without_outputs_and_a_change_by_a_handler_are_answered_without_a_body(
    host: Client, call: str
) -> None:
    got = host(*call.split())

    assert (got.status_code, got.content, got.headers["X-Sandbox-Answer"]) == (204, b"", "sample")


def test_what_is_played_is_no_example(host: Client) -> None:
    got = host("GET", "/users/me")

    assert got.json()["email"] == seed.HOST
    assert "X-Sandbox-Answer" not in got.headers


def test_everything_can_be_answered_with_examples(host: Client) -> None:
    host.zoom.behaviour.samples_only = True
    try:
        got = host("GET", "/users/me")
    finally:
        host.zoom.behaviour.samples_only = False

    assert got.json() == {"id": "sample"}


def test_what_no_action_calls_is_not_recognized(host: Client) -> None:
    got = host("GET", "/cellars")

    assert (got.status_code, got.json()["code"]) == (404, 2300)


def test_an_example_needs_the_scope_of_its_operation(host: Client) -> None:
    host.zoom.app(seed.CLIENT_ID).scopes = frozenset({"user_info:read"})
    try:
        got = Client.of(host.zoom, seed.COLLEAGUE)("GET", "/rooms")
    finally:
        host.zoom.app(seed.CLIENT_ID).scopes = frozenset({"room:read", "user_info:read"})

    assert (got.status_code, got.json()["code"]) == (400, 4711)
    assert got.headers["X-RateLimit-Category"] == "Medium"


def test_the_connectors_own_samples_are_at_hand() -> None:
    with Sandbox() as zoom:
        zoom.app(seed.CLIENT_ID).scopes = frozenset({"group:read:list_groups:admin"})
        zoom.behaviour.samples_only = True

        got = Client.of(zoom, seed.ADMIN)("GET", "/groups")

    assert got.json()["groups"]


def test_what_is_asked_for_is_written_down_with_its_template(host: Client) -> None:
    host("GET", "/rooms/7")

    assert host.zoom.requests[-1].template == "/rooms/{room_id}"


def test_a_folder_of_the_connectors_shape_is_read(tmp_path: Path) -> None:
    (tmp_path / "actions").mkdir()

    with Sandbox(manifests=tmp_path) as zoom:
        assert Client.of(zoom)("GET", "/rooms").status_code == 404
