"""Answers that Zoom itself would hardly give, from a small server of another make."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from zoom_connector.catalogue import Identity
from zoom_connector.clock import SystemClock
from zoom_connector.errors import ReconnectRequired, ZoomConnectorError, ZoomUnavailable
from zoom_connector.oauth.server import AuthorizationServer, Endpoints
from zoom_connector.settings import Settings
from zoom_connector.store import App, AppKind
from zoom_connector.zoom.access import Token

APP = App("example-client", "example-secret")
SERVER_APP = App("example-client", "example-secret", AppKind.SERVER)


@dataclass
class Scripted:
    """Gives one answer to everything, and notes what was asked."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    asked: list[str] = field(default_factory=list)
    credentials: list[str | None] = field(default_factory=list)
    url: str = ""


class _Handler(BaseHTTPRequestHandler):
    script: ClassVar[Scripted]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_GET(self) -> None:
        self.script.asked.append(f"{self.command} {self.path}")
        self.script.credentials.append(self.headers.get("Authorization"))
        self.send_response(self.script.status)
        for name, value in {"Content-Length": str(len(self.script.body)), **self.script.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.script.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def script() -> Iterator[Scripted]:
    script = Scripted()
    with HTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"script": script})) as http:
        script.url = f"http://127.0.0.1:{http.server_port}"
        serving = threading.Thread(target=http.serve_forever, args=(0.02,))
        serving.start()
        yield script
        http.shutdown()
        serving.join()


@pytest.fixture
def server(script: Scripted, identity: Identity) -> AuthorizationServer:
    return AuthorizationServer(Endpoints.of(identity, Settings.load(zoom_url=script.url)), SystemClock())


def failure(server: AuthorizationServer) -> str:
    with pytest.raises(ZoomConnectorError) as caught:
        server.renew(APP, "refresh-1")
    return caught.value.code


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b'{"access_token": "access-1"}',
        b'{"access_token": 1, "expires_in": 3600}',
        b'{"access_token": "access-1", "expires_in": "soon"}',
    ],
)
def test_an_answer_without_a_token_is_unreadable(script: Scripted, server: AuthorizationServer, body: bytes) -> None:
    script.body = body

    assert failure(server) == "answer_unreadable"


def test_any_refusal_of_the_grant_means_a_dead_grant(script: Scripted, server: AuthorizationServer) -> None:
    script.status, script.body = 400, b'{"error": "invalid_grant", "reason": "Some new reason"}'

    with pytest.raises(ReconnectRequired) as caught:
        server.renew(APP, "refresh-1")

    assert caught.value.code == "grant_dead"


def test_a_redirect_of_the_token_endpoint_takes_no_credentials_along(
    script: Scripted, server: AuthorizationServer
) -> None:
    script.status, script.headers = 307, {"Location": f"{script.url}/elsewhere"}

    code = failure(server)

    assert (code, script.asked) == ("answer_unreadable", ["POST /oauth/token"])


def test_a_token_answer_without_a_new_refresh_token_keeps_the_old_one(
    script: Scripted, server: AuthorizationServer
) -> None:
    script.body = b'{"access_token": "access-2", "expires_in": 3599, "scope": "a b"}'

    tokens = server.renew(APP, "refresh-1")

    assert (tokens.access, tokens.refresh, tokens.scopes) == ("access-2", "refresh-1", frozenset({"a", "b"}))
    assert (tokens.api_url, tokens.expires_at > datetime.now(UTC)) == ("https://api.zoom.us", True)


def test_the_client_authenticates_with_basic_and_the_user_with_a_bearer_token(
    script: Scripted, server: AuthorizationServer
) -> None:
    script.body = b'{"access_token": "a", "expires_in": 1, "id": "user-jo", "account_id": "account-1"}'

    server.renew(APP, "refresh-1")
    server.person(Token("access-1", script.url))

    assert script.credentials == ["Basic ZXhhbXBsZS1jbGllbnQ6ZXhhbXBsZS1zZWNyZXQ=", "Bearer access-1"]


def test_a_person_whom_zoom_does_not_name_is_unreadable(script: Scripted, server: AuthorizationServer) -> None:
    script.body = b'{"email": "jo@example.com"}'

    with pytest.raises(ZoomConnectorError) as caught:
        server.person(Token("access-1", script.url))

    assert caught.value.code == "answer_unreadable"


def test_no_token_goes_to_a_host_that_is_not_zooms(script: Scripted, server: AuthorizationServer) -> None:
    with pytest.raises(ZoomConnectorError) as caught:
        server.person(Token("access-1", "https://zoom.us.example.com"))

    assert (caught.value.code, caught.value.params) == ("host_not_trusted", {"host": "zoom.us.example.com"})


def test_a_zoom_that_is_not_there_is_unreachable(identity: Identity) -> None:
    nobody = AuthorizationServer(Endpoints.of(identity, Settings.load(zoom_url="http://127.0.0.1:9")), SystemClock())

    codes = []
    for ask in (
        lambda: nobody.renew(APP, "refresh-1"),
        lambda: nobody.exchange(APP, code="c", redirect_uri="http://127.0.0.1/callback", verifier="v" * 43),
        lambda: nobody.revoke(APP, "access-1"),
        lambda: nobody.person(Token("access-1", "http://127.0.0.1:9")),
    ):
        with pytest.raises(ZoomUnavailable) as caught:
            ask()
        codes.append(caught.value.code)

    assert codes == ["zoom_unreachable"] * 4


def test_the_region_in_a_tokens_answer_is_where_calls_go(script: Scripted, server: AuthorizationServer) -> None:
    script.body = b'{"access_token": "a", "refresh_token": "r", "expires_in": 1, "api_url": "https://api-eu.zoom.us/"}'

    assert server.renew(APP, "refresh-1").api_url == "https://api-eu.zoom.us"
    assert server.mint(SERVER_APP, "account-1").api_url == "https://api-eu.zoom.us"


def test_account_credentials_need_no_refresh_token_and_keep_none(script: Scripted, server: AuthorizationServer) -> None:
    script.body = b'{"access_token": "a", "refresh_token": "r", "expires_in": 3599, "scope": "user:read:user:admin"}'

    tokens = server.mint(SERVER_APP, "account-1")

    assert (tokens.access, tokens.refresh, tokens.scopes) == ("a", "", frozenset({"user:read:user:admin"}))
    assert (script.asked, script.credentials) == (
        ["POST /oauth/token"],
        ["Basic ZXhhbXBsZS1jbGllbnQ6ZXhhbXBsZS1zZWNyZXQ="],
    )


def test_a_user_who_is_named_cannot_change_the_address(script: Scripted, server: AuthorizationServer) -> None:
    script.body = b'{"id": "user-jo", "account_id": "account-1"}'

    server.person(Token("access-1", script.url), "jo/../../oauth?x@example.com")

    assert script.asked == ["GET /v2/users/jo%2F..%2F..%2Foauth%3Fx@example.com"]
