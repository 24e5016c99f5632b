"""Connections over HTTP."""

import pytest
from hosts.http.serving import Served, code

from zoom_connector.sandbox import Person, Sandbox, seed

SERVER = {
    "account_id": seed.ACCOUNT_ID,
    "client_id": "sandbox-server-client",
    "client_secret": "sandbox-server-secret",
    "default_user": seed.HOST,
}


def test_a_person_is_sent_to_sign_in_and_comes_back_connected(zoom: Sandbox, served: Served) -> None:
    begun = served.post("/connections", json={"name": "sales", "mode": "oauth_authorization_code"})
    before = served.get("/connections").json()

    Person(zoom.url, seed.HOST).authorize(begun.json()["authorize_url"])

    assert (begun.status_code, before) == (201, {"connections": []})
    assert begun.json()["authorize_url"].startswith(f"{served.address}/oauth/leave?")
    (connected,) = served.get("/connections").json()["connections"]
    assert (connected["name"], connected["user"], connected["state"]) == ("sales", seed.HOST, "active")
    assert served.get("/connections/sales").json() == connected


def test_a_browser_that_did_not_leave_from_here_may_not_come_back(zoom: Sandbox, served: Served) -> None:
    begun = served.post("/connections", json={"name": "sales", "mode": "oauth_authorization_code"}).json()
    at_zoom = served.get(begun["authorize_url"].removeprefix(served.address)).headers["Location"]
    served.browser.cookies.clear()

    callback = Person(zoom.url, seed.HOST).authorize(at_zoom)
    answer = served.get(callback.removeprefix(served.address))

    assert answer.status_code == 403
    assert served.get("/connections").json() == {"connections": []}


def test_an_app_of_the_account_is_connected_at_once(served: Served) -> None:
    made = served.post("/connections", json={"name": "account", "mode": "server_to_server", "inputs": SERVER})

    assert (made.status_code, made.json()["name"], made.json()["user"]) == (201, "account", seed.HOST)
    assert made.json()["missing_scopes"] == []
    assert "secret" not in made.text


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"name": "sales", "mode": "server_to_server"}, "inputs: fill this in."),
        ({"name": "sales", "mode": "server_to_server", "inputs": {**SERVER, "account_id": 5}}, "must be text"),
        ({"name": "sales", "mode": "guessing"}, "mode"),
        ({"name": "sales", "mode": "server_to_server", "inputs": {**SERVER, "client_id": "clientЖ"}}, "right form"),
        ({"mode": "oauth_authorization_code"}, "name: fill this in."),
    ],
)
def test_a_form_that_does_not_fit_its_mode_is_refused(served: Served, body: object, said: str) -> None:
    refused = served.post("/connections", json=body)

    assert code(refused) == (422, "inputs_invalid")
    assert said in refused.json()["detail"]


def test_credentials_that_zoom_refuses_connect_nothing(served: Served) -> None:
    wrong = {**SERVER, "client_secret": "wrong"}

    refused = served.post("/connections", json={"name": "account", "mode": "server_to_server", "inputs": wrong})

    assert refused.status_code in (403, 409)
    assert served.get("/connections").json() == {"connections": []}


def test_a_connection_is_tested_and_ended(served: Served) -> None:
    served.post("/connections", json={"name": "account", "mode": "server_to_server", "inputs": SERVER})

    tested = served.post("/connections/account/test").json()
    gone = served.delete("/connections/account").json()

    assert (tested["user"], tested["asked_zoom"]) == (seed.HOST, True)
    assert gone == {"name": "account", "still_connected": [], "revoked": False, "unreached": False}
    assert code(served.get("/connections/account")) == (404, "unknown_connection")
