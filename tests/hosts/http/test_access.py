"""Who is served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from e2e.world import SandboxTime, settings_for
from hosts.http.serving import Served, code, serving

import zoom_connector
from zoom_connector.api_keys import ApiKeys
from zoom_connector.export.operations import operations
from zoom_connector.sandbox import Sandbox


def bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
def keys(served: Served) -> ApiKeys:
    return ApiKeys(served.connector.engine.store.api_keys, None)


@pytest.fixture
def guarded(zoom: Sandbox, tmp_path: Path) -> Iterator[Served]:
    settings = settings_for(zoom, tmp_path, api_key="example-api-key")
    with (
        zoom_connector.load(settings=settings, clock=SandboxTime(zoom.clock)) as connector,
        serving(connector) as served,
    ):
        yield served


def test_nothing_but_the_document_is_for_those_without_a_key(guarded: Served) -> None:
    every = [each for each in operations(guarded.connector.catalogue) if each.id != "get_openapi"]
    answers = [guarded.browser.request(each.method, guarded.address + each.path, timeout=30) for each in every]
    answers.append(guarded.post("/connections/sales/actions/get_my_user", json={}))

    assert {code(answer) for answer in answers} == {(401, "api_key_missing")}
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {"Bearer"}
    assert guarded.get("/openapi.json").status_code == 200
    assert guarded.get("/actions", headers=bearer("example-api-key")).status_code == 200


def test_each_key_counts_until_it_is_revoked(served: Served, keys: ApiKeys) -> None:
    without = served.get("/actions").status_code
    n8n, crm = keys.create("n8n"), keys.create("crm")

    def answered() -> list[int]:
        return [served.get("/actions", headers=bearer(key)).status_code for key in (n8n, crm, "zck_other", "")]

    before = answered()
    keys.revoke("n8n")

    assert (without, before, answered()) == (200, [200, 200, 401, 401], [401, 200, 401, 401])
    assert code(served.get("/actions")) == (401, "api_key_missing")


def test_the_key_of_the_settings_goes_on_counting_beside_others(guarded: Served) -> None:
    made = ApiKeys(guarded.connector.engine.store.api_keys, None).create("n8n")

    assert [guarded.get("/actions", headers=bearer(key)).status_code for key in (made, "example-api-key")] == [200, 200]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "attacker.example.com"},
        {"Host": "zoom.example.com:8978"},
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
    ],
    ids=["another-name", "a-public-name", "a-proxy", "a-standard-proxy"],
)
def test_without_any_key_only_what_is_meant_for_this_machine_is_served(served: Served, headers: dict[str, str]) -> None:
    assert code(served.get("/actions", headers=headers)) == (401, "api_key_missing")


@pytest.mark.parametrize("host", ["localhost:8978", "127.0.0.2", "[::1]:8978"])
def test_this_machine_has_several_names(served: Served, host: str) -> None:
    assert served.get("/actions", headers={"Host": host}).status_code == 200


def test_no_key_can_be_read_in_the_database(served: Served, keys: ApiKeys, tmp_path: Path) -> None:
    key = keys.create("n8n")

    written = b"".join(file.read_bytes() for file in tmp_path.glob("connections.db*"))

    assert b"n8n" in written
    assert key.encode() not in written
    assert key.removeprefix("zck_").encode() not in written


def test_the_document_speaks_of_a_key_where_one_is_needed(served: Served, keys: ApiKeys) -> None:
    before = served.get("/openapi.json").json()
    keys.create("n8n")
    after = served.get("/openapi.json").json()

    assert ("security" in before, after["security"]) == (False, [{"key": []}])
    assert after["servers"] == [{"url": served.address}]
