"""What handlers really send is what Zoom publishes, and so is every answer made up here."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from zoom.foreign import LOST, START, Reply

from contract.checks import check_answer, check_request, examples
from contract.handling import CATALOGUE, NO_CONTENT, Foreign, foreign
from contract.spec import Spec

HOST = "/users/jo%40example.com/meetings"
RECORDED = "/meetings/aDYlohsHRtCd4ii1uC2%2BhA%3D%3D/recordings"
TRANSCRIPT = "/meetings/aDYlohsHRtCd4ii1uC2%2BhA%3D%3D/transcript"

MEETING = dict(CATALOGUE.actions["get_meeting"].sample)
MADE = {name: value for name, value in CATALOGUE.actions["create_meeting"].sample.items() if name != "not_applied"}
ROW = CATALOGUE.actions["list_meetings"].sample["meetings"][0]
USER_SETTINGS = dict(CATALOGUE.actions["get_user_settings"].sample)
RECORDING = dict(CATALOGUE.actions["get_recordings"].sample)
RECORDING_SETTINGS = dict(CATALOGUE.actions["get_recording_settings"].sample)
HELD = "aDYlohsHRtCd4ii1uC2%2BhA%3D%3D"
SESSION_ROW = CATALOGUE.actions["list_past_instances"].sample["meetings"][0]
VISIT = {"name": "Kim", "join_time": "2030-01-07T09:00:12Z", "leave_time": "2030-01-07T09:40:00Z", "duration": 2388}
TRACKING_FIELDS = {"tracking_fields": [{"field": "Team", "required": True, "recommended_values": ["Red"]}]}
ABOUT_TRANSCRIPT = {"meeting_topic": "Kick-off", "can_download": True}
"""`download_url` is added where the server's address is known."""


@pytest.fixture
def zoom() -> Iterator[Foreign]:
    with foreign() as zoom:
        yield zoom


def first(key: str, *without: str, **instead: Any) -> dict[str, Any]:
    """Fill an action in with its examples, but for those that exclude each other."""
    return {name: value for name, value in examples(CATALOGUE.actions[key]).items() if name not in without} | instead


ONE_WAY_TO_REPEAT = ("month_day", "month_week", "month_weekday", "repeat_until")
NOT_REPEATING = (*ONE_WAY_TO_REPEAT, "repeats", "repeat_every", "weekdays", "repeat_times")
LISTED = ROW | {"created_at": START.isoformat(), "type": 2, "start_time": "2030-01-07T09:00:00Z"}

CREATES = {
    "weekly": first("create_meeting", *ONE_WAY_TO_REPEAT),
    "monthly on a day": first("create_meeting", "weekdays", "month_week", "month_weekday", "repeat_times", repeats=3),
    "monthly in a week": first("create_meeting", "weekdays", "month_day", "repeat_until", repeats=3),
    "once": first("create_meeting", *NOT_REPEATING, kind="scheduled"),
    "without a time": first("create_meeting", *NOT_REPEATING, "start_time", kind="recurring_no_fixed_time"),
    "now": first("create_meeting", *NOT_REPEATING, "start_time", "schedule_for", kind="instant"),
}
DELETES = {
    "a meeting": first("delete_meeting", "occurrence_id"),
    "a series": first("delete_meeting", "occurrence_id", whole_series=True),
    "an occurrence": first("delete_meeting"),
}

SIGN_IN = ("meeting_authentication", "recording_authentication", "authentication_option")
APART = {"user_id", "option", "meeting_security", *SIGN_IN}
ORDINARY = [name for name in CATALOGUE.actions["update_user_settings"].inputs["properties"] if name not in APART]
CHANGED_SETTINGS = {
    "ordinary": first("update_user_settings", "option", "meeting_security", *SIGN_IN),
    "security": first("update_user_settings", *ORDINARY, *SIGN_IN),
    "sign-in to join": first(
        "update_user_settings", *ORDINARY, "meeting_security", SIGN_IN[1], option="meeting_authentication"
    ),
    "sign-in to watch": first(
        "update_user_settings", *ORDINARY, "meeting_security", SIGN_IN[0], option="recording_authentication"
    ),
}


