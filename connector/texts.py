"""Which members of the manifests are texts that people read: what is translated, and nothing else is."""

from collections.abc import Callable, Mapping
from typing import Any

from .words import ENGLISH, Words

Texts = str | list["Texts"] | dict[str, "Texts"] | Callable[[Any, Words], Any]
"""Where the texts of a value are: TEXT for a text; members by name, `*` for all others; a list for its items."""

TEXT = "text"
NONE: Texts = {}


def reworded(texts: Texts, value: Any, words: Words) -> Any:
    """Return what a manifest says with its texts in another language; nothing else is changed."""
    if words.language == ENGLISH:
        return value
    return _reworded(texts, value, words)


def _reworded(texts: Texts, value: Any, words: Words) -> Any:
    if callable(texts):
        return texts(value, words)
    if isinstance(texts, dict) and isinstance(value, Mapping):
        others = texts.get("*", NONE)
        return {name: _reworded(texts.get(name, others), each, words) for name, each in value.items()}
    if isinstance(texts, list) and isinstance(value, list):
        return [_reworded(texts[0], each, words) for each in value]
    return words.text(value) if texts == TEXT and isinstance(value, str) else value


_NO_SCHEMAS = ("examples", "const", "enum", "default", "lookup")
"""Members of a JSON Schema that hold data, however it looks."""


def _form(value: Any, words: Words) -> Any:
    """What people fill in: a JSON Schema whose titles, help and groups they read."""
    return _schema(value, words, ("title", "description", "group"))


def _results(value: Any, words: Words) -> Any:
    """What people map: a JSON Schema whose titles they read; its descriptions are for programmers."""
    return _schema(value, words, ("title",))


def _schema(value: Any, words: Words, read: tuple[str, ...]) -> Any:
    if isinstance(value, list):
        return [_schema(each, words, read) for each in value]
    if not isinstance(value, Mapping):
        return value
    said: dict[str, Any] = {}
    for name, each in value.items():
        if name in read and isinstance(each, str):
            said[name] = words.text(each)
        elif name == "properties":
            said[name] = {field: _schema(inner, words, read) for field, inner in each.items()}
        else:
            said[name] = each if name in _NO_SCHEMAS else _schema(each, words, read)
    return said


_ABOUT: dict[str, Texts] = {"title": TEXT, "description": TEXT}
_CALL: dict[str, Texts] = {"purpose": TEXT}

ACTION: Texts = {**_ABOUT, "inputs": _form, "outputs": _results, "request": _CALL, "calls": [_CALL]}
TRIGGER: Texts = {**_ABOUT, "filters": _form, "outputs": _results, "calls": [_CALL]}
IDENTITY: Texts = {
    **_ABOUT,
    "auth": {"*": {**_ABOUT, "inputs": _form}},
    "sign_in": _CALL,
    "resources": {"*": TEXT},
    "requirements": {"*": _ABOUT},
    "data": {"*": {"title": TEXT, "purpose": TEXT}},
}
ERRORS: Texts = {"*": {"title": TEXT, "detail": TEXT, "steps": [TEXT], "faults": {"*": TEXT}}}
DOCTOR: Texts = {"checks": {"*": {"title": TEXT, "pass": TEXT}}, "reasons": {"*": TEXT}}
PUBLISHER: Texts = _form
APPROVALS: Texts = {
    "pages": {"title": TEXT, "states": [{"labels": [TEXT], "meaning": TEXT}], "then": TEXT},
    "request": {"find": [TEXT], "ways": [{"title": TEXT, "steps": [TEXT]}], "*": TEXT},
    "scopes": {"*": {"words": TEXT, "reason": TEXT}},
    "granular": {"*": TEXT},
    "levels": {"*": TEXT},
}
