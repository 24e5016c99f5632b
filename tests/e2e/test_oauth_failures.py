"""Every OAuth failure that Zoom documents or was seen to give: the state it leaves, who must act, the exit code.

https://developers.zoom.us/docs/integrations/oauth-error-messages/
"""

from dataclasses import dataclass
from typing import Any, Literal

import pytest
from e2e.world import World

from zoom_connector import Connection, Connector, ZoomConnectorError
from zoom_connector.explain import Explanation
from zoom_connector.sandbox import Fault, Person

SCOPES = "Invalid access token, does not contain scopes:[meeting:read]."
TOKEN_OR_SCOPES = "Invalid Access Token: The access token is invalid, expired, or missing required scopes."
ADMIN, OWNER, ZOOM_ADMIN = "connector_admin", "connection_owner", "zoom_admin"


@dataclass(frozen=True)
class Row:
    """What Zoom says, where, and what it must come to."""

    where: Literal["renewal", "call", "sign-in", "page"]
    says: dict[str, Any]
    code: str
    who: str
    exit_code: int = 3
    state: str = "active"
    """Of a connection that was there before."""

    def __str__(self) -> str:
        number = self.says.get("code") or self.says.get("error") or self.says.get("kind", "")
        return f"{self.where} {number} {self.says.get('message', '')[:30]}"


def api(code: int, message: str, status: int = 400) -> dict[str, Any]:
    return {"kind": "refused", "status": status, "code": code, "message": message}


def oauth(error: str, reason: str = "", status: int = 400) -> dict[str, Any]:
    return {"kind": "refused", "status": status, "error": error, "message": reason}


def page(text: str) -> dict[str, Any]:
    return {"kind": "html", "message": text}


NUMBERED = [
    Row("call", api(4700, ""), "zoom_gave_no_reason", ADMIN),
    Row("call", api(4700, "Example exception."), "zoom_gave_no_reason", ADMIN),
    Row("renewal", api(4700, "Example exception."), "zoom_gave_no_reason", ADMIN),
    Row("call", api(4700, "Token cannot be empty.", 401), "token_not_received", ADMIN),
    Row("renewal", api(4700, "Token cannot be empty."), "token_not_received", ADMIN),
    Row("page", page("Invalid redirect: https://platform.example.com/back (4,700)"), "redirect_mismatch", ADMIN),
    Row(
        "page",
        page("Oops! We were unable to complete your request. Please try again. (4,700)"),
        "scope_parameter_refused",
        ADMIN,
    ),
    Row("call", api(4700, SCOPES, 401), "scope_missing", ADMIN),
    Row("call", api(4700, TOKEN_OR_SCOPES, 401), "token_or_scope_refused", OWNER),
    Row("renewal", api(4702, "Invalid client."), "app_credentials_wrong", ADMIN),
    Row("renewal", api(4702, "Client ID does not match authenticated client."), "app_credentials_wrong", ADMIN),
    Row("renewal", api(4704, "Invalid client secret."), "app_credentials_wrong", ADMIN),
    Row("renewal", api(4705, "Grant type is not supported from token endpoint."), "grant_type_refused", ADMIN),
    Row("renewal", api(4706, "Client ID or client secret is missing."), "app_credentials_wrong", ADMIN),
    Row("renewal", api(4706, "Missing grant type."), "grant_type_refused", ADMIN),
    Row("sign-in", api(4709, "Redirect URI mismatch."), "redirect_mismatch", ADMIN),
    Row("renewal", api(4711, "Refresh token invalid."), "grant_scopes_changed", OWNER, state="grant_scopes_changed"),
    Row("call", api(4711, SCOPES), "scope_missing", ADMIN),
    Row("renewal", api(4717, "The app has been disabled"), "app_disabled_by_zoom", ADMIN),
    Row("renewal", api(4724, "Example exception."), "jwt_refused", ADMIN),
    Row("page", page("Creating authorization code error."), "zoom_unavailable", "zoom", 4),
    Row("sign-in", api(4733, "Code is expired"), "code_expired", OWNER),
    Row("sign-in", api(4734, "Invalid authorization code."), "code_used", OWNER),
    *(
        Row(where, api(number, text, 401), code, who, state=code)
        for where in ("renewal", "call")
        for number, text, code, who in (
            (4735, "The owner of the token does not exist.", "token_owner_gone", OWNER),
            (4737, "Can not find the authentication for the access token.", "grant_dead", OWNER),
            (4738, "The token is disabled by admin.", "approval_withdrawn", ZOOM_ADMIN),
            (4740, "The token ID is out of the token tolerance range.", "token_limit_reached", OWNER),
            (4741, "The token has been revoked.", "grant_replaced", OWNER),
        )
    ),
]

