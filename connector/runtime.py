"""Run one action: check the inputs, look at the scopes, hand over to Zoom or to a handler, shape what comes back."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from .calls import Call
from .catalogue import Action
from .errors import ManifestError, MissingScopes, OutcomeUnknown, ZoomConnectorError
from .inputs import normalise
from .outputs import check_reveal, mask, shape
from .scopes import Standing, Usage, at_level, standing, suited
from .store.protocol import Runs
from .types import Inputs, Outputs
from .zoom.access import Access
from .zoom.client import ZoomClient


@dataclass(frozen=True)
class Once:
    """A run that must happen at most once under its key."""

    key: str
    runs: Runs


def run(
    action: Action,
    inputs: Inputs,
    zoom: ZoomClient,
    access: Access,
    *,
    once: Once | None = None,
    reveal: Collection[str] = (),
) -> Outputs:
    """Run an action and return its outputs, secrets masked unless named in `reveal`.

    Raises:
        InvalidInputs: the step is filled in wrongly; nothing was sent.
        MissingScopes: the grant cannot make a call that the action needs; nothing was sent.
        ZoomConnectorError: anything else of the tree in `zoom_connector.errors`.
    """
    check_reveal(action.outputs, reveal)
    filled = normalise(action.inputs, inputs)
    _preflight(action, access)
    outputs = _once(action, filled, zoom, access.connection, once) if once else _handle(action, filled, zoom)
    masked: Outputs = mask(action.outputs, outputs, reveal)
    return masked


def _preflight(action: Action, access: Access) -> None:
    held = access.token().scopes
    for call in [action.request] if action.request else action.calls:
        if not call.optional and standing(call.scopes, held) is Standing.MISSING:
            raise _missing(call, action, access.connection, held)


def _missing(call: Call, action: Action, connection: str, held: Collection[str]) -> MissingScopes:
    alternatives = [*call.scopes.classic, *call.scopes.granular]
    if scopes := suited(alternatives, held):
        return MissingScopes("scope_missing", scopes=scopes, action=action.key, connection=connection)
    usages: tuple[Usage, ...] = ("user", "admin")
    usage = next((usage for usage in usages if at_level(call.scopes.granular, usage)), None)
    return MissingScopes("scope_beyond_app", scopes=alternatives, usage=usage, action=action.key, connection=connection)


def _once(action: Action, filled: Inputs, zoom: ZoomClient, connection: str, once: Once) -> Outputs:
    fingerprint = hashlib.sha256(json.dumps(filled, sort_keys=True).encode()).hexdigest()
    creates = action.effect == "create"
    stored = once.runs.begin(connection, once.key, action.key, fingerprint, creates=creates)
    if stored is not None:
        return stored
    try:
        outputs = _handle(action, filled, zoom)
    except BaseException as error:
        if zoom.changed or isinstance(error, OutcomeUnknown) or not isinstance(error, ZoomConnectorError):
            once.runs.unclear(connection, once.key)
        else:
            once.runs.forget(connection, once.key)
        raise
    once.runs.finish(connection, once.key, outputs)
    return outputs


def _handle(action: Action, filled: Inputs, zoom: ZoomClient) -> Outputs:
    answer = _request(action.request, filled, zoom) if action.request else _handler(action.key)(zoom, filled)
    shaped: Outputs = shape(action.outputs, answer)
    return shaped


def _request(call: Call, filled: Inputs, zoom: ZoomClient) -> Any:
    if call.listing is None:
        return zoom.call(call.path, filled)
    limit = filled.get("limit")
    rows: list[Mapping[str, Any]] = []
    for row in zoom.list(call.path, {name: value for name, value in filled.items() if name != "limit"}):
        if len(rows) == limit:
            return {call.listing.items: rows, "more": True}
        rows.append(row)
    return {call.listing.items: rows, "more": False}


def _handler(key: str) -> Callable[[ZoomClient, Inputs], Outputs]:
    name = f"zoom_connector.actions.{key}"
    try:
        handler: Callable[[ZoomClient, Inputs], Outputs] = import_module(name).run
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ManifestError("handler_missing", action=key) from error
    return handler
