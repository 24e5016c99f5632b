"""No token and no secret in anything that is kept or shown: files, debug logs, error texts, reprs."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from e2e.world import START, SandboxTime, World, settings_for
from requests.adapters import HTTPAdapter

import zoom_connector
from zoom_connector import Connector, ZoomConnectorError
from zoom_connector.oauth.sign_in import SignIn
from zoom_connector.sandbox import Fault, MovableClock, Sandbox
from zoom_connector.store.cipher import new_key
from zoom_connector.zoom.transport import new_session

_SECRET_FIELDS = (
    "access_token",
    "refresh_token",
    "code",
    "code_verifier",
    "token",
    "download_access_token",
    "start_url",
)


class Wiretap(HTTPAdapter):
    """Writes down every secret that goes over the line, in either direction."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()

    def send(self, request: requests.PreparedRequest, *arguments: Any, **options: Any) -> requests.Response:
        self.secrets.add(str(request.headers.get("Authorization", "")).partition(" ")[2])
        self._look(parse_qs(request.body if isinstance(request.body, str) else ""))
        answer = super().send(request, *arguments, **options)
        if answer.headers.get("Content-Type", "").startswith("application/json"):
            with suppress(ValueError):
                self._look(answer.json())
        return answer

    def _look(self, fields: Any) -> None:
        for name in _SECRET_FIELDS:
            value = fields.get(name) if isinstance(fields, dict) else None
            self.secrets.update(value if isinstance(value, list) else [value] if isinstance(value, str) else [])


class Shown:
    """Everything that somebody could have read."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self.texts: list[str] = []
        self.failures: list[str] = []

    def value(self, *values: object) -> None:
        self.texts += [f"{value!r} {value}" for value in values]

    @contextmanager
    def failure(self) -> Iterator[None]:
        with pytest.raises(ZoomConnectorError) as caught:
            yield
        error = caught.value
        self.failures.append(error.code)
        self.value(error, error.params, error.zoom, error.__cause__, error.__context__)
        self.value(self._connector.explain(error).as_dict())


def test_nothing_that_is_kept_or_shown_holds_a_secret(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    key, wire = new_key(), Wiretap()
    data, downloads = tmp_path / "data", tmp_path / "downloads"
    downloads.mkdir()
    with Sandbox(clock=MovableClock(START)) as zoom, new_session() as session:
        session.mount("http://", wire)
        settings = settings_for(zoom, data, secret_key=key)
        clock = SandboxTime(zoom.clock)
        with zoom_connector.load(settings=settings, clock=clock, session=session) as connector:
            shown = Shown(connector)
            a_round(World(zoom, settings), connector, shown, downloads, wire)
            shown.value(connector, connector.engine, settings, vars(connector), vars(connector.engine))
            kept = b"".join(file.read_bytes() for file in data.iterdir())

    secrets = sorted({*wire.secrets, key, "sandbox-secret"} - {""})
    seen = "\n".join([caplog.text, *shown.texts])
    assert len(secrets) > 15
    assert "POST /oauth/token" in caplog.text
    assert shown.failures == [
        "sign_in_declined",
        "code_expired",
        "scope_missing",
        "zoom_refused",
        "answer_unreadable",
        "zoom_unavailable",
        "app_credentials_wrong",
        "approval_withdrawn",
        "grant_removed",
    ]
    assert len(kept) > 10_000
    assert [secret for secret in secrets if secret in seen] == []
    assert [secret for secret in secrets if secret.encode() in kept] == []


def a_round(world: World, connector: Connector, shown: Shown, folder: Path, wire: Wiretap) -> None:
    """Connect, run, download, renew, fail in every way, connect again."""
    zoom = world.zoom
    redirect = "http://127.0.0.1:9/oauth/callback"

    for answer in ("error=access_denied", "code=an-invented-code"):
        begun = connector.sign_in("sales", redirect_uri=redirect)
        shown.value(begun)
        wire.secrets.add(state_of(begun))
        with shown.failure():
            connector.complete(f"{redirect}?{answer}&state={state_of(begun)}")

    zoom.app("sandbox-client").scopes -= {"recording:read"}
    narrow = world.connect(connector, "sales")
    with shown.failure():
        narrow.run("list_recordings", {"from": "2026-02-01"})
    zoom.app("sandbox-client").scopes |= {"recording:read"}

    sales = world.connect(connector, "sales")
    made = sales.run(
        "create_meeting", {"topic": "Kick-off", "kind": "instant"}, idempotency_key="1", reveal=["start_url"]
    )
    wire.secrets.add(made["start_url"])
    recording = zoom.add_recording()
    sales.run("download_recording", {"meeting_id": recording.uuid, "file_type": "MP4", "folder": str(folder)})
    zoom.clock.move(hours=2)
    shown.value(sales.test(), sales, sales.record, connector.connections())

    with shown.failure():
        sales.run("get_meeting", {"meeting_id": "1"})
    for kind in ("malformed", "server_error"):
        zoom.clock.move(hours=2)
        zoom.faults.add(Fault(kind, path="/oauth/token", times=2))
        with shown.failure():
            sales.run("list_meetings", {})
        zoom.faults.clear()
    zoom.app("sandbox-client").client_secret = "another-secret"
    with shown.failure():
        sales.run("list_meetings", {})
    zoom.app("sandbox-client").client_secret = "sandbox-secret"
    sales.run("list_meetings", {})
    zoom.withdraw_approval("sandbox-client")
    with shown.failure():
        sales.run("list_meetings", {})

    zoom.account.approval_needed = False
    again = world.connect(connector, "sales")
    zoom.remove_app("sandbox-client", "host@example.com")
    with shown.failure():
        again.run("list_meetings", {})
    shown.value(world.connect(connector, "support").disconnect(), connector.connections())


def state_of(sign_in: SignIn) -> str:
    return parse_qs(urlsplit(sign_in.url).query)["state"][0]
