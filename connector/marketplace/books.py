"""The pages in two books: one to publish, one for whoever submits the app and for Zoom's reviewers.

A page of `manifests/pages/` holds text with {places}. A place is a fact that the publisher has said, a part that the
manifests write, or a text of its own in the folder `user` or `admin`, by who manages the app.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files

from ..catalogue import Action, Catalogue
from ..reference import DO_NOT_EDIT, pages
from ..trigger import Trigger
from . import for_review, for_users
from .chosen import Chosen, chosen
from .publisher import Publisher

_PLACE = re.compile(r"\{([a-z_]+)\}")
_FOR_USERS = ("index", "adding", "usage", "removing", "troubleshooting", "faq", "contact", "security")
_FOR_REVIEW = {
    "index": "review",
    "technical-design": "technical-design",
    "test-plan": "test-plan",
    "domain-verification": "domain-verification",
}
_DIAGRAM = "architecture.svg"
STYLE = "site.css"
"""What makes the site wrap its tables."""
_GUIDE = ("approvals.md", "examples/approve_requests.py")
"""What is taken from `docs/` as it is: the guide for admins."""


@dataclass(frozen=True)
class Book:
    """Pages that belong together."""

    folder: str
    title: str
    files: Mapping[str, str] = field(repr=False)
    """Path of a page, or of what it shows -> its text."""
    contents: Sequence[str | tuple[str, tuple[str, ...]]]
    """Paths of the pages in order; some of them under a title of their own."""

    def title_of(self, path: str) -> str:
        """Return what a page says above everything else."""
        return next(line for line in self.files[path].splitlines() if line.startswith("# ")).removeprefix("# ")


@dataclass(frozen=True)
class Books:
    """Everything that Zoom demands to read."""

    public: Book
    review: Book
    app: Chosen = field(repr=False)


def books(catalogue: Catalogue, publisher: Publisher, wanted: Iterable[Action | Trigger]) -> Books:
    """Write everything.

    Args:
        catalogue: where actions, triggers and texts are.
        publisher: who publishes the app.
        wanted: the actions and triggers that the app is for; what an app of its kind cannot do is left out.
    """
    app = chosen(catalogue, wanted, publisher.usage)
    parts = {
        **publisher.written(),
        **for_users.parts(catalogue, app),
        **for_review.parts(catalogue, publisher, app),
        **_by_usage(catalogue, publisher),
    }
    name = publisher.plain("app_name")
    return Books(_public(catalogue, name, app, parts), _review(catalogue, name, parts), app)


def _public(catalogue: Catalogue, name: str, app: Chosen, parts: Mapping[str, str]) -> Book:
    written = {f"{page}.md": _page(catalogue, page, parts) for page in _FOR_USERS}
    guide = {path: (files("zoom_connector") / "docs" / path).read_text(encoding="utf-8") for path in _GUIDE}
    reference = pages(catalogue, app.all)
    contents: list[str | tuple[str, tuple[str, ...]]] = [*written, "approvals.md"]
    for title, folder in (("Actions", "actions/"), ("Triggers", "triggers/")):
        if there := tuple(path for path in reference if path.startswith(folder)):
            contents.append((title, there))
    return Book("public", name, {**written, **guide, **reference, STYLE: _text(catalogue, STYLE)}, contents)


def _review(catalogue: Catalogue, name: str, parts: Mapping[str, str]) -> Book:
    written = {f"{path}.md": _page(catalogue, page, parts) for path, page in _FOR_REVIEW.items()}
    shown = {path: _text(catalogue, path) for path in (_DIAGRAM, STYLE)}
    return Book("review", f"{name}: for Zoom's review", {**written, **shown}, tuple(written))


def _page(catalogue: Catalogue, name: str, parts: Mapping[str, str]) -> str:
    return f"{DO_NOT_EDIT}\n\n{_filled(_text(catalogue, f'{name}.md'), parts)}"


def _text(catalogue: Catalogue, path: str) -> str:
    return (catalogue.folder / "pages" / path).read_text(encoding="utf-8")


def _by_usage(catalogue: Catalogue, publisher: Publisher) -> dict[str, str]:
    folder = catalogue.folder / "pages" / publisher.usage
    facts = publisher.written()
    return {
        file.name.removesuffix(".md"): _filled(file.read_text(encoding="utf-8").rstrip(), facts)
        for file in folder.iterdir()
    }


def _filled(text: str, parts: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: parts[place[1]], text)
