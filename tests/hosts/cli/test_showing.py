"""`show` and `rename`: one connection, by its name."""

import json

from zoom_connector.sandbox import Fault, Sandbox, seed

from .conftest import Cli


def schedule(connected: Cli, topic: str, start: str) -> None:
    made = connected("run", "create_meeting", "-c", "sales", f"topic={topic}", f"start_time={start}")
    assert made.exit_code == 0, made.output


def test_a_connection_is_shown_with_user_licence_scopes_and_the_meetings_that_come_next(connected: Cli) -> None:
    schedule(connected, "Later", "2031-01-07T10:00:00Z")
    schedule(connected, "Sooner", "2030-01-07T10:00:00Z")

    shown = json.loads(connected("show", "sales", "--json").stdout)

    meetings = [(each["topic"], each["start_time"]) for each in shown.pop("meetings")]
    assert meetings == [("Sooner", "2030-01-07T10:00:00+00:00"), ("Later", "2031-01-07T10:00:00+00:00")]
    assert shown.pop("since")
    assert shown == {
        "name": "sales",
        "user": seed.HOST,
        "account": seed.ACCOUNT_ID,
        "state": "active",
        "scopes": ["meeting:write", "recording:read", "user_info:read"],
        "display_name": "Sandbox Host",
        "licence": "licensed",
        "timezone": "Europe/Amsterdam",
    }


def test_at_most_five_meetings_are_shown(connected: Cli) -> None:
    for day in range(10, 17):
        schedule(connected, f"Day {day}", f"2030-01-{day}T10:00:00Z")

    shown = json.loads(connected("show", "sales", "--json").stdout)

    assert [each["topic"] for each in shown["meetings"]] == ["Day 10", "Day 11", "Day 12", "Day 13", "Day 14"]


def test_a_person_reads_it_as_lines_and_a_table(connected: Cli) -> None:
    schedule(connected, "Stand-up", "2030-01-07T10:00:00Z")

    result = connected("show", "sales")

    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert "Zoom user host@example.com (Sandbox Host)" in lines
    assert "Licence licensed" in lines
    assert [line for line in lines if "Stand-up" in line] != []


def test_without_meetings_that_is_said(connected: Cli) -> None:
    assert "No meeting is scheduled." in connected("show", "sales").stdout


def test_a_connection_that_may_not_list_meetings_is_shown_without_them(connected: Cli, zoom: Sandbox) -> None:
    message = "Invalid access token, does not contain scopes:[meeting:read]."
    zoom.faults.add(Fault("refused", path="/users/{userId}/meetings", times=2, status=400, code=4711, message=message))

    told = connected("show", "sales")
    shown = json.loads(connected("show", "sales", "--json").stdout)

    assert (told.exit_code, shown["meetings"], shown["licence"]) == (0, None, "licensed")
    assert "It may not list meetings" in told.stdout


def test_a_dead_connection_is_shown_as_it_is_stored_before_the_reason(connected: Cli, zoom: Sandbox) -> None:
    zoom.withdraw_approval(seed.CLIENT_ID)

    told, as_json = connected("show", "sales"), connected("show", "sales", "--json")

    assert (told.exit_code, as_json.exit_code) == (3, 3)
    assert "approval_withdrawn" in told.stdout
    assert "Your Zoom admin switched this app off" in told.stderr
    assert json.loads(as_json.stdout)["code"] == "approval_withdrawn"


def test_a_connection_that_is_not_there_cannot_be_shown(connected: Cli) -> None:
    result = connected("show", "marketing", "--json")

    assert (result.exit_code, json.loads(result.stdout)["code"]) == (2, "unknown_connection")


def test_a_renamed_connection_answers_to_its_new_name(connected: Cli) -> None:
    told = connected("rename", "sales", "sales-emea")

    assert (told.exit_code, told.stdout) == (0, "sales is called sales-emea now.\n")
    assert connected("test", "sales-emea").exit_code == 0
    assert json.loads(connected("rename", "sales-emea", "sales", "--json").stdout)["name"] == "sales"


def test_a_name_that_cannot_be_one_is_not_given(connected: Cli) -> None:
    result = connected("rename", "sales", "a/b", "--json")

    assert (result.exit_code, json.loads(result.stdout)["code"]) == (2, "connection_name_invalid")
