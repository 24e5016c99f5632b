"""What does not work, over HTTP."""

from e2e.world import World
from hosts.http.serving import Served, Service, code

from zoom_connector import Connector
from zoom_connector.sandbox import Sandbox


def test_what_somebody_copied_is_explained(service: Service) -> None:
    told = service.served.post("/explain", json={"text": "You cannot authorize the app"})
    french = service.served.post("/explain", json={"text": "approval_withdrawn"}, headers={"Accept-Language": "fr"})

    assert told.json() == service.served.connector.explain("You cannot authorize the app").as_dict()
    assert french.json() == service.served.connector.in_language("fr").explain("approval_withdrawn").as_dict()
    assert code(service.served.post("/explain", json={"text": ""})) == (422, "inputs_invalid")


def test_what_the_doctor_finds_is_told_over_http(zoom: Sandbox, connector: Connector, served: Served) -> None:
    World(zoom, connector.settings).connect(connector, "sales")
    zoom.app("sandbox-client").active = False

    found = served.get("/doctor", params={"connection": "sales"})

    assert found.status_code == 200
    assert found.json().keys() == connector.doctor("sales").as_dict().keys()
    assert (found.json()["healthy"], found.json()["first_failure"]["code"]) == (False, "app_disabled")


def test_a_connection_that_there_is_not_is_not_found(service: Service) -> None:
    assert code(service.served.get("/doctor", params={"connection": "marketing"})) == (404, "unknown_connection")


def test_only_admins_decide_about_apps(service: Service) -> None:
    asked = service.served.get("/approvals", params={"connection": "sales"})
    decided = service.served.post(
        "/approvals", json={"do": "approve", "connection": "sales", "app": "Sandbox automation", "everybody": True}
    )

    assert (asked.status_code, decided.status_code) == (403, 403)
    assert asked.json()["code"] == decided.json()["code"]
