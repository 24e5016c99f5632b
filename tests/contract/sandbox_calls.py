"""Calls of the local Zoom around meetings: one for every route, and for every shape that its answer may have."""

from functools import cache
from typing import Any
from urllib.parse import quote

from sandbox.client import Client

from zoom_connector.sandbox import Sandbox, seed

HELD = quote(seed.RECORDED_UUID)
OPEN = {"start_time": "2026-03-09T10:00:00Z", "settings": {"approval_type": 1}}
JO = {
    "email": "jo@example.org",
    "first_name": "Jo",
    "last_name": "Doe",
    "city": "Utrecht",
    "custom_questions": [{"title": "Diet", "value": "Vegan"}],
    "no_of_employees": "1-20",
    "auto_approve": True,
}
ASKED = {
    "questions": [{"field_name": "city", "required": False}],
    "custom_questions": [{"title": "Diet", "type": "single", "answers": ["Vegan", "Any"], "required": False}],
}
POLL = {
    "title": "Mood",
    "questions": [
        {"name": "How are you?", "type": "single", "answers": ["Well", "So so"], "answer_required": True},
        {"name": "Rate us", "type": "rating_scale", "rating_min_value": 0, "rating_max_value": 10},
    ],
    "poll_type": 2,
}
SURVEY = {"custom_survey": {"title": "After", "questions": [{"name": "How was it?", "type": "long_answer"}]}}
STREAM = {"page_url": "https://example.com/live", "stream_key": "key", "stream_url": "rtmp://example.com"}
MARCH = {"from": "2026-02-20", "to": "2026-03-02"}
APP = f"/marketplace/apps/app-{seed.CLIENT_ID}"
EVENTS = {"events": ["meeting.ended"], "event_webhook_url": "https://example.com/zoom", "subscription_scope": "user"}
MANIFEST = {"display_information": {"display_name": "Mine"}, "oauth_information": {"usage": "USER_OPERATION"}}
USER = "/users/sandboxUserHost0000002"


def admin(host: Client) -> Client:
    """The account's admin, whose app has every scope of account level."""
    return _admin(host.zoom)


@cache
def _admin(zoom: Sandbox) -> Client:
    # A second sign-in would end the first.
    return Client.of(zoom, seed.ADMIN, "sandbox-admin-client")


def opened(host: Client, **more: Any) -> str:
    """A meeting for which one registers."""
    return f"/meetings/{host.create(**OPEN, **more)['id']}/registrants"


def registered(host: Client) -> str:
    path = opened(host)
    return f"{path}/{host('POST', path, JO).json()['registrant_id']}"


def polled(host: Client) -> str:
    path = f"/meetings/{host.create()['id']}/polls"
    return f"{path}/{host('POST', path, POLL).json()['id']}"


def surveyed(host: Client) -> str:
    path = f"/meetings/{host.create()['id']}/survey"
    host("PATCH", path, SURVEY)
    return path


def running(host: Client) -> str:
    number = host.create()["id"]
    host.zoom.start_meeting(number)
    return f"/meetings/{number}"


def summarised(host: Client) -> str:
    """A summary that nobody else needs."""
    instance = host.zoom.hold_meeting("Summarised")
    instance.summary = host.zoom.meetings[0].instances[0].summary
    return f"/meetings/{quote(quote(instance.uuid, safe=''), safe='')}/meeting_summary"


def template(host: Client) -> str:
    return f"{USER}/meeting_templates/{host('GET', f'{USER}/meeting_templates').json()['templates'][0]['id']}"


def tracking_field(host: Client) -> str:
    return f"/tracking_fields/{admin(host)('POST', '/tracking_fields', {'field': 'Region'}).json()['id']}"


def group(host: Client) -> str:
    return f"/groups/{admin(host)('GET', '/groups').json()['groups'][0]['id']}"


def newcomer(host: Client, **more: Any) -> Any:
    number = len(host.zoom.requests)
    info = {"email": f"new{number}@example.com", "type": 1, "first_name": "New", **more}
    return admin(host)("POST", "/users", {"action": "custCreate", "user_info": info})


def requested(host: Client) -> Client:
    """The admin, after somebody has asked for the app."""
    body = {"action": "add_user", "user_ids": ["sandboxUserColleague03"]}
    admin(host)("POST", f"{APP}/requests", body)
    return admin(host)


def decided(host: Client, action: str, **who: Any) -> Any:
    host.zoom.account.approval_needed = True
    answer = admin(host)("POST", "/marketplace/apps/app-sandbox-granular-client/preApprove", {"action": action, **who})
    host.zoom.account.approval_needed = False
    return answer


def subscription(host: Client) -> str:
    made = host("POST", "/marketplace/app/event_subscription", EVENTS | {"user_ids": ["sandboxUserHost0000002"]})
    return f"/marketplace/app/event_subscription/{made.json()['event_subscription_id']}"


