"""Actions as tools: which ones, and how they are described to an agent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import mcp_types as types

from ...catalogue import Action
from ...errors import InvalidInputs
from ...scope_sets import calls_of
from ...scopes import Standing, standing
from ...types import Schema

RESOURCES = ("meetings", "past_meetings", "recordings")
"""What is offered unless somebody chooses: a hundred tools drown a model."""


@dataclass(frozen=True)
class Choice:
    """Which actions an agent is offered."""

    resources: Collection[str] = ()
    """Folders of actions, or `all`."""
    keys: Collection[str] = ()
    """Single actions, beside those of the resources."""
    read_only: bool = False
    """Nothing that changes anything, whatever else was chosen."""

    def of(self, actions: Mapping[str, Action], held: Collection[str]) -> list[Action]:
        """Return the actions to offer; none that the scopes held cannot make a call of.

        Raises:
            InvalidInputs: `unknown_resource`, or `nothing_to_offer`: no action is left.
        """
        known = list(dict.fromkeys(action.resource for action in actions.values()))
        if unknown := [name for name in self.resources if name not in (*known, "all")]:
            raise InvalidInputs("unknown_resource", resource=unknown[0], known=known)
        resources = self.resources or (() if self.keys else RESOURCES)
        chosen = [
            action
            for action in actions.values()
            if (action.resource in resources or "all" in resources or action.key in self.keys)
            and (action.effect == "read" or not self.read_only)
            and _possible(action, held)
        ]
        if not chosen:
            raise InvalidInputs("nothing_to_offer")
        return chosen


def _possible(action: Action, held: Collection[str]) -> bool:
    needed = [call for call in calls_of(action) if not call.optional]
    return all(standing(call.scopes, held) is not Standing.MISSING for call in needed)


def tool(action: Action) -> types.Tool:
    """Describe an action to an agent."""
    return types.Tool(
        name=action.key,
        title=action.title,
        description=action.description,
        input_schema=_plain(action.inputs),
        output_schema=_plain(action.outputs, masked=True),
        annotations=types.ToolAnnotations(
            title=action.title,
            read_only_hint=action.effect == "read",
            destructive_hint=action.effect in ("update", "delete"),
            idempotent_hint=action.effect in ("read", "delete"),
            open_world_hint=True,
        ),
    )


_VOCABULARY = ("lookup", "group", "advanced", "secret", "multiline")
"""The manifests' own words: clients of agents know JSON Schema only."""


def _plain(schema: Schema, *, masked: bool = False) -> dict[str, Any]:
    """Return a schema in the words of JSON Schema; a masked secret is a text, whatever it was."""
    plain = {name: value for name, value in schema.items() if name not in _VOCABULARY}
    if masked and schema.get("secret"):
        return {name: plain[name] for name in ("title", "description") if name in plain}
    if "properties" in schema:
        plain["properties"] = {name: _plain(inner, masked=masked) for name, inner in schema["properties"].items()}
    if isinstance(schema.get("items"), Mapping):
        plain["items"] = _plain(schema["items"], masked=masked)
    if hint := _hint(schema):
        plain["description"] = " ".join([*filter(None, [plain.get("description")]), hint])
    return plain


def _hint(schema: Schema) -> str:
    """Say which tool knows the values, because an agent has no drop-down list."""
    lookup = schema.get("lookup")
    return f"({lookup['action']}: {lookup['items']}[].{lookup['value']})" if lookup else ""
