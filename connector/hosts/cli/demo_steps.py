"""The steps of the demo in which something is asked of Zoom."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from ...errors import ZoomConnectorError
from .demo_talk import check, outcome, run, step
from .explanations import print_explanation
from .results import print_outputs

if TYPE_CHECKING:
    from ...connection import Connection
    from ...sandbox import Sandbox


def hold_meeting(connection: "Connection") -> None:
    """Create a meeting, change, list and delete it."""
    start = (datetime.now(UTC) + timedelta(days=7)).strftime("%Y-%m-%dT10:00")

    step("Create a meeting", "Local time and a time zone; Zoom keeps the meeting in UTC.")
    meeting = run(
        connection, "create_meeting", {"topic": "Kick-off", "start_time": start, "timezone": "Europe/Amsterdam"}
    )
    check(meeting["topic"] == "Kick-off", "creating a meeting")
    outcome(f"Meeting {meeting['id']} starts at {meeting['start_time']}. Join: {meeting['join_url']}")

    step("Change it", "Only what is named changes.")
    run(connection, "update_meeting", {"meeting_id": meeting["id"], "topic": "Kick-off, new date", "duration": 45})

    step("List the meetings", "The new topic is there.")
    listed = run(connection, "list_meetings", {})
    print_outputs(connection.connector.action("list_meetings").outputs, listed)
    check(_topics(listed).get(meeting["id"]) == "Kick-off, new date", "changing the meeting")

    step("Delete it", "It is gone from the list.")
    run(connection, "delete_meeting", {"meeting_id": meeting["id"]})
    check(meeting["id"] not in _topics(connection.run("list_meetings", {})), "deleting the meeting")
    outcome(f"Meeting {meeting['id']} is deleted.")


def find_recordings(connection: "Connection") -> None:
    """List the recordings of a week."""
    week_ago = (datetime.now(UTC) - timedelta(days=7)).date().isoformat()

    step("Find recordings", "Any range of days, however long.")
    listed = run(connection, "list_recordings", {"from": week_ago})
    print_outputs(connection.connector.action("list_recordings").outputs, listed)
    check(bool(listed["meetings"]), "listing the recordings")


def meet_failure(connection: "Connection", zoom: "Sandbox") -> None:
    """Let the admin withdraw the approval, and explain what that means."""
    from ...sandbox import seed

    step("Meet a failure", "A Zoom admin withdraws the approval of the app. What to do is said like this:")
    zoom.withdraw_approval(seed.CLIENT_ID)
    try:
        run(connection, "list_meetings", {})
    except ZoomConnectorError as failure:
        explanation = connection.connector.explain(failure)
        print_explanation(explanation)
        check(explanation.code == "approval_withdrawn", "explaining the failure")
        outcome(f"The command ends with exit code {explanation.exit_code}: a person must act.")
    else:
        check(False, "noticing that the approval was withdrawn")


def _topics(listed: dict[str, Any]) -> dict[str, str]:
    return {meeting["id"]: meeting["topic"] for meeting in listed["meetings"]}
