"""Operations on users.

https://developers.zoom.us/docs/api/users/
"""

from typing import Any

from ..call import Call
from ..clock import zulu
from ..people import CREATED, Role, User

_BASIC, _LICENSED = 1, 2
_ROLE_IDS = {Role.ADMIN: "1", Role.MEMBER: "2"}


def get_user(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}`."""
    user = call.user()
    return _row(user) | {
        "account_id": user.account.id,
        "cms_user_id": "",
        "company": "Example",
        "jid": f"{user.id.lower()}@xmpp.example.com",
        "job_title": "",
        "language": "en-US",
        "location": "",
        "login_types": [100],
        "personal_meeting_url": f"{call.world.origin}/j/{user.pmi}",
        "phone_country": "",
        "phone_number": "",
        "pic_url": "",
        "role_name": user.role.value,
        "use_pmi": False,
        "vanity_url": "",
    }


def list_users(call: Call) -> dict[str, Any]:
    """Answer `GET /users`."""
    wanted = call.query.get("status", "active")
    account = call.caller_user.account
    rows = [
        _row(user) for user in call.world.people.users.values() if user.account is account and user.status == wanted
    ]
    users, page = call.world.paging.page(rows, f"{account.id} users", call.query, largest=2000)
    return page | {"page_number": 1, "users": users}


def _row(user: User) -> dict[str, Any]:
    first, last = "Sandbox", user.email.partition("@")[0].capitalize()
    return {
        "id": user.id,
        "email": user.email,
        "first_name": first,
        "last_name": last,
        "display_name": f"{first} {last}",
        "type": _LICENSED if user.licensed else _BASIC,
        "status": user.status,
        "role_id": _ROLE_IDS[user.role],
        "pmi": user.pmi,
        "timezone": user.timezone,
        "dept": "",
        "created_at": zulu(CREATED),
        "user_created_at": zulu(CREATED),
        "last_login_time": zulu(CREATED),
        "last_client_version": "6.0.0.0(win)",
        "group_ids": [],
        "im_group_ids": [],
        "verified": 1,
    }
