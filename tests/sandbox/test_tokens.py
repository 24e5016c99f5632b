"""The token endpoint and what becomes of tokens."""

from collections.abc import Mapping
from typing import Any

import pytest
from sandbox.client import REDIRECT, VERIFIER, Client, ask_token, authorize_url, challenge, code_of, session, sign_in

from zoom_connector.sandbox import Person, Sandbox, seed


def new_code(zoom: Sandbox, **changed: str) -> str:
    return code_of(Person(zoom.url, seed.HOST).authorize(authorize_url(zoom, **changed)))


def exchange(zoom: Sandbox, code: str, **changed: str) -> tuple[int, Any]:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT, **changed}
    answer = ask_token(zoom, **form)
    return answer.status_code, answer.json()


def refresh(zoom: Sandbox, token: str) -> tuple[int, Any]:
    answer = ask_token(zoom, grant_type="refresh_token", refresh_token=token)
    return answer.status_code, answer.json()


def refusal(answer: tuple[int, Any]) -> tuple[int, str, str]:
    return answer[0], answer[1]["error"], answer[1]["reason"]


def whoami(zoom: Sandbox, token: str) -> tuple[int, Mapping[str, Any]]:
    answer = Client(zoom, token)("GET", "/users/me")
    return answer.status_code, {name: answer.json().get(name) for name in ("code", "message", "email")}


OK = (200, {"code": None, "message": None, "email": seed.HOST})


def test_a_code_becomes_tokens(zoom: Sandbox) -> None:
    status, tokens = exchange(zoom, new_code(zoom))

    assert status == 200
    assert {name: value for name, value in tokens.items() if name not in ("access_token", "refresh_token")} == {
        "token_type": "bearer",
        "expires_in": 3599,
        "scope": "meeting:write recording:read user_info:read",
        "api_url": zoom.url,
    }
    assert whoami(zoom, tokens["access_token"]) == OK


def test_a_code_works_once(zoom: Sandbox) -> None:
    code = new_code(zoom)
    exchange(zoom, code)

    assert refusal(exchange(zoom, code)) == (400, "invalid_grant", f"Invalid authorization code {code}")


def test_a_code_works_for_five_minutes(zoom: Sandbox) -> None:
    in_time, late = new_code(zoom), new_code(zoom)

    zoom.clock.move(minutes=5)
    first = exchange(zoom, in_time)
    zoom.clock.move(seconds=1)
    second = exchange(zoom, late)

    assert (first[0], refusal(second)) == (200, (400, "invalid_grant", "Code is expired"))


def test_a_code_is_for_its_own_app_and_redirect(zoom: Sandbox) -> None:
    code = new_code(zoom)

    elsewhere = exchange(zoom, code, redirect_uri="https://platform.example.com/other")
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
    other_app = ask_token(zoom, "sandbox-granular-client", **form)

    assert refusal(elsewhere) == (400, "invalid_request", "Redirect URI mismatch.")
    assert other_app.json() == {"error": "invalid_grant", "reason": f"Invalid authorization code {code}"}


@pytest.mark.parametrize(
    ("method", "sent", "verifier", "status"),
    [
        ("S256", challenge(), VERIFIER, 200),
        ("S256", challenge(), "another", 400),
        ("S256", challenge(), "", 400),
        ("plain", VERIFIER, VERIFIER, 200),
        ("plain", VERIFIER, "another", 400),
        (None, VERIFIER, VERIFIER, 200),
    ],
)
def test_the_verifier_must_fit_the_challenge(
    zoom: Sandbox, method: str | None, sent: str, verifier: str, status: int
) -> None:
    proof = {"code_challenge": sent} | ({"code_challenge_method": method} if method else {})

    answer = exchange(zoom, new_code(zoom, **proof), code_verifier=verifier)

    assert (answer[0], answer[1].get("error")) == (status, None if status == 200 else "invalid_grant")


@pytest.mark.parametrize(
    ("auth", "form", "expected"),
    [
        (None, {"grant_type": "refresh_token"}, ("invalid_request", "Client ID or client secret is missing.")),
        (("sandbox-client", "wrong"), {}, ("invalid_client", "Invalid client_id or client_secret")),
        (("nobody", "sandbox-secret"), {}, ("invalid_client", "Invalid client_id or client_secret")),
        (("sandbox-client", "sandbox-secret"), {}, ("invalid_request", "Missing grant type.")),
        (
            ("sandbox-client", "sandbox-secret"),
            {"grant_type": "password"},
            ("unsupported_grant_type", "Grant type is not supported from token endpoint."),
        ),
        (
            ("sandbox-client", "sandbox-secret"),
            {"grant_type": "account_credentials", "account_id": seed.ACCOUNT_ID},
            ("unauthorized_client", "The grant type is not enabled for this app."),
        ),
        (
            ("sandbox-server-client", "sandbox-server-secret"),
            {"grant_type": "account_credentials", "account_id": "elsewhere"},
            ("invalid_request", "Invalid account_id"),
        ),
    ],
)
def test_the_token_endpoint_refuses_in_zooms_words(
    zoom: Sandbox, auth: tuple[str, str] | None, form: dict[str, str], expected: tuple[str, str]
) -> None:
    with session() as http:
        answer = http.post(f"{zoom.url}/oauth/token", data=form, auth=auth, timeout=10)

    assert (answer.status_code, answer.json()) == (400, {"error": expected[0], "reason": expected[1]})


