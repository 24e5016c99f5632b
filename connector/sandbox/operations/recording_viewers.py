"""Operations on those who watch cloud recordings: settings, figures, and who registers for it.

https://developers.zoom.us/docs/api/meetings/#tag/cloud-recording
"""

from collections import Counter
from datetime import UTC, timedelta
from typing import Any

from ..answers import invalid_fields, invalid_parameter
from ..call import Call
from ..clock import zulu
from ..recordings import Look
from ..registration import QUESTIONS
from ..rule import FLAG, LIST, TEXT, Rule, missing, refused
from .recordings import recording_of

_MONTH = timedelta(days=30)
_SETTINGS = {
    "approval_type": Rule(int, choices=(0, 1, 2)),
    "authentication_domains": TEXT,
    "authentication_option": TEXT,
    "on_demand": FLAG,
    "password": Rule(str, least=8, most=10),
    "recording_authentication": FLAG,
    "send_email_to_host": FLAG,
    "share_recording": Rule(str, choices=("publicly", "internally", "none")),
    "show_social_share_buttons": FLAG,
    "topic": TEXT,
    "viewer_download": FLAG,
    "auto_delete": FLAG,
}
_DECISION = {"action": Rule(str, choices=("approve", "deny")), "registrants": Rule(list, most=30)}
_QUESTION = {"field_name": Rule(str, choices=QUESTIONS), "required": FLAG}
_CUSTOM = {
    "title": Rule(str, least=1),
    "type": Rule(str, choices=("short", "single", "multiple")),
    "required": FLAG,
    "answers": LIST,
}


def get_settings(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/recordings/settings`."""
    return recording_of(call).settings


def update_settings(call: Call) -> None:
    """Answer `PATCH /meetings/{meetingId}/recordings/settings`."""
    settings = recording_of(call).settings
    if wrong := list(refused(call.body, _SETTINGS)):
        raise invalid_fields(*wrong)
    settings.update({name: value for name, value in call.body.items() if name in _SETTINGS})
    # Only a recording on demand lets people register; Zoom says nothing when it drops the rest.
    if not settings["on_demand"]:
        settings["approval_type"] = 2


def get_details(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/recordings/analytics_details`."""
    days, looks = _looks(call)
    kind = call.query.get("type", "by_view")
    if kind not in ("by_view", "by_download"):
        raise invalid_parameter("type")
    rows = [
        {"date_time": zulu(look.at), "name": look.name, "email": look.email, "duration": look.seconds}
        for look in looks
        if look.download is (kind == "by_download")
    ]
    found, page = call.world.paging.page(rows, f"{call.path['meetingId']} looks", call.query)
    kept = {name: page[name] for name in ("page_size", "total_records", "next_page_token")}
    return {**days, **kept, "analytics_details": found}


def get_summary(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/recordings/analytics_summary`."""
    days, looks = _looks(call)
    counted = Counter((look.at.astimezone(UTC).date().isoformat(), look.download) for look in looks)
    rows = [
        {"date": day, "views_total_count": counted[day, False], "downloads_total_count": counted[day, True]}
        for day in sorted({day for day, _ in counted})
    ]
    return {**days, "analytics_summary": rows}


def list_registrants(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/recordings/registrants`."""
    recording = recording_of(call)
    found = recording.registration.listed(call.query.get("status", "approved"), None)
    rows = [{**registrant.details, "id": registrant.id, "status": registrant.status} for registrant in found]
    registrants, page = call.world.paging.page(rows, f"{recording.uuid} registrants", call.query)
    return {**page, "page_number": 1, "registrants": registrants}


def add_registrant(call: Call) -> dict[str, Any]:
    """Answer `POST /meetings/{meetingId}/recordings/registrants`."""
    recording, now = recording_of(call), call.world.clock.now()
    recording.registration.refuse_wrong(call.body, now, call.label)
    status = "approved" if recording.settings["approval_type"] == 0 else "pending"
    registrant = recording.registration.add(recording.meeting_id, call.body, now, status=status)
    answer = {"id": recording.meeting_id, "registrant_id": registrant.id, "topic": recording.topic}
    share = {"share_url": f"{call.world.origin}/rec/share/{registrant.id}"} if status == "approved" else {}
    return answer | share


def decide_registrants(call: Call) -> None:
    """Answer `PUT /meetings/{meetingId}/recordings/registrants/status`."""
    recording = recording_of(call)
    if wrong := [*refused(call.body, _DECISION), *missing(call.body, "action")]:
        raise invalid_fields(*wrong)
    rows = call.body.get("registrants", [])
    references = [str(row.get("id", "")) for row in rows if isinstance(row, dict)]
    recording.registration.decide(call.body["action"], references, call.world.clock.now(), call.label)


def get_questions(call: Call) -> dict[str, Any]:
    """Answer `GET /meetings/{meetingId}/recordings/registrants/questions`."""
    registration = recording_of(call).registration
    return {"questions": registration.questions, "custom_questions": registration.custom_questions}


def update_questions(call: Call) -> None:
    """Answer `PATCH /meetings/{meetingId}/recordings/registrants/questions`."""
    registration, wrong = recording_of(call).registration, []
    for name, rules in (("questions", _QUESTION), ("custom_questions", _CUSTOM)):
        rows = call.body.get(name, [])
        wrong += [name] if not isinstance(rows, list) else []
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            wrong += refused(row, rules, f"{name}[{number}].")
    if wrong:
        raise invalid_fields(*wrong)
    registration.questions = call.body.get("questions", registration.questions)
    registration.custom_questions = call.body.get("custom_questions", registration.custom_questions)


def _looks(call: Call) -> tuple[dict[str, str], list[Look]]:
    recording, today = recording_of(call), call.world.clock.now().astimezone(UTC).date()
    last = call.day("to") or today
    first = call.day("from") or last - _MONTH
    looks = [look for look in recording.looks if first <= look.at.astimezone(UTC).date() <= last]
    return {"from": first.isoformat(), "to": last.isoformat()}, looks
