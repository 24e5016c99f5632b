"""Meetings: made, found, changed and deleted as at Zoom."""

from typing import Any

import pytest
from sandbox.client import Client

from zoom_connector.sandbox import Account, Role, Sandbox, User, seed

WEEKLY = {
    "topic": "Weekly",
    "type": 8,
    "start_time": "2026-03-23T10:00:00",
    "timezone": "Europe/Amsterdam",
    "recurrence": {"type": 2, "weekly_days": "2", "end_times": 3},
}


def starts(meeting: dict[str, Any]) -> list[str]:
    return [item["start_time"] for item in meeting["occurrences"]]


def topics(host: Client, **query: str) -> list[str]:
    return [row["topic"] for row in host("GET", "/users/me/meetings", **query).json()["meetings"]]


def test_a_created_meeting_is_answered_in_full(zoom: Sandbox, host: Client) -> None:
    body = {"topic": "Kick-off", "start_time": "2030-01-07T10:00:00", "timezone": "Europe/Amsterdam", "duration": 30}

    answer = host("POST", "/users/me/meetings", {**body, "agenda": "Start", "settings": {"host_video": True}})

    made = answer.json()
    settings = made.pop("settings")
    assert answer.status_code == 201
    assert made == {
        "id": 97000000003,
        "uuid": made["uuid"],
        "host_id": "sandboxUserHost0000002",
        "host_email": seed.HOST,
        "assistant_id": "",
        "topic": "Kick-off",
        "agenda": "Start",
        "type": 2,
        "status": "waiting",
        "start_time": "2030-01-07T09:00:00Z",
        "duration": 30,
        "timezone": "Europe/Amsterdam",
        "created_at": "2026-03-02T09:00:00Z",
        "join_url": f"{zoom.url}/j/97000000003?pwd=p3",
        "start_url": f"{zoom.url}/s/97000000003?zak=sandbox-zak",
        "password": "p3",
        "pre_schedule": False,
        "creation_source": "open_api",
    }
    assert (settings["host_video"], settings["audio"]) == (True, "both")
    assert host("GET", f"/meetings/{made['id']}").json() == {**made, "settings": settings}


@pytest.mark.parametrize(
    ("start", "zone", "utc"),
    [
        ("2030-01-07T10:00:00Z", "Europe/Amsterdam", "2030-01-07T10:00:00Z"),
        ("2030-01-07T10:00:00", "America/New_York", "2030-01-07T15:00:00Z"),
        ("2030-07-07T10:00:00", "America/New_York", "2030-07-07T14:00:00Z"),
        ("2030-01-07T10:00:00", None, "2030-01-07T09:00:00Z"),
    ],
)
def test_a_start_is_utc_with_z_and_local_without(host: Client, start: str, zone: str | None, utc: str) -> None:
    made = host.create(start_time=start, **({"timezone": zone} if zone else {}))

    assert made["start_time"] == utc


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"topic": "x" * 201}, ["topic"]),
        ({"agenda": "x" * 2001, "password": "x" * 11}, ["agenda", "password"]),
        ({"duration": 0}, ["duration"]),
        ({"duration": 1441}, ["duration"]),
        ({"duration": "30"}, ["duration"]),
        ({"duration": True}, ["duration"]),
        ({"type": 4}, ["type"]),
        ({"start_time": "2030-01-07T10:00:00+01:00"}, ["start_time"]),
        ({"start_time": "2030-01-07"}, ["start_time"]),
        ({"start_time": "2030-13-07T10:00:00Z"}, ["start_time"]),
        ({"timezone": "Amsterdam"}, ["timezone"]),
        (
            {"settings": {"audio": "loud", "jbh_time": 7, "waiting_room": 1}},
            ["settings.audio", "settings.jbh_time", "settings.waiting_room"],
        ),
        ({"settings": [], "recurrence": ""}, ["recurrence", "settings"]),
        ({"type": 8}, ["recurrence"]),
        ({"type": 8, "recurrence": {}}, ["recurrence.type"]),
        ({"type": 8, "recurrence": {"type": 3, "repeat_interval": 11}}, ["recurrence.repeat_interval"]),
        ({"type": 8, "recurrence": {"type": 2, "weekly_days": "8"}}, ["recurrence.weekly_days"]),
        (
            {"type": 8, "recurrence": {"type": 1, "end_times": 2, "end_date_time": "2030-01-07T10:00:00Z"}},
            ["recurrence.end_times"],
        ),
        ({"type": 8, "recurrence": {"type": 1, "end_date_time": "2030-01-07T10:00:00"}}, ["recurrence.end_date_time"]),
    ],
)
def test_wrong_fields_are_named(zoom: Sandbox, host: Client, body: dict[str, Any], fields: list[str]) -> None:
    before = len(zoom.meetings)

    answer = host("POST", "/users/me/meetings", body)

    assert answer.status_code == 400
    assert {name: value for name, value in answer.json().items() if name != "errors"} == {
        "code": 300,
        "message": "Validation Failed.",
    }
    assert sorted(error["field"] for error in answer.json()["errors"]) == fields
    assert len(zoom.meetings) == before