SEEN = [
    Row("renewal", oauth("invalid_grant", "Invalid Token!"), "grant_dead", OWNER, state="grant_dead"),
    Row("renewal", oauth("invalid_request", "Invalid Token!"), "grant_dead", OWNER, state="grant_dead"),
    Row(
        "renewal",
        oauth("invalid_grant", "The token is disabled by admin."),
        "approval_withdrawn",
        ZOOM_ADMIN,
        state="approval_withdrawn",
    ),
    Row("sign-in", oauth("invalid_grant", "Invalid authorization code example"), "code_used", OWNER),
    Row("sign-in", oauth("invalid_request", "Invalid authorization code example"), "code_used", OWNER),
    Row("renewal", oauth("invalid_client", "Invalid client_id or client_secret"), "app_credentials_wrong", ADMIN),
    Row("renewal", oauth("invalid_client", "Invalid client_id or client_secret", 401), "app_credentials_wrong", ADMIN),
    Row("renewal", oauth("invalid_client", "The app has been disabled by the developer"), "app_disabled", ADMIN),
    Row("renewal", {"kind": "refused", "status": 400, "message": "Invalid account_id"}, "account_id_wrong", ADMIN),
    Row("renewal", oauth("unauthorized_client"), "grant_type_refused", ADMIN),
    Row("renewal", {"kind": "too_many_at_once"}, "rate_limited", "nobody", 4),
    Row("renewal", {"kind": "server_error"}, "zoom_unavailable", "zoom", 4),
    Row("renewal", {"kind": "html"}, "answer_unreadable", ADMIN),
]


@pytest.mark.parametrize("row", NUMBERED + SEEN, ids=str)
def test_a_failure_ends_in_the_right_state_and_with_the_right_person(
    world: World, connector: Connector, sales: Connection, row: Row
) -> None:
    told = FAILING[row.where](world, connector, Fault(times=None, **row.says))

    state = connector.connection("sales").state
    assert (told.code, told.who, told.exit_code, state) == (row.code, row.who, row.exit_code, row.state)
    assert told.steps


@pytest.mark.parametrize(
    ("number", "family"),
    [
        (4700, {"redirect_mismatch", "scope_missing", "scope_parameter_refused", "token_or_scope_refused"}),
        (200, {"app_kind_retired", "grant_dead", "paid_plan_needed", "permission_missing", "webinar_plan_needed"}),
    ],
)
def test_a_number_that_stands_for_a_family_lists_its_candidates(
    world: World, connector: Connector, sales: Connection, number: int, family: set[str]
) -> None:
    told = during_a_call(world, connector, Fault(times=None, **api(number, "")))

    assert family <= set(told.candidates)


@pytest.mark.parametrize(
    ("ends", "state"),
    [
        (lambda world: world.zoom.revoke("sandbox-client", "host@example.com"), "grant_replaced"),
        (lambda world: world.zoom.withdraw_approval("sandbox-client"), "approval_withdrawn"),
        (lambda world: world.zoom.remove_app("sandbox-client", "host@example.com"), "grant_removed"),
        (lambda world: world.zoom.clock.move(days=91), "grant_expired"),
    ],
    ids=["replaced", "withdrawn", "removed", "expired"],
)
def test_a_connection_that_ended_shows_it_and_works_again_after_the_next_sign_in(
    world: World, connector: Connector, sales: Connection, ends: Any, state: str
) -> None:
    ends(world)
    with pytest.raises(ZoomConnectorError) as caught:
        sales.run("list_meetings", {})
    shown = [(connection.name, connection.state) for connection in connector.connections()]

    world.zoom.account.approval_needed = False
    again = world.connect(connector, "sales")

    assert (caught.value.code, shown) == (state, [("sales", state)])
    assert (again.state, again.run("get_my_user", {})["email"]) == ("active", "host@example.com")


def during_a_call(world: World, connector: Connector, fault: Fault) -> Explanation:
    world.zoom.faults.add(Fault(**{**vars(fault), "path": "/users/{userId}/meetings"}))
    return failing(connector)


def during_a_renewal(world: World, connector: Connector, fault: Fault) -> Explanation:
    world.zoom.clock.move(hours=2)
    world.zoom.faults.add(Fault(**{**vars(fault), "path": "/oauth/token"}))
    return failing(connector)


def failing(connector: Connector) -> Explanation:
    with pytest.raises(ZoomConnectorError) as caught:
        connector.connection("sales").run("list_meetings", {})
    return connector.explain(caught.value)


def during_a_sign_in(world: World, connector: Connector, fault: Fault) -> Explanation:
    world.zoom.faults.add(Fault(**{**vars(fault), "path": "/oauth/token"}))
    with pytest.raises(ZoomConnectorError) as caught:
        world.connect(connector, "support")
    return connector.explain(caught.value)


def on_the_page(world: World, connector: Connector, fault: Fault) -> Explanation:
    world.zoom.faults.add(Fault(**{**vars(fault), "path": "/oauth/authorize"}))
    url = connector.sign_in("support", redirect_uri="http://127.0.0.1/oauth/callback").url
    return connector.explain(Person(world.zoom.url, "host@example.com").read(url))


FAILING = {
    "renewal": during_a_renewal,
    "call": during_a_call,
    "sign-in": during_a_sign_in,
    "page": on_the_page,
}