def leave(host: Client) -> Any:
    number = subscription(host).rpartition("/")[2]
    query = {"event_subscription_id": number, "account_id": seed.ACCOUNT_ID}
    return host("DELETE", "/marketplace/app/event_subscription", **query)


FAMILY_CALLS: dict[str, Any] = {
    "a registrant, added": lambda host: host("POST", opened(host), JO),
    "a registrant of a series": lambda host: host(
        "POST", opened(host, type=8, recurrence={"type": 1, "end_times": 2}), JO
    ),
    "registrants, added": lambda host: host(
        "POST", opened(host).replace("registrants", "batch_registrants"), {"auto_approve": True, "registrants": [JO]}
    ),
    "a registrant": lambda host: host("GET", registered(host)),
    "a registrant, removed": lambda host: host("DELETE", registered(host)),
    "registrants": lambda host: host("GET", registered(host).rpartition("/")[0]),
    "registrants, decided": lambda host: host(
        "PUT",
        f"{registered(host).rpartition('/')[0]}/status",
        {"action": "deny", "registrants": [{"email": JO["email"]}]},
    ),
    "questions": lambda host: (
        host("PATCH", f"{(path := opened(host))}/questions", ASKED),
        host("GET", f"{path}/questions"),
    )[1],
    "questions, changed": lambda host: host("PATCH", f"{opened(host)}/questions", ASKED),
    "invite links": lambda host: host(
        "POST", f"/meetings/{host.create()['id']}/invite_links", {"attendees": [{"name": "Jo"}]}
    ),
    "polls": lambda host: host("GET", polled(host).rpartition("/")[0]),
    "a poll, created": lambda host: host("POST", f"/meetings/{host.create()['id']}/polls", POLL),
    "polls, created": lambda host: host("POST", f"/meetings/{host.create()['id']}/batch_polls", {"polls": [POLL]}),
    "a poll": lambda host: host("GET", polled(host)),
    "a poll, changed": lambda host: host("PUT", polled(host), POLL),
    "a poll, deleted": lambda host: host("DELETE", polled(host)),
    "a survey": lambda host: host("GET", surveyed(host)),
    "a survey, changed": lambda host: host("PATCH", surveyed(host), SURVEY),
    "a survey, deleted": lambda host: host("DELETE", surveyed(host)),
    "past instances": lambda host: host("GET", f"/past_meetings/{HELD}/instances"),
    "past participants": lambda host: host("GET", f"/past_meetings/{HELD}/participants"),
    "past polls": lambda host: host("GET", f"/past_meetings/{HELD}/polls"),
    "past questions": lambda host: host("GET", f"/past_meetings/{HELD}/qa"),
    "a report": lambda host: admin(host)("GET", f"/report/meetings/{HELD}"),
    "a report's participants": lambda host: admin(host)(
        "GET", f"/report/meetings/{HELD}/participants", include_fields="registrant_id"
    ),
    "a report's polls": lambda host: admin(host)("GET", f"/report/meetings/{HELD}/polls"),
    "a report's questions": lambda host: admin(host)("GET", f"/report/meetings/{HELD}/qa"),
    "a user's report": lambda host: admin(host)("GET", f"/report{USER}/meetings", **MARCH),
    "hosts": lambda host: admin(host)("GET", "/report/users", **MARCH),
    "days": lambda host: admin(host)("GET", "/report/daily", year=2026, month=3),
    "templates": lambda host: host("GET", f"{USER}/meeting_templates"),
    "a template, created": lambda host: host(
        "POST", f"{USER}/meeting_templates", {"meeting_id": host.create()["id"], "name": "T", "overwrite": True}
    ),
    "a template": lambda host: host("GET", template(host)),
    "summary templates": lambda host: host("GET", f"{USER}/meeting_summary_templates"),
    "summaries": lambda host: admin(host)("GET", "/meetings/meeting_summaries"),
    "a summary": lambda host: host("GET", f"/meetings/{HELD}/meeting_summary"),
    "a summary, deleted": lambda host: host("DELETE", summarised(host)),
    "a live stream": lambda host: host("GET", f"{running(host)}/livestream"),
    "a live stream, changed": lambda host: host("PATCH", f"{running(host)}/livestream", STREAM),
    "a live stream, started": lambda host: host("PATCH", f"{running(host)}/livestream/status", {"action": "start"}),
    "a token for a live stream": lambda host: host("GET", f"{running(host)}/jointoken/live_streaming"),
    "roles": lambda host: admin(host)("GET", "/roles"),
    "tracking fields": lambda host: admin(host)("GET", "/tracking_fields"),
    "a tracking field, created": lambda host: admin(host)("POST", "/tracking_fields", {"field": "Region"}),
    "a tracking field": lambda host: admin(host)("GET", tracking_field(host)),
    "a tracking field, changed": lambda host: admin(host)("PATCH", tracking_field(host), {"required": True}),
    "a tracking field, deleted": lambda host: admin(host)("DELETE", tracking_field(host)),
    "a user, created": newcomer,
    "a user, changed": lambda host: host("PATCH", USER, {"dept": "Sales", "job_title": "Lead"}),
    "a user after that": lambda host: host("GET", USER),
    "an address": lambda host: host("GET", "/users/email", email=seed.HOST),
    "a user's status": lambda host: admin(host)(
        "PUT", f"/users/{newcomer(host).json()['id']}/status", {"action": "deactivate"}
    ),
    "permissions": lambda host: host("GET", f"{USER}/permissions"),
    "an assistant, added": lambda host: host("POST", f"{USER}/assistants", {"assistants": [{"email": seed.ADMIN}]}),
    "assistants": lambda host: host("GET", f"{USER}/assistants"),
    "schedulers": lambda host: admin(host)("GET", "/users/sandboxUserAdmin000001/schedulers"),
    "an assistant, removed": lambda host: host("DELETE", f"{USER}/assistants/sandboxUserAdmin000001"),
    "assistants, removed": lambda host: host("DELETE", f"{USER}/assistants"),
    "a scheduler, removed": lambda host: host("DELETE", f"{USER}/schedulers/sandboxUserAdmin000001"),
    "schedulers, removed": lambda host: host("DELETE", f"{USER}/schedulers"),
    "a user's settings": lambda host: host("GET", f"{USER}/settings"),
    "a user's security": lambda host: host("GET", f"{USER}/settings", option="meeting_security"),
    "a user's settings, changed": lambda host: host("PATCH", f"{USER}/settings", {"in_meeting": {"chat": False}}),
    "an account's settings": lambda host: admin(host)("GET", f"/accounts/{seed.ACCOUNT_ID}/settings"),
    "an account's authentication": lambda host: admin(host)(
        "GET", "/accounts/me/settings", option="meeting_authentication"
    ),
    "managed domains": lambda host: admin(host)("GET", "/accounts/me/managed_domains"),
    "trusted domains": lambda host: admin(host)("GET", "/accounts/me/trusted_domains"),
    "groups": lambda host: admin(host)("GET", "/groups"),
    "a group, created": lambda host: admin(host)("POST", "/groups", {"name": f"G{len(host.zoom.requests)}"}),
    "a group": lambda host: admin(host)("GET", group(host)),
    "members": lambda host: admin(host)("GET", f"{group(host)}/members"),
    "members, added": lambda host: admin(host)("POST", f"{group(host)}/members", {"members": [{"email": seed.BASIC}]}),
    "a member, removed": lambda host: (
        admin(host)("POST", f"{group(host)}/members", {"members": [{"email": seed.BASIC}]}),
        admin(host)("DELETE", f"{group(host)}/members/sandboxUserBasic000004"),
    )[1],
    "apps": lambda host: admin(host)("GET", "/marketplace/apps", type="account_created"),
    "apps that are waited for": lambda host: requested(host)("GET", "/marketplace/apps"),
    "an app": lambda host: host("GET", APP),
    "an app, approved": lambda host: decided(host, "approve_all"),
    "an app, approved for some": lambda host: decided(host, "approve_user", user_ids=[seed.HOST]),
    "approved apps": lambda host: (
        decided(host, "approve_all"),
        admin(host)("GET", "/marketplace/apps", type="approved_apps"),
    )[1],
    "requests": lambda host: requested(host)("GET", f"{APP}/requests"),
    "requests, added": lambda host: admin(host)(
        "POST", f"{APP}/requests", {"action": "add_user", "user_ids": ["sandboxUserBasic000004"]}
    ),
    "requests, decided": lambda host: requested(host)("PATCH", f"{APP}/requests", {"action": "approve_all"}),
    "past requests": lambda host: admin(host)("GET", "/marketplace/apps", type="past_requests"),
    "a user's requests": lambda host: requested(host)("GET", f"/marketplace/users/{seed.COLLEAGUE}/apps"),
    "a manifest": lambda host: host("POST", "/marketplace/apps/manifest/validate", {"manifest": MANIFEST}),
    "a wrong manifest": lambda host: host("POST", "/marketplace/apps/manifest/validate", {"manifest": {}}),
    "calls": lambda host: admin(host)("GET", f"{APP}/api_call_logs"),
    "deliveries": lambda host: host("GET", f"{APP}/webhook_logs"),
    "a subscription, created": lambda host: host("POST", "/marketplace/app/event_subscription", EVENTS),
    "subscriptions": lambda host: (
        subscription(host),
        host("GET", "/marketplace/app/event_subscription", user_id=seed.HOST, account_id=seed.ACCOUNT_ID),
    )[1],
    "a subscription, joined": lambda host: host(
        "PATCH", subscription(host), {"account_id": seed.ACCOUNT_ID, "user_ids": [seed.HOST]}
    ),
    "a subscription, left": leave,
    "a subscription, deleted": lambda host: host("DELETE", subscription(host)),
}