@pytest.mark.parametrize("body", [b"[1]", b"{", b'"text"'])
def test_a_body_must_be_a_json_object(zoom: Sandbox, host: Client, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}

    answer = host.send("POST", f"{zoom.url}/v2/users/me/meetings", headers, data=body)

    assert answer.json() == {"code": 300, "message": "Request Body should be a valid JSON object."}


def test_a_setting_that_zoom_does_not_know_is_dropped_without_a_word(host: Client) -> None:
    made = host.create(settings={"waiting_rom": True})

    assert "waiting_rom" not in made["settings"]


def test_a_waiting_room_switches_join_before_host_off(host: Client) -> None:
    made = host.create(settings={"waiting_room": True, "join_before_host": True})

    assert (made["settings"]["waiting_room"], made["settings"]["join_before_host"]) == (True, False)


def test_equal_requests_make_as_many_meetings(zoom: Sandbox, host: Client) -> None:
    made = [host.create(topic="Same")["id"] for _ in range(3)]

    assert sorted(meeting.id for meeting in zoom.meetings if meeting.topic == "Same") == sorted(made)


def test_a_weekly_meeting_keeps_its_time_of_day_when_summer_time_begins(host: Client) -> None:
    made = host.create(**WEEKLY)

    assert made["occurrences"] == [
        {"occurrence_id": "1774256400000", "start_time": "2026-03-23T09:00:00Z", "duration": 60, "status": "available"},
        {"occurrence_id": "1774857600000", "start_time": "2026-03-30T08:00:00Z", "duration": 60, "status": "available"},
        {"occurrence_id": "1775462400000", "start_time": "2026-04-06T08:00:00Z", "duration": 60, "status": "available"},
    ]


@pytest.mark.parametrize(
    ("recurrence", "days"),
    [
        ({"type": 1, "end_times": 3}, ["2026-04-15", "2026-04-16", "2026-04-17"]),
        ({"type": 1, "repeat_interval": 10, "end_times": 3}, ["2026-04-15", "2026-04-25", "2026-05-05"]),
        ({"type": 2, "weekly_days": "4,6", "end_times": 3}, ["2026-04-15", "2026-04-17", "2026-04-22"]),
        ({"type": 2, "weekly_days": "1", "repeat_interval": 2, "end_times": 2}, ["2026-04-26", "2026-05-10"]),
        ({"type": 3, "monthly_day": 31, "end_times": 2}, ["2026-05-31", "2026-07-31"]),
        ({"type": 3, "monthly_week": -1, "monthly_week_day": 6, "end_times": 2}, ["2026-04-24", "2026-05-29"]),
        ({"type": 3, "monthly_week": 1, "monthly_week_day": 2, "end_times": 2}, ["2026-05-04", "2026-06-01"]),
        ({"type": 1, "end_date_time": "2026-04-16T10:00:00Z"}, ["2026-04-15", "2026-04-16"]),
        ({"type": 1}, ["2026-04-15"]),
    ],
)
def test_a_recurrence_is_expanded(host: Client, recurrence: dict[str, Any], days: list[str]) -> None:
    made = host.create(type=8, start_time="2026-04-15T10:00:00Z", timezone="UTC", recurrence=recurrence)

    assert starts(made) == [f"{day}T10:00:00Z" for day in days]


