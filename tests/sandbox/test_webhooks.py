"""What happens in the local Zoom is told to apps: signed, challenged, tried again, and only to those who may know."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sandbox.client import Client, ask_token, authorize_url, sign_in
from sandbox.listening import Got, Listening, listening

from zoom_connector.sandbox import Account, App, AppKind, MovableClock, Person, Role, Sandbox, User, seed

RETRIES = [300, 1200, 3600]


@pytest.fixture
def app() -> Iterator[Listening]:
    with listening() as app:
        yield app


@pytest.fixture
def other() -> Iterator[Listening]:
    with listening() as other:
        yield other


def test_a_webhook_is_signed_over_the_bytes_that_arrive(zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url)

    host.create(topic="Café 東京")

    zoom.settle()
    one = app.got[0]
    assert (one.event, one.thing["topic"], one.is_signed()) == ("meeting.created", "Café 東京", True)
    assert "\\u00e9" in one.raw.decode()
    assert "東京" in one.raw.decode()
    assert one.headers["x-zm-request-timestamp"] == str(int(zoom.clock.now().timestamp()))


def test_a_meeting_is_told_from_its_making_to_its_end(zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url)
    number = host.create(topic="First")["id"]

    host("PATCH", f"/meetings/{number}", {"topic": "Second", "settings": {"waiting_room": True}})
    zoom.start_meeting(number)
    zoom.join_meeting(number, "Guest")
    zoom.leave_meeting(number, zoom.join_meeting(number, "Colleague", seed.COLLEAGUE))
    host("PUT", f"/meetings/{number}/status", {"action": "end"})
    host("DELETE", f"/meetings/{number}")

    zoom.settle()
    assert app.events == [
        "meeting.created",
        "meeting.updated",
        "meeting.started",
        "meeting.participant_joined",
        "meeting.participant_joined",
        "meeting.participant_left",
        "meeting.participant_left",
        "meeting.ended",
        "meeting.deleted",
    ]
    changed = app.got[1].body["payload"]
    assert changed["object"] == {"id": number, "topic": "Second", "settings": {"waiting_room": True}}
    assert changed["old_object"] == {"id": number, "topic": "First", "settings": {"waiting_room": False}}
    assert (changed["operator"], changed["account_id"]) == (seed.HOST, seed.ACCOUNT_ID)
    sessions = {one.thing["uuid"] for one in app.got[2:8]}
    assert len(sessions) == 1


def test_a_recording_is_told_when_it_is_ready(zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url)
    recording = zoom.add_recording("Weekly", processing=True)
    zoom.settle()
    assert app.events == []

    zoom.finish_recording(recording)

    zoom.settle()
    assert app.events == ["recording.completed", "recording.transcript_completed"]
    video = next(file for file in app.got[0].thing["recording_files"] if file["file_type"] == "MP4")
    opened = Client(zoom, app.got[0].body["download_token"]).send("GET", video["download_url"])
    assert (opened.status_code, len(opened.content)) == (200, video["file_size"])


def test_a_registrant_and_a_user_are_told(zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url, only={"meeting.registration_created", "user.created"})
    number = host.create(settings={"approval_type": 1})["id"]

    added = host("POST", f"/meetings/{number}/registrants", {"email": "kim@example.com", "first_name": "Kim"}).json()
    zoom.add_user(User("sandboxUserNew00000005", "new@example.com", zoom.account))

    zoom.settle()
    assert app.events == ["meeting.registration_created", "user.created"]
    assert (app.got[0].thing["registrant"]["id"], app.got[0].thing["registrant"]["status"]) == (
        added["registrant_id"],
        "pending",
    )
    assert app.got[1].thing["email"] == "new@example.com"


def test_removing_an_app_and_asking_for_it_are_told_to_that_app_alone(
    zoom: Sandbox, host: Client, app: Listening, other: Listening
) -> None:
    Client.of(zoom, client_id="sandbox-granular-client")
    zoom.webhook(app.url)
    zoom.webhook(other.url, "sandbox-granular-client")

    zoom.remove_app(seed.CLIENT_ID, seed.HOST)
    zoom.account.approval_needed = True
    Person(zoom.url, seed.BASIC).request_approval(authorize_url(zoom), "For reports")

    zoom.settle()
    assert app.events == ["app_deauthorized", "app.authorization_request_created"]
    removed, asked = (one.body["payload"] for one in app.got)
    assert (removed["client_id"], removed["user_id"]) == (seed.CLIENT_ID, zoom.user(seed.HOST).id)
    assert (asked["requester_name"], asked["request_reason"]) == ("Sandbox Basic", "For reports")
    assert other.events == []


def test_only_apps_that_somebody_in_the_account_added_are_told(zoom: Sandbox, app: Listening, other: Listening) -> None:
    account = zoom.add_account(Account("sandboxAccount00000002"))
    stranger = zoom.add_user(User("sandboxUserElsewhere01", "elsewhere@example.com", account, Role.ADMIN))
    zoom.app(seed.CLIENT_ID).published = True
    zoom.webhook(app.url)
    zoom.webhook(other.url, "sandbox-admin-client")
    sign_in(zoom, stranger.email)

    zoom.emit("meeting.alert", user=seed.HOST)
    zoom.emit("meeting.alert", user=stranger.email)

    zoom.settle()
    assert [one.body["payload"]["account_id"] for one in app.got] == [account.id]
    assert other.events == []


def test_an_endpoint_gets_the_whole_account_or_only_those_who_added_the_app(
    zoom: Sandbox, host: Client, app: Listening, other: Listening
) -> None:
    zoom.webhook(app.url)
    zoom.webhook(other.url, added_only=True)

    zoom.emit("meeting.alert", user=seed.HOST)
    zoom.emit("meeting.alert", user=seed.COLLEAGUE)

    zoom.settle()
    colleague, mine = zoom.user(seed.COLLEAGUE).id, zoom.user(seed.HOST).id
    assert [one.thing["host_id"] for one in app.got] == [mine, colleague]
    assert [one.thing["host_id"] for one in other.got] == [mine]


def test_a_server_to_server_app_is_told_without_a_sign_in(zoom: Sandbox, app: Listening) -> None:
    zoom.webhook(app.url, "sandbox-server-client")

    zoom.emit("meeting.alert")

    zoom.settle()
    assert app.events == ["meeting.alert"]


def test_zoom_tries_again_after_5_20_and_60_minutes_and_then_gives_up(
    zoom: Sandbox, host: Client, app: Listening
) -> None:
    zoom.webhook(app.url)
    app.statuses = [503, 500, 502, 503]
    before = zoom.clock.now()

    (delivery,) = zoom.emit("meeting.alert")
    zoom.settle()
    for seconds in RETRIES:
        zoom.clock.move(seconds=seconds - 1)
        zoom.settle()
        counted = len(app.got)
        zoom.clock.move(seconds=1)
        zoom.settle()
        assert len(app.got) == counted + 1
    zoom.clock.move(days=2)
    zoom.settle()

    moments = [(one.at - before).total_seconds() for one in delivery.tries]
    assert moments == [0, 300, 1500, 5100]
    assert (delivery.taken, delivery.lost) == (False, True)
    assert len({(one.raw, one.headers["x-zm-request-id"], one.headers["x-zm-signature"]) for one in app.got}) == 1
    assert [one.headers["x-zm-retry-num"] for one in app.got] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("status", [301, 400, 401, 404, 429])
def test_what_zoom_does_not_try_again_is_lost(status: int, zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url)
    app.statuses = [status]

    (delivery,) = zoom.emit("meeting.alert")
    zoom.settle()
    zoom.clock.move(hours=3)
    zoom.settle()

    assert (len(app.got), delivery.lost) == (1, True)


def test_an_event_arrives_once_the_network_is_back(zoom: Sandbox, host: Client, app: Listening) -> None:
    with listening() as gone:
        endpoint = zoom.webhook(gone.url)
    (delivery,) = zoom.emit("meeting.alert")
    zoom.settle()
    assert [one.status for one in delivery.tries] == [None]

    endpoint.url = app.url
    zoom.clock.move(minutes=5)

    zoom.settle()
    assert app.events == ["meeting.alert"]
    assert delivery.taken


def test_an_endpoint_that_does_not_know_the_secret_gets_no_events(zoom: Sandbox, host: Client, app: Listening) -> None:
    app.secret = "another"

    endpoint = zoom.webhook(app.url)
    zoom.emit("meeting.alert")

    zoom.settle()
    assert (endpoint.on, len(app.challenges), app.events) == (False, 1, [])


def test_an_app_in_development_gets_events_without_a_challenge(zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url, challenged=False)
    zoom.clock.move(days=10)

    zoom.emit("meeting.alert")

    zoom.settle()
    assert (len(app.challenges), app.events) == (0, ["meeting.alert"])


def test_an_endpoint_is_challenged_every_72_hours_and_switched_off_after_six_failures(
    zoom: Sandbox, host: Client, app: Listening
) -> None:
    endpoint = zoom.webhook(app.url)
    zoom.clock.move(hours=72)
    zoom.settle()
    assert len(app.challenges) == 2
    app.secret = "another"

    seen = []
    for _ in range(6):
        zoom.clock.move(hours=72)
        zoom.settle()
        seen.append(endpoint.on)
    zoom.emit("meeting.alert")
    zoom.clock.move(hours=72)
    zoom.settle()

    assert seen == [True, True, True, True, True, False]
    assert (len(app.challenges), app.events) == (8, [])


def test_events_arrive_twice_on_demand_with_another_link_and_request_id(
    zoom: Sandbox, host: Client, app: Listening
) -> None:
    zoom.webhook(app.url, only={"recording.completed"})
    zoom.webhooks.twice = True

    zoom.add_recording()

    zoom.settle()
    first, second = app.got
    assert first.headers["x-zm-request-id"] != second.headers["x-zm-request-id"]
    assert links(first) != links(second)
    assert first.thing["uuid"] == second.thing["uuid"]
    assert first.body["event_ts"] == second.body["event_ts"]


def links(one: Got) -> list[str]:
    return [file["download_url"] for file in one.thing["recording_files"]]


def test_events_arrive_in_another_order_on_demand(zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url)
    number = host.create()["id"]

    with zoom.webhooks.out_of_order():
        zoom.start_meeting(number)
        zoom.end_meeting(number)

    zoom.settle()
    assert app.events == ["meeting.created", "meeting.ended", "meeting.started"]


def test_a_slow_endpoint_delays_no_answer_of_the_api(zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url)
    app.gate.clear()

    created = host.create(topic="Meanwhile")
    fetched = host("GET", f"/meetings/{created['id']}")

    assert (fetched.status_code, zoom.webhooks.deliveries[0].taken) == (200, False)
    app.gate.set()
    zoom.settle()
    assert zoom.webhooks.deliveries[0].taken


def test_waiting_for_what_does_not_end_ends(zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url)
    app.gate.clear()
    zoom.emit("meeting.alert")

    with pytest.raises(TimeoutError):
        zoom.settle(timeout=0.05)


def test_a_removed_endpoint_is_left_alone(zoom: Sandbox, host: Client, app: Listening) -> None:
    endpoint = zoom.webhook(app.url)
    app.statuses = [503]
    (delivery,) = zoom.emit("meeting.alert")
    zoom.settle()

    zoom.webhooks.remove(endpoint)
    zoom.emit("meeting.alert")
    zoom.clock.move(hours=73)

    zoom.settle()
    assert (len(app.got), len(app.challenges), delivery.lost) == (1, 1, True)


def test_a_local_zoom_without_endpoints_has_no_sender() -> None:
    with Sandbox(clock=MovableClock()) as zoom:
        zoom.add_recording()
        zoom.settle()

        assert not [thread for thread in threading.enumerate() if "sender" in thread.name]


def test_retries_may_be_hurried(zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url)
    zoom.webhooks.retries = (timedelta(seconds=1),)
    app.statuses = [503]

    (delivery,) = zoom.emit("meeting.alert")
    zoom.settle()
    zoom.clock.move(seconds=1)

    zoom.settle()
    assert [one.status for one in delivery.tries] == [503, 200]


def test_a_sample_happens_anew_each_time(zoom: Sandbox, host: Client, app: Listening) -> None:
    zoom.webhook(app.url)

    zoom.emit("meeting.ended")
    zoom.clock.move(seconds=1)
    zoom.emit("meeting.ended")

    zoom.settle()
    first, second = app.got
    assert first.thing["uuid"] != second.thing["uuid"]
    assert second.body["event_ts"] - first.body["event_ts"] == 1000
    assert {one.thing["host_id"] for one in app.got} == {zoom.user(seed.HOST).id}


def test_every_app_has_its_own_secret(zoom: Sandbox, app: Listening) -> None:
    own = App("other-client", "other-secret", "Other", zoom.account, frozenset(), kind=AppKind.SERVER_TO_SERVER)
    zoom.add_app(own)
    app.secret = "secret-of-the-other"
    zoom.webhook(app.url, own.client_id, app.secret)

    zoom.emit("meeting.alert")

    zoom.settle()
    assert app.got[0].is_signed(app.secret)


def test_an_app_subscribes_with_a_token_of_its_own_and_is_told(zoom: Sandbox, host: Client, app: Listening) -> None:
    sign_in(zoom, seed.COLLEAGUE)
    own = Client(zoom, ask_token(zoom, grant_type="client_credentials").json()["access_token"])
    base, mine, colleague = "/marketplace/app/event_subscription", zoom.user(seed.HOST).id, zoom.user(seed.COLLEAGUE).id
    wish = {"events": ["meeting.alert"], "event_webhook_url": app.url, "subscription_scope": "user", "user_ids": [mine]}

    number = own("POST", base, wish).json()["event_subscription_id"]
    zoom.settle()
    for email in (seed.HOST, seed.COLLEAGUE):
        zoom.emit("meeting.alert", user=email)
    zoom.emit("meeting.ended")
    own("PATCH", f"{base}/{number}", {"account_id": seed.ACCOUNT_ID, "user_ids": [colleague]})
    zoom.emit("meeting.alert", user=seed.COLLEAGUE)
    zoom.settle()
    own("DELETE", f"{base}/{number}")
    zoom.emit("meeting.alert")

    zoom.settle()
    assert [(one.event, one.thing["host_id"]) for one in app.got] == [
        ("meeting.alert", mine),
        ("meeting.alert", colleague),
    ]


def test_the_local_zoom_sends_nothing_off_this_machine_for_a_subscription(zoom: Sandbox, host: Client) -> None:
    own = Client(zoom, ask_token(zoom, grant_type="client_credentials").json()["access_token"])
    elsewhere = {
        "events": ["meeting.alert"],
        "event_webhook_url": "https://example.com/",
        "subscription_scope": "account",
    }

    made = own("POST", "/marketplace/app/event_subscription", elsewhere)

    assert (made.status_code, zoom.webhooks.endpoints) == (201, [])
