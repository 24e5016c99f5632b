"""Who may call what: tokens, scopes, other users' data, and paths."""

from typing import Any
from urllib.parse import quote

import pytest
from sandbox.client import Client, session, sign_in

from zoom_connector.sandbox import MovableClock, Sandbox, seed


def said(answer: Any) -> tuple[int, int, str]:
    return answer.status_code, answer.json()["code"], answer.json()["message"]


def test_a_call_needs_a_token(zoom: Sandbox) -> None:
    with session() as http:
        answer = http.get(f"{zoom.url}/v2/users/me", timeout=10)

    assert said(answer) == (401, 124, "Requires an access token.")


def test_a_token_in_the_query_is_refused(host: Client) -> None:
    answer = host("GET", "/users/me", access_token=host.token)

    assert said(answer) == (
        401,
        124,
        "Invalid access token, this access token is not supported as query parameter string.",
    )


def test_a_token_nobody_issued_is_invalid(zoom: Sandbox) -> None:
    assert said(Client(zoom, "made-up")("GET", "/users/me")) == (401, 124, "Invalid access token.")


def test_every_answer_carries_a_tracking_id_and_its_rate_limit_category(host: Client) -> None:
    answers = [host("GET", "/users/me"), host("GET", "/users/me/meetings"), host("GET", "/users")]

    assert [answer.headers["x-ratelimit-category"] for answer in answers] == ["Light", "Medium", "Medium"]
    assert len({answer.headers["x-zm-trackingid"] for answer in answers}) == 3


@pytest.mark.parametrize(("status", "code"), [(400, 4711), (400, 104), (401, 4700)])
def test_a_missing_scope_is_named_under_whichever_code_zoom_uses(
    zoom: Sandbox, host: Client, status: int, code: int
) -> None:
    zoom.behaviour.scope_error = (status, code)

    answer = host("DELETE", f"/meetings/{quote(seed.RECORDED_UUID)}/recordings")

    text = "Invalid access token, does not contain scopes:[recording:write, recording:write:admin]."
    assert said(answer) == (status, code, text)


def test_an_app_with_granular_scopes_is_told_the_granular_names(zoom: Sandbox) -> None:
    granular = Client.of(zoom, client_id="sandbox-granular-client")

    answer = granular("GET", "/users")

    assert said(answer)[2] == "Invalid access token, does not contain scopes:[user:read:list_users:admin]."


@pytest.mark.parametrize(("reads", "status"), [(True, 200), (False, 400)])
def test_classic_meeting_write_reads_or_not(reads: bool, status: int) -> None:
    with Sandbox(classic_write_reads=reads) as zoom:
        host = Client.of(zoom)

        answers = [host("GET", "/users/me/meetings"), host("POST", "/users/me/meetings", {}), host("GET", "/users/me")]

    assert [answer.status_code for answer in answers] == [status, 201, 200]


def test_the_granular_app_does_what_the_classic_one_does(zoom: Sandbox) -> None:
    granular = Client.of(zoom, client_id="sandbox-granular-client")
    number = granular.create(topic="Granular")["id"]

    statuses = [
        granular(*call).status_code
        for call in (
            ("GET", "/users/me/meetings"),
            ("GET", "/users/me/upcoming_meetings"),
            ("GET", f"/meetings/{number}"),
            ("GET", f"/meetings/{number}/invitation"),
            ("PATCH", f"/meetings/{number}", {"topic": "Changed"}),
            ("DELETE", f"/meetings/{number}"),
            ("GET", "/users/me/recordings"),
            ("GET", f"/meetings/{quote(seed.RECORDED_UUID)}/recordings"),
            ("GET", f"/meetings/{quote(seed.RECORDED_UUID)}/transcript"),
        )
    ]

    assert statuses == [200, 200, 200, 200, 204, 204, 200, 200, 200]


@pytest.mark.parametrize("path", [f"/users/{seed.COLLEAGUE}", f"/users/{seed.COLLEAGUE}/meetings"])
def test_another_users_data_is_closed_to_a_user_level_token(host: Client, path: str) -> None:
    assert said(host("GET", path)) == (403, 403, "authenticated user has not permitted access to the targeted resource")


