"""A connection that may do everything, in a local Zoom that answers every call with an example."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from e2e.world import START, SandboxTime, World, settings_for

import zoom_connector
from zoom_connector import Connection
from zoom_connector.catalogue import Action, Catalogue
from zoom_connector.sandbox import MovableClock, Sandbox, seed
from zoom_connector.scope_sets import calls_of


@contextmanager
def connected(folder: Path, manifests: Path | None = None) -> Iterator[Connection]:
    """Sign an admin in whose app has every scope that some action could need.

    Args:
        folder: where the connections are kept.
        manifests: the actions, and the examples to answer with; the connector's own when left out.
    """
    clock = MovableClock(START)
    with Sandbox(clock=clock, manifests=manifests) as zoom:
        settings = settings_for(zoom, folder, plan="business")
        with zoom_connector.load(settings=settings, clock=SandboxTime(clock), manifests=manifests) as connector:
            zoom.app(seed.CLIENT_ID).scopes = every_scope(connector.catalogue)
            connection = World(zoom, settings).connect(connector, "everything", seed.ADMIN)
            zoom.behaviour.samples_only = True
            yield connection


def every_scope(catalogue: Catalogue) -> frozenset[str]:
    calls = [catalogue.identity.sign_in, *(call for action in catalogue.actions.values() for call in calls_of(action))]
    return frozenset(scope for call in calls for scope in (*call.scopes.classic, *call.scopes.granular))


def filled_in(action: Action) -> Mapping[str, Any]:
    """Fill an action in with the first example of every field."""
    fields = action.inputs["properties"].items()
    return {name: field["examples"][0] for name, field in fields if name != "limit"}
