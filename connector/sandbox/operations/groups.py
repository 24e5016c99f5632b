"""Operations on groups of users.

https://developers.zoom.us/docs/api/users/#tag/groups
"""

from typing import Any

from ..answers import Refused, invalid_fields, invalid_parameter
from ..call import Call
from ..clock import zulu
from ..groups import Group
from ..people import User

_BATCH = 30


def list_groups(call: Call) -> dict[str, Any]:
    """Answer `GET /groups`."""
    _require_paid(call)
    rows = [_view(group) for group in call.account.groups.listed()]
    groups, page = call.world.paging.page(rows, f"{call.account.id} groups", call.query)
    return {"groups": groups, "total_records": len(rows), "next_page_token": page["next_page_token"]}


def create_group(call: Call) -> dict[str, Any]:
    """Answer `POST /groups`."""
    _require_paid(call)
    return _view(call.account.groups.add(_name(call)))


def get_group(call: Call) -> dict[str, Any]:
    """Answer `GET /groups/{groupId}`."""
    return _view(_group(call))


def list_members(call: Call) -> dict[str, Any]:
    """Answer `GET /groups/{groupId}/members`."""
    group = _group(call)
    rows = [_member(call.world.people.users[user_id]) for user_id in group.members]
    members, page = call.world.paging.page(rows, f"{group.id} members", call.query, largest=2000)
    return page | {"page_number": 1, "members": members}


def add_members(call: Call) -> dict[str, Any]:
    """Answer `POST /groups/{groupId}/members`; who is not a user of the account is passed over."""
    group, rows = _group(call), call.body.get("members")
    if not isinstance(rows, list) or not 1 <= len(rows) <= _BATCH:
        raise invalid_fields("members")
    references = [row.get("id") or row.get("email") or "" for row in rows if isinstance(row, dict)]
    found = [call.world.people.user(reference) for reference in references]
    added = [user.id for user in found if user is not None and user.account is call.account]
    group.members += [user_id for user_id in dict.fromkeys(added) if user_id not in group.members]
    return {"added_at": zulu(call.world.clock.now()), "ids": ",".join(added)}


def remove_member(call: Call) -> None:
    """Answer `DELETE /groups/{groupId}/members/{memberId}`."""
    group = _group(call)
    if call.path["memberId"] not in group.members:
        raise Refused(404, 4131, "Group member does not exist.")
    group.members.remove(call.path["memberId"])


def _group(call: Call) -> Group:
    _require_paid(call)
    return call.account.groups.find(call.path["groupId"])


def _require_paid(call: Call) -> None:
    call.require_paid("Only available for Paid account.")


def _name(call: Call) -> str:
    name = call.body.get("name")
    if not isinstance(name, str) or not name:
        raise invalid_parameter("name")
    return name


def _view(group: Group) -> dict[str, Any]:
    return {"id": group.id, "name": group.name, "total_members": len(group.members)}


def _member(user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "type": user.type,
    }
