"""Values to choose from instead of typing ids: what a field's `lookup` finds in the connected account."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .catalogue import Action
from .errors import InvalidInputs
from .inputs import parse
from .trigger import Trigger
from .types import Schema

if TYPE_CHECKING:
    from .connection import Connection

_LISTED = 300
"""Rows of a list that nobody searches: one page of Zoom's."""
_SEARCHED = 3000
"""Rows that are gone through for a word; Zoom's lists cannot be searched."""


@dataclass(frozen=True)
class Choices:
    """What a person may choose, as a list shows it."""

    choices: tuple[tuple[Any, str], ...]
    """Value of the field -> label; typed values stay allowed."""
    more: bool
    """There are more than these, or more than were gone through."""

    def as_dict(self) -> dict[str, Any]:
        """Return it in JSON types."""
        return {"choices": [{"value": value, "label": label} for value, label in self.choices], "more": self.more}


def choices(
    connection: "Connection", found: Action | Trigger, field: str, given: Mapping[str, str], *, search: str = ""
) -> Choices:
    """Ask Zoom what a field may be filled in with.

    Args:
        connection: whose account to look into.
        found: the action or trigger whose field it is.
        field: its name; that of a field in rows stands behind that of the rows, as in `tracking_fields.value`.
        given: other fields as they are filled in so far, of the same row too; those that the lookup depends on are
            passed on.
        search: only what has this in its label, in any case of letters.

    Raises:
        InvalidInputs: `unknown_lookup`; or a field that the lookup depends on is missing.
        ZoomConnectorError: as `Connection.run` does.
    """
    fields = fields_of(found)
    if "lookup" not in fields.get(field, {}):
        known = [name for name, schema in fields.items() if "lookup" in schema]
        raise InvalidInputs("unknown_lookup", field=field, key=found.key, known=known)
    lookup = fields[field]["lookup"]
    action = connection.connector.action(lookup["action"])
    takes: Mapping[str, Schema] = action.inputs["properties"]
    inputs = {name: parse(takes[name], given[name]) for name in lookup.get("depends_on", ()) if given.get(name)}
    if "limit" in takes:
        inputs["limit"] = _SEARCHED if search else _LISTED
    outputs = connection.run(action.key, inputs)
    labels = {
        row[lookup["value"]]: _label(row, lookup) for row in outputs.get(lookup["items"], ()) if lookup["value"] in row
    }
    chosen = [(value, label) for value, label in labels.items() if search.casefold() in label.casefold()]
    return Choices(tuple(chosen[:_LISTED]), more=outputs.get("more", False) or len(chosen) > _LISTED)


def fields_of(found: Action | Trigger) -> Mapping[str, Schema]:
    """Return what a person fills in, by name; see `choices` for the names of fields in rows."""
    schema = found.inputs if isinstance(found, Action) else found.filters
    fields: Mapping[str, Schema] = schema.get("properties", {})
    rows: Mapping[str, Mapping[str, Schema]] = {
        name: field["items"].get("properties", {}) for name, field in fields.items() if "items" in field
    }
    return {**fields, **{f"{name}.{inner}": rows[name][inner] for name in rows for inner in rows[name]}}


def _label(row: Mapping[str, Any], lookup: Mapping[str, Any]) -> str:
    parts = [str(row[name]) for name in lookup["label"] if row.get(name) not in (None, "")]
    return ", ".join(parts) or str(row[lookup["value"]])
