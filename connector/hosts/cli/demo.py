"""`demo`: a whole round against a local Zoom, step by step, in well under a minute.

Everything is real but Zoom itself: the sign-in, the calls, the file on disk. Nothing of it touches the user's own
connections.
"""

import base64
import secrets
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from .caller import load, words
from .demo_event import catch_recording
from .demo_steps import find_recordings, hold_meeting, meet_failure
from .demo_talk import PATIENCE, check, outcome, step
from .output import refuse, say, show_command, show_line

if TYPE_CHECKING:
    from ...connection import Connection
    from ...plugin import Connector
    from ...sandbox import Sandbox

_NAME = "demo"
_INSTALL = "pip install 'zoom-connector[http,sandbox]'"
_NEEDED = ("fastapi", "prometheus_client", "uvicorn", "werkzeug")


def demo() -> None:
    """Show a whole round against a local Zoom: sign in, meetings, a failure explained, an event that is acted on."""
    if any(find_spec(package) is None for package in _NEEDED):
        refuse(words("The demo needs more packages; install them with: {command}", command=_INSTALL))
    from ...sandbox import Sandbox, seed

    say(words("A tour of the Zoom connector, against a Zoom that runs only on this machine."), style="bold")
    with (
        tempfile.TemporaryDirectory(prefix="zoom-demo-") as folder,
        Sandbox() as zoom,
        _connector(Path(folder), zoom) as connector,
    ):
        step(words("Sign in"), words("The browser opens Zoom's page; here somebody clicks Authorize for you."))
        connection = _sign_in(connector, zoom)
        hold_meeting(connection)
        find_recordings(connection)
        meet_failure(connection, zoom)
        mend = words("The admin approves the app again, and whoever owns the connection signs in once more.")
        step(words("Mend it"), mend)
        connection = _sign_in(connector, zoom, approved_by=seed.ADMIN)
        catch_recording(connection, zoom, Path(folder))
    done = words("Done; the local Zoom and everything made in it are gone.")
    say(f"\n{done}\n", style="bold green")
    say(words("What to type next:"))
    for command, meaning in {
        "zoom-connector actions": words("what a workflow can do"),
        "zoom-connector describe create_meeting": words("its fields, outputs and scopes"),
        "zoom-connector triggers": words("what a workflow can start with"),
        "zoom-connector sandbox": words("try things on a local Zoom"),
        "zoom-connector connect NAME": words("connect your own Zoom"),
    }.items():
        show_line(f"{command:<40}{meaning}")


def _connector(folder: Path, zoom: "Sandbox") -> "Connector":
    from ...sandbox import seed
    from ...settings import Settings

    here = words("It answers at {address}; nothing leaves this machine.", address=zoom.url)
    step(words("Start a local Zoom"), here)
    show_command(["zoom-connector", "sandbox"])
    return load(
        settings=Settings.load(
            database_url=f"sqlite:///{folder / 'demo.db'}",
            secret_key=base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            client_id=seed.CLIENT_ID,
            client_secret=seed.CLIENT_SECRET,
            webhook_secret=seed.WEBHOOK_SECRET,
            zoom_url=zoom.url,
            api_url=zoom.url,
            plan="pro",
        )
    )


def _sign_in(connector: "Connector", zoom: "Sandbox", *, approved_by: str | None = None) -> "Connection":
    from ...oauth.loopback import Loopback
    from ...sandbox import Person, seed

    show_command(["zoom-connector", "connect", _NAME])
    with Loopback() as loopback:
        sign_in = connector.sign_in(_NAME, redirect_uri=loopback.redirect_uri)
        if approved_by is not None:
            Person(zoom.url, approved_by).pre_approve(sign_in.url)
        Person(zoom.url, seed.HOST).authorize(loopback.start(sign_in.url))
        connected = connector.complete(loopback.wait(PATIENCE))
    connection = connector.connection(_NAME)
    check(connection.user == seed.HOST and not connected.missing_scopes, words("the sign-in"))
    scopes = sorted(connection.scopes)
    outcome(words("Connected as {user}, with {scopes}.", user=connection.user, scopes=scopes))
    return connection
