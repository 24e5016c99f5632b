"""Whoever types a command: the language they read, and the connector in it."""

from functools import cache
from typing import TYPE_CHECKING

from ...catalogue import Catalogue
from ...environment import callers_language
from ...words import ENGLISH, worded

if TYPE_CHECKING:
    from ...plugin import Connector
    from ...settings import Settings


def words(english: str, /, **values: object) -> str:
    """Say a text of the command line in the caller's language; see `zoom_connector.words.Words`."""
    return worded(catalogue().words.text(english), values)


def catalogue() -> Catalogue:
    """Return what the manifests say, in the caller's language."""
    return _catalogue(callers_language() or ENGLISH)


def load(settings: "Settings | None" = None) -> "Connector":
    """Load the connector in the caller's language; with other settings than those of the environment, if given."""
    from ...loading import load as loaded

    return loaded(settings=settings, language=callers_language() or ENGLISH)


@cache
def _catalogue(language: str) -> Catalogue:
    return Catalogue(language=language)
