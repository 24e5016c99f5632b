"""What Zoom signs with: taken over for somebody's own app, several at a time while Zoom changes to a new one."""

from collections.abc import Iterator

import pytest

from zoom_connector.errors import InvalidInputs
from zoom_connector.events.endpoints import remember_secret, secret_known
from zoom_connector.settings import Settings
from zoom_connector.store import SqlStore
from zoom_connector.store.cipher import new_key

NONE = Settings.load(client_id="platform", webhook_secret=None)
SET = Settings.load(client_id="platform", webhook_secret="from-the-settings")


@pytest.fixture
def store(database_url: str) -> Iterator[SqlStore]:
    with SqlStore.open(database_url, keys=[new_key()]) as store:
        yield store


def kept(store: SqlStore) -> tuple[str, ...]:
    webhook = store.webhooks.get("mine")
    return webhook.secrets if webhook else ()


def test_a_newer_secret_goes_before_the_older_ones(store: SqlStore) -> None:
    counts = [remember_secret(store.webhooks, NONE, "mine", secret) for secret in ("first", "second", "second")]

    assert (counts, kept(store)) == ([1, 2, 2], ("second", "first"))


def test_older_secrets_are_forgotten_on_demand(store: SqlStore) -> None:
    remember_secret(store.webhooks, NONE, "mine", "first")

    assert remember_secret(store.webhooks, NONE, "mine", "second", only=True) == 1
    assert kept(store) == ("second",)


@pytest.mark.parametrize("secret", ["", "two words", "one,two", "gehëim", "line\n"])
def test_what_is_no_secret_is_refused(store: SqlStore, secret: str) -> None:
    with pytest.raises(InvalidInputs) as refused:
        remember_secret(store.webhooks, NONE, "mine", secret)

    assert (refused.value.code, refused.value.params, kept(store)) == ("webhook_secret_invalid", {}, ())


def test_the_secret_of_the_platforms_app_is_where_the_settings_have_it(store: SqlStore) -> None:
    with pytest.raises(InvalidInputs) as refused:
        remember_secret(store.webhooks, SET, "platform", "other")

    assert refused.value.code == "webhook_secret_set"
    assert remember_secret(store.webhooks, SET, "mine", "other") == 1
    assert remember_secret(store.webhooks, NONE, "platform", "other") == 1


def test_a_secret_is_known_from_the_settings_or_from_the_store(store: SqlStore) -> None:
    store.webhooks.challenged("mine")
    before = [secret_known(store.webhooks, settings, app) for settings in (NONE, SET) for app in ("platform", "mine")]

    remember_secret(store.webhooks, NONE, "mine", "first")

    assert before == [False, False, True, False]
    assert secret_known(store.webhooks, NONE, "mine")
