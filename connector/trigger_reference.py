"""The reference of all triggers as Markdown pages, one for each resource, out of nothing but the manifests."""

from collections.abc import Iterator, Sequence

from .catalogue import Catalogue
from .examples import command_lines, example_listening
from .reference import DO_NOT_EDIT, prompted, scopes_of, shown, table, title_of
from .trigger import ALWAYS, Trigger, needs
from .types import Schema


def resources(catalogue: Catalogue) -> dict[str, list[Trigger]]:
    """Return the triggers of every resource, in the order in which people read the resources."""
    triggers: dict[str, list[Trigger]] = {resource: [] for resource in catalogue.identity.resources}
    for trigger in catalogue.triggers.values():
        triggers.setdefault(trigger.resource, []).append(trigger)
    return {resource: there for resource, there in triggers.items() if there}


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Write a page for every resource.

    Returns:
        Name of a file -> its text.
    """
    return {f"{resource}.md": _page(catalogue, resource, there) for resource, there in resources(catalogue).items()}


def overview(catalogue: Catalogue, folder: str) -> str:
    """Write the table of all triggers, by resource.

    Args:
        catalogue: where the triggers are.
        folder: where the pages are, as seen from the page that shows the table.
    """
    rows = [
        (f"[{title_of(catalogue, resource)}]({folder}/{resource}.md)", ", ".join(trigger.title for trigger in there))
        for resource, there in resources(catalogue).items()
    ]
    return "\n".join(table(("Resource", "Triggers"), rows))


def _page(catalogue: Catalogue, resource: str, triggers: Sequence[Trigger]) -> str:
    lines = [DO_NOT_EDIT, "", f"# {title_of(catalogue, resource)}: triggers", ""]
    lines += [f"- [{trigger.title}](#{trigger.key})" for trigger in triggers]
    lines += ["", "Every trigger hands on these as well:", *shown("Output", {"properties": ALWAYS})]
    for trigger in triggers:
        lines += ["", *_trigger(catalogue, trigger)]
    return "\n".join([*lines, ""])


def _trigger(catalogue: Catalogue, trigger: Trigger) -> Iterator[str]:
    yield f'<a id="{trigger.key}"></a>'
    yield from ("", f"## {trigger.title}", "", trigger.description, "")
    yield f"`{trigger.key}` · {' · '.join(_ways(trigger))}"
    needed = [catalogue.identity.requirements[word]["description"] for word in trigger.requires]
    if needed:
        yield from ("", f"Requires: {' '.join(needed)}")
    if trigger.any_event:
        yield from ("", "Scopes: those of the events that you choose at Zoom.")
    else:
        yield from ("", *scopes_of(needs(trigger)))
    yield from shown("Filter", trigger.filters)
    yield from shown("Output", _own(trigger))
    yield from ("", "```console", *prompted(command_lines(example_listening(trigger))), "```")


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
