"""The local Zoom sends events as Zoom publishes them: every event that it plays, by Zoom's schema, closed."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from sandbox.client import Client, authorize_url
from sandbox.listening import Listening, listening

from contract.checks import errors
from contract.webhooks import NOT_FOR_TRIGGERS, Webhook
from zoom_connector.sandbox import MovableClock, Person, Sandbox, User, seed
from zoom_connector.sandbox.event_samples import event_samples

SERIES = {
    "type": 8,
    "topic": "Every week",
    "start_time": "2026-03-03T10:00:00Z",
    "password": "open-1",
    "recurrence": {"type": 2, "weekly_days": "2", "end_times": 4},
    "settings": {"approval_type": 0, "meeting_invitees": [{"email": "guest@example.com"}], "alternative_hosts": ""},
}
NO_ADDRESS = "payload/object/participant/email '' is not a 'email'"
"""Of somebody from outside the account Zoom leaves the address empty, which its schema does not know."""


@pytest.fixture
def app() -> Iterator[Listening]:
    with listening() as app:
        yield app


@pytest.fixture
def zoom(app: Listening) -> Iterator[Sandbox]:
    with Sandbox(clock=MovableClock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))) as zoom:
        zoom.webhook(app.url)
        yield zoom


def everything_happens(zoom: Sandbox, host: Client) -> None:
    series = host.create(**SERIES)
    number = series["id"]
    host("PATCH", f"/meetings/{number}", {"topic": "Changed", "agenda": "All", "settings": {"waiting_room": True}})
    host("POST", f"/meetings/{number}/registrants", {"email": "guest@example.com", "first_name": "Guest"})
    zoom.start_meeting(number)
    zoom.join_meeting(number, "Guest")
    zoom.leave_meeting(number, zoom.join_meeting(number, "Colleague", seed.COLLEAGUE))
    zoom.end_meeting(number)
    host("DELETE", f"/meetings/{number}", occurrence_id=series["occurrences"][0]["occurrence_id"])
    host("DELETE", f"/meetings/{number}")
    host("DELETE", f"/meetings/{host.create(type=3)['id']}")
    zoom.finish_recording(zoom.add_recording("Recorded", processing=True))
    zoom.add_user(User("sandboxUserNew00000005", "new@example.com", zoom.account))
    zoom.account.approval_needed = True
    Person(zoom.url, seed.BASIC).request_approval(authorize_url(zoom), "For reports")
    zoom.remove_app(seed.CLIENT_ID, seed.HOST)
    zoom.settle()


def test_what_the_local_zoom_sends_keeps_to_zooms_schema(
    zoom: Sandbox, app: Listening, webhooks: Mapping[str, Webhook]
) -> None:
    everything_happens(zoom, Client.of(zoom))

    assert set(app.events) == {
        "app.authorization_request_created",
        "app_deauthorized",
        "meeting.created",
        "meeting.deleted",
        "meeting.ended",
        "meeting.participant_joined",
        "meeting.participant_left",
        "meeting.registration_created",
        "meeting.started",
        "meeting.updated",
        "recording.completed",
        "recording.transcript_completed",
        "user.created",
    }
    assert [f"{one.event}: {text}" for one in app.got for text in wrong(webhooks[one.event], one.body)] == []


@pytest.mark.parametrize("event", event_samples())
def test_a_sample_that_is_sent_keeps_as_well_to_zooms_schema_as_it_does_where_it_is_written(
    event: str, zoom: Sandbox, app: Listening, webhooks: Mapping[str, Webhook]
) -> None:
    Client.of(zoom)

    zoom.emit(event)

    zoom.settle()
    assert app.events == [event]
    assert wrong(webhooks[event], app.got[0].body) == wrong(webhooks[event], event_samples()[event])


def test_there_is_a_sample_of_every_event(webhooks: Mapping[str, Webhook]) -> None:
    assert set(webhooks) - set(event_samples()) - NOT_FOR_TRIGGERS == set()


def wrong(webhook: Webhook, body: Any) -> list[str]:
    return [text for text in errors(webhook.schema, body) if text != NO_ADDRESS] if webhook.schema else []
