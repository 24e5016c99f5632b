"""Tracking fields: what an account wants to know of each of its meetings."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .answers import Refused, invalid_fields
from .rule import FLAG, LIST, Rule, refused

_RULES = {"field": Rule(str, least=1), "recommended_values": LIST, "required": FLAG, "visible": FLAG}


@dataclass(eq=False)
class TrackingField:
    """One field, and the values that are proposed for it."""

    id: str
    field: str
    recommended_values: list[str]
    required: bool = False
    visible: bool = True


class TrackingFields:
    """The tracking fields of one account. The caller holds the world's lock."""

    def __init__(self) -> None:
        self._all: dict[str, TrackingField] = {}
        self._made = 0

    def add(self, body: Mapping[str, Any]) -> TrackingField:
        """Make a field.

        Raises:
            Refused: it has no name, or a wrong value.
        """
        _refuse_wrong({"field": None, **body})
        self._made += 1
        digest = hashlib.sha256(f"tracking field {self._made}".encode()).hexdigest()[:32]
        number = base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")
        made = TrackingField(number, body["field"], [])
        self._all[made.id] = made
        _take(made, body)
        return made

    def change(self, field_id: str, body: Mapping[str, Any]) -> None:
        """Change what the body names.

        Raises:
            Refused: a value is wrong, or there is no such field.
        """
        found = self.find(field_id)
        _refuse_wrong(body)
        _take(found, body)

    def find(self, field_id: str) -> TrackingField:
        """Find a field.

        Raises:
            Refused: there is none.
        """
        if field_id not in self._all:
            raise Refused(404, 5110, f"Tracking field does not exist: {field_id}.")
        return self._all[field_id]

    def remove(self, field_id: str) -> None:
        """Delete a field.

        Raises:
            Refused: there is none.
        """
        del self._all[self.find(field_id).id]

    def listed(self) -> list[TrackingField]:
        """List all of them."""
        return list(self._all.values())


def _refuse_wrong(body: Mapping[str, Any]) -> None:
    wrong = list(refused(body, _RULES))
    values = body.get("recommended_values", [])
    if isinstance(values, list) and not all(isinstance(value, str) for value in values):
        wrong.append("recommended_values")
    if wrong:
        raise invalid_fields(*wrong)


def _take(field: TrackingField, body: Mapping[str, Any]) -> None:
    for name in _RULES:
        setattr(field, name, body.get(name, getattr(field, name)))
