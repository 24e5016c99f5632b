"""The settings of a recording are changed, read back, and compared with what the step asked for."""

import pytest

from contract.handling import NO_CONTENT, Foreign, Sent
from zoom_connector import ZoomError
from zoom_connector.catalogue import Catalogue

MEETING = {"meeting_id": "aDYlohsHRtCd4ii1uC2+hA=="}
PATH = "/meetings/aDYlohsHRtCd4ii1uC2%2BhA%3D%3D/recordings/settings"
CHANGE, READ = f"PATCH {PATH}", f"GET {PATH}"
SETTINGS = {
    name: value
    for name, value in Catalogue().actions["update_recording_settings"].sample.items()
    if name != "not_applied"
}


def test_what_zoom_took_over_is_handed_on_with_nothing_missing(zoom: Foreign) -> None:
    zoom.answer({CHANGE: NO_CONTENT, READ: SETTINGS})

    outputs = zoom.run(
        "update_recording_settings",
        MEETING | {"topic": "Kick-off", "registration": 0, "signed_in_only": True, "password": "example7!"},
    )

    assert outputs == {**SETTINGS, "not_applied": []}
    body = {"topic": "Kick-off", "approval_type": 0, "recording_authentication": True, "password": "example7!"}
    assert zoom.sent == [Sent("PATCH", PATH, {}, body), Sent("GET", PATH, {})]


def test_what_zoom_left_as_it_was_is_named_as_the_step_names_it(zoom: Foreign) -> None:
    left = SETTINGS | {"recording_authentication": False, "auto_delete": False, "authentication_domains": "example.net"}
    zoom.answer({CHANGE: NO_CONTENT, READ: left})

    outputs = zoom.run(
        "update_recording_settings",
        MEETING
        | {"signed_in_only": True, "auto_delete": True, "authentication_domains": ["example.com"], "on_demand": True},
    )

    assert sorted(outputs["not_applied"]) == ["authentication_domains", "auto_delete", "signed_in_only"]


def test_domains_are_sent_as_one_text_and_recognised_in_the_answer(zoom: Foreign) -> None:
    zoom.answer({CHANGE: NO_CONTENT, READ: SETTINGS | {"authentication_domains": "example.com,example.org"}})

    outputs = zoom.run(
        "update_recording_settings", MEETING | {"authentication_domains": ["example.com", "example.org"]}
    )

    assert zoom.sent[0].body == {"authentication_domains": "example.com,example.org"}
    assert outputs["not_applied"] == []


@pytest.mark.parametrize(
    ("shown", "not_applied"), [({}, []), ({"password": "other-99"}, ["password"]), ({"password": "example7!"}, [])]
)
def test_a_passcode_that_zoom_does_not_show_is_not_called_dropped(
    zoom: Foreign, shown: dict[str, str], not_applied: list[str]
) -> None:
    rest = {name: value for name, value in SETTINGS.items() if name != "password"}
    zoom.answer({CHANGE: NO_CONTENT, READ: rest | shown})

    outputs = zoom.run("update_recording_settings", MEETING | {"password": "example7!"})

    assert outputs == {**rest, **shown, "not_applied": not_applied}


def test_a_refused_change_is_not_read_back(zoom: Foreign) -> None:
    zoom.answer({})

    with pytest.raises(ZoomError):
        zoom.run("update_recording_settings", MEETING | {"topic": "Kick-off"})

    assert [sent.method for sent in zoom.sent] == ["PATCH"]
