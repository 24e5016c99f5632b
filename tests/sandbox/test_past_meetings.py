"""Meetings that were held: who was there, and what is reported of it."""

from typing import Any
from urllib.parse import quote

import pytest
from sandbox.client import Client, said

from zoom_connector.sandbox import Sandbox, Visit, seed

HELD = quote(seed.RECORDED_UUID)
MARCH = {"from": "2026-02-20", "to": "2026-03-02"}


@pytest.fixture
def admin(zoom: Sandbox) -> Client:
    return Client.of(zoom, seed.ADMIN, "sandbox-admin-client")


def encoded(uuid: str) -> str:
    return quote(quote(uuid, safe=""), safe="")


def visits(client: Client, uuid: str) -> list[Any]:
    rows = client("GET", f"/past_meetings/{encoded(uuid)}/participants").json()["participants"]
    return [(row["name"], row["user_email"], row["duration"], row["status"]) for row in rows]


def test_who_comes_back_has_a_row_for_each_visit(host: Client) -> None:
    assert visits(host, seed.RECORDED_UUID) == [
        ("Sandbox Host", seed.HOST, 1800, "in_meeting"),
        ("Sandbox Colleague", seed.COLLEAGUE, 600, "in_meeting"),
        ("Sandbox Colleague", seed.COLLEAGUE, 900, "in_meeting"),
        ("Gina Guest", "", 180, "in_waiting_room"),
        ("Gina Guest", "", 1500, "in_meeting"),
    ]


def test_somebody_from_outside_has_neither_address_nor_id(host: Client) -> None:
    rows = host("GET", f"/past_meetings/{HELD}/participants").json()["participants"]

    assert [(row["id"], row["user_email"], row["internal_user"]) for row in rows if row["name"] == "Gina Guest"] == [
        ("", "", False)
    ] * 2
    assert len({row["user_id"] for row in rows}) == len(rows)


def test_people_are_counted_once_and_their_minutes_added(host: Client) -> None:
    past = host("GET", f"/past_meetings/{HELD}").json()

    assert (past["participants_count"], past["total_minutes"], past["duration"]) == (3, 80, 30)
    assert past["has_meeting_summary"] is True


def test_who_only_waited_was_not_there(zoom: Sandbox, host: Client) -> None:
    held = zoom.hold_meeting("Waiting", guests=[Visit("Jo"), Visit("Kim", left=5, waiting=True)])

    past = host("GET", f"/past_meetings/{encoded(held.uuid)}").json()

    assert (past["participants_count"], past["total_minutes"]) == (2, 60)


def test_every_time_that_a_series_was_held_is_told_apart(zoom: Sandbox, host: Client) -> None:
    number = host.create(type=3, topic="Series")["id"]
    meeting = next(item for item in zoom.meetings if item.id == number)
    first = zoom.hold_meeting(again=meeting, days_ago=8, guests=[Visit("Jo", "jo@example.org", 0, 10)])
    second = zoom.hold_meeting(again=meeting, days_ago=1, guests=[Visit("Kim", registrant_id="kim-1")])

    listed = host("GET", f"/past_meetings/{number}/instances").json()["meetings"]
    lately = host("GET", f"/past_meetings/{number}/instances", **{"from": "2026-02-25"}).json()["meetings"]
    latest = host("GET", f"/past_meetings/{number}/participants").json()["participants"]

    assert [row["uuid"] for row in listed] == [first.uuid, second.uuid]
    assert [row["uuid"] for row in lately] == [second.uuid]
    assert [(row["name"], row["registrant_id"]) for row in latest] == [("Sandbox Host", ""), ("Kim", "kim-1")]
    assert [row[0] for row in visits(host, first.uuid)] == ["Sandbox Host", "Jo"]


def test_of_a_meeting_with_one_participant_nothing_is_shown(zoom: Sandbox, host: Client) -> None:
    alone = zoom.hold_meeting("Alone")

    assert visits(host, alone.uuid) == []


def test_who_starts_a_meeting_is_in_it_until_the_end(zoom: Sandbox, host: Client) -> None:
    number = host.create()["id"]
    instance = zoom.start_meeting(number)
    zoom.clock.move(minutes=20)
    zoom.end_meeting(number)

    assert [(visit.name, visit.seconds()) for visit in instance.present] == [("Sandbox Host", 1200)]


def test_participants_are_kept_longer_than_the_meeting(zoom: Sandbox, host: Client) -> None:
    old = zoom.hold_meeting("Old", days_ago=400, guests=[Visit("Jo")])
    older = zoom.hold_meeting("Older", days_ago=500, guests=[Visit("Jo")])

    answers = [
        host("GET", f"/past_meetings/{encoded(held.uuid)}{path}").status_code
        for held in (old, older)
        for path in ("", "/participants")
    ]

    assert answers == [400, 200, 400, 400]


def test_what_was_asked_and_answered_is_kept(host: Client) -> None:
    polls = host("GET", f"/past_meetings/{HELD}/polls").json()["questions"]
    questions = host("GET", f"/past_meetings/{HELD}/qa").json()["questions"]

    assert [(row["name"], row["question_details"][0]["answer"]) for row in polls] == [
        ("Sandbox Colleague", "Well"),
        ("Gina Guest", "So so"),
    ]
    assert questions == [
        {
            "name": "Gina Guest",
            "email": "",
            "question_details": [{"question": "When do we meet again?", "answer": "In a week."}],
        }
    ]


