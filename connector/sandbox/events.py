"""What happens here, told to the apps that want to know. Whoever calls this holds the world's lock; nothing waits.

https://developers.zoom.us/docs/api/webhooks/
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from . import event_bodies as bodies
from .attendance import Attendance
from .deliveries import Delivery, Endpoint
from .meeting import Instance, Meeting
from .people import Account, App, AppKind, User
from .recordings import Recording
from .registration import Registrant
from .world import World

_NOT_IN_THE_FIRST_EVENT = ("TRANSCRIPT", "TIMELINE", "CC")
"""A transcript has an event of its own; the others have no id, which Zoom's schema asks for there."""
_DOWNLOAD_DAYS = 1


def meeting_created(world: World, meeting: Meeting, operator: User | None) -> None:
    """Tell that a meeting was scheduled."""
    thing = bodies.created_meeting(meeting, world.origin)
    _of_a_meeting(world, "meeting.created", meeting, thing, _by(meeting, operator) | {"operation": "all"})


def meeting_updated(world: World, meeting: Meeting, before: Mapping[str, Any], operator: User | None) -> None:
    """Tell what was changed of a meeting.

    Args:
        world: where it is.
        meeting: as it is now.
        before: how it looked, from `event_bodies.updated_meeting`.
        operator: who did it; the host when it was the app itself.
    """
    old, new = bodies.differences(before, bodies.updated_meeting(meeting, world.origin))
    extras = {"scope": "all", "old_object": old, "time_stamp": bodies.milliseconds(world.clock.now())}
    _of_a_meeting(world, "meeting.updated", meeting, new, _by(meeting, operator) | extras)


def meeting_deleted(world: World, meeting: Meeting, operator: User | None, occurrence_id: str | None = None) -> None:
    """Tell that a meeting, or one date of it, was deleted."""
    extras = _by(meeting, operator) | {"operation": "single" if occurrence_id else "all"}
    _of_a_meeting(world, "meeting.deleted", meeting, bodies.deleted_meeting(meeting, occurrence_id), extras)


def meeting_started(world: World, meeting: Meeting, instance: Instance) -> None:
    """Tell that the host came in; the host's own visit was seen not to be told."""
    _of_a_meeting(world, "meeting.started", meeting, bodies.held_meeting(meeting, instance))


def participant_joined(world: World, meeting: Meeting, instance: Instance, attendance: Attendance) -> None:
    """Tell that somebody came in."""
    _of_a_meeting(world, "meeting.participant_joined", meeting, bodies.visit(meeting, instance, attendance))


def participant_left(world: World, meeting: Meeting, instance: Instance, attendance: Attendance) -> None:
    """Tell that somebody left."""
    _of_a_meeting(world, "meeting.participant_left", meeting, bodies.visit(meeting, instance, attendance))


def meeting_ended(world: World, meeting: Meeting, instance: Instance, last: Iterable[Attendance]) -> None:
    """Tell that the last ones left, and that the meeting is over."""
    for attendance in last:
        if attendance.user is not meeting.host:
            participant_left(world, meeting, instance, attendance)
    _of_a_meeting(world, "meeting.ended", meeting, bodies.held_meeting(meeting, instance))


def recording_completed(world: World, recording: Recording) -> None:
    """Tell that a recording can be downloaded, and then that its transcript can."""
    ready = [file for file in recording.files if file.type not in _NOT_IN_THE_FIRST_EVENT]
    scripts = [file for file in recording.files if file.type == "TRANSCRIPT"]
    for name, files in (("recording.completed", ready), ("recording.transcript_completed", scripts)):
        if files:
            thing = bodies.recorded(recording, files, world.origin)
            token = world.tokens.issue_download(recording.uuid, timedelta(days=_DOWNLOAD_DAYS))
            payload = {"account_id": recording.host.account.id, "object": thing}
            tell(world, name, payload, recording.host.account, recording.host, download_token=token)


def registrant_added(world: World, meeting: Meeting, registrant: Registrant) -> None:
    """Tell that somebody registered for a meeting."""
    _of_a_meeting(world, "meeting.registration_created", meeting, bodies.registered(meeting, registrant, world.origin))


def user_created(world: World, user: User, operator: User | None, how: str = "create") -> None:
    """Tell that there is another user."""
    by = operator or user
    payload = {
        "account_id": user.account.id,
        "operator": by.email,
        "operator_id": by.id,
        "creation_type": how,
        "object": bodies.user(user),
    }
    tell(world, "user.created", payload, user.account, user)


def app_removed(world: World, app: App, user: User) -> None:
    """Tell an app that a user removed it, who may have been the last one."""
    body = {"event": "app_deauthorized", "payload": bodies.deauthorization(app, user, world.clock.now())}
    _send(world, body, lambda endpoint: endpoint.app is app)


def app_requested(world: World, app: App, user: User, reason: str) -> None:
    """Tell an app that a user asked an admin for it; nobody has it yet."""
    payload = bodies.wanted_app(app, user, reason, user.account.groups.of(user.id))
    body = {
        "event": "app.authorization_request_created",
        "event_ts": bodies.milliseconds(world.clock.now()),
        "payload": payload,
    }
    _send(world, body, lambda endpoint: endpoint.app is app)


def tell(
    world: World, event: str, payload: Mapping[str, Any], account: Account, user: User | None, **beside: Any
) -> Sequence[Delivery]:
    """Tell every app that may know.

    Args:
        world: where it happened.
        event: Zoom's name of it.
        payload: what happened.
        account: in which account.
        user: the host, or whom it is about; None for what concerns the account as a whole.
        beside: what stands beside the payload.
    """
    body = {"event": event, "event_ts": bodies.milliseconds(world.clock.now()), "payload": payload, **beside}
    return tell_all(world, body, account, user)


def tell_all(world: World, body: Mapping[str, Any], account: Account, user: User | None) -> Sequence[Delivery]:
    """Tell every app that may know, in these words."""
    return _send(world, body, lambda endpoint: _may_know(world, endpoint, account, user))


def _send(world: World, body: Mapping[str, Any], may_know: Callable[[Endpoint], bool]) -> Sequence[Delivery]:
    return [
        delivery
        for endpoint in world.webhooks.endpoints
        if (endpoint.events is None or body["event"] in endpoint.events) and may_know(endpoint)
        for delivery in world.webhooks.send(endpoint, body)
    ]


def _may_know(world: World, endpoint: Endpoint, account: Account, user: User | None) -> bool:
    if endpoint.users is not None and (user is None or user.id not in endpoint.users):
        return False
    if endpoint.app.kind is AppKind.SERVER_TO_SERVER:
        return endpoint.app.account is account
    added = set(_added(world, endpoint.app))
    return user in added if endpoint.added_only else any(each.account is account for each in added)


def _added(world: World, app: App) -> Iterator[User]:
    return (grant.user for grant in world.tokens.grants if grant.app is app and grant.ended is None)


def _of_a_meeting(
    world: World, event: str, meeting: Meeting, thing: Mapping[str, Any], extras: Mapping[str, Any] | None = None
) -> None:
    host = meeting.host
    tell(world, event, {"account_id": host.account.id, **(extras or {}), "object": thing}, host.account, host)


def _by(meeting: Meeting, operator: User | None) -> dict[str, Any]:
    who = operator or meeting.host
    return {"operator": who.email, "operator_id": who.id}
