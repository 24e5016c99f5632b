"""Looking changes nothing, spends nothing, and says what it could not look at."""

import json
import sqlite3
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from doctor.conftest import Surgery, finding, outcomes
from e2e.world import SandboxTime

from zoom_connector import InvalidInputs, SettingsError, load
from zoom_connector.catalogue import Catalogue
from zoom_connector.sandbox import seed
from zoom_connector.sandbox.faults import Fault
from zoom_connector.store import SqlStore
from zoom_connector.store.looking import find_database, open_to_look

MISSING = "Invalid access token, does not contain scopes:[user:read]."
CHECKS = list(Catalogue().doctor["checks"])


def files(folder: Path) -> dict[str, str]:
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_a_healthy_connection_passes_every_check_that_can_be_made(surgery: Surgery) -> None:
    surgery.connect("sales")

    diagnosis = surgery.look("sales")

    unchecked = ["webhook_secret", "last_event", "last_validation"]
    assert outcomes(diagnosis) == {check: "not_checkable" if check in unchecked else "pass" for check in CHECKS}
    assert [each.check for each in diagnosis.findings] == CHECKS
    assert diagnosis.exit_code == 0


def test_every_sentence_is_whole(surgery: Surgery) -> None:
    surgery.connect("sales")

    sentences = [each.sentence for each in surgery.look("sales").findings]

    assert [text for text in sentences if not text.endswith(".") or {"[", "]", "{", "}"} & set(text)] == []


def test_every_reason_is_given_somewhere() -> None:
    folder = Path(__file__).parents[2] / "connector" / "doctor"
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))

    assert [reason for reason in Catalogue().doctor["reasons"] if f'"{reason}"' not in source] == []


def test_looking_leaves_the_database_as_it_was_and_spends_no_token(surgery: Surgery, tmp_path: Path) -> None:
    surgery.connect("sales")
    surgery.connect_account()
    before = files(tmp_path)
    asked = len(surgery.zoom.requests)

    surgery.look()
    surgery.zoom.clock.move(hours=2)
    surgery.look()

    spent = [one.form["grant_type"] for one in surgery.zoom.requests[asked:] if one.path == "/oauth/token" and one.form]
    assert files(tmp_path) == before
    assert set(spent) == {"authorization_code", "account_credentials"}
    assert [one.path for one in surgery.zoom.requests[asked:] if one.method not in ("GET", "POST")] == []
    with surgery.load() as connector:
        assert connector.connection("sales").run("get_my_user", {})["email"] == seed.HOST


def test_a_store_that_is_looked_at_refuses_to_be_written_to(surgery: Surgery) -> None:
    surgery.connect("sales")
    settings = surgery.settings()
    database = find_database(settings.database_url.get_secret_value())
    assert database is not None
    store = open_to_look(database, keys=settings.secret_keys, tenant="default", clock=SandboxTime(surgery.zoom.clock))
    assert store is not None

    with store, pytest.raises(SettingsError) as refused:
        store.connections.delete("sales")

    assert refused.value.code == "database_unusable"


def test_postgresql_refuses_a_look_that_writes(surgery: Surgery, new_database: Any) -> None:
    url, clock = new_database("postgresql"), SandboxTime(surgery.zoom.clock)
    with SqlStore.open(url, keys=surgery.settings().secret_keys, clock=clock):
        pass
    database = find_database(url)
    assert database is not None
    store = open_to_look(database, keys=surgery.settings().secret_keys, tenant="default", clock=clock)
    assert store is not None

    with store, pytest.raises(SettingsError) as refused:
        store.webhooks.challenged("an app")

    assert store.connections is not None
    assert refused.value.code == "database_unusable"


def test_nothing_is_made_where_nothing_is_yet(surgery: Surgery, tmp_path: Path) -> None:
    diagnosis = surgery.look()

    assert list(tmp_path.iterdir()) == []
    assert finding(diagnosis, "database").sentence == "There is no database yet; the first connection makes it."
    assert (outcomes(diagnosis)["app"], outcomes(diagnosis)["grant"], diagnosis.exit_code) == (
        "pass",
        "not_checkable",
        0,
    )


def test_a_refresh_token_is_not_tried_out_when_the_access_token_is_over(surgery: Surgery) -> None:
    surgery.connect("sales")
    surgery.zoom.clock.move(hours=2)

    diagnosis = surgery.look("sales")

    over = {check: outcomes(diagnosis)[check] for check in ("grant", "approval", "licence", "scopes")}
    assert over == {
        "grant": "not_checkable",
        "approval": "not_checkable",
        "licence": "not_checkable",
        "scopes": "pass",
    }