@pytest.mark.parametrize(
    "recurrence", [{"type": 1, "end_times": 0}, {"type": 2, "end_times": 60}, {"type": 3, "end_times": 0}]
)
def test_a_series_is_shown_as_far_as_sixty_dates(host: Client, recurrence: dict[str, Any]) -> None:
    made = host.create(type=8, start_time="2026-04-15T10:00:00Z", timezone="UTC", recurrence=recurrence)

    assert len(made["occurrences"]) == 60


def test_one_date_is_shown_changed_and_deleted_by_its_own(host: Client) -> None:
    series = host.create(**WEEKLY)
    first, second, third = (item["occurrence_id"] for item in series["occurrences"])
    path = f"/meetings/{series['id']}"

    changed = host("PATCH", path, {"duration": 15, "agenda": "Short", "topic": "Ignored"}, occurrence_id=second)
    deleted = host("DELETE", path, occurrence_id=third)

    one = host("GET", path, occurrence_id=second).json()
    whole = host("GET", path).json()
    assert (changed.status_code, deleted.status_code) == (204, 204)
    assert (one["start_time"], one["duration"], one["agenda"], one["topic"]) == (
        "2026-03-30T08:00:00Z",
        15,
        "Short",
        "Weekly",
    )
    assert [(item["occurrence_id"], item["duration"], item["status"]) for item in whole["occurrences"]] == [
        (first, 60, "available"),
        (second, 15, "available"),
        (third, 60, "deleted"),
    ]
    assert host("GET", path, occurrence_id=third).json() == {
        "code": 300,
        "message": "Invalid parameter: occurrence_id.",
    }


def test_changing_the_duration_of_a_series_brings_no_deleted_date_back(host: Client) -> None:
    series = host.create(**WEEKLY)
    host("DELETE", f"/meetings/{series['id']}", occurrence_id=series["occurrences"][0]["occurrence_id"])

    host("PATCH", f"/meetings/{series['id']}", {"duration": 20})

    seen = host("GET", f"/meetings/{series['id']}").json()["occurrences"]
    assert [(item["status"], item["duration"]) for item in seen] == [
        ("deleted", 20),
        ("available", 20),
        ("available", 20),
    ]


def test_dates_that_are_over_are_shown_on_request(zoom: Sandbox, host: Client) -> None:
    series = host.create(**WEEKLY)
    zoom.clock.move(days=25)
    host = Client.of(zoom)

    shown = host("GET", f"/meetings/{series['id']}").json()
    everything = host("GET", f"/meetings/{series['id']}", show_previous_occurrences="true").json()

    assert (starts(shown), starts(everything)) == (starts(series)[1:], starts(series))


def test_an_update_changes_only_what_it_names(host: Client) -> None:
    made = host.create(topic="Before", start_time="2030-01-07T10:00:00Z", agenda="Kept", settings={"host_video": True})

    answer = host("PATCH", f"/meetings/{made['id']}", {"topic": "After", "settings": {"watermark": True}})

    after = host("GET", f"/meetings/{made['id']}").json()
    assert (answer.status_code, answer.content) == (204, b"")
    assert after == {**made, "topic": "After", "settings": {**made["settings"], "watermark": True}}


def test_an_update_ignores_a_start_in_the_past(host: Client) -> None:
    made = host.create(start_time="2030-01-07T10:00:00Z")

    answer = host("PATCH", f"/meetings/{made['id']}", {"start_time": "2020-01-07T10:00:00Z"})

    assert (answer.status_code, host("GET", f"/meetings/{made['id']}").json()["start_time"]) == (
        204,
        "2030-01-07T10:00:00Z",
    )


def test_a_meeting_that_becomes_recurring_needs_a_recurrence(host: Client) -> None:
    made = host.create(start_time="2030-01-07T10:00:00Z")

    answer = host("PATCH", f"/meetings/{made['id']}", {"type": 8})

    assert [error["field"] for error in answer.json()["errors"]] == ["recurrence"]


def test_a_deleted_meeting_does_not_exist(host: Client) -> None:
    number = host.create(topic="Gone")["id"]

    deleted = host("DELETE", f"/meetings/{number}")

    again = host("DELETE", f"/meetings/{number}")
    assert deleted.status_code == 204
    assert (again.status_code, again.json()) == (404, {"code": 3001, "message": f"Meeting does not exist: {number}."})
    assert "Gone" not in topics(host)


