"""Operations on templates of meetings and of their summaries.

https://developers.zoom.us/docs/api/meetings/#tag/templates
"""

import base64
import hashlib
from typing import Any

from ..answers import Refused, invalid_fields
from ..call import Call
from ..templates import MOST, Template

_SUMMARY_TEMPLATES = (
    ("sandbox-summary-general", "General", "What was said, and what is to be done."),
    ("sandbox-summary-sales", "Sales call", "What the customer needs, and the next step."),
)


def list_templates(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}/meeting_templates`."""
    rows = [{"id": template.id, "name": template.name, "type": 1} for template in call.user().templates]
    return {"total_records": len(rows), "templates": rows}


def create_template(call: Call) -> dict[str, Any]:
    """Answer `POST /users/{userId}/meeting_templates`."""
    user = call.user()
    meeting = call.world.meetings.find(str(call.body.get("meeting_id", "")))
    call.require_reach(meeting)
    name = call.body.get("name") or meeting.topic
    if not isinstance(name, str):
        raise invalid_fields("name")
    known = next((template for template in user.templates if template.name == name), None)
    if known is not None and call.body.get("overwrite") is not True:
        raise Refused(400, 3000, f"Meeting template name already exists: {name}.")
    if known is None and len(user.templates) >= MOST:
        raise Refused(400, 300, f"You can only create up to {MOST} meeting templates.")
    digest = hashlib.sha256(f"template {user.id} {name}".encode()).digest()[:16]
    template = Template(base64.urlsafe_b64encode(digest).decode().rstrip("="), name, dict(meeting.settings))
    user.templates = [*(other for other in user.templates if other is not known), template]
    return {"id": template.id, "name": template.name}


def get_template(call: Call) -> dict[str, Any]:
    """Answer `GET /users/{userId}/meeting_templates/{meetingTemplateId}`."""
    for template in call.user().templates:
        if template.id == call.path["meetingTemplateId"]:
            return {"id": template.id, "name": template.name, "settings": _settings(template.settings)}
    raise Refused(400, 300, f"Meeting template does not exist: {call.path['meetingTemplateId']}.")


def list_summary_templates(call: Call) -> list[dict[str, Any]]:
    """Answer `GET /users/{userId}/meeting_summary_templates`."""
    call.user()
    return [
        {"meeting_summary_template_id": number, "name": name, "description": description}
        for number, name, description in _SUMMARY_TEMPLATES
    ]


def _settings(settings: dict[str, Any]) -> dict[str, Any]:
    return {
        "recording": {"auto_recording": settings["auto_recording"]},
        "schedule_meeting": {
            "host_video": settings["host_video"],
            "participant_video": settings["participant_video"],
            "mute_upon_entry": settings["mute_upon_entry"],
        },
        "meeting_security": {"waiting_room": settings["waiting_room"]},
    }
