"""`docs`: what Zoom demands to read of an app that is published in its App Marketplace."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...words import ENGLISH
from .caller import catalogue, load, words
from .new_folder import write_new
from .output import AsJson, print_json, refuse, say, show_line

if TYPE_CHECKING:
    from ...marketplace.books import Books
    from ...marketplace.publisher import Publisher

_INSTALL = "pip install 'zoom-connector[docs]'"


def docs(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the pages go; it must not exist, or be empty.")],
    facts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FIELD=VALUE]...",
            help="What a publisher has to say, such as app_name='Acme for Zoom'; wins over the file.",
        ),
    ] = None,
    *,
    input: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="A JSON file with what a publisher has to say; - reads standard input."),
    ] = None,
    uses: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="KEY", help="An action or trigger that the app is for; may be repeated."),
    ] = None,
    site: Annotated[bool, typer.Option("--site", help="Make web sites of the pages as well, with MkDocs.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write what Zoom demands of a published app: pages for its users, and pages for Zoom's review."""
    from ...marketplace.books import books
    from ...marketplace.publisher import publisher
    from ...marketplace.site import build, files_of
    from .fields import from_arguments, from_file

    if site and find_spec("mkdocs") is None:
        refuse(words("The site needs one more package; install it with: {command}", command=_INSTALL))
    connector = load().in_language(ENGLISH)  # whoever asks: Zoom's reviewers read nothing else
    by = publisher(
        connector.catalogue, {**from_file(input), **from_arguments(connector.catalogue.publisher, facts or ())}
    )
    keys = dict.fromkeys(uses or [*connector.actions, *connector.triggers])
    wanted = [connector.triggers.get(key) or connector.action(key) for key in keys]
    written = books(connector.catalogue, by, wanted)
    address = by.facts.get("documentation_url")
    files = {
        f"{book.folder}/{path}": text
        for book, at in ((written.public, address), (written.review, None))
        for path, text in files_of(book, at).items()
    }
    write_new(folder, files)
    if site:
        for book in (written.public, written.review):
            build(folder / book.folder)
    if as_json:
        print_json(_as_json(folder, by, written, site=site))
    else:
        _tell(folder, by, written, site=site)


def _places(folder: Path, written: "Books", *, site: bool) -> dict[str, str]:
    inside = "site" if site else "pages"
    return {book.folder: str(folder / book.folder / inside) for book in (written.public, written.review)}


def _as_json(folder: Path, by: "Publisher", written: "Books", *, site: bool) -> dict[str, object]:
    return {
        **_places(folder, written, site=site),
        "actions": len(written.app.actions),
        "triggers": len(written.app.triggers),
        "left_out": list(written.app.impossible),
        "to_fill_in": list(by.missing),
    }


def _tell(folder: Path, by: "Publisher", written: "Books", *, site: bool) -> None:
    places = _places(folder, written, site=site)
    say(words("For the users of the app, to be published:"), style="bold green")
    show_line(places["public"])
    say(words("For whoever submits it, and for Zoom's reviewers:"), style="bold green")
    show_line(places["review"])
    if written.app.impossible:
        left_out = {"number": len(written.app.impossible), "keys": written.app.impossible}
        say(
            words("Left out ({number}), because Zoom has no scope for it that such an app can have: {keys}", **left_out)
        )
    if by.missing:
        say(words("Still to be filled in, and marked on the pages:"), style="bold")
        titles = catalogue().publisher["properties"]
        for name in by.missing:
            say(f"  {name}: {titles[name]['title']}")
