"""The end of the demo: something happens at Zoom, a trigger fires, and the workflow goes on from there."""

from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING

from .caller import words
from .demo_talk import PATIENCE, check, outcome, run, step
from .output import show_command

if TYPE_CHECKING:
    from ...connection import Connection
    from ...events.messages import Message
    from ...sandbox import Sandbox

_TRIGGER = "recording_completed"
_TOPIC = "Product tour"
_VIDEO_SIZE = 96_000_000
"""Bytes; enough to see the progress bar move."""


def catch_recording(connection: "Connection", zoom: "Sandbox", folder: Path) -> None:
    """Let Zoom finish a recording, be told of it, and download it."""
    from ...events.wishes import Wish
    from ...sandbox import seed
    from ..http.server import serving

    connector, told = connection.connector, Queue["Message"]()

    checks = words("Zoom checks that the address knows the app's secret before it sends anything there.")
    step(words("Serve webhooks"), checks)
    show_command(["zoom-connector", "serve"])
    with serving(connector) as address:
        endpoint = zoom.webhook(f"{address}/webhooks/zoom/{seed.CLIENT_ID}")
        check(endpoint.on, words("answering Zoom's check"))

        once = words("The trigger fires once for each, whatever gets lost or comes twice.")
        step(words("Wait for a recording"), once)
        show_command(["zoom-connector", "listen", _TRIGGER, "-c", connection.name, f"topic={_TOPIC}"])
        with connector.feed.listen(connection.record, Wish(_TRIGGER, {"topic": _TOPIC}), told.put):
            zoom.finish_recording(zoom.add_recording(_TOPIC, days_ago=0, size=_VIDEO_SIZE, processing=True))
            fired = _first(told)
            check(fired is not None, words("being told of the recording"))
    if fired is not None:
        topic, count = fired.data["topic"], len(fired.data["recording_files"])
        outcome(words("{trigger} fired: {topic}, {count} files.", trigger=fired.type, topic=topic, count=count))
        _download(connection, fired, folder)


def _first(told: "Queue[Message]") -> "Message | None":
    try:
        return told.get(timeout=PATIENCE)
    except Empty:
        return None


def _download(connection: "Connection", fired: "Message", folder: Path) -> None:
    step(words("Download it"), words("Straight to disk; when the line breaks, it goes on where it was."))
    meeting = {"meeting_id": fired.data["uuid"], "file_type": "MP4", "folder": str(folder), "file_name": "tour.mp4"}
    saved = run(connection, "download_recording", meeting)
    size = Path(saved["path"]).stat().st_size
    check(size == _VIDEO_SIZE, words("downloading the recording"))
    outcome(words("Saved {file}, {size} MB.", file=saved["file_name"], size=f"{size / 1_000_000:.1f}"))
