"""Promise: what no webhook brought is found by asking, and delivered once; what was delivered before is not again."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from e2e.world import START, SandboxTime, World, settings_from
from hosts.http.serving import serving

import zoom_connector
from zoom_connector import Connector
from zoom_connector.events.messages import Message
from zoom_connector.sandbox import MovableClock, Sandbox
from zoom_connector.sandbox.seed import CLIENT_ID, WEBHOOK_SECRET
from zoom_connector.settings import Settings
from zoom_connector.store.cipher import new_key

MEETINGS, RECORDINGS = "meeting_ended", "recording_completed"


@dataclass
class Told:
    """What a subscriber was told."""

    messages: list[Message] = field(default_factory=list)

    def __call__(self, message: Message) -> None:
        self.messages.append(message)

    def uuids(self, trigger: str) -> Counter[str]:
        return Counter(message.data["uuid"] for message in self.messages if message.type == trigger)


@dataclass
class Business:
    """Meetings that are held and recorded, at Zoom; some people work on through the night."""

    zoom: Sandbox
    connector: Connector
    ended: list[str] = field(default_factory=list)
    recorded: list[str] = field(default_factory=list)

    def hour(self, number: int) -> None:
        """Hold a meeting, twice under the same number at times, and let a recording become ready."""
        meeting = self.connector.connection("sales").run(
            "create_meeting", {"topic": f"Meeting {number}", "start_time": self.zoom.clock.now().isoformat()}
        )
        for _ in range(1 + number % 2):
            self.zoom.start_meeting(meeting["id"])
            self.zoom.clock.move(minutes=20)
            self.ended.append(self.zoom.end_meeting(meeting["id"]).uuid)
        recording = self.zoom.add_recording(f"Recording {number}", days_ago=0.02, processing=True)
        self.zoom.clock.move(minutes=20)
        self.zoom.finish_recording(recording)
        self.recorded.append(recording.uuid)
        # Its session was held as well; no webhook ever said so.
        self.ended.append(recording.uuid)
        self.zoom.settle()


def work(connector: Connector) -> None:
    """Do everything that is due."""
    while connector.feed.poll_due() or connector.feed.deliver_due():
        pass


@pytest.mark.parametrize("host_is_down", [False, True], ids=["endpoint off", "host down"])
def test_a_day_without_an_endpoint_loses_nothing_and_repeats_nothing(database_url: str, host_is_down: bool) -> None:
    told = Told()
    with Sandbox(clock=MovableClock(START)) as zoom:
        given = settings_from(zoom, database_url, secret_key=new_key(), webhook_secret=WEBHOOK_SECRET)
        settings = Settings.load(**given)
        with zoom_connector.load(settings=settings, clock=SandboxTime(zoom.clock)) as connector:
            sales = World(zoom, settings).connect(connector, "sales")
            connector.feed.register("told", told)
            for trigger in (MEETINGS, RECORDINGS):
                sales.subscribe(trigger, to="told", safety_net=True)
            business = Business(zoom, connector)

            with serving(connector) as served:
                endpoint = zoom.webhook(f"{served.address}/webhooks/zoom/{CLIENT_ID}")
                for number in range(2):
                    business.hour(number)
                    work(connector)
            brought = by_webhook(connector)
            before = len(told.messages)

            night = zoom.clock.now() + timedelta(days=1)
            while zoom.clock.now() < night:
                number += 1
                business.hour(number)
                zoom.clock.move(hours=3)
                if not host_is_down:
                    work(connector)
            found = len(told.messages) - before

            with serving(connector) as served:
                endpoint.url = f"{served.address}/webhooks/zoom/{CLIENT_ID}"
                for _ in range(5):
                    zoom.clock.move(minutes=20)
                    zoom.settle()
                    work(connector)
            late = by_webhook(connector) - brought

    assert told.uuids(MEETINGS) == Counter(business.ended)
    assert told.uuids(RECORDINGS) == Counter(business.recorded)
    assert len({message.id for message in told.messages}) == len(told.messages)
    assert (brought, bool(found)) == (3 + 2, not host_is_down)
    # Zoom still tried the last hour's, and brought nothing that was known by then.
    assert late <= 3
    assert sum(delivery.lost for delivery in zoom.webhooks.deliveries) > len(business.ended)


def by_webhook(connector: Connector) -> int:
    """Count the meetings and recordings that Zoom told us of itself."""
    told = [event for event in connector.feed.events(limit=1000) if event.source == "webhook"]
    return sum(event.name in ("meeting.ended", "recording.completed") for event in told)
