"""Connections over HTTP."""

from typing import Any
from urllib.parse import urlsplit

from ...oauth.loopback import PATH
from .. import facts
from .asking import Asked
from .service import Answers
from .sign_in import LEAVE


def answers(address: str) -> dict[str, Answers]:
    """Return who answers what.

    Args:
        address: where browsers reach the service.
    """

    def create(asked: Asked) -> dict[str, Any]:
        connector, body = asked.connector, asked.body
        inputs = body.get("inputs", {})
        if connector.catalogue.identity.auth[body["mode"]]["consent"]:
            redirect_uri = f"{address}{PATH}"
            begun = connector.sign_in(body["name"], redirect_uri=redirect_uri, mode=body["mode"], inputs=inputs)
            # By way of here, because only the browser that left from here may come back.
            return {"authorize_url": f"{address}{LEAVE}?{urlsplit(begun.url).query}"}
        made = connector.connect(body["name"], body["mode"], inputs, replace=body.get("replace", False))
        return facts.connected(connector.connection(made.connection.name), made)

    return {
        "list_connections": lambda asked: {"connections": [*map(facts.connection, asked.connector.connections())]},
        "create_connection": create,
        "get_connection": lambda asked: facts.connection(_named(asked)),
        "delete_connection": lambda asked: facts.disconnected(_named(asked).disconnect(anyway=asked.query["anyway"])),
        "test_connection": lambda asked: facts.tested(_named(asked).test()),
    }


def _named(asked: Asked) -> Any:
    return asked.connector.connection(asked.parts["connection"])
