"""Write what the documentation says of actions and triggers: their pages, and the tables in README.md.

Usage: python tools/docs.py
"""

import re
from pathlib import Path

from zoom_connector.catalogue import Catalogue
from zoom_connector.reference import overview, pages

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "docs"


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
    actions, triggers = list(catalogue.actions.values()), list(catalogue.triggers.values())
    written = pages(catalogue, [*actions, *triggers])
    there = [*DOCS.glob("actions/*.md"), *DOCS.glob("triggers/*.md")]
    for stale in {file.relative_to(DOCS).as_posix() for file in there} - written.keys():
        (DOCS / stale).unlink()
    for name, text in written.items():
        file = DOCS / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    readme = README.read_text(encoding="utf-8")
    readme = with_table(readme, overview(catalogue, "Actions", actions, "docs/actions"))
    readme = with_table(readme, overview(catalogue, "Triggers", triggers, "docs/triggers"), "triggers")
    README.write_text(readme, encoding="utf-8")
    print(f"{len(actions)} actions and {len(triggers)} triggers")


if __name__ == "__main__":
    main()
