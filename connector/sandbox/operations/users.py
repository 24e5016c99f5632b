"""Operations on users.

https://developers.zoom.us/docs/api/users/
"""

from typing import Any

from .. import events
from ..answers import Refused, invalid_fields, invalid_parameter
from ..call import Call
from ..clock import zulu
from ..people import Role, User
from ..rule import FLAG, LIST, OBJECT, TEXT, Rule, is_address, missing, refused
from ..zones import known_zones

_ROLE_IDS = {Role.ADMIN: "1", Role.MEMBER: "2"}
_CREATED_BY = ("create", "autoCreate", "custCreate", "ssoCreate")
_TYPES = Rule(int, choices=(1, 2, 4, 99))
_NEW = {
    "email": TEXT,
    "type": _TYPES,
    "first_name": Rule(str, most=64),
    "last_name": Rule(str, most=64),
    "display_name": Rule(str, most=128),
    "password": Rule(str, least=8, most=32),
}
_PROFILE = {
    "cms_user_id": TEXT,
    "company": Rule(str, most=255),
    "cost_center": TEXT,
    "custom_attributes": Rule(list, most=5),
    "dept": TEXT,
    "display_name": Rule(str, most=128),
    "first_name": Rule(str, most=64),
    "job_title": Rule(str, most=128),
    "language": TEXT,
    "last_name": Rule(str, most=64),
    "location": Rule(str, most=256),
    "manager": TEXT,
    "phone_numbers": LIST,
    "pronouns": TEXT,
    "pronouns_option": Rule(int, choices=(1, 2, 3)),
    "use_pmi": FLAG,
}
_CHANGES = {
    **_PROFILE,
    "feature": OBJECT,
    "host_key": Rule(str, least=6, most=10),
    "pmi": Rule(int, least=1_000_000_000, most=9_999_999_999),
    "timezone": TEXT,
    "type": _TYPES,
}
_IN_LISTINGS = ("dept", "custom_attributes")


