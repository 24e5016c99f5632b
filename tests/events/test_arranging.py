"""Zoom's side of a subscription: made through Zoom's API where that may be, and else left to a person."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlite

import zoom_connector
from zoom_connector.connection import Connection
from zoom_connector.errors import InvalidInputs
from zoom_connector.events.arranging import Arrangement
from zoom_connector.events.endpoints import reached, remember_secret
from zoom_connector.sandbox import Fault, Person, Sandbox, seed
from zoom_connector.settings import Settings
from zoom_connector.store.cipher import new_key

REDIRECT = "https://platform.example.com/oauth/callback"
ADDRESS = f"https://platform.example.com/webhooks/zoom/{seed.CLIENT_ID}"
PATH = "/v2/marketplace/app/event_subscription"
MADE = Arrangement("made", seed.CLIENT_ID, ADDRESS, ("meeting.ended",), whole_account=False, secret_known=True)


@pytest.fixture
def zoom() -> Iterator[Sandbox]:
    with Sandbox() as zoom:
        yield zoom


def signed_in(zoom: Sandbox, folder: Path, **settings: Any) -> Connection:
    """Return a connection whose connector Zoom can reach; whoever is given it closes the connector."""
    given = {
        "database_url": sqlite.new_database(folder / "connections.db"),
        "secret_key": new_key(),
        "client_id": seed.CLIENT_ID,
        "client_secret": seed.CLIENT_SECRET,
        "zoom_url": zoom.url,
        "api_url": zoom.url,
        "public_url": "https://platform.example.com",
        "webhook_secret": "example-token",
    }
    connector = zoom_connector.load(settings=Settings.load(**(given | settings)))
    sign_in = connector.sign_in("sales", redirect_uri=REDIRECT)
    connector.complete(Person(zoom.url, seed.HOST).authorize(sign_in.url))
    return connector.connection("sales")


@pytest.fixture
def sales(zoom: Sandbox, tmp_path: Path) -> Iterator[Connection]:
    connection = signed_in(zoom, tmp_path)
    with connection.connector:
        yield connection


def asked(zoom: Sandbox, method: str) -> list[dict[str, Any]]:
    return [one.json for one in zoom.requests if one.method == method and one.path == PATH]


def test_zoom_is_told_with_the_token_of_the_app_itself(zoom: Sandbox, sales: Connection) -> None:
    assert sales.arrange_events("meeting_ended") == MADE

    assert asked(zoom, "POST") == [
        {
            "event_subscription_name": "Meeting ended (sales)",
            "events": ["meeting.ended"],
            "event_webhook_url": ADDRESS,
            "subscription_scope": "user",
            "account_id": seed.ACCOUNT_ID,
            "user_ids": [zoom.user(seed.HOST).id],
        }
    ]
    minted = [one.form["grant_type"] for one in zoom.requests if one.path == "/oauth/token"]
    assert minted == ["authorization_code", "client_credentials"]


def test_what_zoom_sends_already_is_not_made_twice(zoom: Sandbox, sales: Connection) -> None:
    sales.arrange_events("meeting_ended")

    assert sales.arrange_events("meeting_ended") == replace(MADE, way="there")
    assert len(asked(zoom, "POST")) == 1


def test_another_event_is_made_although_zoom_sends_one_already(zoom: Sandbox, sales: Connection) -> None:
    sales.arrange_events("meeting_ended")

    assert sales.arrange_events("meeting_started") == replace(MADE, events=("meeting.started",))


def test_what_zoom_sends_to_another_address_does_not_count(sales: Connection) -> None:
    sales.arrange_events("meeting_ended")
    moved = sales.connector.settings.model_copy(update={"public_url": "https://moved.example.com"})

    with zoom_connector.load(settings=moved) as connector:
        arrangement = connector.connection("sales").arrange_events("meeting_ended")

    assert arrangement == replace(MADE, address=ADDRESS.replace("platform", "moved"))


def test_a_connection_for_the_account_is_told_of_everybody(zoom: Sandbox, tmp_path: Path) -> None:
    own = {"client_id": "sandbox-server-client", "client_secret": "sandbox-server-secret"}
    given = {"account_id": seed.ACCOUNT_ID, "default_user": seed.HOST}
    sales = signed_in(zoom, tmp_path)
    with sales.connector as connector:
        connector.connect("team", "server_to_server", own | given)
        remember_secret(connector.engine.store.webhooks, connector.settings, own["client_id"], "example-token")

        made = connector.connection("team").arrange_events("meeting_ended")

    assert (made.way, made.whole_account) == ("made", True)
    assert [(one["subscription_scope"], "user_ids" in one) for one in asked(zoom, "POST")] == [("account", False)]


def test_an_app_that_may_not_subscribe_by_itself_is_left_to_a_person(zoom: Sandbox, sales: Connection) -> None:
    zoom.app(seed.CLIENT_ID).own_scopes = frozenset()

    assert sales.arrange_events("meeting_ended") == replace(MADE, way="by_hand")
    assert asked(zoom, "GET") == []


def test_what_zoom_refuses_is_left_to_a_person_with_the_reason(zoom: Sandbox, sales: Connection) -> None:
    zoom.remove_app(seed.CLIENT_ID, seed.HOST)

    arrangement = sales.arrange_events("meeting_ended")

    failure = arrangement.failure
    assert failure is not None
    assert failure.zoom is not None
    assert (arrangement.way, failure.zoom.message) == (
        "by_hand",
        f"The user don't authorize the app: {zoom.user(seed.HOST).id}.",
    )


def test_a_subscription_whose_answer_is_lost_is_not_made_again(zoom: Sandbox, sales: Connection) -> None:
    zoom.faults.add(Fault("lost_answer", method="POST", path=PATH.removeprefix("/v2")))

    arrangement = sales.arrange_events("meeting_ended")

    assert arrangement.failure is not None
    assert (arrangement.way, arrangement.failure.code, len(asked(zoom, "POST"))) == ("by_hand", "outcome_unknown", 1)
    assert sales.arrange_events("meeting_ended").way == "there"


@pytest.mark.parametrize(
    ("settings", "address", "secret_known"),
    [
        ({"public_url": None}, "", True),
        ({"public_url": "https://intranet"}, f"https://intranet/webhooks/zoom/{seed.CLIENT_ID}", True),
        ({"webhook_secret": None}, ADDRESS, False),
    ],
)
def test_zoom_is_told_nothing_before_it_can_reach_the_connector(
    zoom: Sandbox, tmp_path: Path, settings: dict[str, Any], address: str, secret_known: bool
) -> None:
    sales = signed_in(zoom, tmp_path, **settings)
    with sales.connector:
        arrangement = sales.arrange_events("meeting_ended")

    assert arrangement == replace(MADE, way="by_hand", address=address, secret_known=secret_known)
    assert asked(zoom, "POST") == []


@pytest.mark.parametrize(
    ("api_url", "address", "can"),
    [
        (None, "https://platform.example.com/webhooks/zoom/app", True),
        (None, "http://127.0.0.1:8978/webhooks/zoom/app", False),
        ("http://127.0.0.1:8977", "http://127.0.0.1:8978/webhooks/zoom/app", True),
        ("http://127.0.0.1:8977", "", False),
        (None, "", False),
    ],
)
def test_zoom_reaches_names_on_the_web_and_a_local_zoom_this_machine_too(
    api_url: str | None, address: str, can: bool
) -> None:
    assert reached(Settings.load(api_url=api_url), address) is can


def test_a_trigger_for_any_event_is_left_to_a_person_who_chooses(sales: Connection) -> None:
    assert sales.arrange_events("any_event") == replace(MADE, way="by_hand", events=())


def test_of_any_event_zoom_is_told_those_that_a_subscription_names(sales: Connection) -> None:
    named = ("meeting.started", "meeting.ended")

    assert sales.arrange_events("any_event", {"events": [*named]}) == replace(MADE, events=named)


def test_a_trigger_that_does_not_exist_is_refused(sales: Connection) -> None:
    with pytest.raises(InvalidInputs) as refused:
        sales.arrange_events("meeting_endet")

    assert (refused.value.code, refused.value.params["trigger"]) == ("unknown_trigger", "meeting_endet")


def test_no_token_of_an_app_is_stored(zoom: Sandbox, sales: Connection, tmp_path: Path) -> None:
    before = sales.connector.connection("sales").record.grant.tokens

    sales.arrange_events("meeting_ended")

    assert sales.connector.connection("sales").record.grant.tokens == before
