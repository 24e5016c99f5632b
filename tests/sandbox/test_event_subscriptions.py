"""Event subscriptions belong to the app: its own token makes them, for users who have authorized it."""

from typing import Any

import pytest
from sandbox.client import ask_token, session, sign_in
from sandbox.listening import listening

from zoom_connector.sandbox import Sandbox, seed

SUBSCRIPTION = {
    "event_subscription_name": "Workflows",
    "events": ["meeting.ended"],
    "event_webhook_url": "https://platform.example.com/webhooks/zoom/sandbox-client",
    "subscription_scope": "user",
}


def ask(zoom: Sandbox, method: str, **more: Any) -> tuple[int, Any]:
    token = ask_token(zoom, grant_type="client_credentials").json()["access_token"]
    with session() as http:
        answer = http.request(
            method,
            f"{zoom.url}/v2/marketplace/app/event_subscription",
            headers={"Authorization": f"Bearer {token}"},
            timeout=10,
            **more,
        )
    return answer.status_code, answer.json()


def create(zoom: Sandbox) -> tuple[int, Any]:
    return ask(zoom, "POST", json=SUBSCRIPTION | {"user_ids": [zoom.user(seed.HOST).id]})


def test_an_app_subscribes_with_its_own_token_for_a_user_who_authorized_it(zoom: Sandbox) -> None:
    sign_in(zoom)

    made, answer = create(zoom)
    _, listed = ask(zoom, "GET", params={"user_id": seed.HOST, "account_id": seed.ACCOUNT_ID})

    assert made == 201
    assert [(row["event_subscription_id"], row["events"]) for row in listed["event_subscriptions"]] == [
        (answer["event_subscription_id"], ["meeting.ended"])
    ]


def test_only_what_was_asked_for_is_sent_of_the_users_it_was_asked_for(zoom: Sandbox) -> None:
    sign_in(zoom)
    with listening() as app:
        to = {"event_webhook_url": app.url, "user_ids": [zoom.user(seed.HOST).id]}
        ask(zoom, "POST", json=SUBSCRIPTION | to)
        zoom.settle()

        for user in (seed.COLLEAGUE, seed.HOST):
            zoom.emit("meeting.ended", user=user)
            zoom.emit("meeting.started", user=user)
        zoom.settle()

    assert [(one.event, one.thing["host_id"]) for one in app.got] == [("meeting.ended", zoom.user(seed.HOST).id)]


def test_a_user_who_has_not_authorized_the_app_is_refused(zoom: Sandbox) -> None:
    status, answer = create(zoom)

    assert (status, answer["code"]) == (400, 1002)


@pytest.mark.parametrize(("method", "verb"), [("GET", "read"), ("POST", "write"), ("DELETE", "update")])
def test_an_own_token_without_the_scope_is_refused(zoom: Sandbox, method: str, verb: str) -> None:
    app = zoom.app(seed.CLIENT_ID)
    app.own_scopes -= {f"marketplace:{verb}:event_subscription"}

    status, answer = ask(zoom, method)

    assert (status, answer["code"]) == (400, 4711)
    assert f"marketplace:{verb}:event_subscription" in answer["message"]
