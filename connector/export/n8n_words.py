"""Titles and help as n8n's guidelines want them; its linter holds every node to them.

https://docs.n8n.io/connect/create-nodes/build-your-node/reference/ux-guidelines
"""

import re

_SMALL = re.compile(
    r"\b(?:an?d?|a[st]|because|but|by|en|for|i[fn]|neither|nor|o[fnr]|only|over|per|so|some|tha[tn]|the|to|up|upon"
    r"|vs?\.?|versus|via|when|with|without|yet)\b",
    re.IGNORECASE,
)
"""Words that stay small inside a title."""


def title_case(text: str) -> str:
    """Write a title with capitals: `Meeting ID or Link`."""
    text = " ".join(text.split())

    def capital(found: re.Match[str]) -> str:
        word = found[0]
        inside = found.start() > 0 and found.end() < len(text)
        if re.search(r".(?=[A-Z]|\..)", word) or (inside and _SMALL.search(word)):
            return word
        return re.sub(r"[A-Za-z0-9À-ÿ]", lambda letter: letter[0].upper(), word, count=1)

    return re.sub(r"[^\s:–—-]+|.", capital, text)  # noqa: RUF001 (dashes between words)


def sentence_case(text: str) -> str:
    """Write what an operation does, without punctuation: `List AI companions of a user`."""
    words = re.sub(r"[^A-Za-z0-9]+", " ", text).split()
    small = [word if word.isupper() and len(word) > 1 else word.lower() for word in words]
    first = next((index for index, word in enumerate(small) if not word.isupper()), 0)
    return " ".join(word.capitalize() if index == first else word for index, word in enumerate(small))


def singular(text: str) -> str:
    """Name one of a resource: `Meeting`."""
    return re.sub(r"(?<=[^s])s\b", "", re.sub(r"ies\b", "y", text))


def described(text: str) -> str:
    """Write help: one sentence has no full stop, several have."""
    text = re.sub(r"\bid(s?)\b", r"ID\1", text.replace("`", "").strip())
    return text.removesuffix(".") if ". " not in text else text


def sort_key(title: str) -> tuple[str, str]:
    """Order as n8n does (`localeCompare`): first by letters, then small ones before capitals."""
    return title.casefold(), title.swapcase()
