"""Polls and surveys of meetings, live streams and templates."""

from typing import Any

import pytest
from sandbox.client import Client, said, wrong

from zoom_connector.sandbox import Sandbox, seed

POLL: dict[str, Any] = {
    "title": "Mood",
    "questions": [{"name": "How are you?", "type": "single", "answers": ["Well", "So so"]}],
}


@pytest.fixture
def path(host: Client) -> str:
    return f"/meetings/{host.create()['id']}/polls"


def test_a_poll_is_made_changed_and_deleted(host: Client, path: str) -> None:
    made = host("POST", path, POLL).json()
    changed = host("PUT", f"{path}/{made['id']}", {**POLL, "title": "Weather"})
    shown = host("GET", f"{path}/{made['id']}").json()
    deleted = host("DELETE", f"{path}/{made['id']}")

    assert made == {**POLL, "id": made["id"], "status": "notstart", "poll_type": 1, "anonymous": False}
    assert (changed.status_code, shown, deleted.status_code) == (204, {**made, "title": "Weather"}, 204)
    assert said(host("GET", f"{path}/{made['id']}")) == (404, 404, "Meeting Poll not found")


def test_anonymous_polls_can_be_listed_by_themselves(host: Client, path: str) -> None:
    batch = path.replace("polls", "batch_polls")
    made = host("POST", batch, {"polls": [POLL, {**POLL, "title": "Secret", "anonymous": True}]}).json()["polls"]

    everything, anonymous = host("GET", path).json(), host("GET", path, anonymous="true").json()

    assert (everything["total_records"], everything["polls"]) == (2, made)
    assert [poll["title"] for poll in anonymous["polls"]] == ["Secret"]


def test_fifty_polls_are_enough(host: Client, path: str) -> None:
    batch = path.replace("polls", "batch_polls")
    for _ in range(2):
        host("POST", batch, {"polls": [POLL] * 25})

    assert said(host("POST", path, POLL)) == (400, 4400, "You can only add a maximum of 50 polls.")
    assert wrong(host("POST", batch, {"polls": [POLL] * 26})) == ["polls"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"title": "x" * 65}, ["title"]),
        ({"questions": []}, ["questions"]),
        ({"questions": [{"name": "", "type": "single"}]}, ["questions[0].name", "questions[0].answers"]),
        (
            {"questions": [{"name": "Rate", "type": "rating_scale", "rating_max_value": 11}]},
            ["questions[0].rating_max_value"],
        ),
        ({"questions": ["text"]}, ["questions[0]", "questions[0].name", "questions[0].type"]),
    ],
)
def test_what_is_wrong_in_a_poll_is_named(host: Client, path: str, body: dict[str, Any], fields: list[str]) -> None:
    assert wrong(host("POST", path, body)) == fields
    assert host("GET", path).json()["polls"] == []


def test_polls_can_be_switched_off(zoom: Sandbox, host: Client, path: str) -> None:
    polling = zoom.user(seed.HOST).settings["in_meeting"]["meeting_polling"]
    polling["advanced_polls"] = False
    simple, advanced = (host("POST", path, {**POLL, "poll_type": kind}) for kind in (1, 3))
    polling["enable"] = False

    assert (simple.status_code, said(advanced)[:2]) == (201, (400, 4400))
    assert said(advanced)[2].startswith("Advanced meeting polls disabled.")
    assert said(host("GET", path))[2].startswith("Meeting polls disabled.")


def test_a_survey_is_kept_until_it_is_deleted(host: Client, path: str) -> None:
    survey = path.replace("polls", "survey")
    custom = {"title": "After", "questions": [{"name": "How was it?", "type": "long_answer"}]}

    host("PATCH", survey, {"custom_survey": custom})
    kept = host("GET", survey).json()
    host("DELETE", survey)

    assert kept == {"show_in_the_browser": True, "custom_survey": custom}
    assert host("GET", survey).json() == {"show_in_the_browser": True}
    assert wrong(host("PATCH", survey, {"custom_survey": {"title": "x" * 65}})) == ["custom_survey.title"]


def test_a_survey_can_be_switched_off_in_the_account(zoom: Sandbox, host: Client, path: str) -> None:
    zoom.account.settings["in_meeting"]["meeting_survey"] = False

    assert said(host("GET", path.replace("polls", "survey")))[:2] == (400, 3000)


def test_a_live_stream_starts_only_in_a_running_meeting(zoom: Sandbox, host: Client) -> None:
    number = host.create()["id"]
    path = f"/meetings/{number}/livestream"
    stream = {"page_url": "https://example.com/live", "stream_key": "key", "stream_url": "rtmp://example.com"}
    host("PATCH", path, stream)
    early = host("PATCH", f"{path}/status", {"action": "start"})
    zoom.start_meeting(number)

    assert host("GET", path).json() == stream
    assert said(early) == (400, 4927, f"Meeting {number} has not started.")
    assert host("PATCH", f"{path}/status", {"action": "start"}).status_code == 204
    assert wrong(host("PATCH", path, {"page_url": ""})) == ["page_url", "stream_key", "stream_url"]


def test_a_meeting_takes_its_settings_from_a_template(host: Client) -> None:
    template = host("GET", "/users/me/meeting_templates").json()["templates"][0]

    made = host.create(template_id=template["id"], settings={"host_video": True})

    assert template["name"] == "Team meeting"
    assert [made["settings"][name] for name in ("waiting_room", "host_video", "mute_upon_entry")] == [True, True, False]


def test_a_template_is_made_from_a_meeting_and_its_name_used_once(host: Client) -> None:
    number = host.create(settings={"host_video": True})["id"]
    body = {"meeting_id": number, "name": "Mine"}

    made, again, over = (
        host("POST", "/users/me/meeting_templates", {**body, **more}) for more in ({}, {}, {"overwrite": True})
    )

    full = Client.of(host.zoom, client_id="sandbox-full-client")
    shown = full("GET", f"/users/me/meeting_templates/{made.json()['id']}").json()
    assert (made.status_code, over.status_code, shown["name"]) == (201, 201, "Mine")
    assert shown["settings"]["schedule_meeting"]["host_video"] is True
    assert said(again) == (400, 3000, "Meeting template name already exists: Mine.")


def test_forty_templates_are_enough(host: Client) -> None:
    number = host.create()["id"]
    statuses = [
        host("POST", "/users/me/meeting_templates", {"meeting_id": number, "name": f"T{each}"}).status_code
        for each in range(40)
    ]

    assert statuses == [201] * 39 + [400]
