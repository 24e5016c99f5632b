"""Promise: a lost answer never makes two meetings out of one, and never loses one either."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from e2e.world import World, settings_for

import zoom_connector
from zoom_connector import Connection, OutcomeUnknown
from zoom_connector.sandbox import Fault, Sandbox

create_fault = partial(Fault, method="POST", path="/users/{userId}/meetings")


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[tuple[Sandbox, Connection]]:
    """A connection in real time: threads that wait for each other must not move the clock under each other."""
    with Sandbox() as zoom:
        world = World(zoom, settings_for(zoom, tmp_path, plan="business"))
        with zoom_connector.load(settings=world.settings) as connector:
            yield zoom, world.connect(connector, "sales")


def test_two_hundred_creates_with_lost_answers_make_two_hundred_meetings(busy: tuple[Sandbox, Connection]) -> None:
    zoom, sales = busy
    before = {meeting.id for meeting in zoom.meetings}
    zoom.faults.add(create_fault("lost_answer", times=None))
    topics = [f"Meeting {number}" for number in range(100)] + ["Stand-up"] * 100

    def create(topic: str) -> str:
        made = sales.run("create_meeting", {"topic": topic, "start_time": "2030-01-07T10:00:00Z"})
        return str(made["id"])

    with ThreadPoolExecutor(8) as workers:
        ids = list(workers.map(create, topics))

    made = {str(meeting.id): meeting.topic for meeting in zoom.meetings if meeting.id not in before}
    assert len(set(ids)) == 200
    assert {made_id: made[made_id] for made_id in ids} == made
    assert Counter(made.values()) == Counter(topics)


def test_a_create_that_never_arrived_is_sent_again(world: World, sales: Connection) -> None:
    world.zoom.faults.add(create_fault("reset"))

    made = sales.run("create_meeting", {"topic": "Kick-off", "start_time": "2030-01-07T10:00:00Z"})

    assert [str(meeting.id) for meeting in world.zoom.meetings if meeting.topic == "Kick-off"] == [made["id"]]


def test_an_instant_meeting_whose_answer_is_lost_ends_as_unknown(world: World, sales: Connection) -> None:
    world.zoom.faults.add(create_fault("lost_answer", times=None))

    with pytest.raises(OutcomeUnknown):
        sales.run("create_meeting", {"topic": "Right now", "kind": "instant"})

    assert sum(meeting.topic == "Right now" for meeting in world.zoom.meetings) == 1
