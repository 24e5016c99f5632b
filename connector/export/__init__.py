"""The connector in foreign formats, made out of the manifests."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..catalogue import Catalogue

FORMATS = ("openapi", "n8n", "node-red", "power-platform")
"""The module of the same name writes it, with `files(catalogue)`, which returns what `files` here does."""


def files(format: str, catalogue: "Catalogue") -> Mapping[str, str]:
    """Write one of `FORMATS`; the same manifests always give the same text.

    Returns:
        Path of a file -> its text.
    """
    written: Mapping[str, str] = import_module(f".{format.replace('-', '_')}", __package__).files(catalogue)
    return written
