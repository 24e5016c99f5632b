"""Requests built from inputs, by the manifest vocabulary."""

from typing import Any

import pytest

from zoom_connector.calls import Call, Scopes
from zoom_connector.errors import Fault, InvalidInputs
from zoom_connector.zoom.request import Request, build, matches, raw_path, trusted


def a_call(method: str, path: str, **more: Any) -> Call:
    return Call(method, path, "update", Scopes(), "light", **more)


UPDATE = a_call(
    "PATCH",
    "/meetings/{meeting_id}",
    query=("occurrence_id",),
    names={
        "waiting_room": "settings.waiting_room",
        "registration": "settings.approval_type",
        "alternative_hosts": "settings.alternative_hosts",
        "invitees": "settings.meeting_invitees[].email",
        "invitee_names": "settings.meeting_invitees[].name",
    },
    joins={"alternative_hosts": ";"},
)


def test_names_lead_into_nested_objects_and_lists() -> None:
    inputs = {
        "meeting_id": "97763643886",
        "occurrence_id": "1648194360000",
        "topic": "Kick-off",
        "waiting_room": True,
        "registration": 2,
        "alternative_hosts": ["jo@example.com", "al@example.com"],
        "invitees": ["jo@example.com", "al@example.com"],
        "invitee_names": ["Jo"],
    }

    assert build(UPDATE, inputs) == Request(
        "PATCH",
        "/meetings/97763643886",
        (("occurrence_id", "1648194360000"),),
        {
            "topic": "Kick-off",
            "settings": {
                "waiting_room": True,
                "approval_type": 2,
                "alternative_hosts": "jo@example.com;al@example.com",
                "meeting_invitees": [{"email": "jo@example.com", "name": "Jo"}, {"email": "al@example.com"}],
            },
        },
    )


def test_null_is_absent_and_every_other_falsy_value_is_sent() -> None:
    inputs = {"meeting_id": 1, "topic": "", "duration": 0, "waiting_room": False, "invitees": [], "agenda": None}

    body = build(UPDATE, inputs).json

    assert body == {"topic": "", "duration": 0, "settings": {"waiting_room": False, "meeting_invitees": []}}


def test_a_request_without_body_fields_sends_no_body() -> None:
    assert build(UPDATE, {"meeting_id": "1"}) == Request("PATCH", "/meetings/1")


def test_constants_are_always_sent_by_the_same_rule() -> None:
    call = a_call("PUT", "/x", query=("a",), constants={"a": True, "action": "end", "deep.er": 0})

    assert build(call, {}) == Request("PUT", "/x", (("a", "true"),), {"action": "end", "deep": {"er": 0}})


def test_a_get_sends_everything_as_query() -> None:
    call = a_call("GET", "/users/{user_id}/meetings", names={"since": "from"}, constants={"type": "scheduled"})
    inputs = {"user_id": "jo@example.com", "since": "2030-01-01", "fields": ["a", "b"], "live": False, "n": 0}

    assert build(call, inputs) == Request(
        "GET",
        "/users/jo%40example.com/meetings",
        (("type", "scheduled"), ("from", "2030-01-01"), ("fields", "a,b"), ("live", "false"), ("n", "0")),
    )


@pytest.mark.parametrize(("user", "path"), [("me", "/users/me"), ("jo@example.com", "/users/jo%40example.com")])
def test_an_absent_user_is_the_connections_own(user: str, path: str) -> None:
    call = a_call("GET", "/users/{user_id}")

    assert build(call, {"user_id": None}, user=user).path == path


def test_an_absent_account_is_me() -> None:
    assert build(a_call("GET", "/accounts/{account_id}/x"), {}).path == "/accounts/me/x"


@pytest.mark.parametrize(
    ("uuid", "segment"),
    [
        ("4444AAAiAAAAAiAiAiiAii==", "4444AAAiAAAAAiAiAiiAii%3D%3D"),
        ("/ajXp112QmuoKj4854875==", "%252FajXp112QmuoKj4854875%253D%253D"),
        ("ab//cd==", "ab%252F%252Fcd%253D%253D"),
        ("ab/cd==", "ab%2Fcd%3D%3D"),
        ("a b%2F?#", "a%20b%252F%3F%23"),
    ],
)
def test_a_uuid_is_encoded_as_often_as_zoom_decodes_it(uuid: str, segment: str) -> None:
    assert build(a_call("GET", "/past_meetings/{id}"), {"id": uuid}).path == f"/past_meetings/{segment}"


@pytest.mark.parametrize(
    ("value", "keyword"), [("", "path_value"), (".", "path_value"), ("..", "path_value"), (None, "required")]
)
def test_a_value_that_would_change_the_path_is_refused(value: str | None, keyword: str) -> None:
    with pytest.raises(InvalidInputs) as caught:
        build(UPDATE, {"meeting_id": value})

    assert caught.value.faults == (Fault("/meeting_id", keyword),)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("/users/me", "/users/me"),
        ("users/me", "/users/me"),
        ("/v2/users/me", "/users/me"),
        ("/meetings/%252Fab%3D%3D", "/meetings/%252Fab%3D%3D"),
        ("/users/jö@example.com", "/users/j%C3%B6@example.com"),
    ],
)
def test_a_typed_path_is_encoded_where_it_needs_to_be(typed: str, path: str) -> None:
    assert raw_path(typed) == path


@pytest.mark.parametrize(
    "typed",
    ["", "/", "/users/../x", "/users/%2e%2E/x", "/users//x", "//example.com/x", "/x?a=1", "/x#a", "/x\\y", "/a b"],
)
def test_a_typed_path_cannot_leave_the_api(typed: str) -> None:
    with pytest.raises(InvalidInputs) as caught:
        raw_path(typed)

    assert caught.value.faults == (Fault("/path", "path_value"),)


@pytest.mark.parametrize(
    ("method", "path", "same"),
    [
        ("GET", "/meetings/1/jobs.csv", True),
        ("POST", "/meetings/1/jobs.csv", False),
        ("GET", "/meetings/1/jobs-csv", False),
        ("GET", "/meetings/1/2/jobs.csv", False),
    ],
)
def test_a_path_matches_the_call_that_describes_it(method: str, path: str, same: bool) -> None:
    assert matches(a_call("GET", "/meetings/{meetingId}/jobs.csv"), method, path) is same


HOSTS = ("zoom.us", "zoom.com", "127.0.0.1:8123")


@pytest.mark.parametrize(
    "url",
    ["https://zoom.us/x", "https://api-us.zoom.us:443/v2", "https://API.ZOOM.COM/", "http://127.0.0.1:8123/v2"],
)
def test_a_token_may_go_to_zoom_and_the_sandbox(url: str) -> None:
    assert trusted(url, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "http://zoom.us/x",
        "https://zoom.us:8443/x",
        "https://notzoom.us/x",
        "https://zoom.us.example.com/x",
        "https://zoom.us@example.com/x",
        "https://jo:pw@zoom.us/x",
        "https://example.com\\@zoom.us/x",
        "https://example.com\\.zoom.us/x",
        "https://zoom.us /x",
        "http://127.0.0.1:8124/x",
        "http://127.0.0.1/x",
        "ftp://127.0.0.1:8123/x",
        "https://zoom.us:port/x",
        "https://[zoom.us/x",
        "//zoom.us/x",
        "",
    ],
)
def test_a_token_may_go_nowhere_else(url: str) -> None:
    assert not trusted(url, HOSTS)
