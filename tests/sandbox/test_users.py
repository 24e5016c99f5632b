"""Users and groups: made, changed, and who schedules for whom."""

from typing import Any

import pytest
from sandbox.client import Client, said, wrong

from zoom_connector.sandbox import Sandbox, seed

HOST_ID, BASIC_ID = "sandboxUserHost0000002", "sandboxUserBasic000004"


@pytest.fixture
def admin(zoom: Sandbox) -> Client:
    return Client.of(zoom, seed.ADMIN, "sandbox-admin-client")


def create(admin: Client, action: str, email: str = "new@example.com", **more: Any) -> Any:
    return admin("POST", "/users", {"action": action, "user_info": {"email": email, "type": 1, **more}})


@pytest.mark.parametrize(
    ("action", "status"), [("create", "pending"), ("autoCreate", "active"), ("custCreate", "active")]
)
def test_who_is_invited_is_pending_and_who_is_made_is_not(admin: Client, action: str, status: str) -> None:
    made = create(admin, action, first_name="New", last_name="One", type=2)

    user = admin("GET", f"/users/{made.json()['id']}").json()
    assert (made.status_code, user["status"], user["type"], user["display_name"]) == (201, status, 2, "New One")
    listed = {kind: admin("GET", "/users", status=kind).json()["users"] for kind in ("active", "pending")}
    assert [row.get("id") for row in listed["pending"]] == ([None] if status == "pending" else [])
    assert len(listed["active"]) == (4 if status == "pending" else 5)


def test_users_are_made_by_themselves_only_in_a_managed_domain(admin: Client) -> None:
    refused = create(admin, "autoCreate", "new@example.org")

    text = "Email address new@example.org doesn't match limited domains: example.com"
    assert said(refused) == (400, 1116, text)
    assert create(admin, "create", "new@example.org").status_code == 201


def test_an_address_is_used_once(admin: Client) -> None:
    assert said(create(admin, "create", "HOST@example.com")) == (
        409,
        1005,
        'Email "host@example.com" has already been used.',
    )
    assert [
        admin("GET", "/users/email", email=email).json()["existed_email"] for email in (seed.HOST, "new@example.com")
    ] == [True, False]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"user_info": {"email": "new@example.com", "type": 1}}, ["action"]),
        ({"action": "create"}, ["user_info.email", "user_info.type"]),
        ({"action": "create", "user_info": {"email": "new", "type": 1}}, ["user_info.email"]),
        ({"action": "create", "user_info": {"email": "new@example.com", "type": 3}}, ["user_info.type"]),
    ],
)
def test_what_is_wrong_in_a_new_user_is_named(admin: Client, body: dict[str, Any], fields: list[str]) -> None:
    assert wrong(admin("POST", "/users", body)) == fields


def test_single_sign_on_is_not_switched_on(admin: Client) -> None:
    assert said(create(admin, "ssoCreate"))[:2] == (400, 2002)


def test_an_update_changes_what_it_names(admin: Client) -> None:
    before = admin("GET", f"/users/{HOST_ID}").json()

    changed = admin("PATCH", f"/users/{HOST_ID}", {"dept": "Sales", "job_title": "Lead", "timezone": "Asia/Tokyo"})

    after = admin("GET", f"/users/{HOST_ID}").json()
    assert changed.status_code == 204
    assert after == {**before, "dept": "Sales", "job_title": "Lead", "timezone": "Asia/Tokyo"}
    assert wrong(admin("PATCH", f"/users/{HOST_ID}", {"timezone": "Mars", "type": 5})) == ["type", "timezone"]


def test_only_an_admin_changes_names(zoom: Sandbox) -> None:
    full = Client.of(zoom, client_id="sandbox-full-client")

    named, placed = (full("PATCH", "/users/me", body) for body in ({"first_name": "Jo"}, {"location": "Utrecht"}))

    assert said(named) == (400, 200, "Only an account administrator can change a user's name.")
    assert placed.status_code == 204


def test_a_user_who_may_not_host_cannot_schedule(zoom: Sandbox, host: Client, admin: Client) -> None:
    number = host.create()["id"]
    admin("PATCH", f"/users/{HOST_ID}", {"type": 99})

    made, shown = host("POST", "/users/me/meetings", {}), host("GET", f"/meetings/{number}")

    text = "Meeting hosting and scheduling capabilities are not allowed for your user account."
    assert [said(answer) for answer in (made, shown)] == [(400, 3161, text)] * 2


def test_a_user_is_deactivated_but_never_an_admin(admin: Client) -> None:
    statuses = [
        admin("PUT", f"/users/{email}/status", {"action": "deactivate"}).status_code
        for email in (seed.BASIC, seed.ADMIN)
    ]

    assert statuses == [204, 400]
    assert [row["email"] for row in admin("GET", "/users", status="inactive").json()["users"]] == [seed.BASIC]


def test_an_admin_has_more_permissions(admin: Client) -> None:
    mine, theirs = (set(admin("GET", f"/users/{who}/permissions").json()["permissions"]) for who in ("me", HOST_ID))

    assert theirs < mine


