"""The token of an app itself, which stands for no user and is good for its event subscriptions only."""

from ..errors import ReconnectRequired
from ..store.values import App, Person
from ..zoom.access import Token
from .access import token_of
from .server import AuthorizationServer

SUBSCRIBE = "marketplace:write:event_subscription"
"""What an app's own token needs to make event subscriptions. Zoom gives it without being asked, or not at all.

https://devforum.zoom.us/t/enabling-event-subscriptions-programmatically/129108
"""


class OwnToken:
    """An app, as `zoom.access.Access` asks for it; its tokens are asked for anew by every process and never stored.

    Args:
        app: whose token.
        person: in whose account, and about whom, the app asks.
        connection: for whoever reads a failure.
        server: hands out tokens.
    """

    def __init__(self, app: App, person: Person, connection: str, server: AuthorizationServer) -> None:
        self.connection = connection
        self.account = person.account_id
        self.user = person.user_id
        self._app = app
        self._server = server
        self._token: Token | None = None

    def token(self) -> Token:
        """Return a token; raises as `AuthorizationServer.mint` does."""
        self._token = self._token or token_of(self._server.mint(self._app, None))
        return self._token

    def renew(self, rejected: Token) -> Token:
        """Return another token; raises as `AuthorizationServer.mint` does."""
        if self._token == rejected:
            self._token = None
        return self.token()

    def ended(self, refused: Token, error: ReconnectRequired) -> Token:
        """Raise what Zoom said: there is no grant that could be over."""
        raise error