def made_up(spec: Spec, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return answers to calls after making sure that Zoom could give them."""
    for call, answer in answers.items():
        method, path = call.split()
        if not isinstance(answer, Reply):
            assert check_answer(spec, method, path, answer) == []
    return answers


def deviations(spec: Spec, zoom: Foreign) -> list[str]:
    """Check every request that went to Zoom's API."""
    return [
        deviation
        for sent in zoom.sent
        if not sent.path.startswith("/rec/")
        for deviation in check_request(spec, sent.method, sent.path, sent.query, sent.body)
    ]


@pytest.mark.parametrize("inputs", CREATES.values(), ids=CREATES)
def test_create_meeting_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, inputs: dict[str, Any]) -> None:
    zoom.answer(made_up(spec, {f"POST {HOST}": MADE}))

    zoom.run("create_meeting", inputs)

    assert [sent.method for sent in zoom.sent] == ["POST"]
    assert deviations(spec, zoom) == []


def test_create_meeting_looks_for_a_lost_meeting_as_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    zoom.answer(
        made_up(
            spec,
            {f"POST {HOST}": LOST, f"GET {HOST}": {"meetings": [LISTED]}, f"GET /meetings/{LISTED['id']}": MEETING},
        )
    )

    zoom.run("create_meeting", first("create_meeting", *NOT_REPEATING, "schedule_for", kind="scheduled"))

    assert [sent.method for sent in zoom.sent] == ["POST", "GET", "GET"]
    assert deviations(spec, zoom) == []


@pytest.mark.parametrize("inputs", DELETES.values(), ids=DELETES)
def test_delete_meeting_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, inputs: dict[str, Any]) -> None:
    path = f"/meetings/{inputs['meeting_id']}"
    zoom.answer(made_up(spec, {f"GET {path}": MEETING | {"type": 2}, f"DELETE {path}": NO_CONTENT}))

    zoom.run("delete_meeting", inputs)

    assert zoom.sent[-1].method == "DELETE"
    assert deviations(spec, zoom) == []


def test_download_recording_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, tmp_path: Path) -> None:
    file = RECORDING["recording_files"][0] | {"download_url": f"{zoom.url}/rec/video", "file_size": 7}
    answer = RECORDING | {"recording_files": [file], "download_access_token": "example"}
    video = Reply(200, b"example", {"Content-Type": "video/mp4"})
    zoom.answer({**made_up(spec, {f"GET {RECORDED}": answer}), "GET /rec/video": [Reply(401), video]})

    zoom.run("download_recording", first("download_recording", folder=str(tmp_path)))

    assert [sent.path for sent in zoom.sent] == [RECORDED, "/rec/video", RECORDED, "/rec/video"]
    assert deviations(spec, zoom) == []


def test_download_recordings_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, tmp_path: Path) -> None:
    uuid = "aDYlohsHRtCd4ii1uC2+hA=="
    file = RECORDING["recording_files"][0] | {"download_url": f"{zoom.url}/rec/video", "file_size": 7}
    working = file | {"status": "processing"}
    session = CATALOGUE.actions["list_recordings"].sample["meetings"][0] | {"uuid": uuid}
    answers = {
        "GET /users": {"users": [CATALOGUE.actions["list_users"].sample["users"][0] | {"id": "jo@example.com"}]},
        "GET /users/jo%40example.com/recordings": {"meetings": [session | {"recording_files": [working]}]},
        f"GET {RECORDED}": RECORDING | {"uuid": uuid, "recording_files": [file], "download_access_token": "example"},
    }
    video = Reply(200, b"example", {"Content-Type": "video/mp4"})
    zoom.answer({**made_up(spec, answers), "GET /rec/video": [Reply(401), video]})

    inputs = first("download_recordings", "users", folder=str(tmp_path), all_users=True)
    outputs = zoom.run("download_recordings", inputs)

    assert outputs["saved"] == 1
    listed = ["/users", "/users/jo%40example.com/recordings"]
    assert [sent.path for sent in zoom.sent] == [*listed, RECORDED, "/rec/video", RECORDED, "/rec/video"]
    assert deviations(spec, zoom) == []


