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

    A required field keeps the value it has now, else it gets the first one that the account recommends. Nothing is
    returned where nothing is given and nothing is lacking. The action declares the call `/tracking_fields` as optional;
    where the grant may not make it, only what is given is returned.

    Args:
        zoom: of the run.
        given: by the step.
        current: reads what the meeting has now; called when a required field is not given.

    Raises:
        InvalidInputs: a required field has no value and the account recommends none.
    """
    defined = (attempt(zoom, _TRACKING_FIELDS) or {}).get("tracking_fields", [])
    labels = {_plain(field["field"]): field["field"] for field in defined}
    # Zoom knows a field by its exact spelling.
    wanted = {_plain(row["field"]): {**row, "field": labels.get(_plain(row["field"]), row["field"])} for row in given}
    lacking = [field for field in defined if field.get("required") and not _value(wanted, field)]
    now = {_plain(row["field"]): row for row in current()} if lacking else {}
    kept = {_plain(field["field"]): _value(now, field) for field in lacking if _value(now, field)}
    filled = {_plain(field["field"]): _recommended(field) for field in lacking if not _value(now, field)}
    if missing := [labels[key] for key, value in filled.items() if value is None]:
        raise InvalidInputs("inputs_invalid", [Fault("/tracking_fields", "tracking_field", label) for label in missing])
    if wanted or filled:
        wanted |= {key: {"field": labels[key], "value": value} for key, value in (kept | filled).items()}
    return list(wanted.values())


def _value(rows: Mapping[str, Row], field: Row) -> Any:
    return rows.get(_plain(field["field"]), {}).get("value")


def _recommended(field: Row) -> Any:
    return next(filter(None, field.get("recommended_values") or ()), None)


def _plain(label: str) -> str:
    return " ".join(label.casefold().split())
