"""Registration for meetings: who may, how often, and what becomes of it."""

from typing import Any

import pytest
from sandbox.client import Client, said, wrong

from zoom_connector.sandbox import Sandbox, seed

JO = {"email": "jo@example.org", "first_name": "Jo"}


def opened(host: Client, approval_type: int = 0, **more: Any) -> str:
    made = host.create(start_time="2026-03-09T10:00:00Z", settings={"approval_type": approval_type}, **more)
    return f"/meetings/{made['id']}/registrants"


def emails(host: Client, path: str, status: str) -> list[str]:
    return [row["email"] for row in host("GET", path, status=status).json()["registrants"]]


def test_a_meeting_with_registration_has_a_page_for_it(zoom: Sandbox, host: Client) -> None:
    made = host.create(settings={"approval_type": 0})

    assert made["registration_url"] == f"{zoom.url}/meeting/register/{made['id']}"
    assert "registration_url" not in host.create()


def test_everybody_gets_a_link_of_their_own(host: Client) -> None:
    path = opened(host)

    jo, kim = (host("POST", path, {**JO, "email": f"{name}@example.org"}).json() for name in ("jo", "kim"))

    assert jo["join_url"] != kim["join_url"]
    assert host("GET", f"{path}/{jo['registrant_id']}").json() == {
        **JO,
        "id": jo["registrant_id"],
        "status": "approved",
        "create_time": "2026-03-02T09:00:00Z",
        "join_url": jo["join_url"],
        "participant_pin_code": jo["participant_pin_code"],
    }


def test_without_automatic_approval_one_waits_for_the_link(host: Client) -> None:
    path = opened(host, approval_type=1)
    made = host("POST", path, JO).json()
    waiting = emails(host, path, "pending")

    host("PUT", f"{path}/status", {"action": "approve", "registrants": [{"id": made["registrant_id"]}]})

    assert ("join_url" in made, waiting, emails(host, path, "pending")) == (False, ["jo@example.org"], [])
    assert "join_url" in host("GET", path).json()["registrants"][0]


def test_registering_again_is_the_same_registration_three_times_a_day(zoom: Sandbox, host: Client) -> None:
    path = opened(host)
    ids = {host("POST", path, {**JO, "email": email}).json()["registrant_id"] for email in ("jo@example.org",) * 3}

    fourth = host("POST", path, {**JO, "email": "JO@example.org"})
    zoom.clock.move(days=1)
    host = Client.of(zoom)
    tomorrow = host("POST", path, JO)

    assert (len(ids), fourth.status_code, fourth.headers["Retry-After"]) == (1, 429, "2026-03-03T00:00:00Z")
    assert (tomorrow.status_code, len(emails(host, path, "approved"))) == (201, 1)


def test_a_cancelled_registration_does_not_exist(host: Client) -> None:
    path = opened(host)
    number = host("POST", path, JO).json()["registrant_id"]

    host("DELETE", f"{path}/{number}")

    assert said(host("GET", f"{path}/{number}")) == (400, 3079, f"This registrant does not exist: {number}.")
    assert [emails(host, path, status) for status in ("approved", "pending", "denied")] == [[], [], []]


def test_after_a_cancellation_one_can_register_anew(host: Client) -> None:
    path = opened(host)
    first = host("POST", path, {**JO, "city": "Utrecht"}).json()
    host("DELETE", f"{path}/{first['registrant_id']}")

    again = host("POST", path, JO)

    rows = host("GET", path).json()["registrants"]
    assert (again.status_code, [row["email"] for row in rows], "city" in rows[0]) == (201, ["jo@example.org"], False)


def test_a_decision_about_somebody_unknown_decides_nothing(host: Client) -> None:
    path = opened(host)
    host("POST", path, JO)
    rows = [{"email": JO["email"]}, {"email": "nobody@example.org"}]

    answer = host("PUT", f"{path}/status", {"action": "deny", "registrants": rows})

    assert said(answer)[1:] == (3079, "This registrant does not exist: nobody@example.org.")
    assert emails(host, path, "approved") == ["jo@example.org"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"first_name": "Jo"}, ["email"]),
        ({"email": "jo", "first_name": "Jo"}, ["email"]),
        ({"email": f"{'x' * 128}@example.org", "first_name": "Jo"}, ["email"]),
        ({"email": "jo@example.org", "first_name": ""}, ["first_name"]),
        ({**JO, "last_name": "x" * 65}, ["last_name"]),
        ({**JO, "city": 3}, ["city"]),
    ],
)
def test_wrong_details_are_named(host: Client, body: dict[str, Any], fields: list[str]) -> None:
    assert wrong(host("POST", opened(host), body)) == fields


