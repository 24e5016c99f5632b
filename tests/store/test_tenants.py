"""Two tenants in one database: whatever one of them does, the other sees nothing of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Table, UniqueConstraint
from store.world import APP, JO, START, Signer

from zoom_connector.errors import SignInFailed
from zoom_connector.store import App, Pending, Store, Tokens
from zoom_connector.store.schema import metadata

OF_THE_DATABASE = {"store_keys"}
"""Tables that belong to no tenant."""
OF_RANDOM_NAMES = {"subscriptions", "deliveries"}
"""Tables whose rows have names that the connector throws dice for, so that no two tenants ever have the same."""


@pytest.fixture
def north(opened: Callable[..., Store]) -> Store:
    return opened("north")


@pytest.fixture
def south(opened: Callable[..., Store]) -> Store:
    return opened("south")


@pytest.mark.parametrize(
    "table", [table for table in metadata.sorted_tables if table.name not in OF_THE_DATABASE], ids=str
)
def test_the_tenant_is_part_of_what_identifies_a_row(table: Table) -> None:
    ways = [set(table.primary_key.columns.keys())]
    ways += [set(each.columns.keys()) for each in table.constraints if isinstance(each, UniqueConstraint)]

    assert any("tenant" in way for way in ways) or table.name in OF_RANDOM_NAMES
    assert "tenant" in table.columns


def test_connections_and_grants_of_another_tenant_can_be_neither_seen_nor_changed(
    north: Store, south: Store, tokens: Tokens
) -> None:
    made = Signer(north, tokens).connect("sales")
    lease = north.grants.lease(made.grant.id)
    assert lease is not None

    south.connections.delete("sales")
    south.connections.rename("sales", "support")
    south.grants.discard(made.grant.id)
    south.grants.release(lease)
    saved = south.grants.save(lease, replace(tokens, access="access-of-south"))

    assert (south.connections.all(), south.connections.get("sales"), south.connections.of_grant(made.grant.id)) == (
        [],
        None,
        [],
    )
    assert (south.grants.get(made.grant.id), south.grants.lease(made.grant.id), saved) == (None, None, False)
    assert (north.connections.all(), north.grants.lease(made.grant.id)) == ([made], None)


def test_the_same_user_of_the_same_app_has_a_grant_in_each_tenant(north: Store, south: Store, tokens: Tokens) -> None:
    northern = Signer(north, tokens).connect("sales").grant
    southern = Signer(south, tokens).connect("sales", access="access-2").grant

    assert northern.id != southern.id
    assert [one.grant.tokens.access for one in (*north.connections.all(), *south.connections.all())] == [
        "access-1",
        "access-2",
    ]


def test_an_apps_secret_is_the_tenants_own(north: Store, south: Store, tokens: Tokens) -> None:
    made = Signer(north, tokens).connect("sales")

    south.apps.refresh(App(APP.client_id, "secret-of-south"))

    assert north.connections.all() == [made]


def test_a_sign_in_cannot_be_finished_in_another_tenant(north: Store, south: Store) -> None:
    pending = Pending("sales", APP, "http://127.0.0.1/oauth/callback", "verifier-1")
    north.sign_ins.put("state-1", pending, expires_at=START + timedelta(minutes=10))

    with pytest.raises(SignInFailed) as caught:
        south.sign_ins.take("state-1")

    assert caught.value.code == "state_unknown"
    assert north.sign_ins.take("state-1") == pending


def test_a_run_of_another_tenant_is_not_repeated_and_not_handed_out(north: Store, south: Store) -> None:
    north.runs.begin("sales", "order-1", "create_meeting", "inputs-1", creates=True)
    north.runs.finish("sales", "order-1", {"id": "of north"})

    first = south.runs.begin("sales", "order-1", "create_meeting", "inputs-2", creates=True)
    south.runs.forget("sales", "order-1")

    assert first is None
    assert north.runs.begin("sales", "order-1", "create_meeting", "inputs-1", creates=True) == {"id": "of north"}


def test_what_another_tenant_claimed_is_free_to_claim(north: Store, south: Store) -> None:
    north.claims.claim("meeting-1")

    assert south.claims.claimed(["meeting-1"]) == set()
    assert south.claims.claim("meeting-1") is True
    assert north.claims.claimed(["meeting-1"]) == {"meeting-1"}


def test_nobody_waits_for_what_another_tenant_holds(north: Store, south: Store) -> None:
    with north.claims.hold("create stand-up"), south.claims.hold("create stand-up"):
        pass


def test_the_budget_of_another_tenant_is_not_spent(north: Store, south: Store) -> None:
    waits = [
        tenant.budget.reserve("account-1", "light", per_second=1, per_day=1, now=START) for tenant in (north, south)
    ]
    south.budget.penalise("account-1", "light", until=START + timedelta(hours=1))

    tomorrow = START + timedelta(days=1)
    assert waits == [0.0, 0.0]
    assert north.budget.reserve("account-1", "light", per_second=1, per_day=1, now=tomorrow) == 0.0


def test_forgetting_a_user_reaches_no_other_tenant(north: Store, south: Store, tokens: Tokens) -> None:
    made = Signer(north, tokens).connect("sales")
    southern = Signer(south, tokens).connect("sales").grant

    found = [grant.id for grant in south.removals.grants_of(JO.email)]
    removed = south.removals.remove([*found, made.grant.id])

    assert (found, removed, south.grants.get(southern.id)) == ([southern.id], ("sales",), None)
    assert (north.connections.all(), north.removals.all(), south.removals.all()) == ([made], [], [START])
