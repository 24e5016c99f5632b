"""Which failure of the error catalogue is this?

A rule in `manifests/errors.json` names what to look for in Zoom's answer: Zoom's own numbers (`codes`), HTTP statuses
(`statuses`), OAuth error classes (`errors`) and a `text`, a regular expression that is searched for without regard to
case. Zoom sends one text with several numbers, so a text decides by itself, and the numbers beside it only speak for
it or against it; a `loose` text is too common for that, and decides only beside the rest of its rule, or where its
rule names nothing else, beside any number of Zoom's. What `others` say of a failure at Zoom counts where they name
Zoom. A rule without a text decides when the answer shows all it names. Where several decide, precedence goes to

1. a rule whose numbers agree, or that names none; then one whose text came with other numbers; then a mere loose text
   and the words of others,
2. then the longest text found,
3. then the rule with most other facts in agreement,
4. then the earlier one in the file.

Entries whose numbers fit but cannot decide, because they came without their text, are candidates.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from .errors import ZoomAnswer

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


def recognise(answer: ZoomAnswer, errors: Errors, beside: Collection[int] = ()) -> Recognised:
    """Find the entry that fits Zoom's answer best.

    Args:
        answer: what Zoom said.
        errors: the error catalogue.
        beside: numbers that may be Zoom's: they speak for a rule whose text is there, and say nothing by themselves.
    """
    fits = [
        (fit, code)
        for code, entry in errors.items()
        for rule in entry.get("recognise", ())
        if (fit := _compare(rule, answer, beside)) is not None
    ]
    possible = tuple(dict.fromkeys(code for fit, code in fits if not fit.by_text))
    deciding = [pair for pair in fits if pair[0].decides]
    if not deciding:
        return Recognised(candidates=possible)
    best, code = max(deciding, key=lambda pair: pair[0].rank)
    settled = best.by_text or len(possible) == 1
    return Recognised(code, () if settled else possible, best.found)


def recognise_first(answers: Iterable[ZoomAnswer], errors: Errors) -> tuple[Recognised, ZoomAnswer]:
    """Find the first reading that an entry explains; without one, the first that leaves candidates.

    Args:
        answers: at least one, the likeliest first, as from `pasted.read`.
        errors: the error catalogue.
    """
    undecided: list[tuple[Recognised, ZoomAnswer]] = []
    for answer in answers:
        recognised = recognise(answer, errors)
        if recognised.code is not None:
            return recognised, answer
        candidates = recognised.candidates or _sharing_a_number(answer, errors)
        undecided.append((Recognised(candidates=candidates), answer))
    return next((pair for pair in undecided if pair[0].candidates), undecided[0])


def _sharing_a_number(answer: ZoomAnswer, errors: Errors) -> tuple[str, ...]:
    """Name the entries with the number of a text that nobody knows, such as one in another language."""
    if answer.code is not None and (shared := recognise(ZoomAnswer(code=answer.code), errors).candidates):
        return shared
    only_status = answer.status is not None and answer.code in (None, answer.status)
    return recognise(ZoomAnswer(status=answer.status), errors).candidates if only_status else ()


_LOOSE, _DIFFERS, _AGREES = range(3)
_ZOOM = re.compile(r"\bzoom\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Fit:
    decides: bool
    rank: tuple[int, int, int]
    by_text: bool = False
    found: Mapping[str, str] = field(default_factory=dict)


@cache  # the catalogue has more patterns than `re` remembers
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _compare(rule: Mapping[str, Any], answer: ZoomAnswer, beside: Collection[int]) -> _Fit | None:
    likely = (number for number in rule.get("codes", ()) if "text" in rule and number in beside)
    shown = {"codes": next(likely, answer.code), "statuses": answer.status, "errors": answer.error}
    facts = [(rule[name], value) for name, value in shown.items() if name in rule]
    agreeing = sum(value in allowed for allowed, value in facts)
    differing = sum(value is not None for _, value in facts) - agreeing
    if "text" not in rule or not answer.message:
        # A bare status says nothing beside words that nobody knows: they need not be Zoom's.
        worth = agreeing > ("statuses" in rule and bool(answer.message))
        decides = "text" not in rule and agreeing == len(facts) and worth
        return _Fit(decides, (_AGREES, 0, agreeing)) if agreeing and not differing else None
    match = _pattern(rule["text"]).search(answer.message)
    if match is None:
        return None
    loose, others = rule.get("loose", False), rule.get("others", False)
    if others and not _ZOOM.search(answer.message):
        return None
    if loose and (agreeing < len(facts) if facts else answer.code is None):
        return None
    level = _LOOSE if others or (loose and not facts) else _DIFFERS if differing else _AGREES
    found = {name: caught for name, caught in match.groupdict().items() if caught}
    return _Fit(True, (level, max(1, len(match[0])), agreeing), by_text=True, found=found)