def test_an_admin_connection_says_which_apps_lost_their_approval(surgery: Surgery) -> None:
    surgery.connect("sales")
    surgery.connect_account()
    surgery.zoom.clock.move(hours=2)
    quiet = finding(surgery.look("sales"), "approval")
    surgery.zoom.withdraw_approval(seed.CLIENT_ID)

    told = finding(surgery.look("sales"), "approval")

    assert (quiet.status, told.status) == ("not_checkable", "warning")
    assert told.explanation is not None
    assert (told.explanation.code, told.explanation.who) == ("apps_withdrawn", "zoom_admin")
    assert "Sandbox automation" in told.explanation.detail


def test_a_sign_in_that_ended_is_told_without_asking_zoom(surgery: Surgery) -> None:
    surgery.connect("sales")
    surgery.zoom.revoke(seed.CLIENT_ID, seed.HOST)

    first = surgery.look("sales").failure

    assert first is not None
    assert first.explanation is not None
    assert (first.check, first.explanation.code) == ("grant", "grant_replaced")


def test_a_token_refused_too_early_is_a_warning_because_only_a_renewal_can_tell(surgery: Surgery) -> None:
    surgery.connect("sales")
    surgery.zoom.remove_app(seed.CLIENT_ID, seed.HOST)

    grant = finding(surgery.look("sales"), "grant")

    assert (grant.status, grant.explanation and grant.explanation.code) == ("warning", "token_rejected")


def test_a_server_to_server_connection_needs_no_redirect(surgery: Surgery) -> None:
    surgery.connect_account()

    diagnosis = surgery.look("account")

    assert (outcomes(diagnosis)["redirect"], diagnosis.failure) == ("not_checkable", None)


@pytest.mark.parametrize(
    ("settings", "check", "code"),
    [
        ({"secret_key": "a2V5LW9mLWFub3RoZXItc3RvcmUtMDAwMDAwMDAwMDE="}, "key", "key_wrong"),
        ({"secret_key": "no key"}, "key", "key_invalid"),
        ({"database_url": "mysql://localhost/zoom"}, "database", "setting_invalid"),
    ],
)
def test_what_keeps_the_store_shut_is_a_failure_and_the_rest_is_looked_at(
    surgery: Surgery, settings: dict[str, Any], check: str, code: str
) -> None:
    surgery.connect("sales")

    diagnosis = surgery.look("sales", **settings)

    first = diagnosis.failure
    assert first is not None
    assert first.explanation is not None
    assert (first.check, first.explanation.code, diagnosis.exit_code) == (check, code, 3)
    assert outcomes(diagnosis)["app"] == "pass"
    assert finding(diagnosis, "grant").sentence.startswith("Not looked at, because of what stands above")


def test_an_older_database_is_left_as_it_is(surgery: Surgery, tmp_path: Path) -> None:
    surgery.connect("sales")
    with sqlite3.connect(tmp_path / "connections.db") as sql:
        sql.execute("UPDATE zoom_connector_version SET version_num = '0001'")
    sql.close()

    found = finding(surgery.look("sales"), "database")

    assert (found.status, found.explanation and found.explanation.code) == ("warning", "database_behind")


def test_a_newer_database_is_a_failure(surgery: Surgery, tmp_path: Path) -> None:
    surgery.connect("sales")
    with sqlite3.connect(tmp_path / "connections.db") as sql:
        sql.execute("UPDATE zoom_connector_version SET version_num = '9999'")
    sql.close()

    first = surgery.look("sales").failure

    assert first is not None
    assert first.explanation is not None
    assert (first.check, first.explanation.code) == ("database", "database_newer")


def test_without_zoom_everything_behind_it_waits(surgery: Surgery) -> None:
    surgery.connect("sales")

    diagnosis = surgery.look("sales", api_url="http://127.0.0.1:9", zoom_url="http://127.0.0.1:9")

    first = diagnosis.failure
    assert first is not None
    assert (first.check, diagnosis.exit_code) == ("reach", 4)
    behind = CHECKS[CHECKS.index("reach") + 1 :]
    assert {outcomes(diagnosis)[check] for check in behind} == {"not_checkable"}


