"""Promise: a missing approval is seen, asked for, given, lost, named and restored, on the command line alone."""

import json
import socket
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from zoom_connector.hosts.cli.commands import app
from zoom_connector.sandbox import ConsentRefused, Person, Sandbox, seed

KEY = "c3ludGhldGljLWtleS1vbmx5LWZvci10ZXN0cy0wMDE="
APP, REASON = "Sandbox automation", "I plan our demos from the CRM."


@pytest.fixture
def zoom() -> Iterator[Sandbox]:
    with Sandbox() as zoom:
        yield zoom


@pytest.fixture
def run(zoom: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command; in the browser that it opens, what `clicks` does happens."""
    env = {
        "ZOOM_CONNECTOR_ZOOM_URL": zoom.url,
        "ZOOM_CONNECTOR_API_URL": zoom.url,
        "ZOOM_CONNECTOR_CLIENT_ID": seed.CLIENT_ID,
        "ZOOM_CONNECTOR_CLIENT_SECRET": seed.CLIENT_SECRET,
        "ZOOM_CONNECTOR_DATABASE_URL": f"sqlite:///{tmp_path / 'connections.db'}",
        "ZOOM_CONNECTOR_SECRET_KEY": KEY,
        "XDG_DATA_HOME": str(tmp_path),
    }

    def command(*words: str, clicks: Callable[[str], object] = str, typed: str | None = None) -> Result:
        monkeypatch.setattr(webbrowser, "open", lambda url: bool(clicks(url) or True))
        port = ["--port", free_port()] if words[0] == "connect" else []
        return CliRunner().invoke(app, [*words, *port, "--json"], input=typed, env=env)

    return command


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_the_story_of_an_approval(zoom: Sandbox, run: Callable[..., Result], tmp_path: Path) -> None:
    host, colleague = Person(zoom.url, seed.HOST), Person(zoom.url, seed.COLLEAGUE)
    own_app = ("--mode", "oauth_byo_client", "client_id=sandbox-admin-client", "usage=admin")
    admin = run(
        "connect", "boss", *own_app, clicks=Person(zoom.url, seed.ADMIN).authorize, typed="sandbox-admin-secret\n"
    )
    assert admin.exit_code == 0, admin.output
    zoom.account.approval_needed = True

    stranded = run("connect", "sales", "--timeout", "1", clicks=lambda url: host.request_approval(url, REASON))
    told = json.loads(stranded.stdout)
    assert (stranded.exit_code, told["code"], told["approval_request"]["client_id"]) == (
        3,
        "sign_in_timeout",
        seed.CLIENT_ID,
    )

    listed = json.loads(run("approvals", "list", "-c", "boss").stdout)
    wanted = next(each for each in listed if each["name"] == APP)
    assert wanted["state"] == "not_approved"
    assert [(each["email"], each["reason"]) for each in wanted["requests"]] == [(seed.HOST, REASON)]

    assert run("approvals", "approve", APP, "--user", seed.HOST, "-c", "boss", "--yes").exit_code == 0
    with pytest.raises(ConsentRefused):
        colleague.authorize(told["approval_request"]["link"])
    assert run("connect", "sales", clicks=host.authorize).exit_code == 0
    assert run("run", "get_my_user", "-c", "sales").exit_code == 0

    assert run("approvals", "withdraw", APP, "--user", seed.HOST, "-c", "boss", "--yes").exit_code == 0
    failed = run("run", "get_my_user", "-c", "sales")
    assert (failed.exit_code, json.loads(failed.stdout)["code"]) == (3, "approval_withdrawn")
    examined = run("doctor", "sales")
    findings = json.loads(examined.stdout)["findings"]
    first = next(each for each in findings if each["status"] == "failure")
    assert (examined.exit_code, first["explanation"]["code"], first["explanation"]["who"]) == (
        3,
        "approval_withdrawn",
        "zoom_admin",
    )

    assert run("approvals", "preapprove", APP, "--user", seed.HOST, "-c", "boss", "--yes").exit_code == 0
    assert run("connect", "sales", clicks=host.authorize).exit_code == 0
    assert run("run", "get_my_user", "-c", "sales").exit_code == 0
    log = (tmp_path / "zoom-connector" / "approvals.log").read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in log]
    assert [(each["what"], each["who"], each["users"][0]["email"], each["outcome"]) for each in lines] == [
        (verb, seed.ADMIN, seed.HOST, "done") for verb in ("approve", "withdraw", "preapprove")
    ]