def test_a_deactivated_app_is_told_so(zoom: Sandbox) -> None:
    zoom.app(seed.CLIENT_ID).active = False

    assert refusal(refresh(zoom, "any")) == (400, "invalid_client", "The app has been disabled by the developer")


def test_an_access_token_works_for_an_hour(zoom: Sandbox) -> None:
    token = sign_in(zoom)["access_token"]

    zoom.clock.move(hours=1)
    in_time = whoami(zoom, token)
    zoom.clock.move(seconds=1)
    late = whoami(zoom, token)

    assert in_time == OK
    assert late == (401, {"code": 124, "message": "Access token is expired.", "email": None})


def test_a_refresh_rotates_and_the_old_token_works_a_little_longer(zoom: Sandbox) -> None:
    old = sign_in(zoom)["refresh_token"]

    status, new = refresh(zoom, old)
    zoom.clock.move(seconds=59)
    again = refresh(zoom, old)
    zoom.clock.move(seconds=1)
    late = refresh(zoom, old)

    assert (status, again[0], refusal(late)) == (200, 200, (400, "invalid_grant", "Invalid Token!"))
    assert len({old, new["refresh_token"], again[1]["refresh_token"]}) == 3
    assert whoami(zoom, new["access_token"]) == OK


def test_without_grace_the_old_refresh_token_is_dead_at_once() -> None:
    with Sandbox(refresh_grace=0) as zoom:
        old = sign_in(zoom)["refresh_token"]

        first, second = refresh(zoom, old), refresh(zoom, old)

    assert (first[0], refusal(second)) == (200, (400, "invalid_grant", "Invalid Token!"))


def test_a_refresh_token_works_for_ninety_days(zoom: Sandbox) -> None:
    token = sign_in(zoom)["refresh_token"]

    zoom.clock.move(days=90, seconds=1)

    assert refusal(refresh(zoom, token)) == (400, "invalid_grant", "Invalid Token!")


def test_signing_in_again_ends_the_first_grant_of_the_same_user_and_app(zoom: Sandbox) -> None:
    first = sign_in(zoom)
    others = [sign_in(zoom, seed.COLLEAGUE), sign_in(zoom, client_id="sandbox-granular-client")]

    second = sign_in(zoom)

    assert whoami(zoom, first["access_token"]) == (
        401,
        {"code": 4741, "message": "The token has been revoked.", "email": None},
    )
    assert refusal(refresh(zoom, first["refresh_token"])) == (400, "invalid_grant", "Invalid Token!")
    assert [whoami(zoom, tokens["access_token"])[0] for tokens in [second, *others]] == [200, 200, 200]


def test_the_first_grant_lives_until_the_second_code_is_exchanged(zoom: Sandbox) -> None:
    first = sign_in(zoom)

    new_code(zoom)

    assert whoami(zoom, first["access_token"]) == OK


def test_revoking_ends_the_grant(zoom: Sandbox) -> None:
    tokens = sign_in(zoom)

    with session() as http:
        auth = (seed.CLIENT_ID, seed.CLIENT_SECRET)
        form = {"token": tokens["access_token"]}
        answer = http.post(f"{zoom.url}/oauth/revoke", data=form, auth=auth, timeout=10)

    assert answer.json() == {"status": "success"}
    assert whoami(zoom, tokens["access_token"])[1]["code"] == 4741


def test_withdrawn_approval_is_told_by_the_api_and_by_the_token_endpoint(zoom: Sandbox) -> None:
    tokens = sign_in(zoom)

    zoom.withdraw_approval(seed.CLIENT_ID)

    text = "The token is disabled by admin."
    assert whoami(zoom, tokens["access_token"]) == (401, {"code": 4738, "message": text, "email": None})
    assert refusal(refresh(zoom, tokens["refresh_token"])) == (400, "invalid_grant", text)


def test_a_removed_app_has_an_invalid_token(zoom: Sandbox) -> None:
    tokens = sign_in(zoom)

    zoom.remove_app(seed.CLIENT_ID, seed.HOST)

    assert whoami(zoom, tokens["access_token"]) == (
        401,
        {"code": 124, "message": "Invalid access token.", "email": None},
    )


def test_account_credentials_act_as_the_owner_and_come_without_a_refresh_token(zoom: Sandbox) -> None:
    form = {"grant_type": "account_credentials", "account_id": seed.ACCOUNT_ID}
    tokens = ask_token(zoom, "sandbox-server-client", **form).json()

    assert "refresh_token" not in tokens
    assert whoami(zoom, tokens["access_token"])[1]["email"] == seed.ADMIN


def test_client_credentials_belong_to_nobody_and_are_for_event_subscriptions_only(zoom: Sandbox) -> None:
    tokens = ask_token(zoom, grant_type="client_credentials").json()

    assert "refresh_token" not in tokens
    assert {scope.rpartition(":")[2] for scope in tokens["scope"].split()} == {"event_subscription"}
    status, answer = whoami(zoom, tokens["access_token"])
    assert (status, answer["code"]) == (400, 4711)


def test_no_token_is_written_down(zoom: Sandbox) -> None:
    tokens = sign_in(zoom)
    refresh(zoom, tokens["refresh_token"])
    with session() as http:
        http.get(f"{zoom.url}/v2/users/me", params={"access_token": tokens["access_token"]}, timeout=10)

    written = repr(zoom.requests)
    assert [token for token in (tokens["access_token"], tokens["refresh_token"]) if token in written] == []
    assert ("code=" in written, "sandbox-secret" in written) == (False, False)
