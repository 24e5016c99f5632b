"""The sites of MkDocs: built without a warning, and complete in themselves."""

import logging
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from zoom_connector.catalogue import Catalogue
from zoom_connector.marketplace.books import Book, books
from zoom_connector.marketplace.publisher import publisher
from zoom_connector.marketplace.site import build, files_of

CATALOGUE = Catalogue()


@pytest.fixture(autouse=True)
def anchors_are_looked_at(caplog: pytest.LogCaptureFixture) -> None:
    """MkDocs looks whether anchors exist only where it does not log for debugging, as tests do otherwise."""
    caplog.set_level(logging.INFO, logger="mkdocs")


def written(folder: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def built(folder: Path, book: Book) -> dict[str, str]:
    """Make the site of a book; pages by path."""
    build(written(folder, files_of(book)))
    site = folder / "site"
    return {file.relative_to(site).as_posix(): file.read_text(encoding="utf-8") for file in site.rglob("*.html")}


def test_both_sites_of_all_there_is_are_built_without_a_warning_and_load_nothing_from_elsewhere(tmp_path: Path) -> None:
    made = books(CATALOGUE, publisher(CATALOGUE, {}), [*CATALOGUE.actions.values(), *CATALOGUE.triggers.values()])

    for book in (made.public, made.review):
        pages = built(tmp_path / book.folder, book)
        wanted = {path.replace(".md", ".html") for path in book.files if path.endswith(".md")}
        loaded = {
            url
            for text in pages.values()
            for url in re.findall(r"""<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=["']([^"']+)""", text)
        }
        assert wanted <= pages.keys()
        assert {url for url in loaded if ":" in url or url.startswith("//")} == set()


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path: Path) -> None:
    page = "# Home\n\n[There](index.md#nowhere)\n"
    files = files_of(Book("public", "Acme", {"index.md": page, "site.css": ""}, ["index.md"]))

    with pytest.raises(Abort):
        build(written(tmp_path, files))


def test_what_is_inside_a_field_is_read_as_markdown(tmp_path: Path) -> None:
    made = books(CATALOGUE, publisher(CATALOGUE, {}), [CATALOGUE.actions["get_user_settings"]])

    page = built(tmp_path, made.public)["actions/users.html"]

    assert re.search(r"<summary>What is inside <code>\w+</code></summary>\s*<p><code>", page)
