"""A webhook is answered with success only after its event is safe, and kept once however often it comes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from events.signed import CLIENT, SECRET, as_bytes, encrypted, ended, headers, signature
from events.world import World
from store.world import START, StillClock

from zoom_connector.catalogue import Catalogue
from zoom_connector.events.endpoints import Secrets
from zoom_connector.events.happening import Happenings
from zoom_connector.events.intake import NOT_NOW, REFUSED, TAKEN, Answer, Intake
from zoom_connector.settings import Settings
from zoom_connector.store import SqlStore
from zoom_connector.store.cipher import new_key
from zoom_connector.store.feed import Webhook

CHALLENGE = {"event": "endpoint.url_validation", "event_ts": 1893492000000, "payload": {"plainToken": "plain-token-1"}}


def test_an_event_is_stored_when_its_answer_comes_though_nobody_subscribes(world: World) -> None:
    answer = world.send(ended(), delivery="delivery-1")

    (event,) = world.events()
    assert answer == TAKEN
    assert (event.app, event.account_id, event.user_id, event.name) == (CLIENT, "account-1", "user-jo", "meeting.ended")
    assert (event.body, event.delivery, event.source, event.received_at) == (ended(), "delivery-1", "webhook", START)


def test_the_endpoint_remembers_when_an_event_came(world: World) -> None:
    world.send(ended())

    assert world.store.webhooks.get(CLIENT) == Webhook(CLIENT, (SECRET,), last_event_at=START)


def test_a_second_delivery_of_the_same_event_is_taken_and_dropped(world: World) -> None:
    first = ended()
    again = {
        **first,
        "payload": {**first["payload"], "object": {**first["payload"]["object"], "start_url": "https://b"}},
    }

    answers = [world.send(first, delivery="one"), world.send(again, delivery="two")]

    assert answers == [TAKEN, TAKEN]
    assert [event.delivery for event in world.events()] == ["one"]


def test_a_retry_under_the_same_delivery_id_is_taken_and_dropped(world: World) -> None:
    answers = [world.send(ended("uuid-1"), delivery="one"), world.send(ended("uuid-2"), delivery="one")]

    assert answers == [TAKEN, TAKEN]
    assert len(world.events()) == 1


def test_other_happenings_are_other_events(world: World) -> None:
    for uuid in ("uuid-1", "uuid-2"):
        world.send(ended(uuid))

    assert len(world.events()) == 2


def test_a_challenge_is_answered_and_remembered_and_is_no_event(world: World) -> None:
    answer = world.send(CHALLENGE)

    assert answer == Answer(200, {"plainToken": "plain-token-1", "encryptedToken": encrypted("plain-token-1")})
    assert world.store.webhooks.get(CLIENT) == Webhook(CLIENT, (SECRET,), last_challenge_at=START)
    assert world.events() == []


def test_a_challenge_that_is_not_signed_is_refused_so_that_nobody_gets_anything_signed(world: World) -> None:
    raw = as_bytes(CHALLENGE)

    assert world.intake.receive(CLIENT, {}, raw).result(timeout=30) == REFUSED


def test_a_challenge_is_answered_with_the_secret_that_it_is_signed_with(world: World) -> None:
    world.store.webhooks.put("other-client", ["newer-secret", "older-secret"])
    world.clock.move(seconds=10)
    raw = as_bytes(CHALLENGE)
    answers = [
        world.intake.receive("other-client", headers(raw, world.clock.now(), secret), raw).result(timeout=30)
        for secret in ("newer-secret", "older-secret")
    ]

    assert [answer.json["encryptedToken"] for answer in answers] == [
        encrypted("plain-token-1", "newer-secret"),
        encrypted("plain-token-1", "older-secret"),
    ]


@pytest.mark.parametrize("payload", [None, [], {}, {"plainToken": None}, {"plainToken": 7}])
def test_a_challenge_without_a_token_is_refused(world: World, payload: object) -> None:
    assert world.send({**CHALLENGE, "payload": payload}) == REFUSED


def test_an_unknown_app_a_wrong_secret_and_what_is_no_event_are_answered_alike(world: World) -> None:
    raw = as_bytes(ended())
    forged = headers(raw, START, "another-secret")
    nonsense = b"[" * 100_000
    answers = [
        world.send(ended(), app="unknown-client"),
        world.intake.receive(CLIENT, forged, raw).result(timeout=30),
        world.intake.receive(CLIENT, {}, raw).result(timeout=30),
        world.intake.receive(CLIENT, headers(nonsense, START), nonsense).result(timeout=30),
        world.intake.receive(CLIENT, headers(b"{}", START), b"{}").result(timeout=30),
    ]

    assert answers == [REFUSED] * 5
    assert world.events() == []


@pytest.mark.parametrize("strange", ["\ud800", "a\0b", "x" * 5000, 7, True, None, {}, ["a"]])
def test_strange_values_where_ids_should_be_keep_nothing_from_being_stored(world: World, strange: object) -> None:
    meeting = {"host_id": strange, "uuid": strange}
    body = {"event": f"strange.{strange}", "event_ts": strange, "payload": {"account_id": strange, "object": meeting}}

    assert world.send(body, delivery="x" * 900) == TAKEN
    assert [event.body for event in world.events()] == [body]


def test_however_deeply_a_body_is_nested_there_is_an_answer(world: World) -> None:
    def nested(depth: int) -> bytes:
        return as_bytes(ended()).replace(b'"Kick-off"', b"[" * depth + b"]" * depth)

    def answered(raw: bytes) -> Answer:
        return world.intake.receive(CLIENT, headers(raw, START), raw).result(timeout=30)

    answers = [answered(nested(depth)) for depth in range(900, 1000, 3)]

    assert [one for one in answers if one not in (TAKEN, NOT_NOW, REFUSED)] == []
    assert (answered(nested(100_000)), world.send(ended("uuid-2"))) == (REFUSED, TAKEN)


def test_a_new_secret_counts_without_a_restart_and_an_older_one_as_long_as_it_is_kept(world: World) -> None:
    raw = as_bytes(ended())

    def sent_with(secret: str) -> Answer:
        return world.intake.receive(CLIENT, headers(raw, world.clock.now(), secret), raw).result(timeout=30)

    before = sent_with("newer-secret")
    world.store.webhooks.put(CLIENT, ["newer-secret", SECRET])
    world.clock.move(seconds=5)
    both = [sent_with("newer-secret"), sent_with(SECRET)]
    world.store.webhooks.put(CLIENT, ["newer-secret"])
    world.clock.move(seconds=5)

    assert (before, both, sent_with(SECRET)) == (REFUSED, [TAKEN, TAKEN], REFUSED)


def test_secrets_of_the_settings_replace_those_in_the_store(world: World) -> None:
    settings = Settings.load(client_id=CLIENT, webhook_secret="newest, newer,")

    secrets = Secrets(world.store.webhooks, settings, world.clock)

    assert secrets.of(CLIENT) == ("newest", "newer")
    assert secrets.of("unknown-client") == ()


def test_a_store_that_fails_is_answered_so_that_zoom_tries_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("broken") / "events.db"
    with SqlStore.open(f"sqlite:///{file}", keys=[new_key()], clock=StillClock()) as store:
        intake = Intake(store, lambda _: [SECRET], Happenings(Catalogue()), StillClock())
        for name in ("events.db", "events.db-wal", "events.db-shm"):
            file.with_name(name).write_bytes(b"no database " * 1000)
        raw = as_bytes(ended())
        answers = [intake.receive(CLIENT, sent, raw).result(timeout=30) for sent in (headers(raw, START), {})]
        intake.close()

    assert answers == [NOT_NOW, REFUSED]


def test_many_at_once_are_all_stored(world: World) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda number: world.send(ended(f"uuid-{number}")), range(64)))

    assert answers == [TAKEN] * 64
    assert len({event.happening for event in world.events()}) == 64


def test_the_signature_is_over_the_bytes_and_not_over_what_they_mean(world: World) -> None:
    raw = as_bytes(ended())
    same_meaning = raw.replace(b": ", b":")
    timestamp = str(int(START.timestamp()))
    sent = {"x-zm-request-timestamp": timestamp, "x-zm-signature": signature(raw, timestamp)}

    assert world.intake.receive(CLIENT, sent, same_meaning).result(timeout=30) == REFUSED
