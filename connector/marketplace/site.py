"""A book as a site of MkDocs: how it is laid out, and the site itself, which loads nothing from elsewhere.

https://www.mkdocs.org/user-guide/configuration/
"""

import json
from pathlib import Path
from typing import Any

from .books import STYLE, Book

CONFIG = "mkdocs.yml"
PAGES = "pages"
SITE = "site"


def files_of(book: Book, address: str | None = None) -> dict[str, str]:
    """Return what MkDocs needs to make the site: its configuration and the pages.

    Args:
        book: what the site is about.
        address: where the site will be, if that is known.
    """
    config = json.dumps(_config(book, address), indent=2, ensure_ascii=False)  # JSON is YAML as well
    return {CONFIG: f"{config}\n", **{f"{PAGES}/{path}": text for path, text in book.files.items()}}


def build(folder: Path) -> None:
    """Make the site of a folder with the files of a book; a link that leads nowhere ends it.

    Raises:
        ModuleNotFoundError: MkDocs is not installed.
    """
    from mkdocs.commands.build import build as make
    from mkdocs.config import load_config

    make(load_config(str(folder / CONFIG)))


def _config(book: Book, address: str | None) -> dict[str, Any]:
    return {
        "site_name": book.title,
        **({"site_url": address} if address else {}),
        "docs_dir": PAGES,
        "site_dir": SITE,
        "strict": True,
        "use_directory_urls": False,  # so that it can be read from a folder, too
        "theme": {"name": "readthedocs", "highlightjs": False},  # the highlighter would come from another server
        "extra_css": [STYLE],
        "plugins": ["search"],
        "markdown_extensions": ["md_in_html", "sane_lists", {"toc": {"toc_depth": 2}}],
        "validation": {
            "nav": {"omitted_files": "warn", "not_found": "warn", "absolute_links": "warn"},
            "links": {"not_found": "warn", "anchors": "warn", "absolute_links": "warn", "unrecognized_links": "warn"},
        },
        "nav": [_entry(book, one) for one in book.contents],
    }


def _entry(book: Book, one: str | tuple[str, tuple[str, ...]]) -> dict[str, Any]:
    if isinstance(one, str):
        return {book.title_of(one): one}
    return {one[0]: [_entry(book, path) for path in one[1]]}
