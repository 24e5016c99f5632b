"""Keys of callers."""

import pytest
from store.memory import MemoryStore
from store.world import START, StillClock

from zoom_connector import InvalidInputs
from zoom_connector.api_keys import ApiKeys
from zoom_connector.store.serving import ApiKey


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(StillClock())


@pytest.fixture
def keys(store: MemoryStore) -> ApiKeys:
    return ApiKeys(store.api_keys, None)


def test_a_key_is_admitted_from_when_it_is_made_until_it_is_revoked(keys: ApiKeys) -> None:
    n8n, crm = keys.create("n8n"), keys.create("crm")
    keys.revoke("n8n")

    assert [keys.admit(shown) for shown in (n8n, crm, "", "zck_other")] == [False, True, False, False]


def test_no_two_keys_are_alike_and_each_says_what_it_is(keys: ApiKeys) -> None:
    made = {keys.create(f"caller-{number}") for number in range(20)}

    assert len(made) == 20
    assert {key[:4] for key in made} == {"zck_"}
    assert min(map(len, made)) >= 40


def test_only_the_hash_is_kept(store: MemoryStore, keys: ApiKeys) -> None:
    key = keys.create("n8n")

    assert keys.all() == [ApiKey("n8n", store.api_keys.all()[0].digest, START)]
    assert key not in repr(store.api_keys.all())


def test_without_a_key_nobody_can_be_told_from_anybody(keys: ApiKeys) -> None:
    before = keys.none
    keys.create("n8n")

    assert (before, keys.none) == (True, False)


@pytest.mark.parametrize("name", ["", "a b", "a/b", "x" * 101])
def test_a_name_has_to_fit_into_a_command(keys: ApiKeys, name: str) -> None:
    with pytest.raises(InvalidInputs) as caught:
        keys.create(name)

    assert caught.value.code == "api_key_name_invalid"


def test_a_name_in_use_is_not_given_again_and_another_one_not_revoked(keys: ApiKeys) -> None:
    keys.create("n8n")
    with pytest.raises(InvalidInputs) as taken:
        keys.create("n8n")
    with pytest.raises(InvalidInputs) as unknown:
        keys.revoke("crm")

    assert (taken.value.code, unknown.value.code) == ("api_key_name_taken", "unknown_api_key")
    assert unknown.value.params == {"name": "crm", "known": ["n8n"]}
