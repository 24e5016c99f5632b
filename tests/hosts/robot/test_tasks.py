"""Tasks of Robot Framework drive the connector."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hosts.http.serving import serving
from hosts.robot.conftest import Robot
from robot.api import Failure
from robot.result import Keyword as Ran
from robot.running import Keyword as Called

from zoom_connector.hosts.robot import ZoomConnector
from zoom_connector.sandbox import Fault, Sandbox, seed

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "keep_recording.robot"
WITHDRAWN = """\
Your Zoom admin switched this app off
The app was approved before. Its approval was withdrawn, so Zoom no longer accepts the connection “sales”.

Who can mend it: your Zoom admin
  1. Zoom admin: sign in at marketplace.zoom.us as owner or admin and open the app's page.
"""


class Held:
    """Lets the meeting be held and recorded once a task waits for that."""

    def __init__(self, zoom: Sandbox) -> None:
        self._zoom = zoom

    def end_keyword(self, called: Called, ran: Ran) -> None:
        if ran.name == "Start Waiting For":
            meeting = self._zoom.meetings[-1]
            self._zoom.start_meeting(meeting.id)
            self._zoom.end_meeting(meeting.id)
            self._zoom.record_meeting(meeting.id, size=200_000)


def test_the_example_makes_a_meeting_waits_for_its_recording_and_keeps_it(robot: Robot) -> None:
    with serving(robot.connector) as served:
        robot.zoom.webhook(f"{served.address}/webhooks/zoom/{seed.CLIENT_ID}")
        result = robot.run(EXAMPLE, listener=Held(robot.zoom))

    (task,) = result.suite.tests
    (video,) = robot.folder.glob("*.mp4")
    assert (task.status, task.message) == ("PASS", "")
    assert video.stat().st_size == 200_000
    assert robot.connector.feed.subscriptions() == []


def test_robot_itself_refuses_a_keyword_without_a_required_argument(robot: Robot) -> None:
    asked = len(robot.zoom.requests)

    task = robot.task("Get Meeting")

    assert task.message == "Keyword 'zoom_connector.hosts.robot.Get Meeting' expected 1 non-named argument, got 0."
    assert len(robot.zoom.requests) == asked


def test_robot_itself_refuses_a_value_of_the_wrong_type(robot: Robot) -> None:
    task = robot.task("Create Meeting    Kick-off    duration=long")

    assert task.message == "ValueError: Argument 'duration' got value 'long' that cannot be converted to integer."


def test_a_misspelt_name_is_no_value(robot: Robot) -> None:
    task = robot.task("Create Meeting    topik=Kick-off    start_time=2030-01-07T10:00Z")

    assert "topik: this step has no such field. Did you mean topic?" in task.message


def test_a_failure_says_who_must_act_and_is_found_by_its_code(robot: Robot) -> None:
    robot.zoom.faults.add(Fault("withdrawn", times=None))

    task = robot.task("List Meetings")
    caught = robot.task(
        "TRY", "    List Meetings", "EXCEPT    (?s).*approval_withdrawn.*    type=REGEXP", "    No Operation", "END"
    )

    assert task.message.startswith(WITHDRAWN)
    assert caught.status == "PASS"


def test_fields_are_read_as_their_types(robot: Robot) -> None:
    task = robot.task(
        "${made} =    Create Meeting    topic=Kick-off    start_time=2030-01-07T10:00Z    duration=45",
        "...    mute_upon_entry=no    alternative_hosts=colleague@example.com",
        '${answer} =    Call Zoom Api    GET    /users/me/meetings    query={"page_size": 1}',
        "Should Be Equal    ${made}[duration]    ${45}",
    )

    create, listing = robot.zoom.requests[-2:]
    assert task.message == ""
    assert (create.json["duration"], create.json["settings"]) == (
        45,
        {"mute_upon_entry": False, "alternative_hosts": "colleague@example.com"},
    )
    assert listing.query["page_size"] == "1"


def test_no_log_shows_a_secret(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSCODE", "s3cr3t")

    task = robot.task(
        "VAR    ${passcode: Secret}    %{PASSCODE}",
        "${made} =    Create Meeting    topic=Kick-off    start_time=2030-01-07T10:00Z    password=${passcode}",
        "...    reveal=start_url,password",
        "Should Be True    $made['password'].value == $passcode.value",
        loglevel="TRACE",
    )

    written = (robot.folder / "output.xml").read_text(encoding="utf-8").replace("pwd=s3cr3t", "")  # in the join link
    assert task.message == ""
    assert robot.zoom.requests[-1].json["password"] == "s3cr3t"
    assert [secret for secret in ("s3cr3t", "zak=") if secret in written] == []


def test_the_same_idempotency_key_makes_one_meeting(robot: Robot) -> None:
    create = "Create Meeting    topic=Kick-off    start_time=2030-01-07T10:00Z    idempotency_key=order-4711"
    before = len(robot.zoom.meetings)

    task = robot.task(f"${{one}} =    {create}", f"${{two}} =    {create}", "Should Be Equal    ${one}    ${two}")

    assert task.message == ""
    assert len(robot.zoom.meetings) == before + 1


def test_filters_are_read_as_their_types(robot: Robot) -> None:
    with closing(ZoomConnector("sales")) as library:
        filters = {"topic": "Kick-off", "file_types": ["MP4"], "kinds": "[2, 8]"}
        library.run_keyword("start_waiting_for", ["recording_completed"], filters)
        (subscription,) = robot.connector.feed.subscriptions()

    assert subscription.filters == {"topic": "Kick-off", "file_types": ["MP4"], "kinds": [2, 8]}
    assert robot.connector.feed.subscriptions() == []


def test_waiting_in_vain_says_what_to_look_at_and_ends(robot: Robot) -> None:
    library = ZoomConnector("sales")

    with closing(library):
        with pytest.raises(Failure) as caught:
            library.run_keyword("wait_for_event", ["meeting_ended"], {"timeout": timedelta(milliseconds=10)})
        left = robot.connector.feed.subscriptions()

    assert str(caught.value).splitlines()[:2] == [
        "Nothing happened in the time that was given",
        "No event of this trigger came: meeting_ended. It was waited for: 0:00:00.010000.",
    ]
    assert left == []