def test_a_deleted_meeting_can_be_recovered(host: Client) -> None:
    number = host.create(topic="Back")["id"]
    host("DELETE", f"/meetings/{number}")

    answer = host("PUT", f"/meetings/{number}/status", {"action": "recover"})

    assert (answer.status_code, topics(host)) == (204, ["Weekly review", "Back"])


def test_the_number_of_a_meeting_is_good_for_thirty_days_after_its_last_use(zoom: Sandbox, host: Client) -> None:
    made = host.create(start_time="2026-03-02T10:00:00Z")
    series = host.create(type=3)

    zoom.clock.move(days=31)
    later = Client.of(zoom)

    answer = later("GET", f"/meetings/{made['id']}")
    assert answer.json() == {"code": 3001, "message": f"Meeting {made['id']} is not found or has expired."}
    assert later("GET", f"/meetings/{series['id']}").status_code == 200


def test_every_kind_of_listing_has_its_own_meetings(zoom: Sandbox, host: Client) -> None:
    host.create(topic="Later", start_time="2026-04-02T10:00:00Z")
    host.create(topic="Any time", type=3)
    host.create(topic="Instant", type=1)
    zoom.start_meeting(host.create(topic="Running", start_time="2026-03-02T09:00:00Z")["id"])

    listed = {
        kind: topics(host, type=kind)
        for kind in ("scheduled", "live", "upcoming", "upcoming_meetings", "previous_meetings")
    }

    assert listed == {
        "scheduled": ["Weekly review", "Later", "Any time", "Running"],
        "live": ["Running"],
        "upcoming": ["Later", "Any time", "Running"],
        "upcoming_meetings": ["Later", "Any time", "Running"],
        "previous_meetings": ["Weekly review"],
    }
    assert topics(host) == listed["scheduled"]


def test_a_listing_is_limited_to_days_both_included(host: Client) -> None:
    for day in ("10", "11", "12", "13"):
        host.create(topic=day, start_time=f"2026-04-{day}T23:30:00Z")

    utc = topics(host, **{"from": "2026-04-11", "to": "2026-04-12"})
    local = topics(host, **{"from": "2026-04-11", "to": "2026-04-12", "timezone": "Europe/Amsterdam"})

    assert (utc, local) == (["11", "12"], ["10", "11"])


@pytest.mark.parametrize(("name", "value"), [("from", "yesterday"), ("timezone", "Nowhere/Land")])
def test_a_wrong_day_or_zone_is_named(host: Client, name: str, value: str) -> None:
    answer = host("GET", "/users/me/meetings", **{name: value})

    assert (answer.status_code, answer.json()) == (400, {"code": 300, "message": f"Invalid parameter: {name}."})


def test_a_series_is_listed_with_its_next_date(zoom: Sandbox, host: Client) -> None:
    host.create(**WEEKLY)
    zoom.clock.move(days=25)

    rows = Client.of(zoom)("GET", "/users/me/meetings", type="upcoming").json()["meetings"]

    assert [(row["topic"], row["start_time"]) for row in rows] == [("Weekly", "2026-03-30T08:00:00Z")]


def test_upcoming_meetings_are_those_of_the_next_day(zoom: Sandbox, host: Client) -> None:
    host.create(topic="Today", start_time="2026-03-02T15:00:00Z")
    host.create(topic="The day after tomorrow", start_time="2026-03-04T15:00:00Z")
    series = host.create(
        type=8, start_time="2026-03-02T20:00:00Z", recurrence={"type": 1, "end_times": 5}, topic="Daily"
    )

    answer = host("GET", "/users/me/upcoming_meetings").json()

    assert answer["total_records"] == 2
    assert [(row["topic"], row["start_time"]) for row in answer["meetings"]] == [
        ("Today", "2026-03-02T15:00:00Z"),
        ("Daily", starts(series)[0]),
    ]


def test_a_meeting_is_started_and_ended(zoom: Sandbox, host: Client) -> None:
    made = host.create(topic="Held", start_time="2026-03-02T09:00:00Z")
    instance = zoom.start_meeting(made["id"])
    status = host("GET", f"/meetings/{made['id']}").json()["status"]
    zoom.clock.move(minutes=25)

    ended = host("PUT", f"/meetings/{made['id']}/status", {"action": "end"})

    past = host("GET", f"/past_meetings/{made['id']}").json()
    assert (status, ended.status_code, host("GET", f"/meetings/{made['id']}").json()["status"]) == (
        "started",
        204,
        "waiting",
    )
    assert (past["uuid"], past["start_time"], past["end_time"], past["duration"]) == (
        instance.uuid,
        "2026-03-02T09:00:00Z",
        "2026-03-02T09:25:00Z",
        25,
    )


