"""Settings: what takes effect, and what is dropped without a word."""

from typing import Any

import pytest
from sandbox.client import Client, said, wrong

from zoom_connector.sandbox import Sandbox, seed

ROOMS = {"enable": True, "rooms": [{"name": "One", "participants": []}]}


@pytest.fixture
def full(zoom: Sandbox) -> Client:
    return Client.of(zoom, client_id="sandbox-full-client")


def test_a_change_takes_effect_and_leaves_the_rest(full: Client) -> None:
    before = full("GET", "/users/me/settings").json()

    changed = full("PATCH", "/users/me/settings", {"in_meeting": {"chat": False, "entry_exit_chime": "host"}})

    after = full("GET", "/users/me/settings").json()
    assert changed.status_code == 204
    assert after == {**before, "in_meeting": {**before["in_meeting"], "chat": False, "entry_exit_chime": "host"}}


@pytest.mark.parametrize(
    "settings", [{"in_meeting": {"file_transfer": True}}, {"in_meeting": {"no_such": True}}, {"x": 1}]
)
def test_what_the_account_does_not_allow_or_zoom_not_know_is_dropped_without_a_word(
    full: Client, settings: dict[str, Any]
) -> None:
    before = full("GET", "/users/me/settings").json()

    answer = full("PATCH", "/users/me/settings", settings)

    assert (answer.status_code, full("GET", "/users/me/settings").json()) == (204, before)


def test_a_part_of_a_setting_that_the_account_forbids_is_dropped_alone(zoom: Sandbox, full: Client) -> None:
    zoom.account.settings["in_meeting"]["sign_language_interpretation"]["enable"] = False
    body = {"in_meeting": {"sign_language_interpretation": {"enable": True}, "feedback": True}}

    full("PATCH", "/users/me/settings", body)

    shown = full("GET", "/users/me/settings").json()["in_meeting"]
    assert (shown["sign_language_interpretation"], shown["feedback"]) == ({"enable": False}, True)


def test_a_value_of_another_type_is_refused_and_nothing_changed(full: Client) -> None:
    body = {"in_meeting": {"chat": "no", "feedback": True}, "recording": 1}

    answer = full("PATCH", "/users/me/settings", body)

    assert sorted(wrong(answer)) == ["in_meeting.chat", "recording"]
    assert full("GET", "/users/me/settings").json()["in_meeting"]["feedback"] is False


def test_security_is_asked_for_and_changed_by_itself(full: Client) -> None:
    full("PATCH", "/users/me/settings?option=meeting_security", {"meeting_security": {"waiting_room": True}})

    shown = full("GET", "/users/me/settings", option="meeting_security").json()
    assert (list(shown), shown["meeting_security"]["waiting_room"]) == (["meeting_security"], True)


def test_single_settings_can_be_asked_for(full: Client) -> None:
    shown = full("GET", "/users/me/settings", custom_query_fields="host_video,auto_recording").json()

    assert shown == {"schedule_meeting": {"host_video": False}, "recording": {"auto_recording": "none"}}


def test_large_meetings_and_webinars_need_a_licence(zoom: Sandbox) -> None:
    basic = Client.of(zoom, seed.BASIC, "sandbox-full-client")

    codes = [
        said(basic("PATCH", "/users/me/settings", {"feature": {name: True}}))[1]
        for name in ("large_meeting", "webinar")
    ]

    assert codes == [1108, 1122]


@pytest.mark.parametrize(
    ("name", "value", "path"),
    [
        ("breakout_room", ROOMS, "breakout_room"),
        ("focus_mode", True, "allow_host_to_enable_focus_mode"),
        ("question_and_answer", {"enable": True}, "meeting_question_answer"),
    ],
)
def test_a_meeting_keeps_a_setting_only_if_its_host_may_use_it(
    zoom: Sandbox, host: Client, name: str, value: Any, path: str
) -> None:
    allowed = host.create(settings={name: value})["settings"].get(name)
    zoom.account.settings["in_meeting"][path] = False
    forbidden = host.create(settings={name: value})["settings"].get(name)
    number = host.create()["id"]
    changed = host("PATCH", f"/meetings/{number}", {"settings": {name: value}})

    assert (allowed, forbidden in (None, False)) == (value, True)
    assert changed.status_code == 204
    assert host("GET", f"/meetings/{number}").json()["settings"].get(name) in (None, False)


def test_without_a_calendar_nothing_is_pushed_to_it(host: Client) -> None:
    assert "push_change_to_calendar" not in host.create(settings={"push_change_to_calendar": True})["settings"]


def test_without_a_licence_there_is_neither_registration_nor_a_cloud_recording(zoom: Sandbox) -> None:
    basic = Client.of(zoom, seed.BASIC)

    made = basic.create(settings={"approval_type": 0, "auto_recording": "cloud", "mute_upon_entry": True})

    settings = made["settings"]
    assert [settings[name] for name in ("approval_type", "auto_recording", "mute_upon_entry")] == [2, "none", True]


def test_the_account_says_what_its_users_may_switch_on(zoom: Sandbox) -> None:
    admin = Client.of(zoom, seed.ADMIN, "sandbox-admin-client")

    shown = admin("GET", "/accounts/me/settings").json()["in_meeting"]

    assert (shown["breakout_room"], shown["file_transfer"]) == (True, False)
