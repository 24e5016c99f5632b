"""Cut what could be secret out of a text that Zoom wrote."""

import re

_LONGEST = 500

# Zoom repeats what it was sent: an authorization code in `reason`, a whole URL in a message.
_RULES = (
    (re.compile(r"(https?://[^\s?#\"'<>]+)[?#][^\s\"'<>]*", re.IGNORECASE), r"\1"),
    (re.compile(r"(authorization code)[:\s]+(?!is\b|error\b)[^\s\"'<>]+?(?=\.?(?:\s|$))", re.IGNORECASE), r"\1"),
    (re.compile(r"\b(bearer|basic)\s+(?=\S*\d)[\w.~+/=-]{6,}", re.IGNORECASE), r"\1 […]"),
    (re.compile(r"\b(\w*(?:token|secret|password|pwd|code|passcode))=[^\s&\"'<>]+", re.IGNORECASE), r"\1=[…]"),
    (re.compile(r"\beyJ[\w-]+(?:\.[\w-]*)*"), "[…]"),
    (re.compile(r"[\w-]{32,}"), "[…]"),
)


def redact(text: str) -> str:
    """Return `text` in one line of at most 500 characters, without tokens, codes and the query strings of URLs."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())[:_LONGEST]
