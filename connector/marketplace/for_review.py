"""The parts of the pages for Zoom's reviewers that the manifests write: what to try, and what is used."""

import platform
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires, version

from ..catalogue import Action, Catalogue
from ..reference import by_resource, title_of
from ..reference_parts import table
from ..types import Schema
from .chosen import Chosen
from .for_users import needed
from .publisher import Publisher

_PACKAGE = "zoom-connector"
_NAME = re.compile(r"[\w.-]+")
"""The name at the beginning of a requirement (PEP 508)."""
_FIRST = 5
"""How many of an action's results a reviewer is told to look for."""


def parts(catalogue: Catalogue, publisher: Publisher, app: Chosen) -> dict[str, str]:
    """Write them, each by the name of its place in `manifests/pages/`."""
    return {
        "python": platform.python_version(),
        "version": version(_PACKAGE),
        "libraries": "\n".join(table(("Library", "Version"), list(_libraries()))),
        "operations": _operations(app),
        "events": ", ".join(f"`{event}`" for event in _events(app)) or "none",
        "domains": _domains(publisher),
        "to_fill_in": _to_fill_in(publisher),
        "test_actions": _test_actions(catalogue, app),
        "test_triggers": _test_triggers(catalogue, app),
        "scopes_shown": _scopes_shown(app),
    }


def _libraries() -> Iterator[tuple[str, str]]:
    names = {found[0] for each in requires(_PACKAGE) or () if (found := _NAME.match(each))}
    for name in sorted(names - {_PACKAGE}, key=str.lower):
        try:
            yield name, version(name)
        except PackageNotFoundError:  # of an extra that is not installed
            continue


def _operations(app: Chosen) -> str:
    calls = {
        (call.path, call.method): call.effect
        for use in (use for asked in app.scopes.scopes for use in asked.uses)
        if (call := use.call).method != "EVENT"
    }
    rows = [(f"`{method} {path}`", effect) for (path, method), effect in sorted(calls.items())]
    return "\n".join(table(("Operation", "Effect"), rows))


def _events(app: Chosen) -> list[str]:
    return sorted({event for trigger in app.triggers for event in trigger.events})


def _domains(publisher: Publisher) -> str:
    rows = [(domain, ", ".join(uses)) for domain, uses in publisher.domains().items()]
    return "\n".join(table(("Domain", "What is there"), rows)) if rows else "None of the addresses is known yet."


def _to_fill_in(publisher: Publisher) -> str:
    if not publisher.missing:
        return "Everything that a publisher has to say is filled in."
    rows = [
        (f"`{name}`", field["title"], field.get("description", ""), f"`{field['examples'][0]}`")
        for name, field in publisher.form["properties"].items()
        if name in publisher.missing
    ]
    return "\n".join(
        [
            "Still to be filled in, on every page that is marked so:",
            "",
            *table(("Fact", "What it is", "Help", "Example"), rows),
        ]
    )


def _test_actions(catalogue: Catalogue, app: Chosen) -> str:
    sections = []
    for resource, there in by_resource(catalogue, app.actions).items():
        rows = [(_step(catalogue, action), _filled_in(catalogue, action.inputs), _then(action)) for action in there]
        lines = table(("Action", "Fill in", "Then"), rows)
        sections.append("\n".join([f"### {title_of(catalogue, resource)}", "", *lines]))
    return "\n\n".join(sections) or "The app has none."


def _step(catalogue: Catalogue, action: Action) -> str:
    needs = needed(catalogue, action)
    return f"**{action.title}**{f' (needs: {needs})' if needs else ''}"


def _filled_in(catalogue: Catalogue, inputs: Schema) -> str:
    """Name what must be filled in, with an example."""
    fields: Mapping[str, Schema] = inputs["properties"]
    named = (f"{fields[name]['title']}: {_example(catalogue, fields[name])}" for name in inputs.get("required", ()))
    return "; ".join(named) or "nothing"


def _example(catalogue: Catalogue, field: Schema) -> str:
    if "lookup" in field:
        return f"choose one (as *{catalogue.actions[field['lookup']['action']].title}* lists them)"
    return f"`{field['examples'][0]}`"


def _then(action: Action) -> str:
    titles = [field["title"] for field in action.outputs["properties"].values() if "title" in field]
    if not titles:
        return "The step ends well."
    more = " and more" if len(titles) > _FIRST else ""
    return f"It hands on: {', '.join(titles[:_FIRST])}{more}."


def _test_triggers(catalogue: Catalogue, app: Chosen) -> str:
    rows = [
        (f"**{one.title}**", one.description, ", ".join(f"`{event}`" for event in one.events) or "asked for regularly")
        for there in by_resource(catalogue, app.triggers).values()
        for one in there
    ]
    return "\n".join(table(("Trigger", "When", "Event of Zoom"), rows)) if rows else "The app has none."


def _scopes_shown(app: Chosen) -> str:
    rows = [
        (f"`{asked.scope}`", "<br>".join(dict.fromkeys(use.reason for use in asked.uses)))
        for asked in app.scopes.scopes
    ]
    return "\n".join(table(("Scope", "Shown by, and why it is needed"), rows))