def test_an_assistant_and_a_scheduler_are_two_sides_of_one_thing(admin: Client) -> None:
    assistants, schedulers = f"/users/{HOST_ID}/assistants", f"/users/{seed.COLLEAGUE}/schedulers"
    added = admin("POST", assistants, {"assistants": [{"email": seed.COLLEAGUE}]}).json()

    listed = admin("GET", assistants).json()["assistants"], admin("GET", schedulers).json()["schedulers"]
    removed = admin("DELETE", f"{schedulers}/{HOST_ID}")

    assert added["ids"] == "sandboxUserColleague03"
    assert [[row["email"] for row in rows] for rows in listed] == [[seed.COLLEAGUE], [seed.HOST]]
    assert (removed.status_code, admin("GET", assistants).json()) == (204, {"assistants": []})


@pytest.mark.parametrize(
    ("who", "assistant", "message"),
    [
        (seed.BASIC, seed.COLLEAGUE, f"The user must either be a Licensed user or an On-prem user : {BASIC_ID}."),
        (seed.HOST, seed.BASIC, f"The user must either be a Licensed user or an On-prem user : {seed.BASIC}."),
        (seed.HOST, seed.HOST, "Can't assign scheduling privilege to yourself."),
        (seed.HOST, "nobody@example.com", "Can't find user nobody@example.com."),
    ],
)
def test_not_everybody_can_be_an_assistant(admin: Client, who: str, assistant: str, message: str) -> None:
    answer = admin("POST", f"/users/{who}/assistants", {"assistants": [{"email": assistant}]})

    assert said(answer) == (400, 200, message)


def test_members_come_into_a_group_and_leave_it(admin: Client) -> None:
    path = f"/groups/{admin('POST', '/groups', {'name': 'Support'}).json()['id']}"

    members = [{"email": seed.HOST}, {"id": BASIC_ID}, {"id": "nobody"}]
    added, _ = (admin("POST", f"{path}/members", {"members": members}) for _ in range(2))
    removed = [admin("DELETE", f"{path}/members/{BASIC_ID}") for _ in range(2)]

    assert (added.status_code, added.json()["ids"]) == (201, f"{HOST_ID},{BASIC_ID}")
    assert [row["email"] for row in admin("GET", f"{path}/members").json()["members"]] == [seed.HOST]
    assert [answer.status_code for answer in removed] == [204, 404]
    assert admin("GET", path).json()["total_members"] == 1
    assert path.rpartition("/")[2] in admin("GET", f"/users/{HOST_ID}").json()["group_ids"]


def test_a_group_has_a_name_of_its_own(admin: Client) -> None:
    assert said(admin("POST", "/groups", {"name": "Sales"})) == (
        409,
        4132,
        'The group name "Sales" is already in use.',
    )
    assert said(admin("POST", "/groups", {}))[1:] == (300, "Invalid parameter: name.")
    assert said(admin("GET", "/groups/x")) == (404, 4130, "A group with this x does not exist.")


def test_the_roles_of_the_account_are_listed_with_how_many_have_them(admin: Client, host: Client) -> None:
    users = admin("GET", "/users").json()["users"]

    roles = admin("GET", "/roles").json()["roles"]

    assert [(role["id"], role["name"]) for role in roles] == [("0", "Owner"), ("1", "Admin"), ("2", "Member")]
    held = [[user["role_id"] for user in users].count(role["id"]) for role in roles]
    assert [role["total_members"] for role in roles] == held
    assert said(host("GET", "/roles"))[0] == 400


def test_tracking_fields_are_made_changed_and_deleted(admin: Client) -> None:
    listed = admin("GET", "/tracking_fields").json()
    made = admin("POST", "/tracking_fields", {"field": "Region", "recommended_values": ["North"]}).json()
    path = f"/tracking_fields/{made['id']}"
    admin("PATCH", path, {"required": True})
    shown = admin("GET", path).json()
    admin("DELETE", path)

    assert [(row["field"], row["required"]) for row in listed["tracking_fields"]] == [
        ("Department", True),
        ("Cost centre", False),
    ]
    assert shown == {**made, "required": True, "recommended_values": ["North"]}
    assert said(admin("GET", path)) == (404, 5110, f"Tracking field does not exist: {made['id']}.")
    assert wrong(admin("POST", "/tracking_fields", {"recommended_values": [1]})) == ["field", "recommended_values"]


def test_the_values_of_tracking_fields_stay_with_the_meeting(host: Client) -> None:
    values = [{"field": "Department", "value": "Sales"}]

    made = host.create(tracking_fields=values)

    assert host("GET", f"/meetings/{made['id']}").json()["tracking_fields"] == values


def test_the_accounts_domains_are_told(admin: Client) -> None:
    assert admin("GET", "/accounts/me/managed_domains").json()["domains"] == [
        {"domain": "example.com", "status": "verified"}
    ]
    assert admin("GET", f"/accounts/{seed.ACCOUNT_ID}/trusted_domains").json() == {"trusted_domains": ["example.org"]}
    assert said(admin("GET", "/accounts/other/trusted_domains")) == (404, 2001, "Account does not exist: other")
