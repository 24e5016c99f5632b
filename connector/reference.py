"""The reference of actions and triggers as Markdown pages, one for each resource, out of nothing but the manifests."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from .catalogue import Action, Catalogue
from .examples import command_lines, example_command, example_listening
from .reference_parts import prompted, scopes_of, shown, table
from .scope_sets import calls_of
from .trigger import ALWAYS, Trigger, needs
from .types import Schema

_DOES = {"read": "reads", "create": "creates", "update": "changes", "delete": "deletes"}
DO_NOT_EDIT = "<!-- Written out of the manifests: what is changed here is lost when it is written anew. -->"
"""Begins every page."""

One = TypeVar("One", Action, Trigger)


def by_resource(catalogue: Catalogue, chosen: Iterable[One]) -> dict[str, list[One]]:
    """Return some actions, or some triggers, by resource, in the order in which people read the resources."""
    there: dict[str, list[One]] = {resource: [] for resource in catalogue.identity.resources}
    for one in chosen:
        there.setdefault(one.resource, []).append(one)
    return {resource: some for resource, some in there.items() if some}


def title_of(catalogue: Catalogue, resource: str) -> str:
    """Return a resource's title; one that `connector.json` does not know is called as its folder."""
    return catalogue.identity.resources.get(resource, resource.replace("_", " ").capitalize())


def pages(catalogue: Catalogue, chosen: Sequence[Action | Trigger]) -> dict[str, str]:
    """Write a page for every resource of some actions and triggers.

    Returns:
        Path of a file, such as `actions/meetings.md` or `triggers/meetings.md` -> its text.
    """
    actions = by_resource(catalogue, (one for one in chosen if isinstance(one, Action)))
    triggers = by_resource(catalogue, (one for one in chosen if isinstance(one, Trigger)))
    return {
        **{f"actions/{resource}.md": _actions_page(catalogue, resource, there) for resource, there in actions.items()},
        **{f"triggers/{name}.md": _triggers_page(catalogue, name, there) for name, there in triggers.items()},
    }


def overview(catalogue: Catalogue, head: str, chosen: Iterable[One], folder: str) -> str:
    """Write the table of some actions, or some triggers, by resource.

    Args:
        catalogue: where they are.
        head: what they are called together: Actions or Triggers.
        chosen: which ones.
        folder: where their pages are, as seen from the page that shows the table.
    """
    rows = [
        (f"[{title_of(catalogue, resource)}]({folder}/{resource}.md)", ", ".join(one.title for one in there))
        for resource, there in by_resource(catalogue, chosen).items()
    ]
    return "\n".join(table(("Resource", head), rows))


def _actions_page(catalogue: Catalogue, resource: str, actions: Sequence[Action]) -> str:
    lines = [DO_NOT_EDIT, "", f"# {title_of(catalogue, resource)}", "", *_contents(actions)]
    for action in actions:
        lines += ["", *_head(action), f"`{action.key}` · {_DOES[action.effect]}"]
        lines += [*_requires(catalogue, action), "", *_scopes(action)]
        lines += [*shown("Field", action.inputs), *shown("Output", action.outputs)]
        lines += _command(example_command(action))
    return "\n".join([*lines, ""])


def _triggers_page(catalogue: Catalogue, resource: str, triggers: Sequence[Trigger]) -> str:
    lines = [DO_NOT_EDIT, "", f"# {title_of(catalogue, resource)}: triggers", "", *_contents(triggers)]
    lines += ["", "Every trigger hands on these as well:", *shown("Output", {"properties": ALWAYS})]
    for trigger in triggers:
        lines += ["", *_head(trigger), f"`{trigger.key}` · {' · '.join(_ways(trigger))}"]
        lines += [*_requires(catalogue, trigger), "", *_scopes(trigger)]
        lines += [*shown("Filter", trigger.filters), *shown("Output", _own(trigger))]
        lines += _command(example_listening(trigger))
    return "\n".join([*lines, ""])


def _contents(chosen: Sequence[Action] | Sequence[Trigger]) -> list[str]:
    return [f"- [{one.title}](#{one.key})" for one in chosen]


def _head(one: Action | Trigger) -> list[str]:
    return [f'<a id="{one.key}"></a>', "", f"## {one.title}", "", one.description, ""]


def _requires(catalogue: Catalogue, one: Action | Trigger) -> list[str]:
    needed = [catalogue.identity.requirements[word]["description"] for word in one.requires]
    return ["", f"Requires: {' '.join(needed)}"] if needed else []


def _scopes(one: Action | Trigger) -> list[str]:
    if isinstance(one, Trigger):
        return ["Scopes: those of the events that you choose at Zoom."] if one.any_event else scopes_of(needs(one))
    if one.any_operation:
        return ["Scopes: those of the call that the step names."]
    calls = calls_of(one)
    return scopes_of(calls) if calls else ["Asks Zoom nothing."]


def _command(words: Sequence[str]) -> list[str]:
    return ["", "```console", *prompted(command_lines(words)), "```"]


def _ways(trigger: Trigger) -> Iterator[str]:
    if trigger.any_event:
        yield "Zoom sends what you choose"
    elif trigger.events:
        label = f", in its form “{trigger.zoom_label}”" if trigger.zoom_label else ""
        yield f"Zoom sends {', '.join(f'`{event}`' for event in trigger.events)}{label}"
    if trigger.calls:
        every = "every minute" if trigger.every_minutes == 1 else f"every {trigger.every_minutes} minutes"
        yield f"{'can be' if trigger.events else 'is'} asked for {every}"


def _own(trigger: Trigger) -> Schema:
    outputs = trigger.outputs["properties"]
    return {**trigger.outputs, "properties": {name: outputs[name] for name in outputs if name not in ALWAYS}}
