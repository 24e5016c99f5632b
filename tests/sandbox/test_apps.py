"""The marketplace: who may use an app, who asked for it, and what was written down about it."""

from typing import Any

import pytest
from sandbox.client import Client, ask_token, authorize_url, code_of, said, sign_in, wrong
from sandbox.listening import listening

from zoom_connector.sandbox import ConsentRefused, Person, Sandbox, seed

APP = f"/marketplace/apps/app-{seed.CLIENT_ID}"
HOST_ID, COLLEAGUE_ID = "sandboxUserHost0000002", "sandboxUserColleague03"
EVENTS = {"events": ["meeting.ended"], "event_webhook_url": "https://example.com/zoom", "subscription_scope": "user"}


@pytest.fixture
def admin(zoom: Sandbox) -> Client:
    """The admin of an account whose apps need approval; the admin's own app is in use already."""
    admin = Client.of(zoom, seed.ADMIN, "sandbox-admin-client")
    zoom.account.approval_needed = True
    return admin


def approve(admin: Client, action: str, **who: Any) -> int:
    return admin("POST", f"{APP}/preApprove", {"action": action, **who}).status_code


def may_authorize(zoom: Sandbox, email: str) -> bool:
    try:
        return bool(code_of(Person(zoom.url, email).authorize(authorize_url(zoom))))
    except ConsentRefused:
        return False


def names(admin: Client, kind: str) -> list[str]:
    return [row["app_name"] for row in admin("GET", "/marketplace/apps", type=kind).json()["apps"]]


@pytest.mark.parametrize(
    ("action", "who", "allowed"),
    [
        ("approve_all", {}, [True, True]),
        ("approve_user", {"user_ids": [HOST_ID]}, [True, False]),
        ("approve_group", {"group_ids": ["Sales"]}, [True, False]),
    ],
)
def test_an_approval_opens_the_consent_page_for_all_or_for_some(
    zoom: Sandbox, admin: Client, action: str, who: dict[str, Any], allowed: list[bool]
) -> None:
    before = may_authorize(zoom, seed.HOST)
    groups = {row["name"]: row["id"] for row in admin("GET", "/groups").json()["groups"]}
    who = {name: [groups.get(value, value) for value in values] for name, values in who.items()}

    status = approve(admin, action, **who)

    assert (before, status) == (False, 201)
    assert [may_authorize(zoom, email) for email in (seed.HOST, seed.COLLEAGUE)] == allowed


def test_a_withdrawn_approval_ends_what_was_authorized(zoom: Sandbox, admin: Client) -> None:
    approve(admin, "approve_all")
    host = Client.of(zoom)

    approve(admin, "disapprove_all")

    assert said(host("GET", "/users/me")) == (401, 4738, "The token is disabled by admin.")
    assert (names(admin, "approved_apps"), names(admin, "restricted_apps")) == ([], ["Sandbox automation"])


def test_an_approval_withdrawn_from_one_user_leaves_the_others(zoom: Sandbox, admin: Client) -> None:
    approve(admin, "approve_user", user_ids=[HOST_ID, COLLEAGUE_ID])
    host, colleague = Client.of(zoom), Client.of(zoom, seed.COLLEAGUE)

    approve(admin, "disapprove_user", user_ids=[HOST_ID])

    assert [client("GET", "/users/me").status_code for client in (host, colleague)] == [401, 200]
    row = admin("GET", "/marketplace/apps", type="approved_apps").json()["apps"][0]
    assert row["approval_info"]["approved_type"] == "forSpecificUser"


def test_where_no_app_needs_approval_none_can_be_given(zoom: Sandbox, admin: Client) -> None:
    zoom.account.approval_needed = False

    answer = admin("POST", f"{APP}/preApprove", {"action": "approve_all"})

    assert said(answer) == (400, 1404, "application_pre_approved_status_off")


def test_a_request_from_the_consent_page_is_decided_in_the_marketplace(zoom: Sandbox, admin: Client) -> None:
    Person(zoom.url, seed.HOST).request_approval(authorize_url(zoom), "For the weekly report")
    waiting = admin("GET", f"{APP}/requests").json()["requests"]
    listed = names(admin, "active_requests")

    decided = admin("PATCH", f"{APP}/requests", {"action": "approve", "request_user_ids": [HOST_ID]})

    assert [(row["request_user_id"], row["reason"]) for row in waiting] == [(HOST_ID, "For the weekly report")]
    assert (listed, decided.status_code) == (["Sandbox automation"], 204)
    assert [may_authorize(zoom, email) for email in (seed.HOST, seed.COLLEAGUE)] == [True, False]
    assert admin("GET", f"{APP}/requests").json()["requests"] == []
    assert names(admin, "past_requests") == ["Sandbox automation"]


