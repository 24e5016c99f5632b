"""Approve requests for trusted apps as soon as somebody asks; all others wait for a person.

The connection `admin` is one of an admin-managed or server-to-server app that Zoom sends "App Request Approval" to.
Beside this program `zoom-connector serve` takes in what Zoom sends.
"""

import threading

import zoom_connector
from zoom_connector import Connection, Connector

ADMIN = "admin"
TRUSTED_APPS = {"Example app"}
OUR_PEOPLE = "@example.com"


def start(connector: Connector) -> None:
    """Have every request for an app brought to `approve`; the subscription stays when the program ends."""
    admin = connector.connection(ADMIN)
    connector.feed.register("approve_requests", lambda message: approve(admin, message.data["app_name"]))
    known = [each for each in connector.feed.subscriptions() if each.trigger == "app_install_requested"]
    if not known:
        admin.subscribe("app_install_requested", to="approve_requests", ordered=True)


def approve(admin: Connection, app_name: str) -> None:
    """Approve who waits for a trusted app and is one of us.

    Zoom's event names neither the app's ID nor the user's, so both are looked up among the requests that wait. That
    also makes it harmless when the same event comes twice.
    """
    if app_name not in TRUSTED_APPS:
        return
    for app in admin.run("list_apps", {"type": "active_requests"})["apps"]:
        if app["app_name"] != app_name:
            continue
        requests = admin.run("list_app_requests", {"app_id": app["app_id"]})["requests"]
        ours = [each["request_user_id"] for each in requests if each["request_user_email"].endswith(OUR_PEOPLE)]
        if ours:
            inputs = {"app_id": app["app_id"], "decision": "approve", "request_user_ids": ours}
            admin.run("decide_app_requests", inputs)


if __name__ == "__main__":
    with zoom_connector.load() as connector:
        start(connector)
        with connector.feed.worker():
            threading.Event().wait()  # until Ctrl-C