def get_user(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}`."""
    user = call.user()
    defaults = {"cms_user_id": "", "company": "Example", "job_title": "", "language": "en-US", "location": ""}
    return (
        defaults
        | user.profile
        | _row(user)
        | {
            "account_id": user.account.id,
            "jid": f"{user.id.lower()}@xmpp.example.com",
            "login_types": [100],
            "personal_meeting_url": f"{call.world.origin}/j/{user.pmi}",
            "phone_country": "",
            "phone_number": "",
            "pic_url": "",
            "role_name": user.role.value,
            "use_pmi": user.profile.get("use_pmi", False),
            "vanity_url": "",
        }
    )


def list_users(call: Call) -> dict[str, Any]:
    """Answer `GET /users`."""
    wanted, role = call.query.get("status", "active"), call.query.get("role_id")
    rows = [
        _row(user)
        for user in call.world.people.users.values()
        if user.account is call.account and user.status == wanted and role in (None, "", _ROLE_IDS[user.role])
    ]
    for row in rows:
        if wanted == "pending":
            del row["id"]
    users, page = call.world.paging.page(rows, f"{call.account.id} users", call.query, largest=2000)
    return page | {"page_number": 1, "users": users}


def list_roles(call: Call) -> dict[str, Any]:
    """Answer `GET /roles`."""
    call.require_admin()
    held = [_ROLE_IDS[user.role] for user in call.world.people.users.values() if user.account is call.account]
    rows = [
        {"id": number, "name": name, "description": "", "total_members": held.count(number)}
        for number, name in (("0", "Owner"), *((_ROLE_IDS[role], role.value) for role in Role))
    ]
    return {"total_records": len(rows), "roles": rows}


def create_user(call: Call) -> dict[str, Any]:
    """Answer `POST /users`; who is invited with `create` is pending until the invitation is accepted."""
    call.require_paid("Only available for Paid account.")
    info, action = call.body.get("user_info", {}), call.body.get("action")
    wrong = [] if action in _CREATED_BY else ["action"]
    wrong += [*refused(info, _NEW, "user_info."), *missing(info, "email", "type", prefix="user_info.")]
    if not wrong and not is_address(info["email"]):
        wrong.append("user_info.email")
    if wrong:
        raise invalid_fields(*wrong)
    email = info["email"].lower()
    if (known := call.world.people.user(email)) is not None:
        if known.account is call.account:
            raise Refused(409, 1005, f'Email "{email}" has already been used.')
        raise Refused(400, 1009, f"The user {email} already holds an active account.")
    if action == "ssoCreate":
        raise Refused(400, 2002, "SSO has not been enabled for this account.")
    if action == "autoCreate" and email.partition("@")[2] not in call.account.managed_domains:
        domains = ", ".join(call.account.managed_domains)
        raise Refused(400, 1116, f"Email address {email} doesn't match limited domains: {domains}")
    number = len(call.world.people.users) + 1
    user = User(
        f"sandboxUserMade{number:07}",
        email,
        call.account,
        pmi=5_550_000_000 + number,
        status="pending" if action == "create" else "active",
        created=call.world.clock.now(),
        profile={name: info[name] for name in ("first_name", "last_name", "display_name") if name in info},
    )
    _set_type(user, info["type"])
    call.world.people.add_user(user)
    events.user_created(call.world, user, call.caller.user, call.body["action"])
    return {
        "id": user.id,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "type": user.type,
    }


def update_user(call: Call) -> None:
    """Answer `PATCH /users/{userId}`."""
    user = call.user()
    wrong = list(refused(call.body, _CHANGES))
    if call.body.get("timezone", user.timezone) not in known_zones():
        wrong.append("timezone")
    if wrong:
        raise invalid_fields(*wrong)
    if not call.caller_user.is_admin and {"first_name", "last_name", "host_key", "pmi"} & call.body.keys():
        raise Refused(400, 200, "Only an account administrator can change a user's name.")
    user.timezone = call.body.get("timezone", user.timezone)
    user.pmi = call.body.get("pmi", user.pmi)
    user.profile |= {name: call.body[name] for name in _PROFILE if name in call.body}
    if "type" in call.body:
        _set_type(user, call.body["type"])


def check_email(call: Call) -> dict[str, Any]:
    """Answer `GET /users/email`."""
    if not call.query.get("email"):
        raise Refused(400, 300, "Email is required.")
    return {"existed_email": call.world.people.user(call.query["email"]) is not None}


def set_status(call: Call) -> None:
    """Answer `PUT /users/{userId}/status`."""
    user, action = call.user(), call.body.get("action")
    if action not in ("activate", "deactivate", "clock_in", "clock_out"):
        raise invalid_parameter("action")
    if user.is_admin:
        raise Refused(400, 200, "Zoom Room and Admin users' status cannot be activated or deactivated.")
    if action in ("activate", "deactivate"):
        user.status = "active" if action == "activate" else "inactive"


def get_permissions(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}/permissions`."""
    for_admins = ["User:Read", "User:Edit", "AccountSetting:Read", "Marketplace:Read", "Marketplace:Edit"]
    return {"permissions": ["Meeting:Read", "Recording:Read", *(for_admins if call.user().is_admin else ())]}


def _set_type(user: User, number: int) -> None:
    user.licensed, user.may_host = number in (2, 4), number != 99


def _row(user: User) -> dict[str, Any]:
    profile = {name: user.profile[name] for name in _IN_LISTINGS if name in user.profile}
    return (
        {"dept": ""}
        | profile
        | {
            "id": user.id,
            "email": user.email,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "display_name": user.name,
            "type": user.type,
            "status": user.status,
            "role_id": _ROLE_IDS[user.role],
            "pmi": user.pmi,
            "timezone": user.timezone,
            "created_at": zulu(user.created),
            "user_created_at": zulu(user.created),
            "last_login_time": zulu(user.created),
            "last_client_version": "6.0.0.0(win)",
            "group_ids": user.account.groups.of(user.id),
            "im_group_ids": [],
            "verified": 1,
        }
    )
