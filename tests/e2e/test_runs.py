"""One action from inputs to outputs."""

import json
import shutil
from pathlib import Path

import pytest
from e2e.world import World

import zoom_connector
from zoom_connector import (
    Connection,
    Connector,
    InvalidInputs,
    MissingScopes,
    OutcomeUnknown,
    ZoomConnectorError,
    ZoomError,
)
from zoom_connector.catalogue import Catalogue
from zoom_connector.outputs import MASK
from zoom_connector.sandbox import Fault

KICK_OFF = {"topic": "Kick-off", "start_time": "2030-01-07T10:00", "timezone": "Europe/Amsterdam"}


def creates(world: World) -> int:
    return sum(request.method == "POST" and request.path.endswith("/meetings") for request in world.zoom.requests)


def test_wrong_inputs_are_refused_before_anything_is_sent(world: World, sales: Connection) -> None:
    before = len(world.zoom.requests)

    with pytest.raises(InvalidInputs) as caught:
        sales.run("create_meeting", {"topik": "Kick-off", "duration": "long"})

    assert {fault.pointer for fault in caught.value.faults} >= {"/topik", "/duration"}
    assert len(world.zoom.requests) == before


def test_an_unknown_action_names_the_ones_like_it(sales: Connection) -> None:
    with pytest.raises(InvalidInputs) as caught:
        sales.run("end_meting", {})

    assert caught.value.params == {"action": "end_meting", "similar": ["end_meeting", "find_meeting", "get_meeting"]}


def test_an_unknown_connection_names_the_known_ones(connector: Connector, sales: Connection) -> None:
    with pytest.raises(InvalidInputs) as caught:
        connector.connection("sails")

    assert caught.value.params == {"connection": "sails", "known": [sales.name]}


def test_secret_outputs_are_masked_unless_asked_for(sales: Connection) -> None:
    masked = sales.run("create_meeting", KICK_OFF)
    shown = sales.run("create_meeting", {**KICK_OFF, "topic": "Another"}, reveal=["start_url"])

    assert masked["start_url"] == MASK
    assert shown["start_url"].startswith("http://127.0.0.1:")


def test_a_list_stops_at_the_limit_and_says_that_there_is_more(sales: Connection) -> None:
    for number in range(3):
        sales.run("create_meeting", {**KICK_OFF, "topic": f"Meeting {number}"})

    two = sales.run("list_meetings", {"type": "upcoming", "limit": 2})
    three = sales.run("list_meetings", {"type": "upcoming", "limit": 3})

    assert (len(two["meetings"]), two["more"]) == (2, True)
    assert (len(three["meetings"]), three["more"]) == (3, False)


def test_the_same_idempotency_key_gives_the_stored_result(world: World, sales: Connection) -> None:
    first = sales.run("create_meeting", KICK_OFF, idempotency_key="order-4711")
    second = sales.run("create_meeting", KICK_OFF, idempotency_key="order-4711", reveal=["start_url"])

    assert {**second, "start_url": MASK} == first
    assert second["start_url"] != MASK
    assert creates(world) == 1


def test_an_idempotency_key_is_not_taken_for_other_inputs(world: World, sales: Connection) -> None:
    sales.run("create_meeting", KICK_OFF, idempotency_key="order-4711")

    with pytest.raises(InvalidInputs) as caught:
        sales.run("create_meeting", {**KICK_OFF, "topic": "Another"}, idempotency_key="order-4711")

    assert caught.value.code == "idempotency_key_reused"
    assert creates(world) == 1


def test_a_key_whose_run_was_refused_can_be_used_again(world: World, sales: Connection) -> None:
    world.zoom.faults.add(Fault("refused_with_200", method="POST", path="/users/{userId}/meetings"))
    with pytest.raises(ZoomError):
        sales.run("create_meeting", KICK_OFF, idempotency_key="order-4711")

    made = sales.run("create_meeting", KICK_OFF, idempotency_key="order-4711")

    assert made["topic"] == "Kick-off"
    assert len([meeting for meeting in world.zoom.meetings if meeting.topic == "Kick-off"]) == 1


def test_a_key_whose_outcome_is_unknown_is_never_sent_again(world: World, sales: Connection) -> None:
    world.zoom.faults.add(Fault("lost_answer", method="POST", path="/users/{userId}/meetings"))
    instant = {"topic": "Right now", "kind": "instant"}
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            sales.run("create_meeting", instant, idempotency_key="call-1")

    assert creates(world) == 1


def test_a_scope_that_is_missing_is_named_before_anything_is_sent(world: World, connector: Connector) -> None:
    world.zoom.app("sandbox-client").scopes = frozenset({"user_info:read"})
    sales = world.connect(connector, "sales")
    before = len(world.zoom.requests)

    with pytest.raises(MissingScopes) as caught:
        sales.run("list_recordings", {"from": "2026-01-01", "to": "2026-01-31"})

    assert caught.value.params == {"scopes": ["recording:read"], "action": "list_recordings", "connection": "sales"}
    assert len(world.zoom.requests) == before


def test_what_this_kind_of_app_cannot_be_given_is_told_apart_from_what_it_lacks(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "manifests"
    shutil.copytree(str(Catalogue().folder), folder)
    manifest = json.loads((folder / "actions/meetings/get_meeting.json").read_text(encoding="utf-8"))
    manifest["request"]["scopes"] = {"classic": ["report:read:admin"], "granular": ["report:read:meeting:admin"]}
    (folder / "actions/meetings/get_report.json").write_text(json.dumps(manifest), encoding="utf-8")

    with zoom_connector.load(settings=world.settings, manifests=folder) as connector:
        sales = world.connect(connector, "sales")
        with pytest.raises(MissingScopes) as caught:
            sales.run("get_report", {"meeting_id": "97000000001"})
        explanation = connector.explain(caught.value)

    assert (explanation.code, explanation.who) == ("scope_beyond_app", "connector_admin")
    assert "zoom-connector app-manifest --usage admin get_report" in explanation.steps[0]


def test_every_outcome_can_be_explained(world: World, connector: Connector, sales: Connection) -> None:
    world.zoom.withdraw_approval("sandbox-client")

    with pytest.raises(ZoomConnectorError) as caught:
        sales.run("list_meetings", {})
    explanation = connector.explain(caught.value)

    assert (explanation.code, explanation.who, explanation.exit_code) == ("approval_withdrawn", "zoom_admin", 3)
    assert explanation.steps
