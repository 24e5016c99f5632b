"""The archive for whoever is asked for help has what helps, and nothing secret or personal."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from doctor.conftest import KEY, Surgery
from store.happening import event, subscription

from zoom_connector import SettingsError, ZoomConnectorError, load
from zoom_connector.sandbox import seed
from zoom_connector.sandbox.faults import Fault
from zoom_connector.store import SqlStore

MEETING = "97763643886"
PRIVATE: dict[str, Any] = {
    "secret_key": KEY,
    "client_secret": "client-secret-needle",
    "webhook_secret": "webhook-secret-needle",
    "api_key": "api-key-needle",
    "public_url": "https://public-needle.example.com",
}


def contents(archive: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def held(archive: bytes, name: str) -> Any:
    return json.loads(contents(archive)[name])


def fail(surgery: Surgery, key: str, inputs: dict[str, Any], connection: str) -> None:
    with surgery.load() as connector, pytest.raises(ZoomConnectorError):
        connector.connection(connection).run(key, inputs)


def test_nothing_secret_or_personal_is_in_it(surgery: Surgery, tmp_path: Path) -> None:
    surgery.connect("jo.private@example.com", seed.COLLEAGUE)
    fail(surgery, "get_meeting", {"meeting_id": MEETING}, "jo.private@example.com")
    said = f"Jo Private of {seed.ACCOUNT_ID} may not see topic-needle of {MEETING}; ask {seed.HOST}."
    surgery.zoom.faults.add(Fault("refused", code=3000, status=400, message=said))
    meeting = {"topic": "topic-needle", "start_time": "2030-01-07T10:00", "timezone": "Europe/Amsterdam"}
    fail(surgery, "create_meeting", meeting, "jo.private@example.com")
    with SqlStore.open(f"sqlite:///{tmp_path}/connections.db", keys=[KEY]) as store:
        store.webhooks.put(seed.CLIENT_ID, ["stored-secret-needle"])
        store.subscriptions.add(
            subscription(connection="jo.private@example.com", filters={"host": seed.HOST}), poll_at=None
        )
        store.events.add([event(1, body={"topic": "event-needle", "start_url": "url-needle"})])
        (connection,) = store.connections.all()
    tokens = connection.grant.tokens

    with surgery.load(**PRIVATE) as connector:
        told = contents(connector.support_bundle())

    needles = [
        *PRIVATE.values(),
        *(tokens.access, tokens.refresh, connection.grant.id, connection.grant.person.user_id),
        *(seed.ACCOUNT_ID, seed.CLIENT_ID, seed.HOST, seed.HOST_ID, seed.COLLEAGUE, MEETING, str(tmp_path)),
        *("needle", "jo.private", "Private", "Sandbox", surgery.zoom.url, "127.0.0.1", "example.com", "@"),
    ]
    assert [(name, needle) for name, text in told.items() for needle in needles if needle in text] == []
    assert len(json.loads(told["failures.json"])) == 2


def test_it_has_what_helps(surgery: Surgery) -> None:
    surgery.connect("sales")
    fail(surgery, "get_meeting", {"meeting_id": MEETING}, "sales")
    surgery.zoom.clock.move(minutes=5)
    fault = surgery.zoom.faults.add(Fault("withdrawn", times=None))
    fail(surgery, "get_meeting", {"meeting_id": MEETING}, "sales")

    with surgery.load() as connector:
        archive = connector.support_bundle()
        same = connector.support_bundle()
    fault.release()

    about, settings, failures = (held(archive, f"{name}.json") for name in ("about", "settings", "failures"))
    assert about["versions"]["zoom-connector"]
    assert re.fullmatch("[0-9a-f]{64}", about["manifests"])
    assert held(same, "about.json")["manifests"] == about["manifests"]
    assert {"client_id", "client_secret", "secret_key", "zoom_url"} <= set(settings["made"])
    assert [(each["doing"], each["code"], each["zoom"]["code"]) for each in failures] == [
        ("get_meeting", "approval_withdrawn", 4738),
        ("get_meeting", "meeting_not_found", 3001),
    ]
    assert all(each["zoom"]["tracking_id"] for each in failures)
    findings = {each["check"]: each for each in held(archive, "doctor.json")}
    assert findings["database"]["status"] == "pass"
    assert (findings["grant"]["code"], findings["grant"]["about"]) == ("approval_withdrawn", "app or connection 2")


def test_settings_that_cannot_be_read_are_told_by_their_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZOOM_CONNECTOR_PLAN", "plan-needle")

    told = contents(load().support_bundle())

    assert json.loads(told["settings.json"]) == {"unreadable": "setting_invalid"}
    assert json.loads(told["failures.json"]) == {"unreadable": "setting_invalid"}
    assert "plan-needle" not in "".join(told.values())


def test_writing_it_leaves_no_database_where_there_was_none(surgery: Surgery, tmp_path: Path) -> None:
    with surgery.load() as connector:
        archive = connector.support_bundle()

    assert held(archive, "failures.json") == []
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_fails_does_not_hide_what_failed_first(
    surgery: Surgery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    surgery.connect("sales")
    with surgery.load() as connector:
        sales = connector.connection("sales")

        class Broken:
            def note(self, _: object) -> None:
                raise SettingsError("disk_full")

        monkeypatch.setattr(connector.engine.store, "failures", Broken())
        with pytest.raises(ZoomConnectorError) as caught:
            sales.run("get_meeting", {"meeting_id": MEETING})

    assert caught.value.code == "zoom_refused"
