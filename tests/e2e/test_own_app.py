"""An app with the scopes of its manifest, and no others, can do what the manifest was written for."""

from functools import partial

import pytest
from e2e.world import World

from zoom_connector import Connector, MissingScopes, OutcomeUnknown
from zoom_connector.sandbox import Fault

KICK_OFF = {"topic": "Kick-off", "start_time": "2030-01-07T10:00:00Z"}
lost_answer = partial(Fault, "lost_answer", method="POST", path="/users/{userId}/meetings")


def give(world: World, connector: Connector, *actions: str) -> set[str]:
    """Let the app of the local Zoom have the scopes of a manifest."""
    written = connector.app_manifest(
        *actions, usage="user", redirect_uri="https://platform.example.com/callback", name="Example for Zoom"
    )
    scopes = {each["scope"] for each in written.manifest["oauth_information"]["scopes"]}
    world.zoom.app("sandbox-client").scopes = frozenset(scopes)
    return scopes


def test_an_app_for_one_action_does_it_even_when_an_answer_is_lost(world: World, connector: Connector) -> None:
    give(world, connector, "create_meeting")
    sales = world.connect(connector, "sales")
    world.zoom.faults.add(lost_answer())

    made = sales.run("create_meeting", KICK_OFF)

    assert [str(meeting.id) for meeting in world.zoom.meetings if meeting.topic == "Kick-off"] == [made["id"]]


@pytest.mark.parametrize("left_out", ["meeting:read:list_meetings", "meeting:read:meeting"])
def test_without_a_scope_to_look_a_lost_answer_stays_unclear(world: World, connector: Connector, left_out: str) -> None:
    scopes = give(world, connector, "create_meeting")
    world.zoom.app("sandbox-client").scopes = frozenset(scopes - {left_out})
    sales = world.connect(connector, "sales")
    world.zoom.faults.add(lost_answer())

    with pytest.raises(OutcomeUnknown):
        sales.run("create_meeting", KICK_OFF)


def test_an_app_for_one_action_does_no_other(world: World, connector: Connector) -> None:
    give(world, connector, "create_meeting")
    sales = world.connect(connector, "sales")

    with pytest.raises(MissingScopes) as refused:
        sales.run("list_recordings", {"from": "2026-01-01", "to": "2026-01-31"})

    assert refused.value.params["scopes"] == ["cloud_recording:read:list_user_recordings"]


def test_an_app_for_everything_lacks_nothing(world: World, connector: Connector) -> None:
    give(world, connector)

    assert world.connect(connector, "sales").test().missing_scopes == ()
