"""The consent page: three states, redirects and refusals."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sandbox.client import REDIRECT, authorize_url, challenge, code_of, session

from zoom_connector.sandbox import Account, App, ConsentRefused, Person, Role, Sandbox, User, seed


def page(url: str) -> tuple[int, str]:
    with session() as http:
        answer = http.get(url, timeout=10)
        return answer.status_code, answer.text


def test_authorizing_sends_back_a_code_and_the_state_unchanged(zoom: Sandbox) -> None:
    location = Person(zoom.url, seed.HOST).authorize(authorize_url(zoom, state="a b/+&="))

    assert location == f"{REDIRECT}?code={code_of(location)}&state=a+b%2F%2B%26%3D"


def test_without_a_state_none_comes_back(zoom: Sandbox) -> None:
    location = Person(zoom.url, seed.HOST).authorize(authorize_url(zoom))

    assert location == f"{REDIRECT}?code={code_of(location)}"


def test_declining_sends_back_access_denied(zoom: Sandbox) -> None:
    location = Person(zoom.url, seed.HOST).decline(authorize_url(zoom, state="s"))

    assert location == f"{REDIRECT}?error=access_denied&state=s"


def test_a_visitor_chooses_who_is_looking(zoom: Sandbox) -> None:
    status, text = page(authorize_url(zoom))

    assert status == 200
    assert [email for email in (seed.ADMIN, seed.HOST, seed.COLLEAGUE, seed.BASIC) if f'value="{email}"' in text] == [
        seed.ADMIN,
        seed.HOST,
        seed.COLLEAGUE,
        seed.BASIC,
    ]


def test_a_user_asks_an_admin_who_approves_and_then_the_user_authorizes(zoom: Sandbox) -> None:
    zoom.account.approval_needed = True
    url, user, admin = authorize_url(zoom), Person(zoom.url, seed.HOST), Person(zoom.url, seed.ADMIN)

    with pytest.raises(ConsentRefused, match="You cannot authorize Sandbox automation"):
        user.authorize(url)
    user.request_approval(url, "For the weekly report")
    with pytest.raises(ConsentRefused, match="not pre-approved"):
        admin.authorize(url)
    admin.pre_approve(url)

    assert [(request.email, request.reason) for request in zoom.account.requests] == [
        (seed.HOST, "For the weekly report")
    ]
    assert code_of(user.authorize(url))


def test_a_user_cannot_pre_approve(zoom: Sandbox) -> None:
    zoom.account.approval_needed = True

    with pytest.raises(ConsentRefused):
        Person(zoom.url, seed.HOST).pre_approve(authorize_url(zoom))
    with session() as http:
        form = {"as": seed.HOST, "decision": "pre_approve"}
        http.post(authorize_url(zoom), data=form, timeout=10)

    assert zoom.account.approved == set()


def test_only_an_admin_installs_an_admin_managed_app(zoom: Sandbox) -> None:
    url = authorize_url(zoom, "sandbox-admin-client")

    with pytest.raises(ConsentRefused, match="An account admin is required to install this type of app"):
        Person(zoom.url, seed.HOST).authorize(url)

    assert code_of(Person(zoom.url, seed.ADMIN).authorize(url))


def test_an_unpublished_app_is_for_the_developers_account_only(zoom: Sandbox) -> None:
    other = zoom.add_account(Account("otherAccount"))
    zoom.add_user(User("otherUser", "other@example.org", other, Role.ADMIN))

    with pytest.raises(ConsentRefused, match="Unable to install this app without the developer's account"):
        Person(zoom.url, "other@example.org").authorize(authorize_url(zoom))
    zoom.app(seed.CLIENT_ID).published = True

    assert code_of(Person(zoom.url, "other@example.org").authorize(authorize_url(zoom)))


@pytest.mark.parametrize(
    ("redirect", "with_proof", "allowed"),
    [
        (REDIRECT, False, True),
        (f"{REDIRECT}/", False, False),
        (REDIRECT.upper(), False, False),
        ("http://platform.example.com/oauth/callback", False, False),
        ("http://127.0.0.1:49152/callback", True, True),
        ("http://127.0.0.1:1/callback", True, True),
        ("http://127.0.0.1:49152/callback", False, False),
        ("http://127.0.0.1:49152/elsewhere", True, False),
        ("http://localhost:49152/callback", True, False),
    ],
)
def test_a_redirect_must_be_on_the_apps_list_and_loopback_needs_pkce(
    zoom: Sandbox, redirect: str, with_proof: bool, allowed: bool
) -> None:
    proof = challenge() if with_proof else None
    url = authorize_url(zoom, redirect_uri=redirect, code_challenge=proof, code_challenge_method="S256")

    status, text = page(f"{url}&as={seed.HOST}")

    assert (status, f"Invalid redirect: {redirect} (4,700)" in text) == ((200, False) if allowed else (400, True))


def test_a_redirect_on_this_machine_is_opened_as_a_browser_would(zoom: Sandbox) -> None:
    opened: list[str] = []

    class Callback(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            opened.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Callback) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        redirect = f"http://127.0.0.1:{server.server_port}/callback"
        url = authorize_url(zoom, redirect_uri=redirect, code_challenge=challenge(), code_challenge_method="S256")
        location = Person(zoom.url, seed.HOST).authorize(url)
        thread.join()

    assert opened == [location.removeprefix(f"http://127.0.0.1:{server.server_port}")]


def test_an_unknown_client_is_not_found(zoom: Sandbox) -> None:
    status, text = page(authorize_url(zoom, "nobody"))

    assert (status, "Application not found" in text) == (400, True)


def test_the_scope_parameter_is_ignored_unless_zoom_refuses_it(zoom: Sandbox) -> None:
    url = authorize_url(zoom, scope="meeting:write") + f"&as={seed.HOST}"

    usual = page(url)
    zoom.behaviour.scope_parameter_refused = True
    refused = page(url)

    assert (usual[0], "Invalid scope" in usual[1], refused[0], "Invalid scope" in refused[1]) == (200, False, 400, True)


def test_what_comes_from_outside_is_not_read_as_html(zoom: Sandbox) -> None:
    zoom.add_app(App("odd", "odd-secret", "<b>Odd</b>", zoom.account, frozenset({"user_info:read"}), (REDIRECT,)))

    _, text = page(authorize_url(zoom, "odd", state='"><script>') + f"&as={seed.HOST}")

    assert ("<b>" in text, "<script>" in text) == (False, False)


def test_a_person_signs_in_at_their_own_zoom_only(zoom: Sandbox) -> None:
    with pytest.raises(ValueError, match="not a page of this local Zoom"):
        Person(zoom.url, seed.HOST).authorize("https://zoom.example.com/oauth/authorize?client_id=x")
