"""Operations on who may schedule for whom: a user's assistants, and those whose assistant the user is.

https://developers.zoom.us/docs/api/users/#tag/users/GET/users/{userId}/assistants
"""

from typing import Any

from ..answers import Refused, invalid_fields
from ..call import Call
from ..clock import zulu
from ..people import User

_MOST = 30


def list_assistants(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}/assistants`."""
    rows = [
        {"id": user_id, "email": call.world.people.users[user_id].email, "can_manage_host_private_event": private}
        for user_id, private in call.user().assistants.items()
    ]
    return {"assistants": rows}


def add_assistants(call: Call) -> dict[str, Any]:
    """Answer `POST /users/{userId}/assistants`."""
    user, rows = call.user(), call.body.get("assistants")
    if not isinstance(rows, list) or not 1 <= len(rows) <= _MOST:
        raise invalid_fields("assistants")
    call.require_paid(f"Current account must be paid account: {user.id}")
    if not user.licensed:
        raise Refused(400, 200, f"The user must either be a Licensed user or an On-prem user : {user.id}.")
    added = {
        _assistant(call, user, row.get("id") or row.get("email") or ""): bool(row.get("can_manage_host_private_event"))
        for row in rows
        if isinstance(row, dict)
    }
    user.assistants |= added
    return {"ids": ",".join(added), "add_at": zulu(call.world.clock.now())}


def delete_assistant(call: Call) -> None:
    """Answer `DELETE /users/{userId}/assistants/{assistantId}`."""
    user, assistant = call.user(), _known(call, call.path["assistantId"])
    user.assistants.pop(assistant.id, None)


def delete_all_assistants(call: Call) -> None:
    """Answer `DELETE /users/{userId}/assistants`."""
    call.user().assistants.clear()


def list_schedulers(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}/schedulers`."""
    rows = [{"id": user.id, "email": user.email, "pmi": user.pmi} for user in _schedulers(call, call.user())]
    return {"schedulers": rows}


def delete_scheduler(call: Call) -> None:
    """Answer `DELETE /users/{userId}/schedulers/{schedulerId}`."""
    user, scheduler = call.user(), _known(call, call.path["schedulerId"])
    scheduler.assistants.pop(user.id, None)


def delete_all_schedulers(call: Call) -> None:
    """Answer `DELETE /users/{userId}/schedulers`."""
    user = call.user()
    for scheduler in _schedulers(call, user):
        del scheduler.assistants[user.id]


def _assistant(call: Call, user: User, reference: str) -> str:
    assistant = call.world.people.user(reference)
    if assistant is None or assistant.account is not user.account:
        raise Refused(400, 200, f"Can't find user {reference}.")
    if assistant is user:
        raise Refused(400, 200, "Can't assign scheduling privilege to yourself.")
    if assistant.id in user.assistants:
        raise Refused(400, 200, f"User {assistant.email} has already granted scheduling privilege.")
    if not assistant.licensed:
        raise Refused(400, 200, f"The user must either be a Licensed user or an On-prem user : {assistant.email}.")
    return assistant.id


def _known(call: Call, reference: str) -> User:
    user = call.world.people.user(reference)
    if user is None or user.account is not call.account:
        raise Refused(404, 1001, f"User does not exist: {reference}.")
    return user


def _schedulers(call: Call, user: User) -> list[User]:
    return [other for other in call.world.people.users.values() if user.id in other.assistants]
