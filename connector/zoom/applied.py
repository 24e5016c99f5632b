"""Find what Zoom left out of a change without an error: settings that the account does not allow are dropped.

Pure: no sockets, no clock.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ..calls import Call
from ..types import Inputs


def not_applied(call: Call, inputs: Inputs, answer: Mapping[str, Any]) -> list[str]:
    """Name the inputs of a call's body whose values the answer does not have; dotted inside an object input.

    A value that the answer leaves out counts too, for Zoom leaves out what an account does not have, unless it switches
    something off or empties it. So give only inputs that Zoom answers: not those that ask for something to be done.

    Texts are alike whatever their case, times when they mean the same minute, and lists when the answer has at least
    what was sent, in any order.

    Args:
        call: what was sent.
        inputs: what it was sent with; their `timezone` is the zone of times without an offset.
        answer: what Zoom has now, nested like the body.
    """
    zone = inputs.get("timezone")
    return [
        differing
        for name, value in inputs.items()
        if value is not None and name not in call.query and f"{{{name}}}" not in call.path
        for differing in _differing(name, value, _found(answer, call.names.get(name, name)), zone)
    ]


class _Absent:
    """What the answer does not have."""


_ABSENT = _Absent()


def _found(answer: Any, name: str) -> Any:
    """Return what stands under a dotted name; of `rows[].field` the field of each row."""
    first, _, rest = name.partition(".")
    value = answer.get(first.removesuffix("[]"), _ABSENT) if isinstance(answer, Mapping) else _ABSENT
    if not rest:
        return value
    return [_found(row, rest) for row in value] if isinstance(value, list) else _found(value, rest)


def _differing(name: str, sent: Any, found: Any, zone: str | None) -> Iterator[str]:
    if isinstance(sent, Mapping) and sent:
        for key, value in sent.items():
            yield from _differing(f"{name}.{key}", value, _found(found, key), zone)
    elif not _alike(sent, found, zone):
        yield name


def _alike(sent: Any, found: Any, zone: str | None) -> bool:
    if found is None or isinstance(found, _Absent):
        return sent is None or sent is False or sent in ("", [], {})
    match sent:
        case Mapping():
            return isinstance(found, Mapping) and all(_alike(sent[key], _found(found, key), zone) for key in sent)
        case list():
            rows = found if isinstance(found, list) else [part for part in re.split("[,;]", str(found)) if part.strip()]
            return all(any(_alike(item, row, zone) for row in rows) for item in sent) if sent else not rows
        case bool():
            return sent is found
    return _plain(sent) == _plain(found) or _is_same_minute(sent, found, zone)


def _plain(value: object) -> str:
    return " ".join(str(value).casefold().split())


def _is_same_minute(sent: object, found: object, zone: str | None) -> bool:
    moments = [_minute(value, zone) for value in (sent, found)]
    return None not in moments and moments[0] == moments[1]


def _minute(value: object, zone: str | None) -> datetime | None:
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=ZoneInfo(zone or "UTC"))
    except (ValueError, KeyError):
        return None
    return moment.astimezone(UTC).replace(second=0, microsecond=0)