def test_another_users_meeting_is_closed_to_a_user_level_token(zoom: Sandbox, host: Client) -> None:
    theirs = Client.of(zoom, seed.COLLEAGUE).create(topic="Theirs")

    answers = [host("GET", f"/meetings/{theirs['id']}"), host("DELETE", f"/meetings/{theirs['id']}")]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_shared_access_opens_another_users_data(zoom: Sandbox, host: Client) -> None:
    sign_in(zoom, seed.COLLEAGUE, share=True)

    answer = host("GET", f"/users/{seed.COLLEAGUE}")

    assert (answer.status_code, answer.json()["email"]) == (200, seed.COLLEAGUE)


def test_an_admins_token_reaches_the_whole_account(zoom: Sandbox) -> None:
    admin = Client.of(zoom, seed.ADMIN, "sandbox-admin-client")

    listed = admin("GET", "/users").json()["users"]

    assert [user["email"] for user in listed] == [seed.ADMIN, seed.HOST, seed.COLLEAGUE, seed.BASIC]
    assert [admin("GET", f"/users/{user['id']}/meetings").status_code for user in listed] == [200] * 4


@pytest.mark.parametrize("reference", ["me", seed.HOST, "sandboxUserHost0000002"])
def test_a_user_is_found_by_me_by_address_and_by_id(host: Client, reference: str) -> None:
    assert host("GET", f"/users/{reference}").json()["email"] == seed.HOST


def test_an_unknown_user_does_not_exist(host: Client) -> None:
    answer = host("GET", "/users/nobody@example.com")

    assert said(answer) == (404, 1001, "User does not exist: nobody@example.com.")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nothing"), ("PUT", "/users/me"), ("GET", "/meetings//recordings")]
)
def test_an_unknown_path_is_not_recognised(host: Client, method: str, path: str) -> None:
    assert said(host(method, path)) == (404, 2300, "This API endpoint is not recognized.")


def test_outside_the_api_a_wrong_path_is_a_page(zoom: Sandbox) -> None:
    with session() as http:
        answer = http.get(f"{zoom.url}/oauth", timeout=10)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html;charset=utf-8")


@pytest.mark.parametrize(
    ("encoded", "status"),
    [
        (quote(quote(seed.DOUBLE_ENCODED_UUID, safe=""), safe=""), 200),
        (quote(seed.DOUBLE_ENCODED_UUID, safe=""), 404),
        (quote(seed.DOUBLE_ENCODED_UUID, safe="/"), 404),
    ],
)
def test_a_uuid_with_slashes_is_understood_only_when_encoded_twice(host: Client, encoded: str, status: int) -> None:
    assert host("GET", f"/meetings/{encoded}/recordings").status_code == status


@pytest.mark.parametrize(
    "encoded", [quote(seed.RECORDED_UUID, safe=""), quote(quote(seed.RECORDED_UUID, safe=""), safe="")]
)
def test_a_plain_uuid_may_be_encoded_once_or_twice(host: Client, encoded: str) -> None:
    assert host("GET", f"/meetings/{encoded}/recordings").json()["uuid"] == seed.RECORDED_UUID


def test_the_date_header_follows_the_clock(zoom: Sandbox, host: Client) -> None:
    before = host("GET", "/users/me").headers["Date"]
    zoom.clock.move(minutes=30)
    after = host("GET", "/users/me").headers["Date"]

    assert (before, after) == ("Mon, 02 Mar 2026 09:00:00 GMT", "Mon, 02 Mar 2026 09:30:00 GMT")


def test_a_taken_port_is_an_error_and_not_the_end_of_the_process(zoom: Sandbox) -> None:
    port = int(zoom.url.rpartition(":")[2])

    with pytest.raises(OSError, match="in use"):
        Sandbox(port)


def test_by_itself_the_clock_goes_with_the_computers() -> None:
    clock = MovableClock()

    first, second = clock.now(), clock.now()

    assert first <= second
