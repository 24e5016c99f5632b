"""The steps of the demo in which something is asked of Zoom."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...errors import ZoomConnectorError
from .caller import words
from .demo_talk import check, outcome, run, step
from .explanations import print_explanation
from .results import print_outputs

if TYPE_CHECKING:
    from ...connection import Connection
    from ...sandbox import Sandbox


def hold_meeting(connection: "Connection") -> None:
    """Create a meeting, change, list and delete it."""
    start = (datetime.now(UTC) + timedelta(days=7)).strftime("%Y-%m-%dT10:00")

    step(words("Create a meeting"), words("Local time and a time zone; Zoom keeps the meeting in UTC."))
    meeting = run(
        connection, "create_meeting", {"topic": "Kick-off", "start_time": start, "timezone": "Europe/Amsterdam"}
    )
    check(meeting["topic"] == "Kick-off", words("creating a meeting"))
    told = {"id": meeting["id"], "moment": meeting["start_time"], "address": meeting["join_url"]}
    outcome(words("Meeting {id} starts at {moment}. Join: {address}", **told))

    step(words("Change it"), words("Only what is named changes."))
    run(connection, "update_meeting", {"meeting_id": meeting["id"], "topic": "Kick-off, new date", "duration": 45})

    step(words("List the meetings"), words("The new topic is there."))
    listed = run(connection, "list_meetings", {})
    print_outputs(connection.connector.action("list_meetings").outputs, listed)
    check(_topics(listed).get(meeting["id"]) == "Kick-off, new date", words("changing the meeting"))

    step(words("Delete it"), words("It is gone from the list."))
    run(connection, "delete_meeting", {"meeting_id": meeting["id"]})
    check(meeting["id"] not in _topics(connection.run("list_meetings", {})), words("deleting the meeting"))
    outcome(words("Meeting {id} is deleted.", id=meeting["id"]))


def find_recordings(connection: "Connection") -> None:
    """List the recordings of a week."""
    week_ago = (datetime.now(UTC) - timedelta(days=7)).date().isoformat()

    step(words("Find recordings"), words("Any range of days, however long."))
    listed = run(connection, "list_recordings", {"from": week_ago})
    print_outputs(connection.connector.action("list_recordings").outputs, listed)
    check(bool(listed["meetings"]), words("listing the recordings"))


def meet_failure(connection: "Connection", zoom: "Sandbox") -> None:
    """Let the admin withdraw the approval, and explain what that means."""
    from ...sandbox import seed

    withdrawn = words("A Zoom admin withdraws the approval of the app. What to do is said like this:")
    step(words("Meet a failure"), withdrawn)
    zoom.withdraw_approval(seed.CLIENT_ID)
    try:
        run(connection, "list_meetings", {})
    except ZoomConnectorError as failure:
        explanation = connection.connector.explain(failure)
        print_explanation(explanation)
        check(explanation.code == "approval_withdrawn", words("explaining the failure"))
        outcome(words("The command ends with exit code {code}: a person must act.", code=explanation.exit_code))
    else:
        check(False, words("noticing that the approval was withdrawn"))


def _topics(listed: dict[str, Any]) -> dict[str, str]:
    return {meeting["id"]: meeting["topic"] for meeting in listed["meetings"]}
