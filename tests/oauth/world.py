"""Everything that a sign-in needs, against the local Zoom."""

from dataclasses import dataclass, field
from datetime import datetime

from zoom_connector.oauth.connections import Connections
from zoom_connector.oauth.names import Connected
from zoom_connector.oauth.server import AuthorizationServer
from zoom_connector.oauth.sign_in import SignIns
from zoom_connector.sandbox import MovableClock, Person, Received, Sandbox
from zoom_connector.store import App, Store

REDIRECT = "https://platform.example.com/oauth/callback"


@dataclass(frozen=True)
class SharedClock:
    """The local Zoom's time, for the connector too."""

    theirs: MovableClock
    slept: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.theirs.now()

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.theirs.move(seconds=seconds)


@dataclass(frozen=True)
class World:
    """Everything that a sign-in needs, and short ways to do one."""

    zoom: Sandbox
    clock: SharedClock
    store: Store
    server: AuthorizationServer
    sign_ins: SignIns
    connections: Connections
    app: App

    def callback(self, name: str, email: str = "host@example.com", app: App | None = None) -> str:
        """Begin a sign-in, let somebody authorize it, and return the URL that Zoom redirects to."""
        begun = self.sign_ins.begin(name, app or self.app, redirect_uri=REDIRECT)
        return Person(self.zoom.url, email).authorize(begun.url)

    def connect(self, name: str, email: str = "host@example.com", app: App | None = None) -> Connected:
        return self.sign_ins.finish(self.callback(name, email, app))

    def asked(self, path: str) -> list[Received]:
        return [request for request in self.zoom.requests if request.template == path]

    def renewals(self) -> int:
        return len([one for one in self.asked("/oauth/token") if one.form["grant_type"] == "refresh_token"])

    def works(self, name: str) -> bool:
        """Tell whether Zoom accepts the connection's token as it lies in the store."""
        grant = self.connections.get(name).grant
        token = self.connections.access(name).token()
        return self.server.person(token) == grant.person
