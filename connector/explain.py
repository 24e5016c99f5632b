"""Any failure -> who must act, why, and what to do, in the words of `manifests/errors.json`.

In those words `{name}` stands for a value, from the failure's parameters or from Zoom's answer; see `words`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from .errors import Fault, InvalidInputs, RateLimited, ZoomAnswer, ZoomConnectorError
from .pasted import named, numbers, read
from .recognise import Errors, Recognised, recognise, recognise_first
from .words import filled, written

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
    if "fault" in failure.params:
        sentences = errors[failure.code]["faults"]
        values["fault"] = filled(sentences.get(failure.params["fault"], sentences["other"]), _written(failure.params))
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
    ours = named(text, errors)
    if ours is not None and "generic" not in errors[ours]:
        return _explanation(ours, errors, {})
    *bodies, whole = read(text)
    # A body says little of whose it is: what stands around it is asked first whether it names another service.
    readings = [whole] if recognise(whole, errors).code == "unknown" else [*bodies, whole]
    recognised, answer = recognise_first(readings, errors)
    if recognised.code is None and (beside := recognise(whole, errors, numbers(text))).code is not None:
        recognised, answer = beside, whole
    code = recognised.code or ours or ("ambiguous_code" if recognised.candidates else "unknown")
    explanation = _explanation(code, errors, {**_zoom_values(answer), **recognised.found, "zoom_message": ""})
    # The text is left out: it is in front of whoever copied it, and may hold an authorization code or a token.
    shown = ZoomAnswer(answer.status, answer.code) if answer.status or answer.code else None
    return replace(explanation, candidates=recognised.candidates, zoom=shown)


def _explanation(code: str, errors: Errors, values: Mapping[str, object]) -> Explanation:
    entry = errors[code]
    texts = _written(values)
    steps = (filled(step, texts) for step in entry["steps"])
    return Explanation(
        code=code,
        title=filled(entry["title"], texts),
        detail=filled(entry["detail"], texts),
        who=entry["who"],
        steps=tuple(step for step in steps if step),
        retryable=entry.get("retryable", False),
    )


def _written(values: Mapping[str, object]) -> dict[str, str]:
    return {name: text for name, value in values.items() if (text := written(value))}


def _fault_sentence(fault: Fault, errors: Errors) -> str:
    sentences: Mapping[str, str] = errors["inputs_invalid"]["faults"]
    field = fault.pointer.removeprefix("/").replace("~1", "/").replace("~0", "~")
    special = sentences.get(f"{fault.keyword}:{fault.expected}")
    sentence = special or sentences.get(fault.keyword, sentences["other"])
    return filled(sentence, {"field": field or "input", "expected": written(fault.expected)})


def _zoom_values(answer: ZoomAnswer | None) -> dict[str, object]:
    if answer is None:
        return {}
    return {
        "zoom_status": answer.status,
        "zoom_code": answer.code,
        "zoom_message": answer.message,
        "tracking_id": answer.tracking_id,
    }