def test_recover_recordings_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    session = CATALOGUE.actions["list_recordings"].sample["meetings"][0]
    answers = {
        "GET /users/jo%40example.com/recordings": {"meetings": [session]},
        f"PUT {RECORDED}/status": NO_CONTENT,
        f"PUT {RECORDED}/72576a1f-4e66-4a77-87c4-f13f9808bd76/status": NO_CONTENT,
    }
    zoom.answer(made_up(spec, answers))

    zoom.run("recover_recordings", first("recover_recordings", "from", "to"))
    zoom.run("recover_recordings", first("recover_recordings", "from", "to", "recording_file_id"))
    zoom.run("recover_recordings", first("recover_recordings", "meeting_id", "recording_file_id"))

    assert [sent.method for sent in zoom.sent] == ["PUT", "GET", "PUT", "GET", "PUT", "GET", "PUT"]
    assert deviations(spec, zoom) == []


def test_get_transcript_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    about = ABOUT_TRANSCRIPT | {"download_url": f"{zoom.url}/rec/text"}
    answers = {f"GET {RECORDED}": RECORDING, f"GET {TRANSCRIPT}": about}
    zoom.answer({**made_up(spec, answers), "GET /rec/text": Reply(200, b"WEBVTT", {"Content-Type": "text/vtt"})})

    zoom.run("get_transcript", first("get_transcript"))

    assert [sent.path for sent in zoom.sent] == [RECORDED, TRANSCRIPT, "/rec/text"]
    assert deviations(spec, zoom) == []


def test_update_recording_settings_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    path = f"{RECORDED}/settings"
    zoom.answer(made_up(spec, {f"PATCH {path}": NO_CONTENT, f"GET {path}": RECORDING_SETTINGS}))

    zoom.run("update_recording_settings", first("update_recording_settings"))

    assert [sent.method for sent in zoom.sent] == ["PATCH", "GET"]
    assert deviations(spec, zoom) == []


def test_find_user_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    user = {name: value for name, value in CATALOGUE.actions["find_user"].sample.items() if name != "found"}
    zoom.answer(made_up(spec, {"GET /users/jo%40example.com": user}))

    outputs = zoom.run("find_user", first("find_user"))

    assert outputs == CATALOGUE.actions["find_user"].sample
    assert deviations(spec, zoom) == []


@pytest.mark.parametrize("left_out", [(), ("user_id", "account_id")])
def test_list_event_subscriptions_sends_what_zoom_publishes(
    spec: Spec, zoom: Foreign, left_out: tuple[str, ...]
) -> None:
    sample = CATALOGUE.actions["list_event_subscriptions"].sample
    me = CATALOGUE.actions["get_my_user"].sample
    zoom.answer(made_up(spec, {"GET /marketplace/app/event_subscription": sample, "GET /users/me": me}))

    outputs = zoom.run("list_event_subscriptions", first("list_event_subscriptions", *left_out))

    assert outputs == sample
    assert deviations(spec, zoom) == []


@pytest.mark.parametrize("domains", ["managed", "managed_or_trusted"])
def test_create_user_by_domain_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, domains: str) -> None:
    listed = {"domains": [{"domain": "example.com", "status": "verified"}] if domains == "managed" else []}
    answers = {
        "GET /accounts/me/managed_domains": listed,
        "GET /accounts/me/trusted_domains": {"trusted_domains": ["example.com"]},
        "POST /users": CATALOGUE.actions["create_user"].sample,
    }
    zoom.answer(made_up(spec, answers))

    zoom.run("create_user_by_domain", first("create_user_by_domain", domains=domains))

    assert [sent.method for sent in zoom.sent] == (["GET", "POST"] if domains == "managed" else ["GET", "GET", "POST"])
    assert deviations(spec, zoom) == []


