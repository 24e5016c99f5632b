"""Promise: a missing approval is seen, asked for, given, lost, named and restored, over HTTP alone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from e2e.world import settings_for
from hosts.http.serving import Served, serving

import zoom_connector
from zoom_connector.api_keys import ApiKeys
from zoom_connector.sandbox import ConsentRefused, Person, Sandbox, seed

APP, REASON = "Sandbox automation", "I plan our demos from the CRM."


@pytest.fixture
def zoom() -> Iterator[Sandbox]:
    with Sandbox() as zoom:
        yield zoom


@pytest.fixture
def served(zoom: Sandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A service whose callers show a key."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with zoom_connector.load(settings=settings_for(zoom, tmp_path)) as connector, serving(connector) as served:
        key = ApiKeys(connector.engine.store.api_keys, None).create("platform")
        served.browser.headers["Authorization"] = f"Bearer {key}"
        yield served


def connect(served: Served, name: str, mode: str = "oauth_authorization_code", **inputs: str) -> str:
    begun = served.post("/connections", json={"name": name, "mode": mode, "inputs": inputs})
    assert begun.status_code == 201, begun.text
    return str(begun.json()["authorize_url"])


def decide(served: Served, do: str, **more: Any) -> dict[str, Any]:
    decided = served.post("/approvals", json={"do": do, "connection": "boss", "app": APP, "users": [seed.HOST], **more})
    assert decided.status_code == 200, decided.text
    return dict(decided.json())


def run(served: Served) -> tuple[int, str | None]:
    answer = served.post("/connections/sales/actions/get_my_user", json={})
    return answer.status_code, answer.json().get("code")


def test_the_story_of_an_approval(zoom: Sandbox, served: Served, tmp_path: Path) -> None:
    host, colleague = Person(zoom.url, seed.HOST), Person(zoom.url, seed.COLLEAGUE)
    own_app = {"client_id": "sandbox-admin-client", "client_secret": "sandbox-admin-secret", "usage": "admin"}
    Person(zoom.url, seed.ADMIN).authorize(connect(served, "boss", "oauth_byo_client", **own_app))
    zoom.account.approval_needed = True

    with pytest.raises(ConsentRefused) as refused:
        host.authorize(connect(served, "sales"))
    told = served.post("/explain", json={"text": str(refused.value)}).json()
    assert told["who"] == "zoom_admin"
    host.request_approval(connect(served, "sales"), REASON)

    apps = served.get("/approvals", params={"connection": "boss"}).json()["apps"]
    wanted = next(each for each in apps if each["name"] == APP)
    assert wanted["state"] == "not_approved"
    assert [(each["email"], each["reason"]) for each in wanted["requests"]] == [(seed.HOST, REASON)]

    trial = decide(served, "approve", dry_run=True)
    done = decide(served, "approve")
    assert ([each["email"] for each in trial["users"]], trial["done"], done["done"]) == ([seed.HOST], False, True)
    with pytest.raises(ConsentRefused):
        colleague.authorize(connect(served, "sales"))
    host.authorize(connect(served, "sales"))
    assert run(served) == (200, None)

    decide(served, "withdraw")
    assert run(served) == (403, "approval_withdrawn")
    first = served.get("/doctor", params={"connection": "sales"}).json()["first_failure"]
    assert (first["code"], first["who"]) == ("approval_withdrawn", "zoom_admin")

    decide(served, "preapprove")
    host.authorize(connect(served, "sales"))
    assert run(served) == (200, None)
    log = (tmp_path / "zoom-connector" / "approvals.log").read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in log]
    assert [(each["what"], each["who"], each["users"][0]["email"], each["outcome"]) for each in lines] == [
        (verb, seed.ADMIN, seed.HOST, "done") for verb in ("approve", "withdraw", "preapprove")
    ]