@pytest.mark.parametrize("path", ["", "/instances", "/participants", "/polls", "/qa"])
def test_a_meeting_that_was_never_held_has_no_past(host: Client, path: str) -> None:
    number = host.create()["id"]

    answer = host("GET", f"/past_meetings/{number}{path}")

    assert said(answer) == (404, 3001, f"Meeting does not exist: {number}.")


def test_a_report_is_for_admins(zoom: Sandbox, admin: Client) -> None:
    zoom.app(seed.CLIENT_ID).scopes |= {"report:read:admin"}

    refused = Client.of(zoom)("GET", f"/report/meetings/{HELD}")
    reported = admin("GET", f"/report/meetings/{HELD}").json()

    assert said(refused) == (400, 200, "No permission.")
    assert (reported["topic"], reported["participants_count"], reported["user_email"]) == (
        "Weekly review",
        3,
        seed.HOST,
    )


def test_a_report_of_a_meeting_that_was_never_held_is_not_found(admin: Client) -> None:
    assert said(admin("GET", "/report/meetings/1")) == (404, 3001, "Meeting 1 not found or has expired.")


def test_a_report_names_registrants_on_request(zoom: Sandbox, admin: Client) -> None:
    held = zoom.hold_meeting("Registered", guests=[Visit("Jo", registrant_id="jo-1")])
    path = f"/report/meetings/{encoded(held.uuid)}/participants"

    with_them = admin("GET", path, include_fields="registrant_id").json()["participants"]

    assert [row["registrant_id"] for row in with_them] == ["", "jo-1"]
    assert all("registrant_id" not in row for row in admin("GET", path).json()["participants"])


def test_a_users_report_has_the_meetings_of_a_month_with_two_people(zoom: Sandbox, admin: Client) -> None:
    zoom.hold_meeting("Alone")
    zoom.hold_meeting("Joined", host=seed.COLLEAGUE, guests=[Visit("Host", seed.HOST)])
    path = f"/report/users/{seed.HOST}/meetings"

    topics = {
        kind: [row["topic"] for row in admin("GET", path, type=kind, **MARCH).json()["meetings"]]
        for kind in ("past", "pastOne", "pastJoined")
    }

    assert topics == {"past": ["Weekly review"], "pastOne": ["Alone"], "pastJoined": ["Weekly review", "Joined"]}


@pytest.mark.parametrize(
    "days",
    [
        {"from": "2026-01-01", "to": "2026-03-01"},
        {"from": "2025-08-01", "to": "2025-08-20"},
        {"from": "2026-03-02", "to": "2026-03-01"},
        {"to": "2026-03-01"},
    ],
)
def test_a_report_covers_a_month_of_the_last_six(admin: Client, days: dict[str, str]) -> None:
    answers = [admin("GET", path, **days) for path in (f"/report/users/{seed.HOST}/meetings", "/report/users")]

    assert [said(answer) for answer in answers] == [(400, 300, "Invalid parameter: from.")] * 2


def test_hosts_are_counted_with_their_meetings(admin: Client) -> None:
    active = admin("GET", "/report/users", type="active", **MARCH).json()
    idle = admin("GET", "/report/users", type="inactive", **MARCH).json()

    assert [(row["email"], row["meetings"], row["participants"]) for row in active["users"]] == [(seed.HOST, 1, 3)]
    assert (active["total_meetings"], active["total_meeting_minutes"]) == (1, 30)
    assert [row["email"] for row in idle["users"]] == [seed.ADMIN, seed.COLLEAGUE, seed.BASIC]


def test_the_days_of_a_month_are_reported_as_far_as_they_are_over(admin: Client) -> None:
    march, february = (admin("GET", "/report/daily", year=2026, month=month).json()["dates"] for month in (3, 2))

    assert [(row["date"], row["meetings"], row["participants"]) for row in march] == [
        ("2026-03-01", 1, 3),
        ("2026-03-02", 0, 0),
    ]
    assert len(february) == 28
    assert said(admin("GET", "/report/daily", year=2025, month=8))[1] == 300


def test_a_free_account_has_no_participants() -> None:
    with Sandbox(plan="free") as zoom:
        answer = Client.of(zoom)("GET", f"/past_meetings/{HELD}/participants")

    assert said(answer) == (400, 200, f"Only available for paid account: {seed.ACCOUNT_ID}")


def test_a_summary_is_read_listed_and_gone(zoom: Sandbox, admin: Client) -> None:
    full = Client.of(zoom, client_id="sandbox-full-client")
    path = f"/meetings/{HELD}/meeting_summary"

    read = full("GET", path).json()
    listed = admin("GET", "/meetings/meeting_summaries").json()["summaries"]
    removed = full("DELETE", path)

    assert (read["summary_overview"], read["next_steps"]) == (
        "The team reviewed the week.",
        ["Colleague sends the figures."],
    )
    assert [row["meeting_uuid"] for row in listed] == [seed.RECORDED_UUID]
    assert (removed.status_code, full("GET", path).json()["code"]) == (204, 2305)
    assert admin("GET", "/meetings/meeting_summaries").json()["summaries"] == []


@pytest.mark.parametrize(("since", "found"), [("2026-03-01T00:00:00Z", 1), ("2026-03-02T00:00:00Z", 0)])
def test_summaries_are_found_by_their_time(admin: Client, since: str, found: int) -> None:
    listed = admin("GET", "/meetings/meeting_summaries", **{"from": since}).json()["summaries"]

    assert len(listed) == found
