"""Tracking fields: the labels by which an account classifies its meetings; it may require some of them.

https://developers.zoom.us/docs/api/accounts/#tag/tracking-field
"""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from .attempts import attempt
from .errors import Fault, InvalidInputs

if TYPE_CHECKING:
    from .zoom.client import ZoomClient

Row = Mapping[str, Any]
"""A `field`, which is the label, and its `value`."""

_TRACKING_FIELDS = "/tracking_fields"


def fill_tracking_fields(
    zoom: "ZoomClient", given: Iterable[Row] = (), current: Callable[[], Iterable[Row]] = tuple
) -> list[Row]:
    """Return what a meeting must be sent with: what is given, and what the account requires besides.

    A required field, and one that is given without a value, keeps the value it has now, else it gets the first one that
    the account recommends. Nothing is returned where nothing is given and nothing is lacking. The action declares the
    call `/tracking_fields` as optional; where the grant may not make it, only what is given is returned.

    Args:
        zoom: of the run.
        given: by the step.
        current: reads what the meeting has now; called when a value is lacking.

    Raises:
        InvalidInputs: a required field has no value and the account recommends none.
    """
    defined = (attempt(zoom, _TRACKING_FIELDS) or {}).get("tracking_fields", [])
    labels = {_plain(field["field"]): field["field"] for field in defined}
    # Zoom knows a field by its exact spelling.
    wanted = {_plain(row["field"]): {**row, "field": labels.get(_plain(row["field"]), row["field"])} for row in given}
    lacking = [field for field in defined if _lacks(field, wanted.get(_plain(field["field"])))]
    now = {_plain(row["field"]): row for row in current()} if lacking else {}
    kept = {_plain(field["field"]): _value(now, field) for field in lacking if _value(now, field)}
    proposed = {_plain(field["field"]): recommended_values([field], field["field"]) for field in lacking}
    filled = {key: values[0] for key, values in proposed.items() if values and key not in kept}
    found = kept.keys() | filled.keys()
    missing = [field["field"] for field in lacking if field.get("required") and _plain(field["field"]) not in found]
    if missing:
        raise InvalidInputs("inputs_invalid", [Fault("/tracking_fields", "tracking_field", label) for label in missing])
    if wanted or filled:
        wanted |= {key: {"field": labels[key], "value": value} for key, value in (kept | filled).items()}
    return list(wanted.values())


def recommended_values(defined: Iterable[Row], label: str) -> list[str]:
    """Return what the account recommends for one of its fields, in its order; nothing where it has no such field.

    Args:
        defined: the rows of `/tracking_fields`.
        label: of the field, in any case of letters.
    """
    found = (field for field in defined if _plain(field["field"]) == _plain(label))
    return [value for field in found for value in field.get("recommended_values") or () if value]


def _lacks(field: Row, given: Row | None) -> bool:
    """Say whether a value is to be found. An empty one that is given empties a field that is not required."""
    if field.get("required"):
        return not (given or {}).get("value")
    return given is not None and given.get("value") is None


def _value(rows: Mapping[str, Row], field: Row) -> Any:
    return rows.get(_plain(field["field"]), {}).get("value")


def _plain(label: str) -> str:
    return " ".join(label.casefold().split())
