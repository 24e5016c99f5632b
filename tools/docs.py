"""Write what the documentation says of actions and triggers: their pages, and the tables in README.md.

Usage: python tools/docs.py
"""

import re
from collections.abc import Mapping
from pathlib import Path

from zoom_connector import reference, trigger_reference
from zoom_connector.catalogue import Catalogue

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def with_table(readme: str, table: str, of: str = "actions") -> str:
    """Put a table between its two marks.

    Raises:
        ValueError: the marks are not there.
    """
    begin, end = f"<!-- {of}: written by tools/docs.py -->\n", f"<!-- end of {of} -->\n"
    place = re.compile(f"(?<={re.escape(begin)}).*?(?={re.escape(end)})", re.DOTALL)
    written, found = place.subn(lambda _: f"\n{table}\n\n", readme)
    if found != 1:
        raise ValueError(f"README.md has no place for the table of {of}")
    return written


def main() -> None:
    """Write every page, and remove the pages of resources that are gone."""
    catalogue = Catalogue()
    _write("actions", reference.pages(catalogue), reference.overview(catalogue, "docs/actions"))
    _write("triggers", trigger_reference.pages(catalogue), trigger_reference.overview(catalogue, "docs/triggers"))
    print(f"{len(catalogue.actions)} actions and {len(catalogue.triggers)} triggers")


def _write(of: str, pages: Mapping[str, str], overview: str) -> None:
    folder = ROOT / "docs" / of
    folder.mkdir(parents=True, exist_ok=True)
    for stale in {file.name for file in folder.glob("*.md")} - pages.keys():
        (folder / stale).unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    README.write_text(with_table(README.read_text(encoding="utf-8"), overview, of), encoding="utf-8")


if __name__ == "__main__":
    main()