def test_every_time_that_a_meeting_is_held_has_its_own_uuid(zoom: Sandbox, host: Client) -> None:
    number = host.create(type=3)["id"]
    uuids = []
    for _ in range(2):
        uuids.append(zoom.start_meeting(number).uuid)
        zoom.end_meeting(number)

    latest = host("GET", f"/past_meetings/{number}").json()["uuid"]

    assert (len(set(uuids)), latest) == (2, uuids[1])


def test_a_meeting_that_nobody_is_in_cannot_be_ended(host: Client) -> None:
    number = host.create()["id"]

    answer = host("PUT", f"/meetings/{number}/status", {"action": "end"})

    assert (answer.status_code, answer.json()) == (400, {"code": 3000, "message": f"Meeting {number} has not started."})


def test_an_unknown_status_action_is_refused(host: Client) -> None:
    answer = host("PUT", f"/meetings/{host.create()['id']}/status", {"action": "pause"})

    assert [error["field"] for error in answer.json()["errors"]] == ["action"]


def test_an_instant_meeting_that_has_ended_does_not_exist(zoom: Sandbox, host: Client) -> None:
    number = host.create(type=1)["id"]
    zoom.start_meeting(number)
    zoom.end_meeting(number)

    assert host("GET", f"/meetings/{number}").status_code == 404


def test_a_past_meeting_is_kept_for_a_year(zoom: Sandbox) -> None:
    zoom.add_recording(days_ago=366, uuid="old==")

    answer = Client.of(zoom)("GET", "/past_meetings/old==")

    assert answer.json() == {"code": 12702, "message": "Can not access a meeting a year ago."}


def test_a_free_account_has_no_past_meetings() -> None:
    with Sandbox(plan="free") as zoom:
        answer = Client.of(zoom)("GET", "/past_meetings/1")

    assert answer.json() == {"code": 200, "message": f"Only available for Paid account: {seed.ACCOUNT_ID}."}


def test_the_invitation_names_topic_link_and_passcode(zoom: Sandbox, host: Client) -> None:
    made = host.create(topic="Kick-off", start_time="2030-01-07T10:00:00Z", password="open-1")

    text = host("GET", f"/meetings/{made['id']}/invitation").json()["invitation"]

    assert [part in text for part in ("Topic: Kick-off", f"{zoom.url}/j/{made['id']}", "Passcode: open-1")] == [
        True
    ] * 3


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        (
            {"schedule_for": "nobody@example.com"},
            300,
            "The value that you entered in the schedule_for field is invalid. Enter a valid value and try again.",
        ),
        ({"schedule_for": seed.COLLEAGUE}, 3000, f"You cannot schedule a meeting for {seed.COLLEAGUE}"),
        (
            {"schedule_for": seed.COLLEAGUE, "type": 1},
            3000,
            "Instant meetings do not support the schedule_for parameter.",
        ),
    ],
)
def test_scheduling_for_others_is_refused_in_zooms_words(
    host: Client, body: dict[str, Any], code: int, message: str
) -> None:
    answer = host("POST", "/users/me/meetings", body)

    assert (answer.status_code, answer.json()) == (400, {"code": code, "message": message})


def test_a_meeting_can_be_scheduled_for_somebody_who_shares_access(zoom: Sandbox, host: Client) -> None:
    zoom.user(seed.COLLEAGUE).shares_with.add(seed.CLIENT_ID)

    made = host.create(schedule_for=seed.COLLEAGUE)

    assert made["host_email"] == seed.COLLEAGUE


def test_a_meeting_of_another_account_does_not_exist(zoom: Sandbox, host: Client) -> None:
    number = host.create()["id"]
    other = zoom.add_account(Account("otherAccount"))
    zoom.add_user(User("otherUser", "other@example.org", other, Role.ADMIN))
    zoom.app(seed.CLIENT_ID).published = True

    answer = Client.of(zoom, "other@example.org")("GET", f"/meetings/{number}")

    assert answer.json() == {"code": 3001, "message": f"Meeting does not exist: {number}."}
