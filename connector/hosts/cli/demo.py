"""`demo`: a whole round against a local Zoom, step by step, in well under a minute.

Everything is real but Zoom itself: the sign-in, the calls, the file on disk. Nothing of it touches the user's own
connections.
"""

import base64
import secrets
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from ...errors import ZoomConnectorError
from .explanations import print_explanation
from .output import refuse, say, show_command, show_line
from .progress import ProgressBar
from .results import print_outputs

if TYPE_CHECKING:
    from ...connection import Connection
    from ...plugin import Connector
    from ...sandbox import Sandbox

_NAME = "demo"
_PATIENCE = 30.0
"""Seconds for a sign-in in which nobody has to think."""
_VIDEO_SIZE = 96_000_000
"""Bytes; enough to see the progress bar move."""


def demo() -> None:
    """Show a whole round against a local Zoom: sign in, meetings, a recording, a failure explained."""
    try:
        from ...sandbox import Sandbox
    except ModuleNotFoundError as error:
        if error.name != "werkzeug":
            raise
        refuse("The demo needs one more package; install it with: pip install 'zoom-connector[sandbox]'")

    say("A tour of the Zoom connector, against a Zoom that runs only on this machine.", style="bold")
    with (
        tempfile.TemporaryDirectory(prefix="zoom-demo-") as folder,
        Sandbox() as zoom,
        _connector(Path(folder), zoom) as connector,
    ):
        connection = _sign_in(connector, zoom)
        _hold_meeting(connection)
        _save_recording(connection, zoom, Path(folder))
        _meet_failure(connection, zoom)
    say("\nDone; the local Zoom and everything made in it are gone.\n", style="bold green")
    say("What to type next:")
    for command, meaning in {
        "zoom-connector actions": "what a workflow can do",
        "zoom-connector describe create_meeting": "its fields, outputs and scopes",
        "zoom-connector sandbox": "try things on a local Zoom",
        "zoom-connector connect NAME": "connect your own Zoom",
    }.items():
        show_line(f"{command:<40}{meaning}")


def _connector(folder: Path, zoom: "Sandbox") -> "Connector":
    from ...plugin import load
    from ...sandbox import seed
    from ...settings import Settings

    _step("Start a local Zoom", f"It answers at {zoom.url}; nothing leaves this machine.")
    show_command(["zoom-connector", "sandbox"])
    return load(
        settings=Settings.load(
            database_url=f"sqlite:///{folder / 'demo.db'}",
            secret_key=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            client_id=seed.CLIENT_ID,
            client_secret=seed.CLIENT_SECRET,
            zoom_url=zoom.url,
            api_url=zoom.url,
            plan="pro",
        )
    )


def _sign_in(connector: "Connector", zoom: "Sandbox") -> "Connection":
    from ...oauth.loopback import Loopback
    from ...sandbox import Person, seed

    _step("Sign in", "The browser opens Zoom's page; here somebody clicks Authorize for you.")
    show_command(["zoom-connector", "connect", _NAME])
    with Loopback() as loopback:
        sign_in = connector.sign_in(_NAME, redirect_uri=loopback.redirect_uri)
        Person(zoom.url, seed.HOST).authorize(loopback.start(sign_in.url))
        connected = connector.complete(loopback.wait(_PATIENCE))
    connection = connector.connection(_NAME)
    _check(connection.user == seed.HOST and not connected.missing_scopes, "the sign-in")
    _outcome(f"Connected as {connection.user}, with {', '.join(sorted(connection.scopes))}.")
    return connection


def _hold_meeting(connection: "Connection") -> None:
    start = (datetime.now(UTC) + timedelta(days=7)).strftime("%Y-%m-%dT10:00")

    _step("Create a meeting", "Local time and a time zone; Zoom keeps the meeting in UTC.")
    meeting = _run(
        connection, "create_meeting", {"topic": "Kick-off", "start_time": start, "timezone": "Europe/Amsterdam"}
    )
    _check(meeting["topic"] == "Kick-off", "creating a meeting")
    _outcome(f"Meeting {meeting['id']} starts at {meeting['start_time']}. Join: {meeting['join_url']}")

    _step("Change it", "Only what is named changes.")
    _run(connection, "update_meeting", {"meeting_id": meeting["id"], "topic": "Kick-off, new date", "duration": 45})

    _step("List the meetings", "The new topic is there.")
    listed = _run(connection, "list_meetings", {})
    print_outputs(connection.connector.action("list_meetings").outputs, listed)
    _check(_topics(listed).get(meeting["id"]) == "Kick-off, new date", "changing the meeting")

    _step("Delete it", "It is gone from the list.")
    _run(connection, "delete_meeting", {"meeting_id": meeting["id"]})
    _check(meeting["id"] not in _topics(connection.run("list_meetings", {})), "deleting the meeting")
    _outcome(f"Meeting {meeting['id']} is deleted.")


def _save_recording(connection: "Connection", zoom: "Sandbox", folder: Path) -> None:
    recorded = zoom.add_recording("Product tour", size=_VIDEO_SIZE)
    week_ago = (datetime.now(UTC) - timedelta(days=7)).date().isoformat()

    _step("Find a recording", "Any range of days, however long.")
    listed = _run(connection, "list_recordings", {"from": week_ago})
    print_outputs(connection.connector.action("list_recordings").outputs, listed)
    _check(recorded.topic in _topics(listed).values(), "listing the recordings")

    _step("Download it", "Straight to disk; when the line breaks, it goes on where it was.")
    meeting = {"meeting_id": recorded.uuid, "file_type": "MP4", "folder": str(folder), "file_name": "tour.mp4"}
    saved = _run(connection, "download_recording", meeting)
    size = Path(saved["path"]).stat().st_size
    _check(size == _VIDEO_SIZE, "downloading the recording")
    _outcome(f"Saved {saved['file_name']}, {size / 1_000_000:.1f} MB.")


def _meet_failure(connection: "Connection", zoom: "Sandbox") -> None:
    from ...sandbox import seed

    _step("Meet a failure", "A Zoom admin withdraws the approval of the app. What to do is said like this:")
    zoom.withdraw_approval(seed.CLIENT_ID)
    try:
        _run(connection, "list_meetings", {})
    except ZoomConnectorError as failure:
        explanation = connection.connector.explain(failure)
        print_explanation(explanation)
        _check(explanation.code == "approval_withdrawn", "explaining the failure")
        _outcome(f"The command ends with exit code {explanation.exit_code}: a person must act.")
    else:
        _check(False, "noticing that the approval was withdrawn")


def _run(connection: "Connection", action: str, inputs: dict[str, Any]) -> dict[str, Any]:
    fields = (f"{name}={value}" for name, value in inputs.items())
    show_command(["zoom-connector", "run", action, "-c", connection.name, *fields])
    with ProgressBar() as progress:
        return connection.run(action, inputs, progress=progress)


def _topics(listed: dict[str, Any]) -> dict[str, str]:
    return {meeting["id"]: meeting["topic"] for meeting in listed["meetings"]}


def _step(title: str, meaning: str) -> None:
    say(f"\n{title}", style="bold cyan")
    say(meaning)


def _outcome(text: str) -> None:
    say(text, style="green")


def _check(holds: bool, what: str) -> None:
    if not holds:
        say(f"The demo stops: {what} did not come out as it should.", err=True, style="bold red")
        raise typer.Exit(1)
