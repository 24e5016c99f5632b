"""Any failure -> who must act, why, and what to do, in the words of `manifests/errors.json`.

In those words `{name}` stands for a value, from the failure's parameters or from Zoom's answer. A part in [square
brackets] is left out when a value in it is missing, so that no sentence ever shows a hole.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from .errors import Fault, InvalidInputs, RateLimited, ZoomAnswer, ZoomConnectorError
from .recognise import Errors, Recognised, named, read, recognise

Who = Literal["workflow_author", "connection_owner", "other_user", "zoom_admin", "connector_admin", "zoom", "nobody"]
"""Who can act; `other_user` must share access, and with `nobody` there is only waiting."""

DONE, FAILED, WRONG_INPUT, PERSON_MUST_ACT, TRY_AGAIN_LATER = range(5)
"""Exit codes of the command line."""


@dataclass(frozen=True)
class Explanation:
    """A failure, told to the person who can mend it."""

    code: str
    title: str
    detail: str
    who: Who
    steps: tuple[str, ...]
    retryable: bool
    retry_at: datetime | None = None
    candidates: tuple[str, ...] = ()
    """Codes it may be instead, when what is known leaves several open."""
    zoom: ZoomAnswer | None = None

    @property
    def exit_code(self) -> int:
        """What a command ends with."""
        if self.retryable:
            return TRY_AGAIN_LATER
        if self.who == "workflow_author":
            return WRONG_INPUT
        return FAILED if self.who in ("zoom", "nobody") else PERSON_MUST_ACT

    def as_dict(self) -> dict[str, Any]:
        """Return the object that every host hands out, in JSON types."""
        zoom = self.zoom
        return {
            "code": self.code,
            "title": self.title,
            "detail": self.detail,
            "who": self.who,
            "steps": list(self.steps),
            "retryable": self.retryable,
            "retry_at": self.retry_at.isoformat() if self.retry_at else None,
            "candidates": list(self.candidates),
            "zoom": zoom
            and {
                "status": zoom.status,
                "code": zoom.code,
                "message": zoom.message,
                "tracking_id": zoom.tracking_id,
            },
        }


def explain(failure: ZoomConnectorError | str, errors: Errors) -> Explanation:
    """Explain a failure of ours, or whatever a person copied.

    A failure of ours has the entry of its code. Where that entry is `generic`, which says no more than that Zoom
    refused, Zoom's answer is looked up for a more telling one.

    Args:
        failure: an exception of the tree in `zoom_connector.errors`; or a code, a number of Zoom's, the text of a
            page, a body, or an address from the address bar.
        errors: the error catalogue, such as `Catalogue().errors`.
    """
    return _explain_text(failure, errors) if isinstance(failure, str) else _explain_error(failure, errors)


def _explain_error(failure: ZoomConnectorError, errors: Errors) -> Explanation:
    recognised = Recognised()
    if failure.zoom is not None and errors.get(failure.code, {}).get("generic"):
        recognised = recognise(failure.zoom, errors)
    code = recognised.code or failure.code
    values = {"failure": failure.code, **_zoom_values(failure.zoom), **recognised.found, **failure.params}
    if isinstance(failure, InvalidInputs):
        values["faults"] = " ".join(_fault_sentence(fault, errors) for fault in failure.faults)
    retry_at = failure.retry_at if isinstance(failure, RateLimited) else None
    explanation = _explanation(code if code in errors else "unknown", errors, {**values, "retry_at": retry_at})
    if "saved_files" in failure.params:
        halfway = _explanation("stopped_halfway", errors, failure.params)
        detail, steps = f"{explanation.detail} {halfway.detail}", (*explanation.steps, *halfway.steps)
        explanation = replace(explanation, detail=detail, steps=steps)
    return replace(
        explanation,
        retryable=explanation.retryable or (code not in errors and failure.retryable),
        retry_at=retry_at,
        candidates=recognised.candidates,
        zoom=failure.zoom,
    )


def _explain_text(text: str, errors: Errors) -> Explanation:
    code = text.strip() if text.strip() in errors else named(text, errors)
    if code is not None:
        return _explanation(code, errors, {})
    answer = read(text)
    recognised = recognise(answer, errors)
    candidates = recognised.candidates
    if recognised.code is None and not candidates:
        candidates = _sharing_a_number(answer, errors)
    code = recognised.code or ("ambiguous_code" if candidates else "unknown")
    explanation = _explanation(code, errors, {**_zoom_values(answer), **recognised.found, "zoom_message": ""})
    # The text is left out: it is in front of whoever copied it, and may hold an authorization code or a token.
    shown = ZoomAnswer(answer.status, answer.code) if answer.status or answer.code else None
    return replace(explanation, candidates=candidates, zoom=shown)


def _sharing_a_number(answer: ZoomAnswer, errors: Errors) -> tuple[str, ...]:
    """Name the entries with the number of a text that nobody knows, such as one in another language."""
    if answer.code is not None and (shared := recognise(ZoomAnswer(code=answer.code), errors).candidates):
        return shared
    only_status = answer.status is not None and answer.code in (None, answer.status)
    return recognise(ZoomAnswer(status=answer.status), errors).candidates if only_status else ()


def _explanation(code: str, errors: Errors, values: Mapping[str, object]) -> Explanation:
    entry = errors[code]
    words = {name: text for name, value in values.items() if (text := _words(value))}
    steps = (_fill(step, words) for step in entry["steps"])
    return Explanation(
        code=code,
        title=_fill(entry["title"], words),
        detail=_fill(entry["detail"], words),
        who=entry["who"],
        steps=tuple(step for step in steps if step),
        retryable=entry.get("retryable", False),
    )


def _fault_sentence(fault: Fault, errors: Errors) -> str:
    sentences: Mapping[str, str] = errors["inputs_invalid"]["faults"]
    field = fault.pointer.removeprefix("/").replace("~1", "/").replace("~0", "~")
    special = sentences.get(f"{fault.keyword}:{fault.expected}")
    sentence = special or sentences.get(fault.keyword, sentences["other"])
    return _fill(sentence, {"field": field or "input", "expected": _words(fault.expected)})


def worded(sentence: str, values: Mapping[str, object]) -> str:
    """Fill in a sentence of the manifests that is not of a failure."""
    return _fill(sentence, {name: text for name, value in values.items() if (text := _words(value))})


_PART = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")
_LONGEST_VALUE = 500


def _fill(sentence: str, words: Mapping[str, str]) -> str:
    parts = _PART.split(sentence)
    whole = [part for part in parts if all(words.get(name) for name in _PLACE.findall(part))]
    return "".join(_PLACE.sub(lambda place: words[place[1]], part) for part in whole)


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if isinstance(value, list | tuple):
        return ", ".join(_words(inner) for inner in value)
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"


def _zoom_values(answer: ZoomAnswer | None) -> dict[str, object]:
    if answer is None:
        return {}
    return {
        "zoom_status": answer.status,
        "zoom_code": answer.code,
        "zoom_message": answer.message,
        "tracking_id": answer.tracking_id,
    }