@pytest.mark.parametrize("url", ["api_url", "zoom_url"])
def test_sign_in_and_api_must_both_answer(surgery: Surgery, url: str) -> None:
    elsewhere: dict[str, Any] = {url: "http://127.0.0.1:9"}

    diagnosis = surgery.look(**elsewhere)

    first = diagnosis.failure
    assert first is not None
    assert (first.check, first.explanation and first.explanation.code) == ("reach", "zoom_unreachable")


@pytest.mark.parametrize(("fault", "code"), [("html", "answer_unreadable"), ("server_error", "zoom_unavailable")])
def test_what_a_gateway_says_is_no_answer_of_zooms(surgery: Surgery, fault: str, code: str) -> None:
    surgery.zoom.faults.add(Fault(fault, path="/users/{userId}"))

    first = surgery.look().failure

    assert first is not None
    assert (first.check, first.explanation and first.explanation.code) == ("reach", code)


def test_a_page_that_wants_a_sign_in_first_says_nothing_about_the_address(surgery: Surgery) -> None:
    surgery.zoom.faults.add(Fault("server_error", path="/oauth/authorize", status=302))

    assert outcomes(surgery.look())["redirect"] == "not_checkable"


def test_a_scope_that_is_missing_for_the_question_itself_leaves_the_sign_in_good(surgery: Surgery) -> None:
    surgery.connect("sales")
    surgery.zoom.faults.add(
        Fault("refused", path="/users/{userId}", status=400, code=4711, times=None, message=MISSING)
    )

    came = outcomes(surgery.look("sales"))

    assert [came[check] for check in ("approval", "grant", "licence")] == ["pass", "pass", "not_checkable"]


def test_settings_that_cannot_be_read_are_the_only_thing_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOOM_CONNECTOR_PLAN", "platinum")

    with load() as connector:
        diagnosis = connector.doctor()

    assert (outcomes(diagnosis)["settings"], diagnosis.exit_code) == ("failure", 3)
    assert {outcomes(diagnosis)[check] for check in CHECKS[1:]} == {"not_checkable"}


def test_the_clock_is_a_little_off_without_being_wrong(surgery: Surgery) -> None:
    surgery.connect("sales")

    class Fast(SandboxTime):
        def now(self) -> Any:
            return super().now() + timedelta(minutes=2)

    assert outcomes(surgery.look("sales", clock=Fast(surgery.zoom.clock)))["clock"] == "warning"


def test_a_name_that_nobody_has_and_a_step_that_there_is_not_are_refused(surgery: Surgery) -> None:
    surgery.connect("sales")

    with pytest.raises(InvalidInputs) as name:
        surgery.look("marketing")
    with pytest.raises(InvalidInputs) as step:
        surgery.look("sales", "make_coffee")

    assert (name.value.code, step.value.code) == ("unknown_connection", "unknown_action")


def test_subscriptions_want_their_scopes_the_secret_and_events(surgery: Surgery) -> None:
    surgery.connect("sales")
    with surgery.load() as connector:
        connector.feed.register("kept", lambda _told: None)
        connector.connection("sales").subscribe("meeting_ended", to="kept")

    bare = outcomes(surgery.look("sales"))
    ready = outcomes(surgery.look("sales", webhook_secret="sandbox-webhook-secret"))

    assert (bare["webhook_secret"], bare["last_event"], bare["last_validation"]) == (
        "failure",
        "warning",
        "not_checkable",
    )
    assert ready["webhook_secret"] == "pass"


@pytest.mark.parametrize(("used", "status"), [(0, "pass"), (850, "warning"), (1000, "failure")])
def test_the_days_calls_are_counted(surgery: Surgery, tmp_path: Path, used: int, status: str) -> None:
    surgery.connect("sales")
    row = ("default", seed.ACCOUNT_ID, "heavy_day", "2026-01-01", f"{surgery.zoom.clock.now():%Y-%m-%d}", used)
    with sqlite3.connect(tmp_path / "connections.db") as sql:
        sql.execute(
            "INSERT INTO budgets (tenant, account_id, bucket, next_at, day, used) VALUES (?, ?, ?, ?, ?, ?)", row
        )
    sql.close()

    budget = finding(surgery.look("sales", plan="free"), "budget")

    assert budget.status == status


def test_the_diagnosis_is_json(surgery: Surgery) -> None:
    facts = surgery.look(client_secret="a secret of another app").as_dict()

    assert json.loads(json.dumps(facts))["first_failure"]["who"] == "connector_admin"
