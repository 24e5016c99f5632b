"""What Zoom did not take over is named after every change of settings."""

from typing import Any

import pytest

from contract.handling import NO_CONTENT, Foreign, Sent
from zoom_connector import Fault, InvalidInputs

CHANGE = "PATCH /users/jo%40example.com/settings"
READ = "GET /users/jo%40example.com/settings"
PATH = "/users/jo%40example.com/settings"
JO = {"user_id": "jo@example.com"}
RULE = {"id": "signIn_example", "name": "Staff", "type": "enforce_login", "visible": True}


def test_settings_that_zoom_dropped_are_named(zoom: Foreign) -> None:
    sent = {"in_meeting": {"breakout_room": True, "polling": True}, "recording": {"auto_recording": "cloud"}}
    now = {"in_meeting": {"breakout_room": False, "polling": True}, "recording": {"auto_recording": "local"}}
    zoom.answer({CHANGE: NO_CONTENT, READ: now})

    outputs = zoom.run("update_user_settings", JO | sent)

    assert outputs == {"not_applied": ["in_meeting.breakout_room", "recording.auto_recording"]}
    assert zoom.sent == [Sent("PATCH", PATH, {}, sent), Sent("GET", PATH, {})]


def test_nothing_is_named_when_zoom_took_everything_over(zoom: Foreign) -> None:
    zoom.answer({"PATCH /users/me/settings": NO_CONTENT, "GET /users/me/settings": {"tsp": {"call_out": False}}})

    assert zoom.run("update_user_settings", {"tsp": {"call_out": False}}) == {"not_applied": []}


def test_security_is_changed_and_read_where_zoom_keeps_it(zoom: Foreign) -> None:
    sent = {"meeting_security": {"waiting_room": True}}
    zoom.answer({CHANGE: NO_CONTENT, READ: {"meeting_security": {"waiting_room": False}}})

    outputs = zoom.run("update_user_settings", JO | sent | {"option": "meeting_security"})

    assert outputs == {"not_applied": ["meeting_security.waiting_room"]}
    assert zoom.sent == [
        Sent("PATCH", PATH, {"option": "meeting_security"}, sent),
        Sent("GET", PATH, {"option": "meeting_security"}),
    ]


@pytest.mark.parametrize(
    ("change", "not_applied"),
    [
        ({"action": "show"}, []),
        ({"action": "hide"}, ["authentication_option.visible"]),
        ({"action": "update", "name": "Staff"}, []),
        ({"name": "Everybody"}, ["authentication_option.name"]),
    ],
)
def test_a_sign_in_rule_is_compared_with_the_one_that_it_changes(
    zoom: Foreign, change: dict[str, str], not_applied: list[str]
) -> None:
    rules = [RULE | {"id": "another", "name": "Everybody", "visible": False}, RULE]
    zoom.answer({CHANGE: NO_CONTENT, READ: {"meeting_authentication": True, "authentication_options": rules}})
    rule = {"id": "signIn_example"} | change

    outputs = zoom.run(
        "update_user_settings",
        JO | {"option": "meeting_authentication", "meeting_authentication": True, "authentication_option": rule},
    )

    assert outputs == {"not_applied": not_applied}
    assert zoom.sent[0].body == {"meeting_authentication": True, "authentication_option": rule}


def test_a_sign_in_rule_that_is_not_there_has_not_been_changed(zoom: Foreign) -> None:
    zoom.answer({CHANGE: NO_CONTENT, READ: {"authentication_options": []}})

    outputs = zoom.run(
        "update_user_settings",
        JO | {"option": "recording_authentication", "authentication_option": {"id": "gone", "default_option": True}},
    )

    assert outputs == {"not_applied": ["authentication_option.id", "authentication_option.default_option"]}


@pytest.mark.parametrize(
    ("inputs", "fields"),
    [
        ({"meeting_security": {"waiting_room": True}}, ["meeting_security"]),
        ({"option": "meeting_security", "in_meeting": {"chat": True}}, ["in_meeting"]),
        ({"option": "meeting_authentication", "recording_authentication": True}, ["recording_authentication"]),
        (
            {"meeting_authentication": True, "authentication_option": {"id": "signIn_example"}},
            ["meeting_authentication", "authentication_option"],
        ),
    ],
)
def test_settings_that_zoom_would_not_look_at_are_refused(
    zoom: Foreign, inputs: dict[str, Any], fields: list[str]
) -> None:
    with pytest.raises(InvalidInputs) as refused:
        zoom.run("update_user_settings", JO | inputs)

    assert refused.value.faults == tuple(Fault(f"/{field}", "other_settings") for field in fields)
    assert zoom.sent == []