@pytest.mark.parametrize(
    ("action", "status"), [("decline_all", ["rejected"]), ("approve_all", ["approved"]), ("cancel", [])]
)
def test_a_request_is_answered(admin: Client, action: str, status: list[str]) -> None:
    admin("POST", f"{APP}/requests", {"action": "add_user", "user_ids": [HOST_ID]})

    admin("PATCH", f"{APP}/requests", {"action": action, "request_user_ids": [HOST_ID]})

    past = admin("GET", f"/marketplace/users/{HOST_ID}/apps", type="past_requests").json()["apps"]
    counted = admin("GET", "/marketplace/apps", type="past_requests").json()["apps"]
    assert [row["request_status"] for row in past] == status
    assert [
        name for row in counted for name in ("approved", "declined", "pending") if row[f"request_{name}_number"]
    ] == [{"rejected": "declined"}.get(name, name) for name in status]


def test_requests_are_made_for_a_group_and_for_all_once(admin: Client) -> None:
    groups = [row["id"] for row in admin("GET", "/groups").json()["groups"]]
    admin("POST", f"{APP}/requests", {"action": "add_group", "group_ids": groups})
    first = [row["request_user_email"] for row in admin("GET", f"{APP}/requests").json()["requests"]]
    admin("POST", f"{APP}/requests", {"action": "add_all"})

    everybody = admin("GET", f"{APP}/requests").json()["requests"]

    assert (first, len(everybody)) == ([seed.HOST], 4)


def test_apps_are_listed_by_what_they_are_to_the_account(zoom: Sandbox, admin: Client) -> None:
    zoom.app(seed.CLIENT_ID).published = True

    assert names(admin, "public") == ["Sandbox automation"]
    assert names(admin, "account_added") == ["Sandbox admin"]
    assert len(names(admin, "account_created")) == 5


@pytest.mark.parametrize("path", ["", "/requests", "/webhook_logs"])
def test_an_unknown_app_does_not_exist(admin: Client, path: str) -> None:
    answer = admin("GET", f"/marketplace/apps/{seed.CLIENT_ID}{path}")

    assert said(answer) == (404, 1401, f"App ID does not exist: {seed.CLIENT_ID}")


def test_the_calls_of_an_app_are_written_down(zoom: Sandbox, admin: Client) -> None:
    zoom.app("sandbox-server-client").scopes |= {"marketplace:read:list_api_logs:admin"}
    form = {"grant_type": "account_credentials", "account_id": seed.ACCOUNT_ID}
    server = Client(zoom, ask_token(zoom, "sandbox-server-client", **form).json()["access_token"])
    server("GET", "/users/nobody@example.com")
    path = "/marketplace/apps/app-sandbox-server-client/api_call_logs"

    failed = server("GET", path, status_code=404).json()["call_logs"]
    everything = server("GET", path).json()["call_logs"]

    assert [(row["url_pattern"], row["method"], row["http_status"]) for row in failed] == [
        ("/users/{userId}", "GET", 404)
    ]
    assert [row["url_pattern"] for row in everything] == ["/marketplace/apps/{appId}/api_call_logs", "/users/{userId}"]


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ({}, [500]),
        ({"type": 3}, [200, 200]),
        ({"type": 1}, [200, 500, 200]),
        ({"type": 1, "event": "meeting.deleted"}, [200]),
        ({"type": 1, "retry_num": 1}, [200]),
    ],
)
def test_events_that_were_sent_can_be_looked_up(
    zoom: Sandbox, host: Client, query: dict[str, Any], statuses: list[int]
) -> None:
    with listening() as app:
        zoom.webhook(app.url)
        app.statuses = [500]
        number = host.create()["id"]
        zoom.settle()
        zoom.clock.move(minutes=6)
        zoom.settle()
        host("DELETE", f"/meetings/{number}")
        zoom.settle()

    full = Client.of(zoom, client_id="sandbox-full-client")
    mine, others = (
        full("GET", f"{app}/webhook_logs", **query).json()["webhook_logs"]
        for app in (APP, "/marketplace/apps/app-sandbox-full-client")
    )
    assert ([row["status"] for row in mine], others) == (statuses, [])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"from": "2026-02-01T00:00:00Z"}, 1502),
        ({"from": "2026-03-01"}, 1503),
        ({"from": "2026-03-03T00:00:00Z"}, 1504),
        ({"from": "2026-03-01T00:00:00Z", "to": "2026-02-28T00:00:00Z"}, 1501),
        ({"retry_num": "4"}, 1506),
    ],
)
def test_a_wrong_range_of_events_is_refused(admin: Client, query: dict[str, str], code: int) -> None:
    assert said(admin("GET", f"{APP}/webhook_logs", **query))[1] == code


