from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from store.happening import claimed, event, ids, subscription, told
from store.world import START, FakeKeyring, Signer, StillClock

from zoom_connector.errors import SettingsError
from zoom_connector.store import Connection, SqlStore, Store, Tokens
from zoom_connector.store.cipher import new_key
from zoom_connector.store.copying import copy
from zoom_connector.store.feed import Event

HEADLESS = FakeKeyring()
KEY = new_key()


@pytest.fixture
def source(database: Path, clock: StillClock, tokens: Tokens) -> str:
    """A store on a laptop, with two tenants and a key of its own making."""
    url = f"sqlite:///{database}"
    for tenant in ("north", "south"):
        with SqlStore.open(url, tenant=tenant, clock=clock, keyring=HEADLESS) as store:
            Signer(store, tokens).connect("sales")
            store.runs.begin("sales", "order-4711", "create_meeting", "inputs", creates=True)
            store.runs.finish("sales", "order-4711", {"id": tenant})
    return url


def held(store: Store) -> tuple[list[Connection], object]:
    return store.connections.all(), store.runs.begin("sales", "order-4711", "create_meeting", "inputs", creates=True)


def test_a_copy_on_a_server_holds_the_same(source: str, new_database: Callable[[str], str], clock: StillClock) -> None:
    target = new_database("postgresql")

    copied = copy(source, target, keys=[KEY], clock=clock, keyring=HEADLESS)

    assert copied == 2
    for tenant in ("north", "south"):
        with (
            SqlStore.open(source, tenant=tenant, clock=clock, keyring=HEADLESS) as before,
            SqlStore.open(target, tenant=tenant, clock=clock, keys=[KEY]) as after,
        ):
            assert held(before) == held(after)
            assert held(after)[1] == {"id": tenant}


def test_a_store_that_is_in_use_is_not_copied_over(
    source: str, new_database: Callable[[str], str], clock: StillClock
) -> None:
    target = new_database("postgresql")
    copy(source, target, keys=[KEY], clock=clock, keyring=HEADLESS)

    with pytest.raises(SettingsError) as caught:
        copy(source, target, keys=[KEY], clock=clock, keyring=HEADLESS)

    assert caught.value.code == "store_not_empty"


def test_a_source_whose_key_is_in_the_settings_is_copied_and_left_as_it_was(
    database: Path, new_database: Callable[[str], str], clock: StillClock, tokens: Tokens
) -> None:
    source, target = f"sqlite:///{database}", new_database("postgresql")
    with SqlStore.open(source, keys=[KEY], clock=clock) as store:
        Signer(store, tokens).connect("sales")

    copied = copy(source, target, keys=[new_key(), KEY], clock=clock, keyring=HEADLESS)

    SqlStore.open(source, keys=[KEY]).close()
    assert copied == 1


def test_a_source_that_is_not_there_is_named(tmp_path: Path, database: Path) -> None:
    missing = tmp_path / "mistyped.db"

    with pytest.raises(SettingsError) as caught:
        copy(f"sqlite:///{missing}", f"sqlite:///{database}", keyring=HEADLESS)

    expected = {"database": str(missing), "path": str(missing)}
    assert (caught.value.code, caught.value.params) == ("database_missing", expected)
    assert not missing.exists()


def test_events_and_subscriptions_are_copied_and_new_ones_come_after_them(
    database: Path, new_database: Callable[[str], str], clock: StillClock, tokens: Tokens
) -> None:
    source, target = f"sqlite:///{database}", new_database("postgresql")
    with SqlStore.open(source, keys=[KEY], clock=clock) as before:
        Signer(before, tokens).connect("sales")
        before.webhooks.put("example-client", ["webhook-secret"])
        before.subscriptions.add(subscription(polls=True, ordered=True), poll_at=START)
        told(before, event(1), event(2))
        held = (before.webhooks.all(), before.subscriptions.all(), before.deliveries.backlog(), feed_of(before))

    copy(source, target, keys=[KEY], clock=clock, keyring=HEADLESS)

    with SqlStore.open(target, keys=[KEY], clock=clock) as after:
        copied = (after.webhooks.all(), after.subscriptions.all(), after.deliveries.backlog(), feed_of(after))
        told(after, event(3), event(4))
        delivered = []
        while found := claimed(after):
            delivered += ids(found)
            after.deliveries.done(found[0])
    assert copied == held
    assert delivered == [("sub_1", f"evt_{number}") for number in (1, 2, 3, 4)]


def feed_of(store: Store) -> list[Event]:
    return store.events.all(since=START, until=START + timedelta(days=1))
