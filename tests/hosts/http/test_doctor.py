"""The doctor over HTTP."""

from pathlib import Path

from e2e.world import SandboxTime, World, settings_for
from hosts.http.serving import Served, serving

import zoom_connector
from zoom_connector import Connector
from zoom_connector.sandbox import Sandbox


def test_what_the_doctor_finds_is_told_over_http(zoom: Sandbox, connector: Connector, served: Served) -> None:
    World(zoom, connector.settings).connect(connector, "sales")
    zoom.app("sandbox-client").active = False

    found = served.get("/doctor", params={"connection": "sales"})

    assert found.status_code == 200
    assert found.json().keys() == connector.doctor("sales").as_dict().keys()
    assert (found.json()["healthy"], found.json()["first_failure"]["code"]) == (False, "app_disabled")


def test_a_connection_that_there_is_not_is_not_found(zoom: Sandbox, connector: Connector, served: Served) -> None:
    World(zoom, connector.settings).connect(connector, "sales")

    answer = served.get("/doctor", params={"connection": "marketing"})

    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_connection")


def test_only_holders_of_the_key_see_what_is_wrong(zoom: Sandbox, tmp_path: Path) -> None:
    settings = settings_for(zoom, tmp_path, api_key="example-api-key")
    with (
        zoom_connector.load(settings=settings, clock=SandboxTime(zoom.clock)) as connector,
        serving(connector) as served,
    ):
        assert served.get("/doctor").status_code == 401
        assert served.get("/doctor", headers={"Authorization": "Bearer example-api-key"}).status_code == 200
