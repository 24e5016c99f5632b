"""What there is: actions, triggers, and values to choose from."""

import json
from typing import Any

from fastapi.responses import Response

from ...catalogue import Action
from ...events.wishes import trigger_named
from ...export.openapi import openapi
from ...trigger import Trigger
from .. import facts
from .access import KeyHolders
from .asking import Asked
from .service import Answers


def answers(address: str, holders: KeyHolders) -> dict[str, Answers]:
    """Return who answers what.

    Args:
        address: where callers reach the service.
        holders: tells whether the document has to speak of a key.
    """
    written: dict[tuple[str, bool], bytes] = {}

    def document(asked: Asked) -> Response:
        catalogue, key = asked.connector.catalogue, not holders.everybody
        which = (catalogue.words.language, key)
        if which not in written:
            written[which] = json.dumps(openapi(catalogue, address=address, key=key), ensure_ascii=False).encode()
        return Response(written[which], media_type="application/json")

    return {
        "get_openapi": document,
        "list_actions": lambda asked: {"actions": [*map(facts.summary, asked.connector.actions.values())]},
        "describe_action": lambda asked: facts.description(asked.connector.action(asked.parts["key"])),
        "list_triggers": lambda asked: {"triggers": [*map(facts.summary, asked.connector.triggers.values())]},
        "describe_trigger": _describe_trigger,
        "list_choices_of_action": _choices_of_action,
        "list_choices_of_trigger": _choices_of_trigger,
    }


def _describe_trigger(asked: Asked) -> dict[str, Any]:
    return facts.description(trigger_named(asked.parts["key"], asked.connector.catalogue))


def _choices_of_action(asked: Asked) -> dict[str, Any]:
    return _choices(asked, asked.connector.action(asked.parts["key"]))


def _choices_of_trigger(asked: Asked) -> dict[str, Any]:
    return _choices(asked, trigger_named(asked.parts["key"], asked.connector.catalogue))


def _choices(asked: Asked, found: Action | Trigger) -> dict[str, Any]:
    connection, search = asked.connector.connection(asked.parts["connection"]), asked.query["search"] or ""
    return connection.choices(found.key, asked.parts["field"], asked.others, search=search).as_dict()
