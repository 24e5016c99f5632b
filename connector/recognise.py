"""Which failure of the error catalogue is this?

A rule in `manifests/errors.json` names what to look for in Zoom's answer: Zoom's own numbers (`codes`), HTTP statuses
(`statuses`), OAuth error classes (`errors`) and a `text`, a regular expression that is searched for without regard to
case. Nothing a rule names may differ from what the answer shows. A rule decides when its text was found, or when it
has no text and the answer shows all the rest. Where several decide, precedence goes to

1. the longest text found,
2. then the rule with most other facts in agreement,
3. then the earlier one in the file.

Entries whose rules fit but cannot decide, because a bare number came without its text, are candidates.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from .errors import ZoomAnswer
from .zoom import bodies

Errors = Mapping[str, Mapping[str, Any]]
"""The error catalogue by stable code, as `manifests/errors.json` has it."""


@dataclass(frozen=True)
class Recognised:
    """What the catalogue makes of an answer."""

    code: str | None = None
    """Entry that explains it; None when no rule decides."""
    candidates: tuple[str, ...] = ()
    """Every entry it may be, when a number without a text leaves that open."""
    found: Mapping[str, str] = field(default_factory=dict)
    """What the text's named groups caught, for the sentences."""


def recognise(answer: ZoomAnswer, errors: Errors) -> Recognised:
    """Find the entry that fits Zoom's answer best."""
    fits = [
        (fit, code)
        for code, entry in errors.items()
        for rule in entry.get("recognise", ())
        if (fit := _compare(rule, answer)) is not None
    ]
    possible = tuple(dict.fromkeys(code for _, code in fits))
    deciding = [pair for pair in fits if pair[0].decides]
    if not deciding:
        return Recognised(candidates=possible)
    best, code = max(deciding, key=lambda pair: pair[0].rank)
    settled = best.rank[0] > 0 or len(possible) == 1
    return Recognised(code, () if settled else possible, best.found)


def named(text: str, errors: Errors) -> str | None:
    """Find one of the catalogue's own codes in a text, such as a log line or an explanation as JSON."""
    return next((word for word in re.findall(r"\w+", text[:_LONGEST]) if "_" in word and word in errors), None)


def read(text: str) -> ZoomAnswer:
    """Read what a person copied: a body, an address from the address bar, a page's text, a number.

    Zoom's pages write the number in brackets with a thousands comma, `(4,700)`; its bodies come in three shapes
    (https://developers.zoom.us/docs/integrations/oauth-error-messages/, https://developers.zoom.us/docs/api/errors/).
    """
    text = " ".join(text[:_LONGEST].split())
    body = _body(text)
    said = bodies.read(body) if body is not None else None
    if said is None or not said.readable:
        return _read_text(text)
    return ZoomAnswer(_status(text.partition("{")[0]), said.code, said.message, error=said.error)


_LONGEST = 20_000
_OAUTH_ERROR = re.compile(
    r"\b(invalid_(?:client|grant|request|scope)|unauthorized_client|unsupported_grant_type|access_denied|server_error"
    r"|temporarily_unavailable)\b"
)
_NUMBER = r"(\d{1,2}[,. ]?\d{3}|\d{3})(?!\d)"
_CODE = re.compile(
    rf"^\W*{_NUMBER}\W*$|\({_NUMBER}\)|\b(?:error|code)\W{{0,3}}(?:code\W{{0,3}})?{_NUMBER}", re.IGNORECASE
)
_STATUS = re.compile(r"\b(?:http(?:/\d(?:\.\d)?)?|status|error)\W{0,3}(?:code\W{0,3})?([45]\d\d)\b", re.IGNORECASE)
_LABELS = re.compile(r"\b(?:zoom|error|code|http|status)\b|[\W\d_]+", re.IGNORECASE)
_HTTP_ERRORS = range(400, 600)


@dataclass(frozen=True)
class _Fit:
    decides: bool
    rank: tuple[int, int]
    found: Mapping[str, str] = field(default_factory=dict)


def _compare(rule: Mapping[str, Any], answer: ZoomAnswer) -> _Fit | None:
    shown = {"codes": answer.code, "statuses": answer.status, "errors": answer.error}
    facts = [(rule[name], value) for name, value in shown.items() if name in rule]
    agreeing = sum(value in allowed for allowed, value in facts)
    if agreeing < sum(value is not None for _, value in facts):
        return None
    if "text" not in rule or not answer.message:
        decides = "text" not in rule and agreeing == len(facts)
        return _Fit(decides, (0, agreeing)) if agreeing else None
    match = re.search(rule["text"], answer.message, re.IGNORECASE)
    if match is None:
        return None
    return _Fit(True, (max(1, len(match[0])), agreeing), match.groupdict())


def _body(text: str) -> bytes | None:
    """Return the JSON object in a text; an address's query has the same fields."""
    if re.fullmatch(r"https?://\S+", text):
        # A callback's `code` is the authorization code: a secret, and no number of Zoom's.
        return json.dumps({name: value for name, value in parse_qsl(text.partition("?")[2]) if name != "code"}).encode()
    start, end = text.find("{"), text.rfind("}") + 1
    return text[start:end].encode() if 0 <= start < end else None


def _read_text(text: str) -> ZoomAnswer:
    status, error, code = _status(text), _OAUTH_ERROR.search(text), _CODE.search(text)
    number = int(re.sub(r"\D", "", next(filter(None, code.groups())))) if code else None
    bare = not _LABELS.sub("", _OAUTH_ERROR.sub("", text))
    if number in _HTTP_ERRORS:
        # Alone it may be either; beside a text Zoom's number is never meant, because Zoom's texts decide by themselves.
        status, number = number, number if bare else None
    return ZoomAnswer(status=status, code=number, message="" if bare else text, error=error[1] if error else None)


def _status(text: str) -> int | None:
    match = _STATUS.search(text)
    return int(match[1]) if match else None