def test_an_app_subscribes_to_events_with_a_token_of_its_own(zoom: Sandbox) -> None:
    for email in (seed.HOST, seed.COLLEAGUE):
        sign_in(zoom, email)
    app = Client(zoom, ask_token(zoom, grant_type="client_credentials").json()["access_token"])
    base = "/marketplace/app/event_subscription"
    where = {"user_id": COLLEAGUE_ID, "account_id": seed.ACCOUNT_ID}

    number = app("POST", base, {**EVENTS, "user_ids": [HOST_ID]}).json()["event_subscription_id"]
    joined = app("PATCH", f"{base}/{number}", {"account_id": seed.ACCOUNT_ID, "user_ids": [COLLEAGUE_ID]})
    listed = app("GET", base, **where).json()["event_subscriptions"]
    left = app("DELETE", base, event_subscription_id=number, user_ids=COLLEAGUE_ID, account_id=seed.ACCOUNT_ID)
    after = app("GET", base, **where).json()["event_subscriptions"]
    deleted = [app("DELETE", f"{base}/{number}").status_code for _ in range(2)]

    assert [(row["event_subscription_id"], row["events"]) for row in listed] == [(number, ["meeting.ended"])]
    assert (joined.status_code, left.status_code, after, deleted) == (204, 204, [], [204, 404])


def test_only_events_of_somebody_who_signed_in_can_be_subscribed_to(zoom: Sandbox) -> None:
    app = Client(zoom, ask_token(zoom, grant_type="client_credentials").json()["access_token"])

    answer = app("POST", "/marketplace/app/event_subscription", {**EVENTS, "user_ids": [HOST_ID]})

    assert said(answer) == (400, 1002, f"The user don't authorize the app: {HOST_ID}.")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"events": []}, 1500),
        ({"event_webhook_url": ""}, 1500),
        ({"event_webhook_url": "http://example.com"}, 1701),
        ({"subscription_scope": "world"}, 1500),
        ({"user_ids": ["nobody"]}, 1001),
    ],
)
def test_a_wrong_subscription_is_refused(host: Client, body: dict[str, Any], code: int) -> None:
    assert said(host("POST", "/marketplace/app/event_subscription", {**EVENTS, **body}))[1] == code


@pytest.mark.parametrize(
    ("usage", "scope", "wrong_places"),
    [
        ("USER_OPERATION", "meeting:read:meeting", []),
        ("ADMIN_MANAGEMENT", "meeting:read:meeting:admin", []),
        ("USER_OPERATION", "meeting:read:meeting:admin", ["oauth_information.scopes"]),
        ("ADMIN_MANAGEMENT", "meeting:read:meeting", ["oauth_information.scopes"]),
        ("USER_OPERATION", "meeting:read", ["oauth_information.scopes"]),
        ("NOBODY", "meeting:read:meeting", ["oauth_information.usage"]),
    ],
)
def test_a_manifest_is_looked_at(zoom: Sandbox, usage: str, scope: str, wrong_places: list[str]) -> None:
    full = Client.of(zoom, client_id="sandbox-full-client")
    manifest = {
        "display_information": {"display_name": "Mine"},
        "oauth_information": {"usage": usage, "scopes": [{"scope": scope, "optional": False}]},
    }

    answer = full("POST", "/marketplace/apps/manifest/validate", {"manifest": manifest})

    found = answer.json()
    assert (answer.status_code, found["ok"]) == (200, not wrong_places)
    assert [error["setting"] for error in found.get("errors", [])] == wrong_places


def test_a_manifest_needs_a_short_name_and_one_scope_that_is_not_optional(zoom: Sandbox) -> None:
    full = Client.of(zoom, client_id="sandbox-full-client")
    manifest = {
        "display_information": {"display_name": "x" * 50},
        "oauth_information": {"usage": "USER_OPERATION", "scopes": [{"scope": "user:read:user", "optional": True}]},
        "features": {"domain_allow_list": ["example.com"]},
    }

    found = full("POST", "/marketplace/apps/manifest/validate", {"manifest": manifest}).json()

    assert [error["setting"] for error in found["errors"]] == [
        "display_information.display_name",
        "oauth_information.scopes",
        "features.domain_allow_list[0]",
    ]
    assert wrong(full("POST", "/marketplace/apps/manifest/validate", {})) == ["manifest"]