def test_what_the_form_requires_must_be_answered(host: Client) -> None:
    path = opened(host)
    form = {
        "questions": [{"field_name": "city", "required": True}],
        "custom_questions": [{"title": "Diet", "type": "short", "required": True}],
    }
    changed = host("PATCH", f"{path}/questions", form)
    answers = {"city": "Utrecht", "custom_questions": [{"title": "Diet", "value": "Vegan"}]}

    assert (changed.status_code, host("GET", f"{path}/questions").json()) == (204, form)
    assert wrong(host("POST", path, JO)) == ["city", "custom_questions"]
    assert host("POST", path, {**JO, **answers}).status_code == 201


def test_a_question_that_zoom_does_not_know_is_refused(host: Client) -> None:
    form = {"questions": [{"field_name": "shoe_size"}], "custom_questions": [{"type": "short"}]}

    fields = wrong(host("PATCH", f"{opened(host)}/questions", form))

    assert fields == ["questions[0].field_name", "custom_questions[0].title"]


def test_a_batch_is_added_whole_or_not_at_all(host: Client) -> None:
    path = opened(host)
    batch = path.replace("registrants", "batch_registrants")
    rows = [{"email": f"guest{number}@example.org", "first_name": "Guest"} for number in range(31)]

    refused = [host("POST", batch, {"registrants": value}) for value in (rows, [*rows[:2], {"email": "x"}], [])]
    added = host("POST", batch, {"registrants": rows[:30]}).json()["registrants"]

    assert [wrong(answer) for answer in refused] == [
        ["registrants"],
        ["registrants[2].first_name", "registrants[2].email"],
        ["registrants"],
    ]
    assert ([row["email"] for row in added], len(emails(host, path, "approved"))) == (
        [row["email"] for row in rows[:30]],
        30,
    )


def test_a_series_takes_no_batches_but_single_dates(host: Client) -> None:
    path = opened(host, type=8, recurrence={"type": 1, "end_times": 3})
    batch = host("POST", path.replace("registrants", "batch_registrants"), {"registrants": [JO]})
    dates = [item["occurrence_id"] for item in host("GET", path.rpartition("/")[0]).json()["occurrences"]]

    made = host("POST", path, JO, occurrence_ids=dates[1]).json()

    coming = [host("GET", path, occurrence_id=date).json()["total_records"] for date in dates]
    assert (batch.status_code, batch.json()["code"]) == (400, 303)
    assert [item["occurrence_id"] for item in made["occurrences"]] == [dates[1]]
    assert coming == [0, 1, 0]


def test_without_registration_nobody_can_register(host: Client) -> None:
    number = host.create()["id"]
    path = f"/meetings/{number}/registrants"

    added, removed = host("POST", path, JO), host("DELETE", f"{path}/x")

    text = f"Registration has not been enabled for this meeting: {number}."
    assert (said(added), said(removed)) == ((400, 404, text), (400, 300, text))


def test_a_host_without_a_licence_has_no_registration(zoom: Sandbox) -> None:
    basic = Client.of(zoom, seed.BASIC)
    path = opened(basic)

    assert said(basic("POST", path, JO)) == (400, 200, "Only available for paid users: sandboxUserBasic000004.")


def test_the_host_cannot_register_and_nobody_can_when_it_is_over(zoom: Sandbox, host: Client) -> None:
    path = opened(host)
    itself = host("POST", path, {**JO, "email": seed.HOST})
    zoom.clock.move(days=8)
    late = Client.of(zoom)("POST", path, JO)

    assert said(itself) == (400, 3027, "Host cannot register.")
    assert said(late)[:2] == (400, 3038)


def test_a_status_is_changed_ten_times_a_day(host: Client) -> None:
    path = opened(host)
    host("POST", path, JO)

    statuses = [
        host("PUT", f"{path}/status", {"action": action, "registrants": [{"email": JO["email"]}]}).status_code
        for action in ("deny", "approve") * 5 + ("deny",)
    ]

    assert statuses == [204] * 10 + [429]


def test_invited_people_get_links_of_their_own(host: Client) -> None:
    path = f"/meetings/{host.create()['id']}/invite_links"

    made = host("POST", path, {"attendees": [{"name": "Jo"}, {"name": "Kim"}]}).json()["attendees"]

    assert [row["name"] for row in made] == ["Jo", "Kim"]
    assert made[0]["join_url"] != made[1]["join_url"]
    assert wrong(host("POST", path, {"attendees": [{}], "ttl": -1})) == ["ttl", "attendees[0].name"]
