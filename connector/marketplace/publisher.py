"""Whoever publishes the app: what they have said about it and themselves, and what they have not said yet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ..catalogue import Catalogue
from ..inputs import normalise
from ..scopes import Usage
from ..types import Inputs, Schema

TO_FILL_IN = "TO FILL IN"
"""Marks on a page what has not been said yet, with the name of the fact."""

_MARKUP = re.compile(r"([\\`*_<>\[\]|])")


@dataclass(frozen=True)
class Publisher:
    """What somebody has said who publishes the app."""

    form: Schema
    """What is to be said: `manifests/publisher.json`."""
    facts: Mapping[str, Any]
    """What was said, by name; defaults are in it."""

    @property
    def usage(self) -> Usage:
        """Who manages the app."""
        return "admin" if self.facts["usage"] == "admin" else "user"

    @property
    def missing(self) -> tuple[str, ...]:
        """What has not been said yet."""
        return tuple(name for name in self.form["properties"] if name not in self.facts)

    def plain(self, name: str) -> str:
        """Return a fact as text, or the mark."""
        return str(self.facts.get(name, f"[{TO_FILL_IN}: {name}]"))

    def written(self) -> dict[str, str]:
        """Return every fact as Markdown, addresses as links; the mark where there is none."""
        return {name: self._markdown(name, field) for name, field in self.form["properties"].items()}

    def domains(self) -> dict[str, list[str]]:
        """Return the domains that Zoom wants proof of, each with the titles of what is there.

        https://developers.zoom.us/docs/build-flow/verify-domains/
        """
        there: dict[str, list[str]] = {}
        for name in ("redirect_url", "webhook_url", "privacy_url", "terms_url"):
            if name in self.facts:
                domain = urlsplit(self.facts[name]).hostname or ""
                there.setdefault(domain, []).append(self.form["properties"][name]["title"])
        return there

    def _markdown(self, name: str, field: Schema) -> str:
        if name not in self.facts:
            return f"**\\[{TO_FILL_IN}: {name}\\]**"
        text = str(self.facts[name])
        return f"<{text}>" if "pattern" in field or "format" in field else _MARKUP.sub(r"\\\1", text)


def publisher(catalogue: Catalogue, said: Inputs) -> Publisher:
    """Take what somebody says who publishes the app; nothing of it has to be said at once.

    Raises:
        InvalidInputs: with every fault found.
    """
    form = catalogue.publisher
    defaults = {name: field["default"] for name, field in form["properties"].items() if "default" in field}
    return Publisher(form, {**defaults, **normalise(form, said)})
