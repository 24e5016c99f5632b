"""Zoom's addresses and answers as they look from outside, replayed from hand-written cassettes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import vcr  # type: ignore[import-untyped]  # it ships no types

from zoom_connector.calls import Call, Listing, Scopes
from zoom_connector.errors import MissingScopes, ZoomAnswer
from zoom_connector.zoom.client import ZoomClient

from .foreign import Clients

CASSETTES = Path(__file__).parent.parent / "cassettes" / "zoom"

PAST = Call("GET", "/past_meetings/{meeting_id}", "read", Scopes(), "light")
RECORDINGS = Call(
    "GET", "/users/{user_id}/recordings", "read", Scopes(), "medium", listing=Listing("meetings", ("uuid",), 300, 30)
)
CREATE = Call(
    "POST", "/users/{user_id}/meetings", "create", Scopes(), "medium", names={"waiting_room": "settings.waiting_room"}
)


@pytest.fixture
def replayed(client: Clients, request: pytest.FixtureRequest) -> Iterator[ZoomClient]:
    """A client whose Zoom is the cassette that the test's parameter names."""
    client.grant.api_url = "https://api-us.zoom.us"
    recorder = vcr.VCR(record_mode="none", match_on=["method", "uri", "body"])
    with recorder.use_cassette(str(CASSETTES / f"{request.param}.yaml")) as cassette:
        yield client(PAST, RECORDINGS, CREATE)
    assert cassette.all_played


@pytest.mark.parametrize("replayed", ["a_uuid_that_begins_with_a_slash"], indirect=True)
def test_a_uuid_that_begins_with_a_slash_finds_its_meeting(replayed: ZoomClient) -> None:
    meeting = replayed.call("/past_meetings/{meeting_id}", {"meeting_id": "/ajXp112QmuoKj4854875=="})

    assert (meeting["uuid"], meeting["topic"]) == ("/ajXp112QmuoKj4854875==", "Kick-off")


@pytest.mark.parametrize("replayed", ["a_list_of_two_pages"], indirect=True)
def test_a_list_of_two_pages_is_read_to_its_end(replayed: ZoomClient) -> None:
    rows = replayed.list("/users/{user_id}/recordings", {"from": "2030-01-01", "to": "2030-01-07"})

    assert [row["topic"] for row in rows] == ["Kick-off", "Retro"]


@pytest.mark.parametrize("replayed", ["a_created_meeting"], indirect=True)
def test_a_falsy_setting_reaches_zoom_in_its_place(replayed: ZoomClient) -> None:
    meeting = replayed.call("/users/{user_id}/meetings", {"topic": "Kick-off", "waiting_room": False})

    assert meeting["id"] == 97763643888


@pytest.mark.parametrize("replayed", ["a_missing_scope"], indirect=True)
def test_a_missing_scope_is_named_with_zooms_tracking_id(replayed: ZoomClient) -> None:
    with pytest.raises(MissingScopes) as caught:
        replayed.call("/past_meetings/{meeting_id}", {"meeting_id": "97763643886"})

    scopes = ["meeting:read:past_meeting", "meeting:read:past_meeting:admin"]
    assert caught.value.params == {"scopes": scopes, "connection": "sales"}
    assert caught.value.zoom == ZoomAnswer(
        400,
        4711,
        f"Invalid access token, does not contain scopes:[{', '.join(scopes)}].",
        "v=2.0;clid=us01;rid=WEB_00000000000000000000000000000002",
    )
