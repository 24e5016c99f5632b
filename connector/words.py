"""What people read, in their language, and the values put into it.

As with gettext an English text is its own key: `manifests/locales/<language>.json` maps it to its translation, and what
has none stays English, one text at a time. Where one English text means two things, it has translations by place: the
name of the manifest that it stands in, without the end, or `*` for everywhere else. In a text `{name}` stands for a
value. A part in [square brackets] is left out when a value in it is missing, so that no sentence ever shows a hole.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

ENGLISH = "en"
"""The language that everything is written in."""

_PART = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{(\w+)\}")
_LONGEST_VALUE = 500

Translation = str | Mapping[str, str]


class Words:
    """The texts of one language.

    Args:
        language: its tag (RFC 5646), such as `fr`.
        texts: English text -> translation, or translations by place.
        place: the manifest that what is said stands in.
    """

    def __init__(
        self, language: str = ENGLISH, texts: Mapping[str, Translation] | None = None, place: str = ""
    ) -> None:
        self.language = language
        self._texts = texts or {}
        self._place = place

    def within(self, place: str) -> "Words":
        """Return the same for the texts of one manifest."""
        return Words(self.language, self._texts, place)

    def __call__(self, english: str, /, **values: object) -> str:
        """Say a text of the source, with its values; a test collects these texts for the translators."""
        return worded(self.text(english), values)

    def text(self, english: str) -> str:
        """Return the translation of a text as it stands, its places unfilled."""
        found = self._texts.get(english, english)
        return found if isinstance(found, str) else found.get(self._place, found["*"])


PLAIN = Words()
"""Everything as it is written."""


def negotiated(wanted: str, languages: Iterable[str]) -> str:
    """Choose the language that somebody understands best, out of those there are and English.

    Args:
        wanted: as in the header Accept-Language (RFC 9110, 12.5.4: `fr-CA, en;q=0.8`), or the name of a system's locale
            (`nl_NL.UTF-8`). A range matches by its beginning (RFC 4647, 3.4): `fr` serves `fr-CA`.
        languages: tags of those there are.
    """
    there = {language.lower(): language for language in (ENGLISH, *languages)}
    for wish in sorted(wanted.split(","), key=_weight, reverse=True):
        tag = re.split(r"[;.@]", wish.strip())[0].strip().replace("_", "-").lower()
        while tag and _weight(wish) > 0:
            if tag in there:
                return there[tag]
            tag = tag.rpartition("-")[0]
    return ENGLISH


def _weight(wish: str) -> float:
    found = re.search(r";\s*q\s*=\s*([01](?:\.\d*)?)\s*$", wish)
    return float(found[1]) if found else 1.0


def worded(sentence: str, values: Mapping[str, object]) -> str:
    """Fill in a sentence; a text in its values stays one line."""
    return filled(sentence, {name: text for name, value in values.items() if (text := written(value))})


def filled(sentence: str, texts: Mapping[str, str]) -> str:
    """Fill in a sentence with values that are written out already."""
    parts = _PART.split(sentence)
    whole = [part for part in parts if all(texts.get(name) for name in _PLACE.findall(part))]
    return "".join(_PLACE.sub(lambda place: texts[place[1]], part) for part in whole)


def written(value: object) -> str:
    """Write a value out as it stands in a sentence; empty: it is missing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if isinstance(value, list | tuple):
        return ", ".join(written(inner) for inner in value)
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"
