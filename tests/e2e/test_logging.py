"""A platform reads what happened under the names that docs/platforms.md lists, and no secret among it."""

from typing import NoReturn

import pytest
from e2e.world import World

from zoom_connector import Connection
from zoom_connector.events.messages import Message
from zoom_connector.sandbox import Fault


def test_calls_repeats_and_renewals_are_logged(
    world: World, sales: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    world.zoom.faults.add(Fault("too_many_at_once", path="/users/{userId}/meetings"))
    world.zoom.clock.move(hours=2)
    caplog.clear()

    sales.run("list_meetings", {})

    assert logged(caplog) == [
        ("zoom_connector.oauth.access", "INFO", "The tokens of sales are renewed"),
        ("zoom_connector.zoom.sending", "DEBUG", "GET for sales: 429"),
        ("zoom_connector.zoom.sending", "INFO", "GET for sales is sent again: rate_limited"),
        ("zoom_connector.zoom.sending", "DEBUG", "GET for sales: 200"),
    ]


def test_a_poll_and_a_delivery_that_fail_are_logged_and_what_is_given_up_is_a_warning(
    world: World, sales: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    feed, clock, came = sales.connector.feed, world.zoom.clock, set[str]()

    def refuse(message: Message) -> NoReturn:
        came.add(message.id)
        raise KeyError(message.id)

    feed.register("flow", refuse)
    world.zoom.faults.add(Fault("refused", path="/users/{userId}/meetings", status=400, code=300, message="No."))
    subscription = sales.subscribe("meeting_created", to="flow", safety_net=True)
    feed.poll_due()
    sales.run("create_meeting", {"topic": "Kick-off", "start_time": "2030-01-07T10:00:00Z"})
    clock.move(hours=1)
    feed.poll_due()

    for _ in range(2):
        feed.deliver_due()
        clock.move(days=4)

    (message,) = came
    assert [entry for entry in logged(caplog) if ".events." in entry[0]] == [
        ("zoom_connector.events.polling", "INFO", f"The poll for {subscription.id} failed: zoom_refused"),
        ("zoom_connector.events.delivering", "INFO", f"{message} to {subscription.id} failed: sink_raised"),
        ("zoom_connector.events.delivering", "WARNING", f"{message} to {subscription.id} failed: sink_raised"),
    ]


def logged(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str, str]]:
    """Return logger, level and the text up to what only this run can know."""
    return [
        (record.name, record.levelname, record.getMessage().partition(", ")[0])
        for record in caplog.records
        if record.name.startswith("zoom_connector.")
    ]
