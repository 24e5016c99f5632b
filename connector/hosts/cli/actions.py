"""`actions`: what a workflow can do, and how much of Zoom that is."""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from ...catalogue import Action
from ...reference import by_resource, title_of
from .. import facts
from .caller import catalogue, words
from .output import AsJson, console, print_json, refuse, say, table

if TYPE_CHECKING:
    from ...coverage import Coverage


def actions(
    about: Annotated[
        str | None, typer.Argument(metavar="[RESOURCE|WORD]", help="Only these, such as recordings or attendance.")
    ] = None,
    *,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Say instead which of Zoom's operations have an action.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List what a workflow can do, by resource."""
    if coverage:
        if about:
            refuse(words("--coverage is about all actions; leave out what follows it."))
        return _show_coverage(as_json=as_json)
    everything = catalogue()
    found = _about(about, list(everything.actions.values())) if about else list(everything.actions.values())
    if as_json:
        print_json([facts.summary(action) for action in found])
        return None
    for resource, there in by_resource(everything, found).items():
        rows = [(each.key, each.description if about else each.title) for each in there]
        title = f"{title_of(everything, resource)} ({resource})"
        console().print(table([words("Action"), words("What it does")], rows, title=title))
    if not about:
        narrower = "zoom-connector actions RESOURCE|WORD"
        say(
            words(
                "{count} actions. Those of one resource, or about something: {command}",
                count=len(found),
                command=narrower,
            )
        )
    say(words("More about one: zoom-connector describe ACTION"))
    return None


def _about(word: str, found: Sequence[Action]) -> list[Action]:
    """Keep the actions of a resource, or else those that speak of a word."""
    wanted = word.lower()
    chosen = [action for action in found if action.resource == wanted] or [
        action for action in found if wanted in f"{action.key}\n{action.title}\n{action.description}".lower()
    ]
    if not chosen:
        there_are = {"word": word, "resources": list(dict.fromkeys(action.resource for action in found))}
        refuse(words("There is no action about '{word}'. The resources are: {resources}.", **there_are))
    return chosen


def _show_coverage(*, as_json: bool) -> None:
    from ...coverage import coverage
    from ...environment import zoom_spec_dir

    folder = zoom_spec_dir()
    if folder is None:
        refuse(
            words(
                "Set ZOOM_SPEC_DIR to the folder with Zoom's published OpenAPI files; coverage is counted against them."
            )
        )
    try:
        published = json.loads((folder / "operations.json").read_text(encoding="utf-8"))
    except OSError as error:
        file, reason = folder / "operations.json", error.strerror
        refuse(words("{file}, where ZOOM_SPEC_DIR leads, cannot be read: {reason}.", file=file, reason=reason))
    found = coverage(catalogue().coverage, published, catalogue().actions.values())
    if as_json:
        print_json(_as_json(found))
    else:
        _print(found)


def _print(found: "Coverage") -> None:
    rows = [
        (each.tag, str(len(each.covered) + len(each.missing)), str(len(each.covered)), str(len(each.missing)))
        for each in found.tags
    ]
    heads = [words("Zoom's tag"), words("Operations"), words("With an action"), words("Missing")]
    console().print(table(heads, rows))
    _list(words("Missing:"), (name for each in found.tags for name in each.missing))
    _list(words("Left out:"), (f"{name}: {why}" for each in found.tags for name, why in each.left_out.items()))
    _list(words("Wrong by now in coverage.json:"), found.stale)
    share = {"percent": found.percent, "covered": found.covered, "wanted": found.wanted}
    say(words("{percent} %: {covered} of {wanted} operations have an action.", **share), style="bold")


def _list(title: str, lines: Iterable[str]) -> None:
    listed = list(lines)
    if listed:
        say(title, style="bold")
        for line in listed:
            say(f"  {line}")
        say()


def _as_json(found: "Coverage") -> dict[str, object]:
    return {
        "percent": found.percent,
        "operations": found.wanted,
        "covered": found.covered,
        "tags": [
            {"tag": each.tag, "covered": each.covered, "missing": each.missing, "left_out": each.left_out}
            for each in found.tags
        ],
        "stale": found.stale,
    }
