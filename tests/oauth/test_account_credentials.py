"""A server-to-server app: nobody signs in, and nothing downstream can tell."""

from dataclasses import dataclass, replace

import pytest
from oauth.world import SharedClock, World

from zoom_connector.catalogue import Catalogue, Identity
from zoom_connector.errors import InvalidInputs, MissingScopes, ZoomConnectorError, ZoomUnavailable
from zoom_connector.explain import explain
from zoom_connector.oauth.account_credentials import AccountCredentials
from zoom_connector.oauth.names import Connected
from zoom_connector.sandbox import Fault, Sandbox, seed
from zoom_connector.store import App, AppKind

APP = App("sandbox-server-client", "sandbox-server-secret", AppKind.SERVER)


@dataclass(frozen=True)
class Server:
    """Connects with the account's credentials."""

    world: World
    accounts: AccountCredentials

    def connect(self, name: str, user: str = seed.HOST, *, replaces: bool = False) -> Connected:
        return self.accounts.connect(name, APP, account_id=seed.ACCOUNT_ID, default_user=user, replaces=replaces)

    def enter(self, secret: str = APP.client_secret, account: str = seed.ACCOUNT_ID, user: str = seed.HOST) -> None:
        app = replace(APP, client_secret=secret)
        self.accounts.connect("team", app, account_id=account, default_user=user, replaces=False)

    def minted(self) -> int:
        asked = self.world.asked("/oauth/token")
        return len([one for one in asked if one.form["grant_type"] == "account_credentials"])


@pytest.fixture
def server(world: World, identity: Identity) -> Server:
    return Server(world, AccountCredentials(world.store, world.server, identity, world.clock))


def test_a_connection_stands_for_its_default_user(server: Server) -> None:
    connected = server.connect("team")

    grant = connected.connection.grant
    assert (grant.person.email, grant.person.account_id, grant.app) == (seed.HOST, seed.ACCOUNT_ID, APP)
    assert (connected.renewed, connected.missing_scopes, connected.lost_scopes) == ((), (), ())
    assert server.world.connections.access("team").user == grant.person.user_id


def test_me_is_the_owner_of_the_app(server: Server) -> None:
    assert server.connect("team", "me").connection.grant.person.email == seed.ADMIN


def test_a_test_asks_for_the_default_user_and_not_for_the_owner(server: Server) -> None:
    server.connect("team")

    tested = server.world.connections.test("team")

    assert (tested.person.email, tested.missing_scopes) == (seed.HOST, ())
    assert server.minted() == 1


def test_an_expired_token_is_followed_by_one_that_the_credentials_mint(server: Server) -> None:
    first = server.connect("team").connection.grant
    server.world.zoom.clock.move(hours=2)

    token = server.world.connections.access("team").token()

    now = server.world.connections.get("team").grant
    assert (token.value == now.tokens.access, token.value == first.tokens.access) == (True, False)
    assert (server.minted(), server.world.renewals(), now.fence > first.fence) == (2, 0, True)


def test_a_connection_still_works_after_a_hundred_days(server: Server) -> None:
    server.connect("team")
    server.world.zoom.clock.move(days=100)

    assert server.world.connections.test("team").person.email == seed.HOST


def test_a_lost_answer_is_asked_for_once_more(server: Server) -> None:
    server.connect("team")
    server.world.zoom.clock.move(hours=2)
    server.world.zoom.faults.add(Fault("server_error", path="/oauth/token"))

    assert server.world.connections.test("team").person.email == seed.HOST


