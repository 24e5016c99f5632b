"""Read the body of an answer as far as it can be read: JSON, Zoom's several shapes of failure, XML, HTML."""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .redact import redact


@dataclass(frozen=True)
class Said:
    """A body, read as far as it can be."""

    value: Any = field(default=None, repr=False)
    """What came, which may be tokens."""
    readable: bool = True
    failed: bool = False
    """The body itself reports a failure, whatever the status says."""
    code: int | None = None
    message: str = ""
    error: str | None = None


_TAG = r"<{0}>\s*(.*?)\s*</{0}>"
_XML_CODE, _XML_MESSAGE, _TITLE = (
    re.compile(_TAG.format(name), re.IGNORECASE | re.DOTALL) for name in ("code", "message", "title")
)


def read(body: bytes) -> Said:
    """Read a body; nothing about the HTTP status is known here."""
    if not body.strip():
        return Said(value={})
    try:
        value = json.loads(body)
    except ValueError:
        return _read_markup(body.decode("utf-8", "replace"))
    return read_object(value) if isinstance(value, dict) else Said(value=value)


def read_object(value: dict[str, Any]) -> Said:
    """Read a body that is a JSON object."""
    if "errorCode" in value and "errorMessage" in value:
        return Said(
            value=value,
            failed=not value.get("status"),
            code=_number(value["errorCode"]),
            message=_text(value["errorMessage"]),
        )
    if "code" in value or "message" in value:
        code = _number(value.get("code"))
        # No operation has these fields alone in its result, so with HTTP 200 they report a failure.
        alone = code is not None and isinstance(value.get("message"), str) and not value.keys() - _FAILURE_FIELDS
        return Said(value=value, failed=alone, code=code, message=_with_fields(value))
    error = value.get("error")
    if isinstance(error, str):
        reason = value.get("reason", value.get("error_description", ""))
        return Said(value=value, failed=not value.keys() - _OAUTH_FIELDS, message=_text(reason), error=error)
    return Said(value=value, message=_text(value.get("reason", "")))


_FAILURE_FIELDS = {"code", "message", "errors"}
_OAUTH_FIELDS = {"error", "reason", "error_description"}


def _read_markup(text: str) -> Said:
    """Read XML failures as the JSON ones; of an HTML page only its title says something."""
    code, message, title = (pattern.search(text) for pattern in (_XML_CODE, _XML_MESSAGE, _TITLE))
    if code and message and (number := _number(code[1])) is not None:
        return Said(failed=True, readable=False, code=number, message=_text(html.unescape(message[1])))
    return Said(readable=False, message=_text(html.unescape(title[1])) if title else "")


def _with_fields(value: Mapping[str, Any]) -> str:
    errors = value.get("errors")
    rows = [row for row in errors if isinstance(row, dict)] if isinstance(errors, list) else []
    fields = [f"{_text(row.get('field'))}: {_text(row.get('message'))}" for row in rows]
    return " ".join([_text(value.get("message")), *fields]).strip()


def _text(value: object) -> str:
    return redact(value) if isinstance(value, str) else ""


def _number(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    try:
        return int(value)
    except ValueError:
        return None