@pytest.mark.parametrize("inputs", CHANGED_SETTINGS.values(), ids=CHANGED_SETTINGS)
def test_update_user_settings_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, inputs: dict[str, Any]) -> None:
    path = "/users/jo%40example.com/settings"
    zoom.answer(made_up(spec, {f"PATCH {path}": NO_CONTENT, f"GET {path}": USER_SETTINGS}))

    zoom.run("update_user_settings", inputs)

    assert [sent.method for sent in zoom.sent] == ["PATCH", "GET"]
    assert deviations(spec, zoom) == []


SESSION = {
    "GET /past_meetings/{meeting}": CATALOGUE.actions["get_past_meeting"].sample,
    "GET /past_meetings/{meeting}/participants": {"participants": [VISIT]},
    "GET /report/meetings/{meeting}/participants": {"participants": [VISIT | {"registrant_id": "example"}]},
    "GET /past_meetings/{meeting}/polls": CATALOGUE.actions["list_past_polls"].sample,
    "GET /past_meetings/{meeting}/qa": CATALOGUE.actions["list_past_questions"].sample,
}


def test_update_meeting_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    path = "/meetings/97763643886"
    zoom.hold("meeting:write", "tracking_fields:read:admin")
    answers = {f"PATCH {path}": NO_CONTENT, f"GET {path}": MEETING, "GET /tracking_fields": TRACKING_FIELDS}
    zoom.answer(made_up(spec, answers))

    zoom.run("update_meeting", first("update_meeting", "occurrence_id"))
    zoom.run("update_meeting", first("update_meeting"))

    assert [sent.method for sent in zoom.sent] == ["GET", "GET", "PATCH", "GET", "PATCH", "GET"]
    assert deviations(spec, zoom) == []


def test_find_meeting_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    listed = {"meetings": [ROW | {"start_time": "2030-01-07T09:00:00Z"}]}
    zoom.answer(made_up(spec, {f"GET {HOST}": listed, "GET /meetings/97763643886": MEETING}))

    zoom.run("find_meeting", first("find_meeting"))
    zoom.run("find_meeting", first("find_meeting", "meeting_id"))

    assert [sent.path for sent in zoom.sent] == ["/meetings/97763643886", HOST]
    assert deviations(spec, zoom) == []


def test_import_meeting_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    path = "/meetings/97763643886"
    zoom.hold("meeting:write", "tracking_fields:read:admin")
    answers = {
        f"GET {path}": MEETING,
        f"PATCH {path}": NO_CONTENT,
        f"GET {path}/invitation": CATALOGUE.actions["get_meeting_invitation"].sample,
        "GET /tracking_fields": TRACKING_FIELDS,
    }
    zoom.answer(made_up(spec, answers))

    zoom.run("import_meeting", first("import_meeting"))

    assert [sent.method for sent in zoom.sent] == ["GET", "GET", "PATCH", "GET", "GET"]
    assert deviations(spec, zoom) == []


@pytest.mark.parametrize("kind", [2, 3, 8])
def test_copy_meeting_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, kind: int) -> None:
    source = MEETING | {"type": kind}
    zoom.hold("tracking_fields:read:admin")
    answers = {"GET /meetings/97763643886": source, "GET /tracking_fields": TRACKING_FIELDS, f"POST {HOST}": MADE}
    zoom.answer(made_up(spec, answers))

    zoom.run("copy_meeting", first("copy_meeting", *(["start_time"] if kind == 3 else [])))

    assert [sent.method for sent in zoom.sent] == ["GET", "GET", "POST"]
    assert deviations(spec, zoom) == []