def test_scopes_that_a_new_app_lacks_at_first_are_waited_for(world: World, identity: Identity) -> None:
    app = world.zoom.app(APP.client_id)
    whole, app.scopes = app.scopes, frozenset({"user:read:user:admin"})

    class Later(SharedClock):
        def sleep(self, seconds: float) -> None:
            super().sleep(seconds)
            if sum(self.slept) >= 6:
                app.scopes = whole

    clock = Later(world.zoom.clock)
    accounts = AccountCredentials(world.store, world.server, identity, clock)

    connected = accounts.connect("team", APP, account_id=seed.ACCOUNT_ID, default_user=seed.HOST, replaces=False)

    assert (connected.missing_scopes, clock.slept) == ((), [2.0, 4.0])
    assert connected.connection.grant.tokens.scopes == whole


def test_scopes_that_never_come_are_named_after_a_quarter_of_a_minute(server: Server) -> None:
    app = server.world.zoom.app(APP.client_id)
    app.scopes -= {"meeting:write:meeting:admin"}

    connected = server.connect("team")

    assert (connected.missing_scopes, sum(server.world.clock.slept)) == (("meeting:write:meeting:admin",), 14.0)


def test_an_app_that_may_not_read_users_is_told_so_with_the_connections_name(server: Server) -> None:
    server.world.zoom.app(APP.client_id).scopes = frozenset({"meeting:read:meeting:admin"})

    with pytest.raises(MissingScopes) as caught:
        server.connect("team")

    assert caught.value.params["connection"] == "team"
    assert server.world.connections.all() == []


def deactivate(zoom: Sandbox) -> None:
    zoom.app(APP.client_id).active = False


@pytest.mark.parametrize(
    ("given", "explained", "who"),
    [
        ({"secret": "not-the-secret"}, "app_credentials_wrong", "connector_admin"),
        ({"account": "another-account"}, "account_id_wrong", "connector_admin"),
        ({"user": "nobody@example.com"}, "user_not_found", "workflow_author"),
    ],
)
def test_what_was_entered_wrongly_is_named_and_not_stored(
    server: Server, given: dict[str, str], explained: str, who: str
) -> None:
    with pytest.raises(ZoomConnectorError) as caught:
        server.enter(**given)

    explanation = explain(caught.value, Catalogue().errors)
    assert (explanation.code, explanation.who) == (explained, who)
    assert server.world.connections.all() == []


def test_an_app_that_is_not_activated_is_told_apart_from_a_wrong_secret(server: Server) -> None:
    deactivate(server.world.zoom)

    with pytest.raises(ZoomConnectorError) as caught:
        server.connect("team")

    assert explain(caught.value, Catalogue().errors).code == "app_disabled"


def test_an_app_that_was_switched_off_works_again_when_it_is_switched_on(server: Server) -> None:
    server.connect("team")
    server.world.zoom.clock.move(hours=2)
    deactivate(server.world.zoom)
    with pytest.raises(ZoomConnectorError):
        server.world.connections.test("team")

    server.world.zoom.app(APP.client_id).active = True

    assert server.world.connections.test("team").person.email == seed.HOST


def test_another_user_under_an_existing_name_is_a_question(server: Server) -> None:
    server.connect("team")

    with pytest.raises(InvalidInputs) as caught:
        server.connect("team", seed.COLLEAGUE)

    assert caught.value.code == "connection_exists"
    assert server.world.connections.get("team").grant.person.email == seed.HOST
    assert server.connect("team", seed.COLLEAGUE, replaces=True).connection.grant.person.email == seed.COLLEAGUE


def test_disconnecting_deletes_the_credentials_and_asks_zoom_nothing(server: Server) -> None:
    grant = server.connect("team").connection.grant
    before = len(server.world.zoom.requests)

    gone = server.world.connections.disconnect("team")

    assert (gone.revoked, gone.unreached) == (False, False)
    assert server.world.store.grants.get(grant.id) is None
    assert len(server.world.zoom.requests) == before


def test_zoom_being_away_leaves_nothing_behind(server: Server) -> None:
    server.world.zoom.faults.add(Fault("server_error", path="/users/{userId}"))

    with pytest.raises(ZoomUnavailable):
        server.connect("team")

    assert server.world.connections.all() == []
