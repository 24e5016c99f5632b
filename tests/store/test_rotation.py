import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from postgres import PostgresServer
from store.happening import claimed, event, subscription, told
from store.test_secrecy import everything
from store.world import FakeKeyring, Signer, StillClock

from zoom_connector.errors import SettingsError
from zoom_connector.store import SqlStore, Tokens
from zoom_connector.store.cipher import Cipher, fingerprint, new_key
from zoom_connector.store.rotation import keys_in_use, rotate
from zoom_connector.zoom.progress import Progress, silent

OLD, NEW = new_key(), new_key()


@pytest.fixture
def filled(database_url: str, clock: StillClock, tokens: Tokens) -> str:
    """A store of which the old key has sealed every kind of thing, and more of one than a batch has rows."""
    with SqlStore.open(database_url, keys=[OLD], clock=clock) as store:
        Signer(store, tokens).connect("sales")
        for number in range(250):
            store.runs.begin("sales", f"order-{number}", "create_meeting", "inputs", creates=True)
            store.runs.finish("sales", f"order-{number}", {"id": str(number)})
    clock.move(days=1)
    return database_url


def turn(url: str, clock: StillClock, progress: Progress = silent) -> int:
    return rotate(url, keys=[NEW, OLD], clock=clock, progress=progress)


def opened_with(url: str, *keys: str) -> str:
    try:
        SqlStore.open(url, keys=keys).close()
    except SettingsError as error:
        return error.code
    return "opened"


def test_a_rotation_seals_everything_with_the_newest_key(filled: str, clock: StillClock) -> None:
    before = keys_in_use(filled, keys=[OLD])

    sealed = turn(filled, clock)

    (after,) = keys_in_use(filled, keys=[NEW])
    assert [(use.fingerprint, use.seals) for use in before] == [(fingerprint(OLD), 255)]
    assert (after.fingerprint, after.seals, after.added_at) == (fingerprint(NEW), 255, clock.now())
    assert sealed == 253
    assert (opened_with(filled, NEW), opened_with(filled, OLD)) == ("opened", "key_wrong")


def test_nothing_that_the_old_key_opens_is_left(filled: str, clock: StillClock, postgres: PostgresServer) -> None:
    before = sealed_values(filled, postgres)

    turn(filled, clock)

    left = everything(filled, postgres)
    assert len(before) == 255
    assert [value for value in before if value.encode() in left] == []


def sealed_values(url: str, postgres: PostgresServer) -> list[str]:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            text = "".join(connection.iterdump())
    else:
        text = postgres.contents(url)
    return re.findall("'(gAAAA[^']+)'", text)


def test_what_was_sealed_again_is_what_it_was(filled: str, clock: StillClock, tokens: Tokens) -> None:
    turn(filled, clock)

    with SqlStore.open(filled, keys=[NEW], clock=clock) as store:
        sales = store.connections.get("sales")
        outputs = [store.runs.begin("sales", f"order-{n}", "create_meeting", "inputs", creates=True) for n in (0, 249)]
    assert sales is not None
    assert (sales.grant.tokens, outputs) == (tokens, [{"id": "0"}, {"id": "249"}])


def test_events_and_what_subscriptions_hold_are_sealed_again_too(
    database_url: str, clock: StillClock, tokens: Tokens
) -> None:
    with SqlStore.open(database_url, keys=[OLD], clock=clock) as store:
        Signer(store, tokens).connect("sales")
        store.webhooks.put("example-client", ["webhook-secret"])
        store.subscriptions.add(subscription(polls=True), poll_at=clock.now())
        told(store, event(1))
        turn_to_poll = store.subscriptions.turn()
        assert turn_to_poll is not None
        store.subscriptions.found(turn_to_poll, [event(2)], cursor={"page": 2}, poll_at=clock.now())

    turn(database_url, clock)

    with SqlStore.open(database_url, keys=[NEW], clock=clock) as store:
        endpoint, again = store.webhooks.get("example-client"), store.subscriptions.turn()
        found = (store.subscriptions.all(), [delivery.event for delivery in claimed(store)])
    assert endpoint is not None
    assert again is not None
    assert (endpoint.secrets, again.cursor) == (("webhook-secret",), {"page": 2})
    assert found == ([subscription(polls=True)], [event(1), event(2)])


def test_a_rotation_that_was_interrupted_is_taken_up_again(filled: str, clock: StillClock) -> None:
    def stop(done: int, total: int | None, message: str) -> None:
        if done > 150:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        turn(filled, clock, progress=stop)
    half_way = [opened_with(filled, NEW), opened_with(filled, OLD), opened_with(filled, NEW, OLD)]
    rest = turn(filled, clock)

    assert half_way == ["key_wrong", "key_wrong", "opened"]
    assert 0 < rest < 253
    assert opened_with(filled, NEW) == "opened"


def test_what_is_renewed_during_a_rotation_is_not_undone(
    postgres: PostgresServer, clock: StillClock, tokens: Tokens
) -> None:
    url = postgres.new_database()
    with SqlStore.open(url, keys=[OLD], clock=clock) as store:
        Signer(store, tokens).connect("sales")

    with psycopg.connect(url) as worker, ThreadPoolExecutor(1) as elsewhere:
        worker.execute("UPDATE grants SET access_token = %s", [Cipher([NEW]).seal("access-2")])
        rotation = elsewhere.submit(turn, url, clock)
        while not postgres.execute("SELECT 1 FROM pg_locks WHERE NOT granted"):
            assert not rotation.done()
        worker.commit()
        rotation.result(60)

    with SqlStore.open(url, keys=[NEW], clock=clock) as store:
        (connection,) = store.connections.all()
    assert connection.grant.tokens == replace(tokens, access="access-2")


def test_a_rotation_with_nothing_to_do_changes_nothing(filled: str, clock: StillClock) -> None:
    assert rotate(filled, keys=[OLD], clock=clock) == 0
    assert opened_with(filled, OLD) == "opened"


@pytest.mark.parametrize("keeps", [True, False], ids=["keyring", "file"])
def test_a_store_that_made_its_own_key_makes_the_next_one_too(
    database: Path, clock: StillClock, tokens: Tokens, keeps: bool
) -> None:
    url, keyring = f"sqlite:///{database}", FakeKeyring(keeps=keeps)
    with SqlStore.open(url, keyring=keyring, clock=clock) as store:
        Signer(store, tokens).connect("sales")
    (first,) = keys_in_use(url, keyring=keyring)

    sealed = []
    for _ in range(2):
        clock.move(days=1)
        sealed.append(rotate(url, keyring=keyring, clock=clock))

    (last,) = keys_in_use(url, keyring=keyring)
    with SqlStore.open(url, keyring=keyring, clock=clock) as store:
        assert [one.grant.tokens for one in store.connections.all()] == [tokens]
    assert sealed == [3, 3]
    assert (first.fingerprint != last.fingerprint, last.seals) == (True, 5)
    assert database.with_name("connections.db.key").exists() is not keeps


def test_processes_that_are_restarted_one_after_the_other_read_what_each_other_write(
    filled: str, clock: StillClock
) -> None:
    with SqlStore.open(filled, keys=[OLD, NEW], clock=clock) as waiting:
        with SqlStore.open(filled, keys=[NEW, OLD], clock=clock) as restarted:
            restarted.runs.finish("sales", "order-0", {"id": "new"})
        waiting.runs.finish("sales", "order-1", {"id": "old"})

        found = [waiting.runs.begin("sales", f"order-{n}", "create_meeting", "inputs", creates=True) for n in (0, 1)]

    assert found == [{"id": "new"}, {"id": "old"}]
