"""Each broken set-up is the first failure, with whoever can mend it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from doctor.conftest import ADMIN_APP, Surgery
from e2e.world import SandboxTime

from zoom_connector.doctor.findings import Diagnosis
from zoom_connector.sandbox import MovableClock, seed
from zoom_connector.sandbox.people import Role


def wrong_secret(surgery: Surgery) -> Diagnosis:
    return surgery.look("sales", client_secret="a secret of another app")


def inactive_app(surgery: Surgery) -> Diagnosis:
    surgery.zoom.app(seed.CLIENT_ID).active = False
    return surgery.look("sales")


def redirect_missing(surgery: Surgery) -> Diagnosis:
    surgery.zoom.app(seed.CLIENT_ID).redirects = ("http://127.0.0.1/oauth/elsewhere",)
    return surgery.look("sales")


def admin_app_with_a_plain_user(surgery: Surgery) -> Diagnosis:
    surgery.connect("account", seed.ADMIN, **ADMIN_APP)
    surgery.zoom.user(seed.ADMIN).role = Role.MEMBER
    return surgery.look("account")


def missing_scope(surgery: Surgery) -> Diagnosis:
    app = surgery.zoom.app(seed.CLIENT_ID)
    app.scopes = app.scopes - {"recording:read"}
    surgery.connect("sales")
    return surgery.look("sales")


def clock_off_by_an_hour(surgery: Surgery) -> Diagnosis:
    fast = SandboxTime(MovableClock(surgery.zoom.clock.now() + timedelta(hours=1)))
    return surgery.look("sales", clock=fast)


@pytest.mark.parametrize(
    ("broken", "check", "code", "who"),
    [
        (wrong_secret, "app", "app_credentials_wrong", "connector_admin"),
        (inactive_app, "app", "app_disabled", "connector_admin"),
        (redirect_missing, "redirect", "redirect_mismatch", "connector_admin"),
        (admin_app_with_a_plain_user, "kind", "admin_required", "zoom_admin"),
        (missing_scope, "scopes", "scope_missing", "connector_admin"),
        (clock_off_by_an_hour, "clock", "clock_wrong", "connector_admin"),
    ],
)
def test_a_broken_set_up_is_the_first_failure(
    surgery: Surgery, broken: Callable[[Surgery], Diagnosis], check: str, code: str, who: str
) -> None:
    surgery.connect("sales")

    diagnosis = broken(surgery)

    first = diagnosis.failure
    assert first is not None
    assert first.explanation is not None
    assert (first.check, first.explanation.code, first.explanation.who, diagnosis.exit_code) == (check, code, who, 3)
    assert first.explanation.steps


@pytest.mark.parametrize("secret", ["a secret of another app", seed.CLIENT_SECRET])
def test_a_client_id_that_zoom_does_not_know_is_told_from_a_wrong_secret(surgery: Surgery, secret: str) -> None:
    diagnosis = surgery.look(client_id="no-such-app", client_secret=secret)

    assert diagnosis.failure is not None
    assert diagnosis.failure.explanation is not None
    assert diagnosis.failure.explanation.code == "app_not_found"


def test_a_secret_that_its_owner_renewed_is_taken_from_the_settings(surgery: Surgery) -> None:
    surgery.connect("sales")
    surgery.zoom.app(seed.CLIENT_ID).client_secret = "renewed"

    diagnosis = surgery.look("sales", client_secret="renewed")

    assert diagnosis.failure is None


def test_a_role_of_the_accounts_own_is_a_warning(surgery: Surgery, monkeypatch: pytest.MonkeyPatch) -> None:
    surgery.connect("account", seed.ADMIN, **ADMIN_APP)
    monkeypatch.setattr(Role.ADMIN, "_value_", "IT desk")

    diagnosis = surgery.look("account")

    assert [(each.check, each.status.value) for each in diagnosis.findings if each.explanation] == [("kind", "warning")]
    assert (diagnosis.failure, diagnosis.exit_code) == (None, 0)


def test_a_connection_withdrawn_by_the_admin_is_named(surgery: Surgery) -> None:
    surgery.connect("sales")
    surgery.zoom.withdraw_approval(seed.CLIENT_ID)

    diagnosis = surgery.look("sales")

    first = diagnosis.failure
    assert first is not None
    assert first.explanation is not None
    assert (first.check, first.explanation.code, first.explanation.who) == (
        "approval",
        "approval_withdrawn",
        "zoom_admin",
    )


def test_the_scopes_of_an_action_are_looked_at_when_it_is_named(surgery: Surgery) -> None:
    surgery.connect("sales")

    assert surgery.look("sales", "create_meeting").failure is None
    first = surgery.look("sales", "list_groups").failure

    assert first is not None
    assert first.explanation is not None
    assert (first.check, first.explanation.code) == ("scopes", "scope_missing")
    assert "group:read:admin" in first.explanation.detail