def test_add_registrants_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    path = "/meetings/97763643886"
    added = {"registrants": [{"email": "kim@example.com", "registrant_id": "example"}]}
    answers = {
        f"POST {path}/batch_registrants": added,
        f"POST {path}/registrants": CATALOGUE.actions["add_registrant"].sample,
        f"GET {path}/registrants/questions": {"custom_questions": [{"title": "Shoe size"}]},
        f"GET {path}/registrants": {"registrants": []},
    }
    zoom.hold("meeting:write")
    alone = f"POST {path}/registrants"
    zoom.answer({**made_up(spec, answers), alone: [answers[alone], LOST]})
    table = "email,first name,shoe size,org\n" + "".join(
        f"{name}@example.com,{name},43,Example\n" for name in ("al", "jo")
    )

    zoom.run("add_registrants", first("add_registrants", "registrants", "csv_file", csv=table))
    zoom.run(
        "add_registrants",
        first(
            "add_registrants",
            "registrants",
            "csv_file",
            "occurrence_ids",
            "language",
            csv="email,name\nkim@example.com,Kim\nal@example.com,Al\n",
        ),
    )

    assert {sent.path.removeprefix(path) for sent in zoom.sent} == {
        "/registrants",
        "/registrants/questions",
        "/batch_registrants",
    }
    assert deviations(spec, zoom) == []


@pytest.mark.parametrize("scope", ["report:read:admin", "meeting:read"])
def test_list_past_participants_sends_what_zoom_publishes(spec: Spec, zoom: Foreign, scope: str) -> None:
    sessions = {f"GET /past_meetings/{MEETING['id']}/instances": {"meetings": [SESSION_ROW]}}
    zoom.hold("meeting:read", scope)
    zoom.answer(made_up(spec, sessions | {call.format(meeting=HELD): answer for call, answer in SESSION.items()}))

    outputs = zoom.run("list_past_participants", first("list_past_participants"))

    assert outputs["count"] == 1
    assert deviations(spec, zoom) == []


def test_get_meeting_report_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    zoom.hold("meeting:read", "report:read:admin")
    zoom.answer(made_up(spec, {call.format(meeting=HELD): answer for call, answer in SESSION.items()}))

    outputs = zoom.run("get_meeting_report", first("get_meeting_report"))

    assert (outputs["missing"], len(zoom.sent)) == ([], 4)
    assert deviations(spec, zoom) == []


def test_call_zoom_api_knows_the_operation_of_its_example(spec: Spec, zoom: Foreign) -> None:
    zoom.answer({"GET /users/me/settings": {}})

    zoom.run("call_zoom_api", first("call_zoom_api", "body"))

    assert deviations(spec, zoom) == []


def test_list_recommended_values_sends_what_zoom_publishes(spec: Spec, zoom: Foreign) -> None:
    zoom.answer(made_up(spec, {"GET /tracking_fields": TRACKING_FIELDS}))

    assert zoom.run("list_recommended_values", {"field": "Team"}) == {"values": [{"value": "Red"}]}
    assert deviations(spec, zoom) == []


def test_list_time_zones_sends_nothing(zoom: Foreign) -> None:
    zoom.run("list_time_zones", {})

    assert zoom.sent == []


def test_every_handler_is_checked_here() -> None:
    handlers = {key for key, action in CATALOGUE.actions.items() if action.request is None}

    assert handlers == {
        "find_user",
        "list_event_subscriptions",
        "create_user_by_domain",
        "update_user_settings",
        "create_meeting",
        "update_meeting",
        "find_meeting",
        "import_meeting",
        "copy_meeting",
        "add_registrants",
        "list_past_participants",
        "get_meeting_report",
        "delete_meeting",
        "download_recording",
        "download_recordings",
        "recover_recordings",
        "get_transcript",
        "call_zoom_api",
        "list_recommended_values",
        "list_time_zones",
        "update_recording_settings",
    }
